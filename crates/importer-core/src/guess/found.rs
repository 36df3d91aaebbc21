//! What a guess says: everything that is shown before anything is built.

use crate::import::kinds::Kind;
use serde::Serialize;

use super::meanings::Meaning;
use super::pick::Confidence;
use crate::import::FileRead;

/// A guess about some files. Amounts are decimals with all their digits, in whole units of the
/// currency; days are ISO 8601.
#[derive(Clone, Debug, Serialize)]
pub struct Guess {
    /// What `builder build --from` has to be.
    pub from: String,
    /// Every file or table that was looked at.
    pub sheets: Vec<SheetFound>,
    /// What each file, or table, of purchases has, in the order of reading.
    pub files: Vec<FileRead>,
    /// The program that the purchases were exported from, where that is known.
    pub export: Option<String>,
    /// What its amounts are.
    pub export_says: Option<String>,
    /// How the file of purchases is written, and the data's settings.
    pub settings: Vec<Setting>,
    /// The column of each field.
    pub fields: Vec<Field>,
    /// The first purchase lines as they would be read.
    pub rows: Vec<RowRead>,
    /// What would be built; none where the importer cannot read the file.
    pub totals: Option<Totals>,
    /// What only people can know.
    pub questions: Vec<Question>,
    /// Rows that would not count.
    pub left_out: Vec<LeftOut>,
    /// Columns that no field has and that change what the money means.
    pub unused: Vec<Unused>,
    /// Columns that no field has, and that say nothing about the money; all columns, as they are
    /// called, where no purchases were found.
    pub other_columns: Vec<String>,
    /// What is taken as it is, and may make the totals wrong.
    pub doubts: Vec<String>,
    /// What else is taken as it is.
    pub notes: Vec<String>,
    /// What stands in the way.
    pub problems: Vec<String>,
    /// Whether nothing is open: no question, no problem, and date and money are sure.
    pub sure: bool,
    /// Whether purchases were found. If not, the mapping is a template, in which whoever knows the
    /// file names the columns of the fields that are missing.
    pub usable: bool,
    /// Whether `builder build` takes the mapping as it is.
    pub builds: bool,
    /// The text of the mapping file.
    pub mapping: String,
}

/// A file or table.
#[derive(Clone, Debug, Serialize)]
pub struct SheetFound {
    /// Its name.
    pub name: String,
    /// The table that it would be read as; none if it would not be read.
    pub table: Option<&'static str>,
    /// Why, or why not.
    pub why: String,
}

/// A setting of the mapping.
#[derive(Clone, Debug, Serialize)]
pub struct Setting {
    /// Its name, as in a mapping file.
    pub name: &'static str,
    /// What it is.
    pub value: String,
    /// How sure that is.
    pub confidence: Confidence,
    /// What speaks for it.
    pub why: String,
}

/// The column of a field.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// The table.
    pub table: &'static str,
    /// The field.
    pub field: &'static str,
    /// Name of the column.
    pub column: String,
    /// How sure that is.
    pub confidence: Confidence,
    /// What speaks for it.
    pub why: String,
    /// Its first values.
    pub examples: Vec<String>,
}

/// A purchase line as it would be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowRead {
    /// Line in the file, from 1; number of the row for a table.
    pub line: u64,
    /// The order; empty where no column tells orders apart.
    pub order: String,
    /// The customer; none for a guest.
    pub customer: Option<String>,
    /// The day.
    pub day: String,
    /// The product, by name if it has one.
    pub product: Option<String>,
    /// The category.
    pub category: Option<String>,
    /// The quantity.
    pub quantity: Option<String>,
    /// The amount.
    pub amount: String,
}

/// Sums to hold against the shop's own report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Sum of all amounts, returns taken off.
    pub revenue: String,
    /// Its currency.
    pub currency: String,
    /// Orders with a line above zero.
    pub orders: u64,
    /// Customers, those of a table of their own who bought nothing too.
    pub customers: u64,
    /// Customers with a line.
    pub buyers: u64,
    /// Purchase lines.
    pub lines: u64,
    /// Sum of all quantities, where there are any.
    pub units: Option<String>,
    /// Lines below zero.
    pub returns: u64,
    /// Their sum.
    pub returned: String,
    /// Lines without a customer.
    pub guest_lines: u64,
    /// First day with a line.
    pub first_day: Option<String>,
    /// Last day with a line.
    pub last_day: Option<String>,
}

/// Something that the file does not tell.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// What it is about: `date_order`, `decimal_sign`, `currency`, `time_zone`, `amount`,
    /// `amount_of`, `amount_unit`, `overlap`, `orders_across`, `returns`, `negative_quantity`,
    /// `repeated_rows`, `quotes`.
    pub id: &'static str,
    /// The question.
    pub ask: String,
    /// What can be answered; the first one is what the mapping has.
    pub choices: Vec<Choice>,
}

/// An answer.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// In a word or two.
    pub value: String,
    /// The settings of a mapping that mean it.
    pub settings: String,
    /// What it would give; none where the importer would refuse it.
    pub totals: Option<Totals>,
    /// What else it would mean, or why it would be refused.
    pub says: Option<String>,
}

/// Rows that would not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Why.
    pub why: String,
    /// How many rows.
    pub rows: u64,
    /// Whether the build fails by them unless `reject_limit` lets it leave them out.
    pub refused: bool,
}

/// A column that no field has and that changes what the money means.
#[derive(Clone, Debug, Serialize)]
pub struct Unused {
    /// Its name.
    pub column: String,
    /// What it has.
    pub meaning: Meaning,
    /// Rows in which something stands that is not zero.
    pub rows: u64,
    /// Its sum, for amounts; each order's once.
    pub sum: Option<String>,
    /// Its values, for words.
    pub values: Vec<ValueFound>,
    /// What that means for the revenue above.
    pub says: String,
    /// Whether the shop's own report may well have less for it: refunds, what was cancelled.
    pub changes: bool,
}

/// A value of such a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ValueFound {
    /// The value.
    pub value: String,
    /// Rows that have it.
    pub rows: u64,
    /// Orders that have it.
    pub orders: u64,
    /// The amounts of these rows as they stand in the file.
    pub amount: String,
    /// What the mapping makes of them.
    #[serde(skip)]
    pub kind: Kind,
}
