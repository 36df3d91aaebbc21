//! The mapping file: which file, column and format each field of a source table comes from.

use std::collections::BTreeMap;

use anyhow::{Result, bail, ensure};
use serde::Deserialize;
use snapshot::Day;
use snapshot::money::MAX_EXPONENT;

use super::currencies::may_be_symbol;
use super::fields::{self, Table};
use super::file_names::{FileNames, OrdersAcross, Overlap, fits};
use super::gzip;
use super::kinds::Kinds;
use super::mapping_faults::{explain, place};
use super::near::did_you_mean;
use super::visible::visible;
use crate::given::Order;

/// A mapping file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Name of the source for people.
    pub source: String,
    /// IANA name of the zone in which days are cut.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// The day from which recency counts, if not the last day with a purchase.
    pub as_of: Option<Day>,
    /// Rows that may be refused before the build is.
    #[serde(default)]
    pub reject_limit: u64,
    /// Whether what is only warned of is refused.
    #[serde(default)]
    pub strict: bool,
    /// The currency of every amount.
    pub currency: CurrencyMapping,
    /// How all files are written.
    #[serde(default)]
    pub format: FormatMapping,
    /// Order of the source's own segments and churn risks.
    #[serde(default)]
    pub classes: ClassesMapping,
    customer_info: Option<TableMapping>,
    product_catalog: Option<TableMapping>,
    purchase_transactions: Option<TableMapping>,
    customer_service: Option<TableMapping>,
    campaign_responses: Option<TableMapping>,
    website_behavior: Option<TableMapping>,
}

/// The currency of every amount.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurrencyMapping {
    /// ISO 4217 code.
    pub code: String,
    /// Decimals to keep; as many as the data needs if not given.
    pub exponent: Option<u8>,
}

/// How files are written; a table's own settings win over those of all files.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormatMapping {
    /// Lines at the beginning of a file that are not read.
    pub skip_rows: Option<u64>,
    /// Between two cells; a comma if not given.
    pub delimiter: Option<char>,
    /// Around cells; a double quote if not given.
    pub quote: Option<char>,
    /// A label of the Encoding standard; UTF-8 if not given.
    pub encoding: Option<String>,
    /// How dates are written, tried in order; ISO days if not given.
    pub date: Option<OneOrMore>,
    /// Whether a comma, not a point, stands before decimals.
    pub decimal_comma: Option<bool>,
    /// What stands between groups of three digits; nothing if not given.
    pub thousands: Option<String>,
    /// A sign before or behind amounts that is left out.
    pub currency_symbol: Option<String>,
    /// The unit in which amounts are written; whole units of the currency if not given.
    pub amount_unit: Option<AmountUnit>,
    /// Cells that mean "nothing" beside empty ones.
    pub nulls: Option<Vec<String>>,
}

/// The unit in which amounts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountUnit {
    /// Euros, dollars, yen.
    Major,
    /// Cents, pence; yen too, which have none.
    Minor,
}

/// What the amounts of purchases are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountOf {
    /// Of the line that they stand on.
    #[default]
    Line,
    /// Of the whole order, on each of its lines again: they count on its first line.
    Order,
}

/// What an amount above zero is beside a quantity below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NegativeQuantity {
    /// Of a sale, as in lists of what left a store.
    #[default]
    Sale,
    /// Of what was given back, so that it is taken off.
    Return,
}

/// One text or a list of texts.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// A list.
    More(Vec<String>),
}

impl OneOrMore {
    /// All of them.
    pub fn all(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::More(texts) => texts,
        }
    }
}

/// Order of the source's own classes, best first.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassesMapping {
    #[serde(default)]
    segments: Vec<String>,
    #[serde(default)]
    churn_risks: Vec<String>,
}

/// Where a table's rows come from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableMapping {
    /// File in the folder; the table's name with `.csv` if not given. Purchases may have several.
    pub file: Option<FileNames>,
    /// Table of a SQLite file; the table's name if not given. Purchases may have several.
    pub table: Option<OneOrMore>,
    /// What becomes of rows that an earlier one of several files has, too.
    #[serde(default)]
    pub overlap: Overlap,
    /// What orders are of which several files have lines that differ.
    #[serde(default)]
    pub orders_across: OrdersAcross,
    /// Files, or tables, of purchases in which stands what was given back: amounts above zero are
    /// taken off.
    #[serde(default)]
    pub returns: Vec<String>,
    /// What the amounts of purchases are of.
    #[serde(default)]
    pub amount_of: AmountOf,
    /// What amounts above zero are beside quantities below it.
    #[serde(default)]
    pub negative_quantity: NegativeQuantity,
    /// Whether lines of purchases are as those above them in what is of their order, where they do not
    /// say it themselves.
    #[serde(default)]
    pub fill_down: bool,
    /// Columns of purchases whose amounts are taken off those of their lines, as discounts.
    #[serde(default)]
    pub less: Vec<String>,
    /// Which rows of purchases count, and how, by what a column calls them.
    pub kinds: Option<Kinds>,
    /// Customer ids that mean "a guest" beside empty ones.
    #[serde(default)]
    pub guests: Vec<String>,
    /// Column of each field; a field that is not named is looked for under its own name.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// How this file is written.
    #[serde(default)]
    pub format: FormatMapping,
}

