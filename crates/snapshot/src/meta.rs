//! What a snapshot says of itself: period, labels, rules, lineage and row counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::bounds::{
    MOST_CATEGORIES, MOST_CLASSES, MOST_DAYS, MOST_LINKS, MOST_NOTED, MOST_ROWS, MOST_SEQ,
    MOST_TABLE_ROWS, MOST_TABLES, MOST_WARNINGS, OutOfBounds, YEARS, entries, sum, text, texts,
    within,
};
use crate::cubes::Shape;
use crate::currency::Currency;
use crate::day::Day;
use crate::money::MAX_EXPONENT;
use crate::tables::{CUSTOMER_360, PURCHASE_TRANSACTIONS};

/// The label of purchase lines whose product has no category, where there are any; in the tables
/// their category is NULL.
pub const NO_CATEGORY: &str = "No category";

/// A snapshot's description, stored in table `meta` and repeated in the manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// [`crate::FORMAT_VERSION`] of the writer.
    pub format_version: u32,
    /// Hash of the content, in hexadecimal; also part of the file's name.
    pub snapshot_id: String,
    /// RFC 3339 instant of the build.
    pub built_at: String,
    /// Where the data came from, for people: a shop's name, "Demo data".
    pub source: String,
    /// True when the data was generated, not imported.
    pub demo: bool,
    /// The day from which recency counts, and the last of which anything is known: the last day
    /// with a purchase line unless given.
    pub as_of: Day,
    /// First day with any dated row, which is a purchase line's: what lies before it is left out.
    pub first_day: Day,
    /// Last day with any dated row, at least [`Meta::as_of`].
    pub last_day: Day,
    /// IANA name of the zone in which days were cut.
    pub time_zone: String,
    /// The currency of every amount.
    pub currency: Currency,
    /// Quantities are integers in units of `10^-quantity_exponent`; at most 4.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub quantity_exponent: u8,
    /// Rows of each table, by table name.
    pub rows: BTreeMap<String, u64>,
    /// Input rows that were refused, by table name.
    pub rejected: BTreeMap<String, u64>,
    /// What the import took as it is, but people should know of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// Names behind the codes in the packs.
    pub labels: Labels,
    /// Which parts the source had.
    pub features: Features,
    /// Rules that classified customers, with the cuts they gave on this data.
    pub rules: Rules,
    /// Rows through each step of the pipeline.
    pub lineage: Vec<LineageLink>,
    /// The last event of a live channel that the rows hold, with all before it; 0 if none.
    #[serde(default, skip_serializing_if = "is_no_event")]
    pub covers: u64,
    /// The as-of day of the snapshot itself, where this is a description with what has happened
    /// since; never written.
    #[serde(skip)]
    pub published: Option<Day>,
}

impl Meta {
    /// The as-of day of the snapshot itself: of its classes, and of all that no event changes.
    pub fn published_day(&self) -> Day {
        self.published.unwrap_or(self.as_of)
    }

    /// True if anybody is known; a snapshot of guests only has purchases and no customer.
    pub fn has_customers(&self) -> bool {
        self.rows.get(CUSTOMER_360).is_none_or(|&rows| rows > 0)
    }

