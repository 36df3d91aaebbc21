//! Customers and products known from purchase lines only, when the source is one file.

use std::collections::HashMap;

use anyhow::Result;

use super::ids::bare;
use crate::keys::KeySet;
use crate::rows::{Customer, Product};
use crate::sink::Sink;

/// Customers met in purchase lines; the first text given for a field stays.
#[derive(Default)]
pub struct MetCustomers {
    numbers: HashMap<String, usize>,
    bare: KeySet,
    rows: Vec<Customer>,
}

impl MetCustomers {
    /// Notes what a line says about its customer; true for a new one whose id differs from
    /// another's by a leading apostrophe, leading zeros or a `.0` at the end only.
    pub fn meet(&mut self, row: Customer) -> bool {
        match self.numbers.get(&row.customer_id) {
            None => {
                let loose = !self.bare.insert(&bare(&row.customer_id));
                self.numbers.insert(row.customer_id.clone(), self.rows.len());
                self.rows.push(row);
                loose
            }
            Some(&at) => {
                let known = &mut self.rows[at];
                fill(&mut known.first_name, row.first_name);
                fill(&mut known.last_name, row.last_name);
                fill(&mut known.email, row.email);
                fill(&mut known.country, row.country);
                fill(&mut known.city, row.city);
                fill(&mut known.registration_date, row.registration_date);
                fill(&mut known.segment, row.segment);
                fill(&mut known.churn_risk, row.churn_risk);
                false
            }
        }
    }

    /// Whether a customer was met.
    pub fn knows(&self, id: &str) -> bool {
        self.numbers.contains_key(id)
    }

    /// Writes the customers.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        self.rows.iter().try_for_each(|row| sink.customer(row))
    }
}

fn fill<T>(known: &mut Option<T>, new: Option<T>) {
    if known.is_none() {
        *known = new;
    }
}

/// Products met in purchase lines.
#[derive(Default)]
pub struct MetProducts {
    ids: HashMap<(Option<String>, Option<String>), String>,
    rows: Vec<Product>,
    taken: std::collections::HashSet<String>,
}

impl MetProducts {
    /// The id under which a line's product is kept; none if the line names neither product nor
    /// category.
    ///
    /// A product sold under two categories becomes two products, so that every line keeps its
    /// own; a line with a category only has a product of the category's name.
    pub fn meet(
        &mut self,
        id: Option<String>,
        name: Option<String>,
        category: Option<String>,
    ) -> Option<String> {
        let plain = id.clone().or_else(|| name.clone()).or_else(|| category.clone())?;
        let key = (Some(plain.clone()), category.clone());
        if let Some(known) = self.ids.get(&key) {
            return Some(known.clone());
        }
        let mut product_id = plain;
        while !self.taken.insert(product_id.clone()) {
            product_id = format!("{product_id} [{}]", category.as_deref().unwrap_or("-"));
        }
        let row =
            Product { product_id: product_id.clone(), product_name: name, category, price: None };
        self.rows.push(row);
        self.ids.insert(key, product_id.clone());
        Some(product_id)
    }

    /// Writes the products.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        self.rows.iter().try_for_each(|row| sink.product(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_two_categories_stay_apart() {
        let mut met = MetProducts::default();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(met.meet(some("P"), some("Pen"), some("A")), some("P"));
        assert_eq!(met.meet(some("P"), None, some("B")), some("P [B]"));
        assert_eq!(met.meet(some("P"), None, some("A")), some("P"));
        assert_eq!(met.meet(None, None, some("C")), some("C"));
        assert_eq!(met.meet(None, None, None), None);
        assert_eq!(met.rows.len(), 3);
    }

    #[test]
    fn the_first_text_given_stays() {
        let mut met = MetCustomers::default();
        let row = |city: Option<&str>| Customer {
            customer_id: "C".to_owned(),
            city: city.map(str::to_owned),
            ..Customer::default()
        };
        for city in [None, Some("Kyiv"), Some("Oslo")] {
            met.meet(row(city));
        }
        assert_eq!(met.rows[0].city.as_deref(), Some("Kyiv"));
        assert!(met.knows("C") && !met.knows("D"));
    }
}
