//! Demo data: a plausible shop, the same for the same seed, with every edge case on purpose.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "at most `MOST_ROWS` customers, each with few orders of few pieces"
)]

mod calendar;
mod dice;
mod later;
mod life;
mod people;
pub mod sample;
mod shop;
mod ties;
mod till;

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use snapshot::Currency;
use snapshot::bounds::MOST_ROWS;

use self::calendar::Calendar;
use self::dice::{Dice, Stream};
pub use self::later::Later;
use self::life::Habit;
use self::people::People;
use self::shop::Shop;
use self::till::{Order, Till};
use crate::progress::Progress;
use importer_core::Loader;
use importer_core::given;
use importer_core::origin::{Invented, Origin};

/// Fewest customers that leave room for the edge cases.
pub const FEWEST_CUSTOMERS: u64 = 60;

/// What to generate.
#[derive(Clone, Copy, Debug)]
pub struct Demo {
    /// Number of customers, from [`FEWEST_CUSTOMERS`] to [`MOST_ROWS`].
    pub customers: u64,
    /// Other seeds give other data, the same seed the same.
    pub seed: u64,
}

impl Demo {
    /// Writes all rows.
    ///
    /// # Errors
    /// If there are too few customers or too many, or the disk is full.
    pub fn feed(self, loader: &mut Loader<'_>, progress: Progress) -> Result<Origin> {
        let customers = self.customers;
        ensure!(customers >= FEWEST_CUSTOMERS, "a demo has at least {FEWEST_CUSTOMERS} customers");
        ensure!(customers <= MOST_ROWS.into(), "a demo has at most {MOST_ROWS} customers");
        let mut stage = progress.stage("Inventing customers", Some(customers));
        let (shop, people) = (Shop::new()?, People::new()?);
        for product in shop.products() {
            loader.product(&product)?;
        }
        let mut till = Till::new(loader, &shop, Calendar::new());
        let mut values = Vec::new();
        for number in 0..customers - ties::TIED {
            self.customer(&mut till, &people, number)?;
            values.push(till.take_value());
            stage.step();
        }
        ties::tie(&mut till, &people, &mut values, self)?;
        self.guests(&mut till)?;
        stage.end(&format!("{customers} customers, {} purchase lines", till.lines()));
        Ok(self.origin())
    }

    fn customer(self, till: &mut Till<'_, '_>, people: &People, number: u64) -> Result<()> {
        let mut dice = Dice::new(self.seed, Stream::Customer, number);
        let mut customer = people.person(number, &mut dice);
        let registered = life::registration(till, &mut dice);
        let edge = people.edges.get(number as usize);
        let scripted = edge.filter(|edge| edge.lines.is_some());
        customer.registration_date =
            Some(if scripted.is_some() { till.calendar.first.plus(-1) } else { registered });
        till.loader().customer(&customer)?;
        let id = &customer.customer_id;
        if let Some(edge) = scripted {
            return life::replay(till, id, edge, &mut dice);
        }
        let habit = if edge.is_some() { life::OFTEN } else { Habit::roll(&mut dice) };
        life::live(till, id, registered, habit, &mut dice)
    }

    /// Orders, feedback, contacts and visits of people without an account.
    fn guests(self, till: &mut Till<'_, '_>) -> Result<()> {
        for number in 0..(self.customers * 3 / 10).max(20) {
            let mut dice = Dice::new(self.seed, Stream::Guest, number);
            let day = till.calendar.arrival(&mut dice);
            till.visit(None, day, &mut dice)?;
            till.order(&Order { customer: None, day, taste: None, discount: 0 }, &mut dice)?;
            if number % 20 == 0 {
                till.feedback(None, day, &mut dice)?;
                let campaign = dice.below(till.shop.campaigns.len() as u64) as usize;
                let yes = dice.chance(50);
                till.contact(None, campaign, yes)?;
            }
        }
        Ok(())
    }

    fn origin(self) -> Origin {
        Origin {
            source: "Demo data".to_owned(),
            demo: true,
            time_zone: "UTC".to_owned(),
            currency: Currency { code: "USD".to_owned(), exponent: 2 },
            quantity_exponent: 0,
            as_of: Some(Calendar::new().last),
            class_order: given::Order::default(),
            rejected: BTreeMap::new(),
            warnings: Vec::new(),
            invented: Some(Invented { customers: self.customers, seed: self.seed }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use importer_core::work::create_work;

    #[test]
    fn numbers_of_customers_out_of_bounds_are_refused_before_anything_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let work = create_work(&folder.path().join("work.sqlite")).unwrap();
        for (customers, reason) in [(59, "at least 60"), (u64::MAX, "at most 268435456")] {
            let demo = Demo { customers, seed: 1 };
            let error = demo.feed(&mut Loader::new(&work).unwrap(), Progress::Silent).unwrap_err();
            assert!(error.to_string().contains(reason), "{error}");
        }
    }
}