    /// Looks at every number: days in order and within the calendar, lists whose codes fit, row
    /// counts, and the shape of the cubes that follows.
    ///
    /// # Errors
    /// [`OutOfBounds`] names the first that cannot be.
    pub fn check(&self) -> Result<(), OutOfBounds> {
        self.check_days()?;
        text("meta.snapshot_id", &self.snapshot_id)?;
        text("meta.built_at", &self.built_at)?;
        text("meta.source", &self.source)?;
        text("meta.time_zone", &self.time_zone)?;
        self.currency.check()?;
        within("meta.covers", self.covers, 0..=MOST_SEQ)?;
        within("meta.quantity_exponent", self.quantity_exponent.into(), 0..=MAX_EXPONENT.into())?;
        entries("meta.warnings", &self.warnings, 0..=MOST_WARNINGS)?;
        self.warnings.iter().try_for_each(Warning::check)?;
        for tables in [&self.rows, &self.rejected] {
            within("the number of meta.rows", tables.len() as u64, 0..=MOST_TABLES as u64)?;
            texts("a name in meta.rows", tables.keys())?;
        }
        for (table, &rows) in self.rows.iter().chain(&self.rejected) {
            let most = match table.as_str() {
                CUSTOMER_360 | PURCHASE_TRANSACTIONS => MOST_ROWS.into(),
                _ => MOST_TABLE_ROWS,
            };
            within(&format!("meta.rows.{table}"), rows, 0..=most)?;
        }
        self.labels.check()?;
        self.rules.check()?;
        entries("meta.lineage", &self.lineage, 0..=MOST_LINKS)?;
        for link in &self.lineage {
            texts("meta.lineage", [&link.source, &link.target])?;
            within("meta.lineage.rows_in", link.rows_in, 0..=MOST_TABLE_ROWS)?;
            within("meta.lineage.rows_out", link.rows_out, 0..=MOST_TABLE_ROWS)?;
        }
        Shape::of(self).check()
    }

    fn check_days(&self) -> Result<(), OutOfBounds> {
        for (field, day) in [("meta.first_day", self.first_day), ("meta.last_day", self.last_day)] {
            if !YEARS.contains(&day.ymd().0) {
                return Err(OutOfBounds::new(field, day, "of the years 1 to 9999"));
            }
        }
        let latest = self.first_day.plus(MOST_DAYS - 1);
        if !(self.first_day..=latest).contains(&self.last_day) {
            let must = format!("from {} (first_day) to {latest}", self.first_day);
            return Err(OutOfBounds::new("meta.last_day", self.last_day, must));
        }
        if !(self.first_day..=self.last_day).contains(&self.as_of) {
            let must =
                format!("from {} to {} (first_day, last_day)", self.first_day, self.last_day);
            return Err(OutOfBounds::new("meta.as_of", self.as_of, must));
        }
        Ok(())
    }
}

impl Labels {
    fn check(&self) -> Result<(), OutOfBounds> {
        for (field, labels, counts) in [
            ("meta.labels.segments", &self.segments, 1..=MOST_CLASSES),
            ("meta.labels.churn_risks", &self.churn_risks, 1..=MOST_CLASSES),
            ("meta.labels.categories", &self.categories, 0..=MOST_CATEGORIES),
            ("meta.labels.rfm_segments", &self.rfm_segments, 1..=MOST_CLASSES),
            ("meta.labels.channels", &self.channels, 0..=MOST_CLASSES),
            ("meta.labels.reasons", &self.reasons, 0..=MOST_CLASSES),
        ] {
            entries(field, labels, counts)?;
            texts(field, labels)?;
        }
        Ok(())
    }
}

fn is_zero(exponent: &u8) -> bool {
    *exponent == 0
}

fn is_no_event(seq: &u64) -> bool {
    *seq == 0
}

/// Something doubtful in one file of the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What it is.
    pub kind: WarningKind,
    /// Name of the file or table.
    pub file: String,
    /// How many rows, orders or ids it is about.
    pub count: u64,
    /// The first of them.
    pub places: Vec<WarningPlace>,
}

impl Warning {
    fn check(&self) -> Result<(), OutOfBounds> {
        text("meta.warnings.file", &self.file)?;
        entries("meta.warnings.places", &self.places, 0..=MOST_NOTED)?;
        for WarningPlace { id, lines } in &self.places {
            texts("meta.warnings.places.id", id)?;
            entries("meta.warnings.places.lines", lines, 0..=MOST_NOTED)?;
        }
        Ok(())
    }
}

/// Where something doubtful is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningPlace {
    /// The id that it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Lines of the file.
    pub lines: Vec<u64>,
}

