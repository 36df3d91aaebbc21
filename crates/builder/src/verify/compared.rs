//! What is compared with what, by calendar arithmetic in SQL: periods, and their buckets in pairs.

use anyhow::{Context, Result};
use facts::{BucketSize, Compare, Comparison, DayRange, Pair, RangeKind, Scope, View};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, named_params};
use snapshot::{Day, Meta};

use super::report::Check;

const COMPARED: &str = include_str!("compared.sql");
const PAIRS: &str = include_str!("pairs.sql");
/// The first and the last of some days so many months before: the same date, or that month's last.
const MONTHS_BACK: &str = include_str!("months_back.sql");

/// Days back from the as-of day that ranges begin at.
const BACK: [i32; 9] = [1, 6, 7, 29, 30, 59, 89, 364, 365];

/// A range of days shown, and what it is compared with, if it has a counterpart.
pub type DaysPair = (DayRange, Option<DayRange>);

/// The days that a view is compared with; none if nobody asks, or they are not all data.
///
/// # Errors
/// If SQLite cannot say.
pub fn compared(database: &Connection, view: &View, meta: &Meta) -> Result<Option<DayRange>> {
    if view.compare == Compare::None {
        return Ok(None);
    }
    let mut statement = prepared(database, COMPARED)?;
    let values = named_params! {
        ":from": view.scope.range.from.to_string(),
        ":to": view.scope.range.to.to_string(),
        ":first_day": meta.first_day.to_string(),
        ":last_day": meta.last_day.to_string(),
        ":as_of": meta.as_of.to_string(),
        ":by_days": view.kind == RangeKind::LastDays,
        ":year_before": view.compare == Compare::YearBefore,
    };
    let found = statement.query_row(values, |row| Ok(range(row, 0))).optional()?;
    found.transpose().map(Option::flatten)
}

/// The buckets of a period shown, each with its counterpart.
///
/// # Errors
/// If SQLite cannot say.
pub fn pairs(
    database: &Connection,
    shown: DayRange,
    compared: DayRange,
    rule: &str,
    size: BucketSize,
) -> Result<Vec<DaysPair>> {
    let size = match size {
        BucketSize::Day => "day",
        BucketSize::Week => "week",
        BucketSize::Month => "month",
    };
    let mut statement = prepared(database, PAIRS)?;
    let values = named_params! {
        ":shown_first": shown.from.to_string(),
        ":shown_last": shown.to.to_string(),
        ":first": compared.from.to_string(),
        ":last": compared.to.to_string(),
        ":rule": rule,
        ":size": size,
    };
    let rows = statement.query_and_then(values, |row| -> Result<DaysPair> {
        Ok((range(row, 0)?.context("a bucket without days")?, range(row, 2)?))
    })?;
    rows.collect()
}

fn prepared<'a>(database: &'a Connection, sql: &str) -> Result<CachedStatement<'a>> {
    Ok(database.prepare_cached(&sql.replace("{months_back}", MONTHS_BACK))?)
}

/// The counterparts of the buckets of a comparison that a question carries, in order.
///
/// # Errors
/// If SQLite cannot say.
pub fn counterparts(
    database: &Connection,
    comparison: &Comparison,
    size: BucketSize,
) -> Result<Vec<DayRange>> {
    let Comparison { shown, compared, .. } = *comparison;
    let pairs = pairs(database, shown, compared, rule(shown, compared), size)?;
    Ok(pairs.into_iter().filter_map(|(_, compared)| compared).collect())
}

/// The rule by which a period can only have been moved to the one compared with. Where two rules
/// give the same days, as for months of equal length, they give the same buckets.
fn rule(shown: DayRange, compared: DayRange) -> &'static str {
    let first = |day: Day| day == day.month().first_day();
    let back = shown.from.month().0 - compared.from.month().0;
    let months = shown.to.month().0 - shown.from.month().0 + 1;
    if first(shown.from) && first(compared.from) && back == months {
        "months"
    } else if compared == shown.days_before() {
        "days"
    } else {
        "year"
    }
}

/// Ranges of every kind against what facts compare them with, period by period, bucket by bucket.
///
/// # Errors
/// If SQLite cannot say.
pub fn check(database: &Connection, meta: &Meta) -> Result<Check> {
    let mut check = Check::new("comparisons");
    let (mut periods, mut buckets) = (0, 0);
    for view in views(meta) {
        let should = compared(database, &view, meta)?;
        let comparison = view.comparison(meta).ok();
        let name = format!("{:?} {:?} {:?}", view.scope.range, view.kind, view.compare);
        let found = comparison.map(|comparison| comparison.compared);
        check.same(&format!("what {name} is compared with"), &found, &should);
        periods += 1;
        let (Some(comparison), Some(compared)) = (comparison, should) else { continue };
        let shown = comparison.shown;
        let pairs =
            pairs(database, shown, compared, rule_of(&view, shown, meta), view.bucket_size(meta))?;
        // Older snapshots may show days behind the as-of day; none of these is compared.
        let kept = |pair: &&Pair| pair.compared.is_some() || pair.shown.range.from <= shown.to;
        let found = view.pairs(meta);
        let found = found.iter().filter(kept);
        let found: Vec<DaysPair> =
            found.map(|pair| (pair.shown.range.clipped(shown), pair.compared)).collect();
        buckets += pairs.len();
        check.same(&format!("buckets of {name}"), &found, &pairs);
    }
    Ok(check.of(format!("{periods} periods and {buckets} buckets of ranges of every kind")))
}

