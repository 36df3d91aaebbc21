//! The list of customers under an overlay: that of the snapshot without the touched customers,
//! merged with the touched as they are now.

use super::State;
use super::over::Overlaid;
use super::sides::Side;
use crate::members::{Member, MemberSort, Members, MembersAsk};
use crate::narrow;
use crate::source::Source;
use snapshot::Meta;

/// What a list is in the order of: those without such a number come last, then by customer.
type Key = (bool, i64, u32);

/// Rounds in which the window of the snapshot's list is looked for before it is read as wide as it
/// can be.
const ROUNDS: usize = 6;

/// Some customers in the order of a list.
struct Ordered {
    rows: Vec<(Key, Member)>,
}

impl Ordered {
    /// The touched customers of one side who are in a list.
    fn of(side: &Side, ask: &MembersAsk, meta: &Meta) -> Option<Self> {
        let all = MembersAsk { offset: 0, limit: u32::MAX, ..ask.clone() };
        let rows = side.columns.members(&all)?.rows.into_iter().filter_map(|row| {
            let row = Member { customer: side.number(row.customer)?, ..row };
            Some((key(&row, ask, meta), row))
        });
        Some(Self { rows: rows.collect() })
    }

    /// How many of them come before a place.
    fn before(&self, key: Key) -> usize {
        self.rows.partition_point(|(known, _)| *known < key)
    }
}

/// A part of the snapshot's list, and where it lies in the merged one.
struct Part {
    /// Those of it who are not touched.
    rows: Vec<(Key, Member)>,
    /// How many rows of the merged list come before its first, and before what follows its last.
    places: Option<(usize, usize)>,
    /// Keys of the same.
    keys: Option<(Key, Key)>,
    /// Rows of the whole list.
    count: usize,
}

impl Overlaid<'_> {
    pub(super) fn merged_members(&self, ask: &MembersAsk) -> Option<Members> {
        let State { meta, published, before, after, .. } = self.state;
        let after = Ordered::of(after, ask, meta)?;
        let Some(scope) = self.of_customers(&ask.scope) else {
            let count = after.rows.len();
            return Some(window(ask, count, 0, after.rows.into_iter()));
        };
        let below = MembersAsk { scope, ..ask.clone() };
        let before = Ordered::of(before, &below, published)?;
        let (offset, limit) = (ask.offset as usize, ask.limit as usize);
        let end = offset.saturating_add(limit);
        // However the touched customers move, what is shown lies within these rows.
        let widest =
            (offset.saturating_sub(after.rows.len()), end.saturating_add(before.rows.len()));
        let (mut from, mut to) = (offset, end);
        for round in 0.. {
            if round >= ROUNDS {
                (from, to) = widest;
            }
            let part = self.part(&below, (from, to), &before, &after)?;
            let total =
                part.count.saturating_sub(before.rows.len()).saturating_add(after.rows.len());
            if round >= ROUNDS || offset >= total || limit == 0 {
                return Some(part.merged(ask, total, from, &before, after));
            }
            let (first, last) = match part.places {
                Some(places) => places,
                // All of the snapshot's list lies before.
                None if from > 0 => {
                    from = part.count.saturating_sub(limit);
                    continue;
                }
                None => return Some(part.merged(ask, total, from, &before, after)),
            };
            let begins = from == 0 || first <= offset;
            let ends = to >= part.count || last >= end;
            if begins && ends {
                return Some(part.merged(ask, total, from, &before, after));
            }
            if !begins {
                from = from.saturating_sub(first.saturating_sub(offset).max(limit));
            }
            if !ends {
                let more = end.saturating_sub(last);
                to = to.saturating_add(more.saturating_mul(2));
            }
        }
        None
    }

    /// Reads a part of the snapshot's list.
    fn part(
        &self,
        below: &MembersAsk,
        (from, to): (usize, usize),
        before: &Ordered,
        after: &Ordered,
    ) -> Option<Part> {
        let limit = to.saturating_sub(from);
        let ask =
            MembersAsk { offset: narrow::row(from), limit: narrow::row(limit), ..below.clone() };
        let Members { count, rows } = self.below.members(&ask).ready()?;
        let meta = &self.state.published;
        let keyed: Vec<(Key, Member)> =
            rows.into_iter().map(|row| (key(&row, below, meta), row)).collect();
        let place = |at: usize, key: Key| {
            let untouched = from.saturating_add(at).saturating_sub(before.before(key));
            untouched.saturating_add(after.before(key))
        };
        let keys = keyed.first().zip(keyed.last()).map(|(first, last)| (first.0, last.0));
        let places = keys.map(|(first, last)| {
            let last_stays = usize::from(!self.is_touched(last.2));
            let end = place(keyed.len().saturating_sub(1), last).saturating_add(last_stays);
            (place(0, first), end)
        });
        let later = self.state.meta.as_of.0.saturating_sub(meta.as_of.0);
        let untouched = keyed.into_iter().filter(|(_, row)| !self.is_touched(row.customer));
        let rows = untouched.map(|(key, row)| {
            let recency_days = row.recency_days.map(|days| days.saturating_add(later));
            (key, Member { recency_days, ..row })
        });
        Some(Part { rows: rows.collect(), places, keys, count: count as usize })
    }
}

