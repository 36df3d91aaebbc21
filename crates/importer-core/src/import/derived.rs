//! Customers and products known from purchase lines only, when the source is one file.

use std::collections::HashMap;

use anyhow::Result;

use super::ids::{alike, bare};
use crate::keys::KeySet;
use crate::rows::{Customer, Product};
use crate::sink::Sink;

/// Customers met in purchase lines; the first text given for a field stays.
#[derive(Default)]
pub struct MetCustomers {
    /// By their ids, as all ways of writing one are alike.
    numbers: HashMap<String, usize>,
    bare: KeySet,
    rows: Vec<Customer>,
    /// Other ways of writing the ids.
    other: KeySet,
    joined: Option<Joined>,
}

/// Names and addresses that differ from a customer's by capitals and blanks only, and are that
/// customer's.
#[derive(Clone, Debug)]
pub struct Joined {
    /// How many.
    pub ids: u64,
    /// The first of them, and as it was first written.
    pub first: [String; 2],
}

/// How an id was met.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// For a new one, whether it differs from another's by what gets lost on the way only.
    pub is_loose: bool,
    /// As the customer's id was first written, if that is another way.
    pub first: Option<String>,
}

impl MetCustomers {
    /// Notes what a line says about its customer.
    pub fn meet(&mut self, row: Customer) -> Met {
        let id = alike(&row.customer_id);
        match self.numbers.get(&*id) {
            None => {
                let is_loose = !self.bare.insert(&bare(&row.customer_id));
                self.numbers.insert(id.into_owned(), self.rows.len());
                self.rows.push(row);
                Met { is_loose, first: None }
            }
            Some(&at) => {
                let known = &mut self.rows[at];
                let first = (known.customer_id != row.customer_id).then_some(&known.customer_id);
                let first = first.cloned();
                if let Some(first) = first.as_ref().filter(|_| self.other.insert(&row.customer_id))
                {
                    let all = self.joined.get_or_insert_with(|| Joined {
                        ids: 0,
                        first: [row.customer_id.clone(), first.clone()],
                    });
                    all.ids = all.ids.saturating_add(1);
                }
                fill(&mut known.first_name, row.first_name);
                fill(&mut known.last_name, row.last_name);
                fill(&mut known.email, row.email);
                fill(&mut known.country, row.country);
                fill(&mut known.city, row.city);
                fill(&mut known.registration_date, row.registration_date);
                fill(&mut known.segment, row.segment);
                fill(&mut known.churn_risk, row.churn_risk);
                Met { is_loose: false, first }
            }
        }
    }

    /// The id of a customer as it was first written; none if nobody has it.
    pub fn known(&self, id: &str) -> Option<&str> {
        let row = self.rows.get(*self.numbers.get(&*alike(id))?)?;
        Some(&row.customer_id)
    }

    /// Ids that are other ways of writing one.
    pub fn joined(&self) -> Option<&Joined> {
        self.joined.as_ref()
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
        assert!(met.known("C").is_some() && met.known("D").is_none());
    }

    #[test]
    fn names_and_addresses_are_alike_without_capitals_and_codes_are_not() {
        let mut met = MetCustomers::default();
        let mut meet =
            |id: &str| met.meet(Customer { customer_id: id.to_owned(), ..Customer::default() });
        assert_eq!(meet("Ann Lee"), Met::default());
        for other in ["ann lee", "ANN  LEE", "ann lee"] {
            assert_eq!(meet(other).first.as_deref(), Some("Ann Lee"));
        }
        assert_eq!(meet("a@x.org"), Met::default());
        assert_eq!(meet("A@X.org").first.as_deref(), Some("a@x.org"));
        assert_eq!(meet("c1"), Met::default());
        assert_eq!(meet("C1"), Met { is_loose: true, first: None });
        let joined = met.joined().unwrap();
        assert_eq!(
            (joined.ids, &joined.first[..]),
            (3, &["ann lee".to_owned(), "Ann Lee".to_owned()][..])
        );
        assert_eq!((met.rows.len(), met.known("ANN LEE")), (4, Some("Ann Lee")));
    }
}
