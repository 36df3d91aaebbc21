//! What a file says of money that does not stay: orders that came to nothing, what was given back, and
//! amounts that may have to be taken off.

use std::collections::BTreeMap;

use super::build::Purchases;
use super::column::Column;
use super::count::{Count, Valued, Watched};
use super::draft::Draft;
use super::levels::Level;
use super::meanings::{self, Meaning, Says};
use super::money::Way;
use super::numbers::FINE;
use super::trial::Trial;
use super::words::Words;
use crate::import::kinds::{Kind, Kinds};
use crate::import::mapping::AmountUnit;

/// One, in millionths.
const ONE: u64 = 1_000_000;

/// Kinds of rows that say the same money once more, as heads of orders and payments do beside their
/// lines: all but one of those with the same sum, which is not that of a single row.
fn said_twice(values: &BTreeMap<String, Valued>, kinds: &Kinds) -> Vec<String> {
    let is_free = |value: &String| kinds.of(value) == Kind::Sale;
    let free: Vec<_> =
        values.iter().filter(|(value, of)| is_free(value) && of.amount > 0).collect();
    let best = |(value, of): &(&String, &Valued)| {
        let words = Words::of(value);
        (
            of.named > 0,
            of.rows,
            words.has_any(
                "invoice|rechnung|facture|factura|factuur|fattura|line|item|position|sale",
            ),
        )
    };
    let mut twice = Vec::new();
    for (value, of) in &free {
        let alike = free.iter().filter(|(_, other)| other.amount == of.amount && other.rows > 1);
        let alike: Vec<_> = alike.copied().collect();
        let kept = alike.iter().rev().max_by_key(|one| best(one)).map(|(kept, _)| *kept);
        if alike.len() > 1 && of.rows > 1 && kept != Some(*value) {
            twice.push((*value).clone());
        }
    }
    twice
}

/// A column whose amounts may have to be taken off: its place, what it has, and the sum of that in
/// money units.
pub struct MayBeLess {
    /// Its place, from 0.
    pub at: usize,
    /// What it has.
    pub meaning: Meaning,
    /// The sum of its numbers, in money units.
    pub sum: i128,
}

/// Columns of discounts and refunds whose amounts belong to their lines, or stand on the first line of
/// their order, and are not known to be taken off already.
pub fn less(found: &Purchases<'_>, draft: &Draft, trial: &Trial) -> Vec<MayBeLess> {
    let look = found.choosing.look;
    let of_minor =
        draft.purchases().is_some_and(|table| table.format.amount_unit == Some(AmountUnit::Minor));
    let may_be = |watched: &&Watched| {
        let column = look.column(watched.at);
        let is = match watched.meaning {
            Meaning::Discount => {
                is_product(found)
                    && !is_off(found)
                    && !column.words.has(&["percent", "pct", "rate"])
            }
            Meaning::Refund => true,
            _ => false,
        };
        let is_amount = watched.is_money && watched.sum > 0 && !is_share(watched);
        is && is_amount && watched.level != Level::Repeated && column.can_be_named
    };
    let digits = FINE.saturating_sub(trial.imported.currency.exponent);
    let units = |sum: i128| sum.checked_div(10_i128.checked_pow(digits.into())?);
    let all = trial.count.watched.iter().filter(may_be);
    all.filter_map(|watched| {
        let in_minor = is_minor(found, look.column(watched.at), watched);
        // Both are read as in one unit.
        let sum = match (in_minor, in_minor == of_minor) {
            (true, true) => shifted(watched.sum, &trial.totals.currency),
            (false, true) => watched.sum,
            (_, false) => return None,
        };
        Some(MayBeLess { at: watched.at, meaning: watched.meaning, sum: units(sum)? })
    })
    .collect()
}

/// Which rows do not count, or are taken off, by the words of a column: of orders that came to
/// nothing, and of what was given back. Nothing where no column tells, or all rows are such.
pub fn kinds(found: &Purchases<'_>, count: &Count) -> Option<Kinds> {
    let all = count.watched.iter().filter_map(|column| kinds_of(found, count, column));
    // Words say more than that something was cancelled.
    all.max_by_key(|(rows, kinds)| (*rows, kinds.keep.is_empty())).map(|(_, kinds)| kinds)
}

/// The same of one column, and of how many rows it is.
fn kinds_of(found: &Purchases<'_>, count: &Count, watched: &Watched) -> Option<(u64, Kinds)> {
    let column = found.choosing.look.column(watched.at);
    if !column.can_be_named {
        return None;
    }
    let mut kinds = Kinds { column: column.name.clone(), ..Kinds::default() };
    let mut rows = 0_u64;
    // Rows of a kind of their own are what was given back, not sales that came to nothing.
    let is_own = meanings::of(&column.words).is_none();
    let is_kind = is_own && meanings::is_of_kinds(&column.words);
    for (value, of) in watched.values.iter().filter(|(_, of)| of.amount != 0) {
        let list = match meanings::says(value) {
            _ if is_own && meanings::is_no_sale(value) => &mut kinds.leave_out,
            _ if of.amount < 0 => continue,
            _ if watched.meaning == Meaning::Cancelled => &mut kinds.keep,
            Some(Says::GivenBack) if is_kind => &mut kinds.returns,
            // What was given back of an order may have a row of its own, below zero.
            Some(Says::GivenBack) if count.returns > 0 => continue,
            Some(Says::GivenBack | Says::Nothing) => &mut kinds.leave_out,
            Some(Says::Open) | None => continue,
        };
        list.push(value.clone());
        rows = rows.saturating_add(of.rows);
    }
    if is_own {
        for value in said_twice(&watched.values, &kinds) {
            rows = rows.saturating_add(watched.values.get(&value).map_or(0, |of| of.rows));
            kinds.leave_out.push(value);
        }
    }
    if watched.meaning == Meaning::Cancelled && rows > 0 {
        kinds.keep.clone_from(&watched.noes);
        // When something was cancelled is said by a day: where none says "no", all else counts.
        if kinds.keep.is_empty() {
            kinds.keep.push("no".to_owned());
        }
    }
    // What most rows have where it is cancelled may be anything else.
    let share = if watched.meaning == Meaning::Cancelled { 2 } else { 1 };
    (rows > 0 && rows.saturating_mul(share) < count.lines).then_some((rows, kinds))
}

/// Whether the numbers of a column are in the smallest unit of the currency.
pub fn is_minor(found: &Purchases<'_>, column: &Column, watched: &Watched) -> bool {
    found.choosing.look.export.is_some_and(|export| export.in_minor)
        || watched.meaning.is_money() && meanings::is_minor(&column.words)
}

/// A sum of the smallest unit in whole units.
pub fn shifted(sum: i128, code: &str) -> i128 {
    let factor = 10_i128.checked_pow(snapshot::currency::minor_unit(code).into());
    factor.and_then(|factor| sum.checked_div(factor)).unwrap_or(sum)
}

/// Whether numbers are parts of one, not amounts.
pub fn is_share(column: &Watched) -> bool {
    column.meaning == Meaning::Discount && column.most <= ONE && column.least < ONE
}

/// Whether the money of a line is a price times a quantity.
pub fn is_product(found: &Purchases<'_>) -> bool {
    matches!(found.way(), Some(Way::Product { .. }))
}

/// Whether the amounts are known to have their discount taken off.
pub fn is_off(found: &Purchases<'_>) -> bool {
    found.money.as_ref().is_some_and(|money| money.why.contains(" less "))
}
