//! What a mapping makes of files, told as a guess tells it of its own: for whoever changes one.

use std::collections::HashMap;

use anyhow::Result;
use serde::Serialize;
use snapshot::money::to_decimal;

use super::count::{Count, Taken};
use super::found::{LeftOut, RowRead, Totals};
use super::source::Imported;
use super::text::short;
use super::trial::Trial;
use crate::files::Files;
use crate::import::mapping::Mapping;
use crate::import::record::Record;
use crate::import::{FileRead, Import, Read};
use crate::progress::Progress;
use crate::rows::{Contact, Customer, Interaction, Product, Purchase, Visit};
use crate::sink::Sink;

/// Products whose names are remembered for the rows that are shown.
const REMEMBERED: usize = 50_000;

/// What a mapping makes of files. Amounts and days are as in a [`Guess`](super::found::Guess).
#[derive(Clone, Debug, Serialize)]
pub struct Tried {
    /// The first purchase lines as they would be read.
    pub rows: Vec<RowRead>,
    /// What would be built.
    pub totals: Totals,
    /// What each file of purchases has.
    pub files: Vec<FileRead>,
    /// Rows that would not count.
    pub left_out: Vec<LeftOut>,
    /// The first rows that are refused, with their places.
    pub first_rejected: Vec<String>,
    /// What is taken as it is, and may make the totals wrong.
    pub doubts: Vec<String>,
    /// What else is taken as it is.
    pub notes: Vec<String>,
    /// Whether a build takes the mapping as it is.
    pub builds: bool,
}

/// Reads files under a mapping and counts what comes of it; nothing is built.
///
/// # Errors
/// If the mapping does not fit the files, or one cannot be read.
pub fn tried(from: Box<dyn Files>, mapping: &str, progress: &dyn Progress) -> Result<Tried> {
    let mut mapping = Mapping::parse(mapping)?;
    // All rows that cannot be taken are counted, however many they are.
    let limit = std::mem::replace(&mut mapping.reject_limit, u64::MAX);
    let mut counted = Counted::default();
    let Read { survey, rejects, warnings, files, joined } =
        Import { from, mapping }.read(&mut counted, progress)?;
    let imported = Imported {
        currency: survey.currency.clone(),
        quantity_exponent: survey.scale.quantity,
        warnings,
        files,
        joined,
        rejected: rejects.kinds(),
        first_rejected: rejects.first(),
    };
    let Counted { count, products } = counted;
    let trial = Trial::of(count, imported);
    let rows = trial.count.first.iter().map(|taken| row(taken, &trial.imported, &products));
    Ok(Tried {
        rows: rows.collect(),
        totals: trial.totals.clone(),
        files: trial.imported.files.clone(),
        left_out: trial.left_out(limit),
        first_rejected: trial.imported.first_rejected.clone(),
        doubts: trial.doubts(),
        notes: trial.notes(),
        builds: trial.rejected() <= limit && trial.count.lines > 0,
    })
}

fn row(taken: &Taken, imported: &Imported, products: &Products) -> RowRead {
    let Taken { purchase, record } = taken;
    let id = purchase.product_id.as_deref();
    let (name, category) = id.and_then(|id| products.get(id)).cloned().unwrap_or_default();
    RowRead {
        line: record.line,
        order: short(&purchase.order_id),
        customer: purchase.customer_id.as_deref().map(short),
        day: purchase.day.to_string(),
        product: name.or_else(|| id.map(str::to_owned)).map(|text| short(&text)),
        category: category.map(|text| short(&text)),
        quantity: purchase
            .quantity
            .map(|units| to_decimal(units.into(), imported.quantity_exponent)),
        amount: to_decimal(purchase.amount.into(), imported.currency.exponent),
    }
}

/// Name and category of products, by id.
type Products = HashMap<String, (Option<String>, Option<String>)>;

/// Counts, and remembers what products are called.
#[derive(Default)]
struct Counted {
    count: Count,
    products: Products,
}

impl Sink for Counted {
    fn customer(&mut self, row: &Customer) -> Result<()> {
        self.count.customer(row)
    }

    fn product(&mut self, row: &Product) -> Result<()> {
        if self.products.len() < REMEMBERED {
            let called = (row.product_name.clone(), row.category.clone());
            self.products.insert(row.product_id.clone(), called);
        }
        self.count.product(row)
    }

    fn purchase(&mut self, row: &Purchase, record: &Record) -> Result<()> {
        self.count.purchase(row, record)
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