impl Part {
    /// The window of the merged list, which lies between the ends of this part.
    fn merged(
        self,
        ask: &MembersAsk,
        total: usize,
        from: usize,
        before: &Ordered,
        after: Ordered,
    ) -> Members {
        let mut rows = self.rows;
        let base = match self.keys {
            Some((first, _)) if from > 0 => {
                let touched = after.before(first);
                rows.extend(after.rows.into_iter().skip(touched));
                from.saturating_sub(before.before(first)).saturating_add(touched)
            }
            // Of what comes before this part, there is nothing but touched customers.
            Some(_) => {
                rows.extend(after.rows);
                0
            }
            None => {
                let untouched = self.count.saturating_sub(before.rows.len());
                let base = if from > 0 { untouched } else { 0 };
                rows.extend(after.rows);
                base
            }
        };
        rows.sort_unstable_by_key(|(key, _)| *key);
        window(ask, total, base, rows.into_iter())
    }
}

/// The rows of a window, of rows that begin at a place of the list.
fn window(
    ask: &MembersAsk,
    total: usize,
    base: usize,
    rows: impl Iterator<Item = (Key, Member)>,
) -> Members {
    let skipped = (ask.offset as usize).saturating_sub(base);
    let rows = rows.skip(skipped).take(ask.limit as usize).map(|(_, row)| row);
    Members { count: narrow::row(total), rows: rows.collect() }
}

/// What a row is in order of, as [`crate::Columns`] sort.
fn key(row: &Member, ask: &MembersAsk, meta: &Meta) -> Key {
    let key = match ask.sort {
        MemberSort::LifetimeValue => Some(row.lifetime_value),
        MemberSort::Revenue => Some(row.revenue),
        MemberSort::Change => row.change(),
        MemberSort::Orders => Some(row.orders.into()),
        MemberSort::LastPurchase => {
            row.recency_days.map(|days| meta.as_of.0.saturating_sub(days).into())
        }
        MemberSort::Segment => Some(row.segment.into()),
        MemberSort::Churn => Some(row.churn.into()),
        MemberSort::Rfm => row.rfm_segment.map(i64::from),
        MemberSort::Satisfaction => (row.score_count > 0).then(|| {
            let mean = f64::from(row.score_sum) / f64::from(row.score_count);
            // Positive floating-point numbers are in the order of their bits.
            mean.to_bits().cast_signed()
        }),
    };
    let upward = |key: i64| if ask.descending { key.saturating_neg() } else { key };
    (key.is_none(), key.map_or(0, upward), row.customer)
}
