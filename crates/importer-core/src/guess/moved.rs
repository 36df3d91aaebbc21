//! Rows of files whose columns stand elsewhere than in the one that was looked at.

use anyhow::Result;

use super::count::Count;
use crate::import::record::Record;
use crate::rows::{Contact, Customer, Interaction, Product, Purchase, Visit};
use crate::sink::Sink;

/// Where each column stands in another file; none where that has no such column.
pub type Places = Vec<Option<usize>>;

/// Where the columns of a header stand in another one; none if all stand alike.
pub fn places(header: &[String], other: &[String]) -> Option<Places> {
    let place = |name: &String| other.iter().position(|known| known == name);
    (header != other).then(|| header.iter().map(place).collect())
}

/// A record with its cells at the places of another header.
pub fn moved(record: &Record, places: &Places) -> Record {
    let cell = |place: &Option<usize>| place.and_then(|at| record.cells.get(at)).cloned();
    let cells = places.iter().map(|place| cell(place).unwrap_or_default()).collect();
    Record { cells, ..record.clone() }
}

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
        self.count.purchase(row, &moved(record, &self.places))
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