/// What may be doubtful in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// Order numbers of several customers.
    SharedOrders,
    /// Rows that repeat an earlier one to the last cell.
    RepeatedRows,
    /// Rows of several files that an earlier one has, too, in all that is read, and that count again.
    OverlapCounted,
    /// Such rows, or rows of orders that a later file has, that were left out, as the mapping wants it.
    OverlapLeftOut,
    /// Orders of which several files have lines that differ.
    OrdersAcross,
    /// Rows that were left out by rule, having neither a date nor an amount.
    LeftOut,
    /// Rows that were left out for what a column calls them, as the mapping wants it.
    KindLeftOut,
    /// Amounts with the noise of binary fractions.
    BinaryNoise,
    /// Amounts written with a power of ten.
    PowersOfTen,
    /// Ids that differ by an apostrophe, leading zeros, a `.0` or an e-mail address's capitals only.
    LooseIds,
    /// Ids that a spreadsheet or a program seems to have changed.
    ChangedIds,
    /// Lines without a customer in orders that have one.
    GuestLines,
    /// Amounts that have three digits behind the decimal sign wherever they have one.
    ThreeDecimals,
    /// Whole amounts so large that they may be cents.
    LargeAmounts,
    /// Rows from before the first purchase or after the as-of day, which were left out.
    OutsideData,
    /// Columns that have a field's name and were not used, because the mapping says otherwise.
    UnusedColumns,
    /// Rows with a date that seem to have the sums of others.
    TotalRows,
    /// Days more than a year before or after all others.
    FarDays,
    /// Ids that are words for nothing.
    PlaceholderIds,
    /// Columns that describe customers where none says who they are.
    EverybodyGuest,
    /// Files that look like a table of the source and were not read.
    UnreadFiles,
    /// What a newer builder found.
    #[serde(other)]
    Other,
}

impl WarningKind {
    /// Whether something may be wrong; else a rule, or the mapping, was followed.
    pub fn is_doubt(self) -> bool {
        !matches!(
            self,
            Self::LeftOut
                | Self::OverlapLeftOut
                | Self::KindLeftOut
                | Self::OutsideData
                | Self::UnusedColumns
                | Self::UnreadFiles
        )
    }
}

/// Names behind the codes in the packs; a code is an index into its list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    /// Customer segments, most valuable first.
    pub segments: Vec<String>,
    /// Churn risks, lowest first.
    pub churn_risks: Vec<String>,
    /// Product categories, by name; those without sales too.
    pub categories: Vec<String>,
    /// RFM segments, in the order in which their rules are tried.
    pub rfm_segments: Vec<String>,
    /// Channels by which feedback came, most used first; the last may stand for many rare ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
    /// Reasons for which feedback was given, as the channels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

/// Which parts the source had; what is absent is absent on the page too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Features {
    /// Names or e-mail addresses of customers.
    pub names: bool,
    /// Quantities of purchase lines.
    pub units: bool,
    /// Categories of purchase lines.
    pub categories: bool,
    /// Satisfaction scores.
    pub feedback: bool,
    /// Campaign contacts and responses.
    pub campaigns: bool,
    /// Website visits.
    pub visits: bool,
    /// Cubes of every two categories, where there are few: snapshots that were made before there
    /// were any have none.
    #[serde(default, skip_serializing_if = "is_not")]
    pub category_pairs: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_not(flag: &bool) -> bool {
    !flag
}

impl Meta {
    /// Whether customers have a churn risk: without anybody who bought on two days there is no
    /// rhythm to measure silence by.
    pub fn knows_churn(&self) -> bool {
        match &self.rules.churn {
            ChurnRule::GapMultiples { population_gap_doubled, .. } => {
                population_gap_doubled.is_some()
            }
            ChurnRule::Imported => true,
        }
    }
}

/// Rules that classified customers, with their parameters and the cuts found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How customer segments were given.
    pub segments: SegmentRule,
    /// How churn risks were given.
    pub churn: ChurnRule,
    /// The RFM quintile cuts.
    pub rfm: RfmRule,
}

