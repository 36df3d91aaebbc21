//! Rows of files whose columns stand elsewhere than in the one that was looked at.

use anyhow::Result;

use super::count::Count;
use crate::import::places::Places;
use crate::import::record::Record;
use crate::rows::{Contact, Customer, Interaction, Product, Purchase, Visit};
use crate::sink::Sink;

/// Counts lines with their cells put where they are looked for.
pub struct Moved<'a> {
    count: &'a mut Count,
    places: Places,
}

impl<'a> Moved<'a> {
    /// Counts with cells put so.
    pub fn new(count: &'a mut Count, places: Places) -> Self {
        Self { count, places }
    }
}

impl Sink for Moved<'_> {
    fn customer(&mut self, row: &Customer) -> Result<()> {
        self.count.customer(row)
    }

    fn product(&mut self, row: &Product) -> Result<()> {
        self.count.product(row)
    }

    fn purchase(&mut self, row: &Purchase, record: &Record) -> Result<()> {
        self.count.purchase(row, &self.places.moved(record))
    }

    fn interaction(&mut self, row: &Interaction) -> Result<()> {
        self.count.interaction(row)
    }

    fn contact(&mut self, row: &Contact) -> Result<()> {
        self.count.contact(row)
    }

    fn visit(&mut self, row: &Visit) -> Result<()> {
        self.count.visit(row)
    }
}