fn utc() -> String {
    "UTC".to_owned()
}

impl Mapping {
    /// Reads and checks the text of a mapping file.
    ///
    /// # Errors
    /// Names the key or line that is wrong.
    pub fn parse(text: &str) -> Result<Self> {
        let mapping: Self = toml::from_str(text).map_err(|error| explain(text, &error))?;
        mapping.check(text)?;
        Ok(mapping)
    }

    fn check(&self, text: &str) -> Result<()> {
        let code = &self.currency.code;
        let is_code = iso_currency::Currency::from_code(code).is_some();
        let line = |key: &str| place(text, "currency", key);
        ensure!(
            is_code,
            "{}currency.code: '{code}' is not an ISO 4217 code such as \"{}\"",
            line("code"),
            iso_currency::Currency::from_code(&code.to_uppercase()).map_or("USD", |it| it.code())
        );
        if let Some(exponent) = self.currency.exponent {
            ensure!(
                exponent <= MAX_EXPONENT,
                "{}currency.exponent: at most {MAX_EXPONENT}",
                line("exponent")
            );
        }
        ensure!(self.table(Table::Purchases).is_some(), "[purchase_transactions] is missing");
        let own = Table::ALL.into_iter().filter_map(|table| self.table(table));
        for format in std::iter::once(&self.format).chain(own.map(|mapped| &mapped.format)) {
            let symbol = format.currency_symbol.as_deref().filter(|symbol| !symbol.is_empty());
            if let Some(symbol) = symbol.filter(|symbol| !may_be_symbol(symbol)) {
                bail!(
                    "{}currency_symbol: '{}' is a part of numbers, or tells their sign; it must be \
                     the sign of a currency, such as \"€\" or \"kr\"",
                    place(text, "format", "currency_symbol"),
                    visible(symbol)
                );
            }
        }
        for table in Table::ALL {
            self.check_files(table, text)?;
            let columns = self.table(table).map(|mapped| &mapped.columns);
            for field in columns.into_iter().flatten().map(|(field, _)| field) {
                let known = fields::of(table);
                if !known.contains(&field.as_str()) {
                    bail!(
                        "{}[{}.columns]: no field '{field}'{}; there are {}",
                        place(text, table.name(), field),
                        table.name(),
                        did_you_mean(field, known.iter().copied()),
                        known.join(", ")
                    );
                }
            }
        }
        Ok(())
    }

    /// Several files are those of purchases, which add up; of other tables each id comes once.
    fn check_files(&self, table: Table, text: &str) -> Result<()> {
        let Some(mapped) = self.table(table) else { return Ok(()) };
        let files = mapped.file.as_ref().map(|files| files.all().len());
        let tables = mapped.table.as_ref().map(|tables| tables.all().len());
        for (key, count) in [("file", files), ("table", tables)] {
            let line = || place(text, table.name(), key);
            ensure!(count != Some(0), "{}[{}]: {key} is an empty list", line(), table.name());
            ensure!(
                table == Table::Purchases || count.unwrap_or(1) == 1,
                "{}[{}] is read from one {key}; only [purchase_transactions] can have several",
                line(),
                table.name()
            );
        }
        Ok(())
    }

    /// The mapping of a table, if the source has it.
    pub fn table(&self, table: Table) -> Option<&TableMapping> {
        match table {
            Table::Customers => self.customer_info.as_ref(),
            Table::Products => self.product_catalog.as_ref(),
            Table::Purchases => self.purchase_transactions.as_ref(),
            Table::Interactions => self.customer_service.as_ref(),
            Table::Contacts => self.campaign_responses.as_ref(),
            Table::Visits => self.website_behavior.as_ref(),
        }
    }

    /// Order of the source's own classes.
    pub fn class_order(&self) -> Order {
        Order {
            segments: self.classes.segments.clone(),
            churn_risks: self.classes.churn_risks.clone(),
            ..Order::default()
        }
    }
}

impl TableMapping {
    /// Whether a file, or table, has what was given back.
    pub fn is_of_returns(&self, name: &str) -> bool {
        let is = |known: &String| {
            known == name || known == gzip::unpacked_name(name) || fits(known, name)
        };
        self.returns.iter().any(is)
    }
}

impl FormatMapping {
    /// These settings, and those of all files where these say nothing.
    #[must_use]
    pub fn or(&self, all: &Self) -> Self {
        Self {
            skip_rows: self.skip_rows.or(all.skip_rows),
            delimiter: self.delimiter.or(all.delimiter),
            quote: self.quote.or(all.quote),
            encoding: self.encoding.clone().or_else(|| all.encoding.clone()),
            date: self.date.clone().or_else(|| all.date.clone()),
            decimal_comma: self.decimal_comma.or(all.decimal_comma),
            thousands: self.thousands.clone().or_else(|| all.thousands.clone()),
            currency_symbol: self.currency_symbol.clone().or_else(|| all.currency_symbol.clone()),
            amount_unit: self.amount_unit.or(all.amount_unit),
            nulls: self.nulls.clone().or_else(|| all.nulls.clone()),
        }
    }
}
