//! Where the rows that an import takes go: into a work database, or to somebody who only counts.

use anyhow::Result;

use crate::import::record::Record;
use crate::rows::{Contact, Customer, Interaction, Product, Purchase, Visit};

/// Takes rows that are right, in the order in which they are read.
pub trait Sink {
    /// Takes a customer.
    ///
    /// # Errors
    /// If no more can be taken.
    fn customer(&mut self, row: &Customer) -> Result<()>;

    /// Takes a product.
    ///
    /// # Errors
    /// If no more can be taken.
    fn product(&mut self, row: &Product) -> Result<()>;

    /// Takes a purchase line, and the record that it was read from.
    ///
    /// # Errors
    /// If no more can be taken.
    fn purchase(&mut self, row: &Purchase, record: &Record) -> Result<()>;

    /// Takes a service contact.
    ///
    /// # Errors
    /// If no more can be taken.
    fn interaction(&mut self, row: &Interaction) -> Result<()>;

    /// Takes a campaign contact.
    ///
    /// # Errors
    /// If no more can be taken.
    fn contact(&mut self, row: &Contact) -> Result<()>;

    /// Takes a visit.
    ///
    /// # Errors
    /// If no more can be taken.
    fn visit(&mut self, row: &Visit) -> Result<()>;
}
