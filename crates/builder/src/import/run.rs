//! An import under way: rows are read table by table, checked against each other, and written.

use anyhow::{Context, Result};
use snapshot::Currency;

use super::Import;
use super::derived::{MetCustomers, MetProducts};
use super::fields::Table;
use super::reader::Reader;
use super::records::{Record, Records};
use super::rejects::{Reject, Rejection, Rejects};
use super::rows_of;
use crate::keys::KeySet;
use crate::load::Loader;
use crate::progress::Progress;
use crate::rows::Purchase;

/// An import under way.
pub struct Run<'a, 'b> {
    import: &'a Import,
    loader: &'a mut Loader<'b>,
    progress: Progress,
    currency: Currency,
    rejects: Rejects,
    customers: Known<MetCustomers>,
    products: Known<MetProducts>,
}

/// What rows may refer to.
enum Known<M> {
    /// The ids of a table of its own.
    Listed(KeySet),
    /// What purchase lines say, as there is no table.
    Met(M),
}

/// Why a row is not taken.
enum Stop {
    /// It is wrong; the next one may be right.
    Reject(Reject),
    /// Nothing can be written any more.
    Fail(anyhow::Error),
}

impl From<Reject> for Stop {
    fn from(reject: Reject) -> Self {
        Self::Reject(reject)
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Fail(error)
    }
}

impl<'a, 'b> Run<'a, 'b> {
    /// An import that has read nothing yet.
    pub fn new(
        import: &'a Import,
        loader: &'a mut Loader<'b>,
        progress: Progress,
        currency: Currency,
    ) -> Self {
        let listed = |table| import.mapping.table(table).is_some();
        Self {
            import,
            loader,
            progress,
            currency,
            rejects: Rejects::new(import.mapping.reject_limit),
            customers: Known::new(listed(Table::Customers)),
            products: Known::new(listed(Table::Products)),
        }
    }

    /// What came of it.
    pub fn end(self) -> (Currency, Rejects) {
        (self.currency, self.rejects)
    }

    /// Reads a table, if the source has it.
    ///
    /// # Errors
    /// If its file or columns are missing, or far too many rows are wrong.
    pub fn table(&mut self, table: Table) -> Result<()> {
        let import = self.import;
        let Some(mapped) = import.mapping.table(table) else { return Ok(()) };
        let records = Records::open(&import.from, table, mapped, &import.mapping)?;
        let reader = Reader::new(&records, table, mapped, &import.mapping)?;
        reader.require(required(table))?;
        if table == Table::Purchases && !reader.has("amount") {
            reader.require(&["unit_price", "quantity"]).context("there is no column for amount")?;
        }
        let mut stage = self.progress.stage(&format!("Reading {}", table.name()), None);
        let mut ids = KeySet::default();
        records.each(&mut |record| {
            stage.step();
            match self.row(&reader, record, &mut ids) {
                Ok(()) => Ok(()),
                Err(Stop::Fail(error)) => Err(error),
                Err(Stop::Reject(reject)) => {
                    let (file, line) = (reader.file.clone(), record.line);
                    self.rejects.add(table, Rejection { file, line, reject })
                }
            }
        })?;
        if table == Table::Purchases {
            self.write_met()?;
        }
        let (read, rejected) = (stage.steps(), self.rejects.of(table));
        stage.end(&format!("{read} rows = {} loaded + {rejected} rejected", read - rejected));
        Ok(())
    }

