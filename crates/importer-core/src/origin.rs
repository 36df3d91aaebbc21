//! What the source says of itself: its name, currency, time zone, rejected rows.

use std::collections::BTreeMap;

use snapshot::meta::Warning;
use snapshot::{Currency, Day};

use crate::given::Order;

/// What invented data follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invented {
    /// Number of customers.
    pub customers: u64,
    /// Other seeds give other data.
    pub seed: u64,
}

/// Description of a source, known once its rows are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Name for people.
    pub source: String,
    /// True when the data was generated.
    pub demo: bool,
    /// IANA name of the zone in which days were cut.
    pub time_zone: String,
    /// The currency of every amount.
    pub currency: Currency,
    /// Decimals of quantities.
    pub quantity_exponent: u8,
    /// The day from which recency counts, if not the last day with a purchase.
    pub as_of: Option<Day>,
    /// Order of the source's own classes.
    pub class_order: Order,
    /// Input rows that were refused, by table name.
    pub rejected: BTreeMap<String, u64>,
    /// What was taken as it is, but people should know of.
    pub warnings: Vec<Warning>,
    /// By what the data was invented, if it was: it goes on after the as-of day.
    pub invented: Option<Invented>,
}