impl Rules {
    fn check(&self) -> Result<(), OutOfBounds> {
        if let SegmentRule::TopShares { percent, cuts } = &self.segments {
            entries("meta.rules.segments.percent", percent, 0..=MOST_CLASSES)?;
            entries("meta.rules.segments.cuts", cuts, percent.len()..=percent.len())?;
            cuts.iter().try_for_each(|&cut| sum("meta.rules.segments.cuts", cut))?;
        }
        if let ChurnRule::GapMultiples { percent, .. } = &self.churn {
            entries("meta.rules.churn.percent", percent, 0..=MOST_CLASSES)?;
        }
        let RfmRule { customers, recency, frequency, monetary } = &self.rfm;
        within("meta.rules.rfm.customers", *customers, 0..=MOST_ROWS.into())?;
        let mut cuts = recency.iter().chain(frequency).chain(monetary);
        cuts.try_for_each(|&cut| sum("meta.rules.rfm", cut))
    }
}

/// How customer segments were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", try_from = "RuleRecord")]
pub enum SegmentRule {
    /// By lifetime value: the top share, the next share, the rest; ties go up.
    TopShares {
        /// Cumulative shares from the top in percent, one less than there are segments.
        percent: Vec<u32>,
        /// Least lifetime value (money units) of each segment but the last.
        cuts: Vec<i64>,
    },
    /// As the source said.
    Imported,
}

/// How churn risks were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", try_from = "RuleRecord")]
pub enum ChurnRule {
    /// By recency against the customer's median gap between purchase days.
    GapMultiples {
        /// Largest recency of each risk but the last, in percent of the median gap.
        percent: Vec<u32>,
        /// Twice the median of all gaps in days, used below two purchase days; none without gaps.
        population_gap_doubled: Option<u32>,
    },
    /// As the source said.
    Imported,
}

/// A rule as it is read: tagged enums would be buffered first, by code of their own.
#[derive(Deserialize)]
struct RuleRecord {
    kind: String,
    percent: Option<Vec<u32>>,
    cuts: Option<Vec<i64>>,
    population_gap_doubled: Option<u32>,
}

const NO_RULE: &str = "not a rule of this kind";

impl TryFrom<RuleRecord> for SegmentRule {
    type Error = &'static str;

    fn try_from(record: RuleRecord) -> Result<Self, Self::Error> {
        match (record.kind.as_str(), record.percent, record.cuts) {
            ("top_shares", Some(percent), Some(cuts)) => Ok(Self::TopShares { percent, cuts }),
            ("imported", ..) => Ok(Self::Imported),
            _ => Err(NO_RULE),
        }
    }
}

impl TryFrom<RuleRecord> for ChurnRule {
    type Error = &'static str;

    fn try_from(record: RuleRecord) -> Result<Self, Self::Error> {
        let population_gap_doubled = record.population_gap_doubled;
        match (record.kind.as_str(), record.percent) {
            ("gap_multiples", Some(percent)) => {
                Ok(Self::GapMultiples { percent, population_gap_doubled })
            }
            ("imported", _) => Ok(Self::Imported),
            _ => Err(NO_RULE),
        }
    }
}

/// The RFM quintile cuts at 20, 40, 60 and 80% by nearest rank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RfmRule {
    /// Customers with at least one purchase, among whom the cuts were taken.
    pub customers: u64,
    /// Cuts of days since the last purchase.
    pub recency: [i64; 4],
    /// Cuts of the number of orders.
    pub frequency: [i64; 4],
    /// Cuts of lifetime value, in money units.
    pub monetary: [i64; 4],
}

/// Rows that flowed along one link of the pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineageLink {
    /// Table that was read.
    pub source: String,
    /// Table that was written.
    pub target: String,
    /// Rows read from the source.
    pub rows_in: u64,
    /// Rows of the target that they gave.
    pub rows_out: u64,
}

impl LineageLink {
    /// True if rows went along it; none do from or to a table that the source did not have.
    pub fn flows(&self) -> bool {
        self.rows_in > 0 && self.rows_out > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_older_snapshots_do_not_say_of_themselves_is_not_said_for_them() {
        let text = r#"{"names":true,"units":true,"categories":true,"feedback":true,"campaigns":true,"visits":true}"#;
        let features: Features = serde_json::from_str(text).unwrap();
        assert!(!features.category_pairs);
        assert_eq!(serde_json::to_string(&features).unwrap(), text);
    }
}
