//! Writes source rows into the work database, in the order in which they arrive.

use std::collections::HashMap;

use anyhow::{Context, Result};
use rusqlite::{CachedStatement, Connection, params};
use snapshot::Day;
use snapshot::meta::NO_CATEGORY;

use crate::import::record::Record;
use crate::rows::{Contact, Customer, Interaction, Product, Purchase, Visit};
use crate::sink::Sink;

/// Prepared inserts for the source tables.
pub struct Loader<'a> {
    customer: CachedStatement<'a>,
    classes: CachedStatement<'a>,
    product: CachedStatement<'a>,
    purchase: CachedStatement<'a>,
    interaction: CachedStatement<'a>,
    contact: CachedStatement<'a>,
    visit: CachedStatement<'a>,
    days: HashMap<Day, String>,
}

impl<'a> Loader<'a> {
    /// Prepares the inserts.
    ///
    /// # Errors
    /// If the work database has not the source tables.
    pub fn new(work: &'a Connection) -> Result<Self> {
        let insert = |table: &str, columns: usize| {
            let marks = vec!["?"; columns].join(", ");
            work.prepare_cached(&format!("INSERT INTO {table} VALUES ({marks})"))
                .with_context(|| format!("cannot write table {table}"))
        };
        Ok(Self {
            customer: insert("customer_info", 7)?,
            classes: insert("given_classes", 3)?,
            product: insert("product_catalog", 4)?,
            purchase: insert("purchase_transactions", 8)?,
            interaction: insert("customer_service", 7)?,
            contact: insert("campaign_responses", 6)?,
            visit: insert("website_behavior", 7)?,
            days: HashMap::new(),
        })
    }

    /// Writes a customer.
    ///
    /// # Errors
    /// If the id is taken or the disk is full.
    pub fn customer(&mut self, row: &Customer) -> Result<()> {
        self.customer.execute(params![
            row.customer_id,
            row.first_name,
            row.last_name,
            row.email,
            row.country,
            row.city,
            row.registration_date.map(|day| day.to_string()),
        ])?;
        if row.segment.is_some() || row.churn_risk.is_some() {
            self.classes.execute(params![row.customer_id, row.segment, row.churn_risk])?;
        }
        Ok(())
    }

    /// Writes a product.
    ///
    /// # Errors
    /// If the id is taken or the disk is full.
    pub fn product(&mut self, row: &Product) -> Result<()> {
        // What a source calls so has none.
        let category = row.category.as_deref().filter(|&name| name != NO_CATEGORY);
        let values = params![row.product_id, row.product_name, category, row.price];
        self.product.execute(values)?;
        Ok(())
    }

    /// Writes a purchase line.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn purchase(&mut self, row: &Purchase) -> Result<()> {
        self.purchase.execute(params![
            None::<i64>,
            row.transaction_id,
            row.order_id,
            row.customer_id,
            row.product_id,
            iso(&mut self.days, row.day),
            row.quantity,
            row.amount,
        ])?;
        Ok(())
    }

    /// Writes a service contact.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn interaction(&mut self, row: &Interaction) -> Result<()> {
        self.interaction.execute(params![
            None::<i64>,
            row.interaction_id,
            row.customer_id,
            iso(&mut self.days, row.day),
            row.channel,
            row.reason,
            row.satisfaction_score,
        ])?;
        Ok(())
    }

    /// Writes a campaign contact.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn contact(&mut self, row: &Contact) -> Result<()> {
        self.contact.execute(params![
            None::<i64>,
            row.campaign_id,
            row.campaign_name,
            row.customer_id,
            iso(&mut self.days, row.day),
            row.responded,
        ])?;
        Ok(())
    }

    /// Writes a visit.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn visit(&mut self, row: &Visit) -> Result<()> {
        self.visit.execute(params![
            None::<i64>,
            row.session_id,
            row.customer_id,
            iso(&mut self.days, row.day),
            row.pages_viewed,
            row.duration_seconds,
            row.device,
        ])?;
        Ok(())
    }
}

impl Sink for Loader<'_> {
    fn customer(&mut self, row: &Customer) -> Result<()> {
        self.customer(row)
    }

    fn product(&mut self, row: &Product) -> Result<()> {
        self.product(row)
    }

    fn purchase(&mut self, row: &Purchase, _: &Record) -> Result<()> {
        self.purchase(row)
    }

    fn interaction(&mut self, row: &Interaction) -> Result<()> {
        self.interaction(row)
    }

    fn contact(&mut self, row: &Contact) -> Result<()> {
        self.contact(row)
    }

    fn visit(&mut self, row: &Visit) -> Result<()> {
        self.visit(row)
    }
}

/// Text of a day; a shop has few days and many rows, so each is written out once.
fn iso(days: &mut HashMap<Day, String>, day: Day) -> &str {
    days.entry(day).or_insert_with(|| day.to_string())
}