    fn row(&mut self, reader: &Reader, record: &Record, ids: &mut KeySet) -> Result<(), Stop> {
        if let Some(problem) = &record.problem {
            return Err(Reject::row(problem.clone()).into());
        }
        match reader.table {
            Table::Customers => {
                let row = rows_of::customer(reader, record)?;
                new_id(&mut self.customers, reader, "customer_id", &row.customer_id)?;
                self.loader.customer(&row)?;
            }
            Table::Products => {
                let row = rows_of::product(reader, record, self.currency.exponent)?;
                new_id(&mut self.products, reader, "product_id", &row.product_id)?;
                self.loader.product(&row)?;
            }
            Table::Purchases => self.purchase(reader, record, ids)?,
            Table::Interactions => {
                let row = rows_of::interaction(reader, record)?;
                self.know(reader, row.customer_id.as_deref())?;
                self.loader.interaction(&row)?;
            }
            Table::Contacts => {
                let row = rows_of::contact(reader, record)?;
                self.know(reader, row.customer_id.as_deref())?;
                self.loader.contact(&row)?;
            }
            Table::Visits => {
                let row = rows_of::visit(reader, record)?;
                self.know(reader, row.customer_id.as_deref())?;
                self.loader.visit(&row)?;
            }
        }
        Ok(())
    }

    fn purchase(&mut self, reader: &Reader, record: &Record, ids: &mut KeySet) -> Result<(), Stop> {
        let row = rows_of::purchase(reader, record, self.currency.exponent)?;
        if !ids.insert(&row.transaction_id) {
            return Err(again(reader, "transaction_id", &row.transaction_id).into());
        }
        let row = self.placed(reader, record, row)?;
        Ok(self.loader.purchase(&row)?)
    }

    /// A purchase line whose customer and product are known, or are from now on.
    fn placed(
        &mut self,
        reader: &Reader,
        record: &Record,
        mut row: Purchase,
    ) -> Result<Purchase, Reject> {
        if let (Known::Listed(ids), Some(id)) = (&self.products, &row.product_id)
            && !ids.contains(id)
        {
            let reason = format!("product '{id}' is not in product_catalog");
            return Err(Reject::cell(&reader.column("product_id"), reason));
        }
        match (&mut self.customers, &row.customer_id) {
            (Known::Met(met), Some(id)) => {
                met.meet(rows_of::described(reader, record, id.clone())?);
            }
            _ => self.know(reader, row.customer_id.as_deref())?,
        }
        if let Known::Met(met) = &mut self.products {
            let (name, category) =
                (reader.text(record, "product_name")?, reader.text(record, "category")?);
            row.product_id = met.meet(row.product_id, name, category);
        }
        Ok(row)
    }

    /// Refuses a row of a customer whom nobody knows.
    fn know(&self, reader: &Reader, customer: Option<&str>) -> Result<(), Reject> {
        let Some(id) = customer else { return Ok(()) };
        let (known, place) = match &self.customers {
            Known::Listed(ids) => (ids.contains(id), "customer_info"),
            Known::Met(met) => (met.knows(id), "purchase_transactions"),
        };
        if known {
            return Ok(());
        }
        let reason = format!("customer '{id}' is not in {place}");
        Err(Reject::cell(&reader.column("customer_id"), reason))
    }

    /// Writes the customers and products that purchase lines named.
    fn write_met(&mut self) -> Result<()> {
        if let Known::Met(met) = &self.customers {
            met.write(self.loader)?;
        }
        if let Known::Met(met) = &self.products {
            met.write(self.loader)?;
        }
        Ok(())
    }
}

impl<M: Default> Known<M> {
    fn new(listed: bool) -> Self {
        if listed { Self::Listed(KeySet::default()) } else { Self::Met(M::default()) }
    }
}

fn new_id<M>(known: &mut Known<M>, reader: &Reader, field: &str, id: &str) -> Result<(), Reject> {
    let first = match known {
        Known::Listed(ids) => ids.insert(id),
        Known::Met(_) => true,
    };
    if first { Ok(()) } else { Err(again(reader, field, id)) }
}

fn again(reader: &Reader, field: &str, id: &str) -> Reject {
    Reject::cell(&reader.column(field), format!("'{id}' was there before"))
}

/// Fields without which a table says nothing; `amount` has its own rule.
fn required(table: Table) -> &'static [&'static str] {
    match table {
        Table::Customers => &["customer_id"],
        Table::Products => &["product_id"],
        Table::Purchases => &["transaction_date"],
        Table::Interactions => &["interaction_date"],
        Table::Contacts => &["campaign_id", "contact_date", "responded"],
        Table::Visits => &["visit_date"],
    }
}
