//! A guess how files can be read, as the importer tells it: amounts are decimals in whole units of the
//! currency, days are ISO 8601. What it says in sentences is in the reader's language.

use serde::Deserialize;

use crate::session::retold::Retold;

/// A guess.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Guess {
    /// What is to be read: the name of the one file, or all.
    pub from: String,
    /// Every file that was looked at.
    pub sheets: Vec<Sheet>,
    /// What each file of purchases has.
    pub files: Vec<FileRead>,
    /// The program that the purchases were exported from, where that is known.
    pub export: Option<Retold>,
    /// What its amounts are.
    pub export_says: Option<Retold>,
    /// How the file of purchases is written, and the data's settings.
    pub settings: Vec<Setting>,
    /// The column of each field.
    pub fields: Vec<Field>,
    /// The first purchase lines as they would be read.
    pub rows: Vec<RowRead>,
    /// What would be built; none where it cannot be.
    pub totals: Option<Totals>,
    /// What only people can know.
    pub questions: Vec<Question>,
    /// Rows that would not count.
    pub left_out: Vec<LeftOut>,
    /// Columns that are not read and change what the money means.
    pub unused: Vec<Unused>,
    /// Columns that are not read, and say nothing about the money.
    pub other_columns: Vec<String>,
    /// What is taken as it is, and changes nothing.
    pub notes: Vec<Retold>,
    /// What may make the sums others than the shop's own.
    pub doubts: Vec<Retold>,
    /// What stands in the way.
    pub problems: Vec<Retold>,
    /// True if purchase lines were found; else the mapping is a template.
    pub usable: bool,
    /// True if it can be built as it is.
    pub builds: bool,
    /// The mapping, as TOML.
    pub mapping: String,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The table that it is read as; none if it is not read.
    pub table: Option<String>,
    /// Why, or why not.
    pub why: Retold,
}

/// A file of purchases.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FileRead {
    /// Its name.
    pub name: String,
    /// Rows that are taken of it.
    pub rows: u64,
    /// Rows that an earlier file has, too.
    pub again: u64,
}

/// A setting.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// What it is.
    pub value: String,
    /// How sure that is.
    pub confidence: String,
    /// What speaks for it.
    pub why: Retold,
}

/// The column of a field.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Field {
    /// The table.
    pub table: String,
    /// The field.
    pub field: String,
    /// The column.
    pub column: String,
    /// How sure that is.
    pub confidence: String,
    /// What speaks for it.
    pub why: String,
    /// Its first values.
    pub examples: Vec<String>,
}

/// A purchase line as it would be read.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RowRead {
    /// Line in the file.
    pub line: u64,
    /// The order.
    pub order: String,
    /// The customer; none for a guest.
    pub customer: Option<String>,
    /// The day.
    pub day: String,
    /// The product.
    pub product: Option<String>,
    /// The category.
    pub category: Option<String>,
    /// The quantity.
    pub quantity: Option<String>,
    /// The amount.
    pub amount: String,
}

/// Sums to hold against the shop's own report.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Totals {
    /// Sum of all amounts, returns taken off.
    pub revenue: String,
    /// Its currency.
    pub currency: String,
    /// Orders with a line above zero.
    pub orders: u64,
    /// Customers.
    pub customers: u64,
    /// Purchase lines.
    pub lines: u64,
    /// Sum of all quantities, where there are any.
    pub units: Option<String>,
    /// Lines below zero.
    pub returns: u64,
    /// Their sum.
    pub returned: String,
    /// First day with a line.
    pub first_day: Option<String>,
    /// Last day with a line.
    pub last_day: Option<String>,
}

/// Something that the file does not tell.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Question {
    /// What it is about.
    pub id: String,
    /// The question.
    pub ask: Retold,
    /// What can be answered; the first is what the mapping has.
    pub choices: Vec<Choice>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Choice {
    /// In a word or two.
    pub value: Retold,
    /// The settings of the mapping that mean it.
    pub settings: String,
    /// What it would give; none where it would be refused.
    pub totals: Option<Totals>,
    /// What else it would mean.
    pub says: Option<Retold>,
}

/// Rows that would not count.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LeftOut {
    /// Why.
    pub why: Retold,
    /// How many.
    pub rows: u64,
    /// True if nothing is built because of them, as the mapping stands.
    pub refused: bool,
}

/// A column that changes what the money means.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Unused {
    /// The column.
    pub column: String,
    /// Rows in which something stands.
    pub rows: u64,
    /// What that means.
    pub says: Retold,
    /// True if the revenue would be another one with it.
    pub changes: bool,
}

/// What a mapping makes of the files: what a guess says of its own.
#[derive(Clone, Debug, PartialEq, Deserialize)]
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
    pub first_rejected: Vec<Retold>,
    /// What is taken as it is, and changes nothing.
    pub notes: Vec<Retold>,
    /// What may make the sums others than the shop's own.
    pub doubts: Vec<Retold>,
    /// True if it can be built so.
    pub builds: bool,
}
