//! What the demo shop sells, and its campaigns, as `shop.toml` says.

use anyhow::{Context, Result};
use serde::Deserialize;
use snapshot::Day;

use super::dice::Dice;
use importer_core::rows::Product;

/// How much more a category sells in its peak months, in tenths.
const PEAK: u64 = 25;

/// The shop.
#[derive(Debug, Deserialize)]
pub struct Shop {
    /// Categories, with those that sell nothing.
    #[serde(rename = "category")]
    pub categories: Vec<Category>,
    /// Campaigns by day.
    #[serde(rename = "campaign")]
    pub campaigns: Vec<Campaign>,
}

/// A category of products.
#[derive(Debug, Deserialize)]
pub struct Category {
    /// Name.
    pub name: String,
    weight: u64,
    /// Chance in 1000 that an order goes on to a next line.
    pub more: u64,
    /// Largest quantity of a line.
    pub most: i32,
    peak: Vec<u32>,
    products: Vec<(String, i64)>,
}

/// A campaign.
#[derive(Debug, Deserialize)]
pub struct Campaign {
    /// Name.
    pub name: String,
    /// Day on which customers are contacted.
    pub day: Day,
    /// Discount for those who respond, in percent.
    pub discount: i64,
}

/// A product that was picked for a line.
pub struct Pick {
    /// Its id.
    pub product_id: String,
    /// Price on that day in cents.
    pub price: i64,
}

impl Shop {
    /// Reads the shop's description.
    ///
    /// # Errors
    /// If it is not as expected.
    pub fn new() -> Result<Self> {
        toml::from_str(include_str!("shop.toml")).context("shop.toml")
    }

    /// The catalogue.
    pub fn products(&self) -> impl Iterator<Item = Product> {
        self.categories.iter().enumerate().flat_map(|(at, category)| {
            category.products.iter().enumerate().map(move |(number, (name, price))| Product {
                product_id: product_id(at, number),
                product_name: Some(name.clone()),
                category: Some(category.name.clone()),
                price: Some(*price),
            })
        })
    }

    /// A category somebody likes.
    pub fn taste(&self, dice: &mut Dice) -> usize {
        dice.weighted(self.categories.iter().map(|category| category.weight))
    }

    /// A category for a line bought on a day.
    pub fn category_on(&self, day: Day, dice: &mut Dice) -> usize {
        let (_, month, _) = day.ymd();
        let weight = |category: &Category| {
            category.weight * if category.peak.contains(&month) { PEAK } else { 10 }
        };
        dice.weighted(self.categories.iter().map(weight))
    }

    /// A product of a category; prices rise from year to year.
    pub fn product(&self, category: usize, day: Day, dice: &mut Dice) -> Pick {
        let products = &self.categories[category].products;
        let number = dice.below(products.len() as u64) as usize;
        let years = i64::from(day.ymd().0 - 2023);
        Pick {
            product_id: product_id(category, number),
            price: products[number].1 * (100 + 3 * years) / 100,
        }
    }
}

fn product_id(category: usize, number: usize) -> String {
    format!("P{:02}{:02}", category + 1, number + 1)
}
