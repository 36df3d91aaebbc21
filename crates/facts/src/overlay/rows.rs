//! The rows of the snapshot that an overlay is laid over: those of the customers it touches.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher, Hasher};

use snapshot::bounds::{MOST_DAYS, size_of_all};
use snapshot::{Day, Meta};

use crate::columns::FactsError;

/// Rows as they were read from one snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Which snapshot: those of another are refused.
    pub snapshot_id: String,
    /// By id, all rows of a customer; none of whom the snapshot does not know.
    pub customers: BTreeMap<String, Option<CustomerRows>>,
    /// Lines of other customers and of guests in the orders that [`super::Overlay::orders`] names.
    /// There are such orders in few shops, and a line that is given twice counts once.
    pub shared: Vec<SharedLine>,
}

/// All that a snapshot has of one customer. Codes are those of the snapshot's labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerRows {
    /// Number of the customer, `ord` in the tables.
    pub number: u32,
    /// Code of the customer segment.
    pub segment: u8,
    /// Code of the churn risk.
    pub churn: u8,
    /// Code of the RFM segment; none for who never bought.
    pub rfm_segment: Option<u8>,
    /// The purchase lines.
    pub lines: Vec<PurchaseRow>,
    /// Service contacts that have a score.
    pub scores: Vec<ScoreRow>,
    /// Campaign contacts.
    pub contacts: Vec<ContactRow>,
}

/// One purchase line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchaseRow {
    /// Number of the line in its table.
    pub line: u32,
    /// The order's id.
    pub order: String,
    /// The day.
    pub day: Day,
    /// Code of the category.
    pub category: u16,
    /// Amount in money units.
    pub amount: i64,
    /// Quantity in its units; 0 where the source had none.
    pub quantity: i32,
}

/// One satisfaction score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreRow {
    /// The day.
    pub day: Day,
    /// 1 to 5.
    pub score: u8,
    /// Code of the channel.
    pub channel: Option<u8>,
    /// Code of the reason.
    pub reason: Option<u8>,
}

/// One campaign contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// The day.
    pub day: Day,
    /// The campaign's id.
    pub campaign: String,
    /// True if it was answered.
    pub responded: bool,
}

/// A line of an order that somebody touched has a part in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedLine {
    /// Whose it is; nobody's is a guest's.
    pub of: Option<SharedWith>,
    /// The line.
    pub row: PurchaseRow,
}

/// Number and classes of a customer who shares an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "as the fields of the same name of `CustomerRows`")]
pub struct SharedWith {
    pub number: u32,
    pub segment: u8,
    pub churn: u8,
    pub rfm_segment: Option<u8>,
}

/// The id of an order or a campaign, as something small that is equal where the ids are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u128);

impl Key {
    /// Two independent hashes: for a million ids a clash is rarer than one in 10^26.
    pub fn of(id: &str) -> Self {
        let half = |salt: u8| {
            let mut hasher = DefaultHasher::new();
            hasher.write_u8(salt);
            hasher.write(id.as_bytes());
            u128::from(hasher.finish())
        };
        Self(half(1) << 64 | half(2))
    }
}

/// A map of keys: they are hashes already.
pub(super) type ByKey<T> = HashMap<Key, T, BuildHasherDefault<Hashed>>;

/// Takes a part of a key for its hash.
#[derive(Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0 = self.0.rotate_left(8) ^ u64::from(byte));
    }

    #[expect(clippy::cast_possible_truncation, reason = "half of it will do")]
    fn write_u128(&mut self, key: u128) {
        self.0 = key as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A purchase line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub order: Key,
    pub day: u16,
    pub category: u16,
    pub amount: i64,
    pub quantity: i32,
}

/// A satisfaction score.
#[derive(Clone, Copy, Debug)]
pub(super) struct Score {
    pub day: u16,
    pub score: u8,
    pub channel: u8,
    pub reason: u8,
}

/// A campaign contact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contact {
    pub day: u16,
    pub campaign: Key,
    pub responded: bool,
}

/// A customer's rows, as they are kept. Lines of one order stand together.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    pub number: u32,
    pub segment: u8,
    pub churn: u8,
    pub rfm_segment: Option<u8>,
    pub lines: Vec<Line>,
    pub scores: Vec<Score>,
    pub contacts: Vec<Contact>,
}

impl Read {
    /// # Errors
    /// [`FactsError::Damaged`] if a day is none of the snapshot's.
    pub fn of(rows: &CustomerRows, meta: &Meta) -> Result<Self, FactsError> {
        let mut lines =
            rows.lines.iter().map(|row| line_of(row, meta)).collect::<Result<Vec<_>, _>>()?;
        lines.sort_by_key(|line| line.order);
        let score = |row: &ScoreRow| {
            let said = |code: Option<u8>| code.unwrap_or(snapshot::columns::NOT_SAID);
            let (channel, reason) = (said(row.channel), said(row.reason));
            Ok(Score { day: code_of(row.day, meta)?, score: row.score, channel, reason })
        };
        let contact = |row: &ContactRow| {
            let (campaign, responded) = (Key::of(&row.campaign), row.responded);
            Ok(Contact { day: code_of(row.day, meta)?, campaign, responded })
        };
        Ok(Self {
            number: rows.number,
            segment: rows.segment,
            churn: rows.churn,
            rfm_segment: rows.rfm_segment,
            lines,
            scores: rows.scores.iter().map(score).collect::<Result<_, FactsError>>()?,
            contacts: rows.contacts.iter().map(contact).collect::<Result<_, FactsError>>()?,
        })
    }

    /// What the amounts of the lines add up to when their signs are left out.
    pub fn size(&self) -> Option<i64> {
        size_of_all(self.lines.iter().map(|line| line.amount))
    }
}

/// A line as it is kept.
pub(super) fn line_of(row: &PurchaseRow, meta: &Meta) -> Result<Line, FactsError> {
    let PurchaseRow { category, amount, quantity, .. } = *row;
    Ok(Line {
        order: Key::of(&row.order),
        day: code_of(row.day, meta)?,
        category,
        amount,
        quantity,
    })
}

fn code_of(day: Day, meta: &Meta) -> Result<u16, FactsError> {
    let known = (meta.first_day..=meta.last_day).contains(&day).then(|| day_code(day, meta));
    known.flatten().ok_or_else(|| FactsError::Damaged(format!("a row of {day}")))
}

/// The code of a day that is not before the first, if it has one.
pub(super) fn day_code(day: Day, meta: &Meta) -> Option<u16> {
    let code = day.0.checked_sub(meta.first_day.0).filter(|&code| code < MOST_DAYS)?;
    u16::try_from(code).ok()
}
