//! Classes of who has none in the snapshot, by the rules and cuts that it records.
//!
//! Who is in the snapshot keeps the classes there, unless an event or an edit says otherwise; who
//! bought for the first time since is scored. New customers are judged by what they bought so far.
//! Where the source itself had given the classes, and gives none with a new customer, they are
//! "Unknown".

use snapshot::Meta;
use snapshot::meta::{ChurnRule, SegmentRule};

use super::labels::Codes;
use super::replay::Changed;
use super::rows::Line;
use crate::narrow;
use crate::rules::rfm::{self, RFM_SEGMENTS};
use crate::rules::{UNKNOWN, churn, rank};

/// Codes of a customer's classes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Classes {
    pub segment: u8,
    pub churn: u8,
    pub rfm_segment: Option<u8>,
}

/// What rules look at, from all lines of one customer.
#[derive(Clone, Debug, Default)]
pub(super) struct Bought {
    /// Purchase days, ascending, each once.
    pub days: Vec<u16>,
    /// Orders with a line above zero.
    pub orders: u32,
    /// Net amount.
    pub value: i64,
}

impl Bought {
    /// Adds up lines, of which those of one order stand together.
    pub fn of(lines: &[Line]) -> Self {
        let mut bought = Self::default();
        let mut last = None;
        for line in lines {
            bought.value = bought.value.saturating_add(line.amount);
            if line.amount > 0 {
                bought.days.push(line.day);
                if last != Some(line.order) {
                    last = Some(line.order);
                    bought.orders = bought.orders.saturating_add(1);
                }
            }
        }
        bought.days.sort_unstable();
        bought.days.dedup();
        bought
    }

    fn recency(&self, as_of: u16) -> Option<u32> {
        self.days.last().map(|&last| u32::from(as_of.saturating_sub(last)))
    }
}

/// The classes of a customer; `as_of` is the code of the as-of day.
pub(super) fn of(
    changed: &Changed,
    bought: &Bought,
    as_of: u16,
    meta: &Meta,
    codes: &mut Codes,
) -> Classes {
    let read = changed.read.as_deref();
    let (segment, churn) = (changed.segment, changed.churn);
    let segment = segment.or(read.map(|read| read.segment));
    let churn = churn.or(read.map(|read| read.churn));
    Classes {
        segment: segment.unwrap_or_else(|| segment_of(bought, meta, codes)),
        churn: churn.unwrap_or_else(|| churn_of(bought, as_of, meta, codes)),
        rfm_segment: read
            .and_then(|read| read.rfm_segment)
            .or_else(|| rfm_of(bought, as_of, meta, codes)),
    }
}

fn segment_of(bought: &Bought, meta: &Meta, codes: &mut Codes) -> u8 {
    match &meta.rules.segments {
        SegmentRule::TopShares { cuts, .. } => {
            narrow::class(cuts.iter().filter(|&&cut| bought.value < cut).count())
        }
        SegmentRule::Imported => codes.new_segment(UNKNOWN).unwrap_or(0),
    }
}

fn churn_of(bought: &Bought, as_of: u16, meta: &Meta, codes: &mut Codes) -> u8 {
    let ChurnRule::GapMultiples { percent, population_gap_doubled } = &meta.rules.churn else {
        return codes.new_churn(UNKNOWN).unwrap_or(0);
    };
    // Where nobody ever came back, nobody's risk is known, and there is one name for that.
    let Some(everybody) = *population_gap_doubled else { return 0 };
    let gaps = bought.days.windows(2).map(|two| u32::from(two[1].saturating_sub(two[0])));
    let own = rank::median_doubled(&mut gaps.collect::<Vec<_>>());
    churn::risk(bought.recency(as_of), own.unwrap_or(everybody), percent)
}

fn rfm_of(bought: &Bought, as_of: u16, meta: &Meta, codes: &mut Codes) -> Option<u8> {
    let recency = bought.recency(as_of)?;
    let scores = rfm::scores(&meta.rules.rfm, recency.into(), bought.orders.into(), bought.value);
    let name = RFM_SEGMENTS.get(usize::from(rfm::segment(scores)))?;
    codes.new_rfm_segment(name).ok()
}