/// The rule of a view.
fn rule_of(view: &View, shown: DayRange, meta: &Meta) -> &'static str {
    let closes = shown.to == shown.to.month().last_day() || shown.to == meta.as_of;
    let months = shown.from == shown.from.month().first_day() && closes;
    match view.compare {
        Compare::YearBefore => "year",
        _ if months && view.kind != RangeKind::LastDays => "months",
        _ => "days",
    }
}

/// Last days, single months, months up to the running one, years to date, and any other ranges; each
/// against the period before and against the year before.
fn views(meta: &Meta) -> Vec<View> {
    let (as_of, first) = (meta.as_of, meta.as_of.month().first_day());
    let mut ranges = Vec::new();
    for days in BACK {
        let range = DayRange { from: as_of.plus(-days), to: as_of };
        ranges.extend([(range, RangeKind::LastDays), (range, RangeKind::Dates)]);
        // As many days that do not end with the data.
        let earlier = DayRange { from: range.from.plus(-17), to: range.to.plus(-17) };
        ranges.push((earlier, RangeKind::Dates));
    }
    for months in 0..=14 {
        let from = as_of.month().plus(-months);
        let whole = DayRange { from: from.first_day(), to: from.last_day() };
        ranges.push((whole, RangeKind::Dates));
        ranges.push((DayRange { from: from.first_day(), to: as_of }, RangeKind::Dates));
        ranges.push((DayRange { from: from.first_day(), to: first.plus(-1) }, RangeKind::Dates));
        // Each month of the last year but its first and its last day.
        let inner = DayRange { from: whole.from.plus(1), to: whole.to.plus(-1) };
        ranges.push((inner, RangeKind::Dates));
    }
    let january = Day::from_ymd(first.month().year(), 1, 1).unwrap_or(first);
    ranges.push((DayRange { from: january, to: as_of }, RangeKind::YearToDate));
    let compares = [Compare::Previous, Compare::YearBefore];
    let of = |(range, kind): (DayRange, RangeKind)| {
        compares.map(|compare| View { kind, compare, ..View::of(Scope::of_range(range)) })
    };
    ranges.into_iter().filter(|(range, _)| range.days() > 0).flat_map(of).collect()
}

/// A range of two days, if a row has them.
fn range(row: &Row<'_>, at: usize) -> Result<Option<DayRange>> {
    let day = |at: usize| -> Result<Option<Day>> {
        let text: Option<String> = row.get(at)?;
        Ok(text.map(|text| text.parse()).transpose()?)
    };
    Ok(match (day(at)?, day(at + 1)?) {
        (Some(from), Some(to)) => Some(DayRange { from, to }),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> DayRange {
        let (from, to) = text.split_once(' ').unwrap();
        DayRange { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    /// The buckets that a period has, as `shown: compared`.
    fn paired(shown: &str, before: &str, rule: &str, size: BucketSize) -> Vec<String> {
        let database = Connection::open_in_memory().unwrap();
        let pairs = pairs(&database, range(shown), range(before), rule, size).unwrap();
        let text = |range: DayRange| format!("{}..{}", range.from, range.to);
        let pair = |(shown, compared): (DayRange, Option<DayRange>)| {
            format!("{}: {}", text(shown), compared.map(text).unwrap_or_default())
        };
        pairs.into_iter().map(pair).collect()
    }

    #[test]
    fn days_of_longer_months_and_leap_days_have_no_counterpart() {
        let days =
            paired("2024-03-28 2024-03-31", "2024-02-28 2024-02-29", "months", BucketSize::Day);
        assert_eq!(days[1], "2024-03-29..2024-03-29: 2024-02-29..2024-02-29");
        assert_eq!(days[2..], ["2024-03-30..2024-03-30: ", "2024-03-31..2024-03-31: "]);
        let days =
            paired("2024-02-28 2024-03-01", "2023-02-28 2023-03-01", "year", BucketSize::Day);
        let should = [
            "2024-02-28..2024-02-28: 2023-02-28..2023-02-28",
            "2024-02-29..2024-02-29: ",
            "2024-03-01..2024-03-01: 2023-03-01..2023-03-01",
        ];
        assert_eq!(days, should);
    }

    #[test]
    fn months_are_paired_with_months_and_the_running_one_with_the_same_dates() {
        let months =
            paired("2024-02-01 2024-03-14", "2023-12-01 2024-01-14", "months", BucketSize::Month);
        let should = [
            "2024-02-01..2024-02-29: 2023-12-01..2023-12-31",
            "2024-03-01..2024-03-14: 2024-01-01..2024-01-14",
        ];
        assert_eq!(months, should);
        let weeks =
            paired("2024-03-06 2024-03-14", "2024-02-26 2024-03-05", "days", BucketSize::Week);
        let should = [
            "2024-03-06..2024-03-10: 2024-02-26..2024-03-01",
            "2024-03-11..2024-03-14: 2024-03-02..2024-03-05",
        ];
        assert_eq!(weeks, should);
    }

    #[test]
    fn rules_are_known_from_their_days() {
        for (shown, before, name) in [
            ("2024-08-01 2024-09-30", "2024-06-01 2024-07-31", "months"),
            ("2024-03-01 2024-03-14", "2024-02-01 2024-02-14", "months"),
            ("2024-08-02 2024-09-30", "2024-06-03 2024-08-01", "days"),
            ("2024-03-02 2024-03-14", "2023-03-02 2023-03-14", "year"),
            ("2024-03-01 2024-03-31", "2023-03-01 2023-03-31", "year"),
        ] {
            assert_eq!(rule(range(shown), range(before)), name, "{shown}");
        }
    }
}
