//! What is compared with what, for any as-of day, range and comparison; and that a shop which
//! sells the same every day has not moved.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod steady;

use facts::{
    BucketSize, Compare, Comparison, DayRange, Dimension, KpiId, NotCompared, Number, RangeKind,
    Scope, Trend, View, edges,
};
use proptest::prelude::*;
use snapshot::{Day, Meta};
use steady::meta;

fn range(from: &str, to: &str) -> DayRange {
    DayRange { from: day(from), to: day(to) }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn view(range: DayRange, kind: RangeKind, compare: Compare) -> View {
    View { kind, compare, ..View::of(Scope::of_range(range)) }
}

fn compared(view: &View, meta: &Meta) -> DayRange {
    view.comparison(meta).unwrap().compared
}

#[test]
fn the_running_month_is_compared_with_the_same_part_of_its_counterpart() {
    let meta = meta("2022-05-01", "2024-04-03");
    let default = View::default_for(&meta);
    assert_eq!(default.scope.range, range("2023-05-01", "2024-04-03"));
    assert_eq!(compared(&default, &meta), range("2022-05-01", "2023-04-03"));
    let year = View { compare: Compare::YearBefore, ..default };
    assert_eq!(compared(&year, &meta), range("2022-05-01", "2023-04-03"));
    let pairs = year.pairs(&meta);
    assert_eq!(pairs.len(), 12);
    // A leap February with one that is not.
    assert_eq!(pairs[9].shown.range, range("2024-02-01", "2024-02-29"));
    assert_eq!(pairs[9].compared, Some(range("2023-02-01", "2023-02-28")));
    assert_eq!(pairs[11].compared, Some(range("2023-04-01", "2023-04-03")));
    let month = view(range("2024-04-01", "2024-04-03"), RangeKind::Dates, Compare::Previous);
    assert_eq!(compared(&month, &meta), range("2024-03-01", "2024-03-03"));
}

#[test]
fn the_end_of_a_running_month_stays_in_its_counterpart() {
    let meta = meta("2022-01-01", "2023-03-30");
    let month = view(range("2023-03-01", "2023-03-30"), RangeKind::Dates, Compare::Previous);
    assert_eq!(compared(&month, &meta), range("2023-02-01", "2023-02-28"));
}

#[test]
fn days_stay_days_even_where_they_are_a_month() {
    let meta = meta("2022-01-01", "2024-06-30");
    let june = range("2024-06-01", "2024-06-30");
    let last = view(june, RangeKind::LastDays, Compare::Previous);
    assert_eq!(compared(&last, &meta), range("2024-05-02", "2024-05-31"));
    let month = view(june, RangeKind::Dates, Compare::Previous);
    assert_eq!(compared(&month, &meta), range("2024-05-01", "2024-05-31"));
    // The 31st of May has no counterpart in June.
    assert!(month.pairs(&meta).iter().all(|pair| pair.compared.unwrap().days() == 1));
}

#[test]
fn a_year_before_has_the_same_dates() {
    let meta = meta("2020-01-01", "2025-03-20");
    let of = |from, to| view(range(from, to), RangeKind::Dates, Compare::YearBefore);
    let leap = of("2024-02-29", "2024-03-04");
    assert_eq!(compared(&leap, &meta), range("2023-02-28", "2023-03-04"));
    let to_date = View { kind: RangeKind::YearToDate, ..of("2025-01-01", "2025-03-20") };
    assert_eq!(compared(&to_date, &meta), range("2024-01-01", "2024-03-20"));
    let days = of("2024-02-20", "2024-03-05");
    let without: Vec<_> = days
        .pairs(&meta)
        .iter()
        .filter(|pair| pair.compared.is_none())
        .map(|p| p.shown.range)
        .collect();
    assert_eq!(without, [range("2024-02-29", "2024-02-29")]);
    // So, too, where the range begins the day before; on its own, the leap day has the 28th.
    let pairs = |view: &View| -> Vec<_> {
        view.pairs(&meta).iter().map(|pair| pair.compared.map(|range| range.from)).collect()
    };
    let begins = pairs(&of("2024-02-28", "2024-03-01"));
    assert_eq!(
        begins,
        [
            Some(range("2023-02-28", "2023-02-28").from),
            None,
            Some(range("2023-03-01", "2023-03-01").from)
        ]
    );
    assert_eq!(pairs(&leap)[0], Some(range("2023-02-28", "2023-02-28").from));
}

#[test]
fn months_that_the_data_cuts_are_shown_as_months() {
    let meta = meta("2023-12-10", "2024-03-10");
    let size = |view: &View| view.bucket_size(&meta);
    let default = View::default_for(&meta);
    assert_eq!((size(&default), default.pairs(&meta).len()), (BucketSize::Month, 4));
    let last = view(default.scope.range, RangeKind::LastDays, Compare::Previous);
    assert_eq!(size(&last), BucketSize::Week);
    let month = view(range("2024-03-01", "2024-03-10"), RangeKind::Dates, Compare::Previous);
    assert_eq!(size(&month), BucketSize::Day);
}

#[test]
fn what_begins_before_the_data_is_not_compared() {
    let meta = meta("2022-05-02", "2024-04-03");
    let default = View::default_for(&meta);
    assert_eq!(default.comparison(&meta), Err(NotCompared::BeforeData));
    assert!(default.pairs(&meta).iter().all(|pair| pair.compared.is_none()));
    let none = View { compare: Compare::None, ..default };
    assert_eq!(none.comparison(&meta), Err(NotCompared::NotAsked));
    // A range that reaches out of the data is that of the data.
    let early = view(range("2020-01-01", "2022-05-31"), RangeKind::Dates, Compare::None);
    assert_eq!(early.shown(&meta), range("2022-05-02", "2022-05-31"));
}

/// Any data of up to four years, any range in it, or one with a name.
fn cases() -> impl Strategy<Value = (Meta, View)> {
    let compare = prop::sample::select(vec![Compare::Previous, Compare::YearBefore]);
    (17_000_i32..20_500, 0_i32..1_500, any::<(u16, u16)>(), 0..6, compare).prop_map(
        |(first, length, (one, other), kind, compare)| {
            let meta = steady::meta_of(Day(first), Day(first + length));
            let at = |of: u16| meta.first_day.plus(i32::from(of) % (length + 1));
            let (from, to) = (at(one).min(at(other)), at(one).max(at(other)));
            let back = |days: i32| DayRange { from: meta.as_of.plus(1 - days), to: meta.as_of };
            let january = Day::from_ymd(meta.as_of.month().year(), 1, 1).unwrap();
            let (range, kind) = match kind {
                0 => (View::default_for(&meta).scope.range, RangeKind::Dates),
                1 => (back(30), RangeKind::LastDays),
                2 => (back(90), RangeKind::LastDays),
                3 => (DayRange { from: january, to: meta.as_of }, RangeKind::YearToDate),
                4 => (DayRange { from, to }, RangeKind::Dates),
                _ => {
                    let (from, to) = (from.month().first_day(), to.month().last_day());
                    (DayRange { from, to }, RangeKind::Dates)
                }
            };
            let range = range.clipped(edges(&meta));
            (meta, view(range, kind, compare))
        },
    )
}

/// Days of a compared range that no bucket may have: less than a week at its end, where its months
/// are longer than those shown, or too short for the last week; and 29 February.
fn may_be_left(day: Day, comparison: Comparison, paired: DayRange, by_year: bool) -> bool {
    let (_, month, date) = day.ymd();
    let leap = by_year && (month, date) == (2, 29);
    leap || (day > paired.to && comparison.compared.to.0 - paired.to.0 < 7)
}

proptest! {
    #[test]
    fn pairs_are_of_one_length_and_make_up_what_is_compared((meta, view) in cases()) {
        let Ok(comparison) = view.comparison(&meta) else { return Ok(()) };
        let Comparison { shown, compared, .. } = comparison;
        prop_assert!(edges(&meta).from <= compared.from && compared.to <= meta.as_of);
        let by_year = view.compare == Compare::YearBefore;
        prop_assert!(by_year || compared.to < shown.from);
        let pairs = view.pairs(&meta);
        prop_assert_eq!(pairs.iter().map(|pair| pair.shown.range.days()).sum::<i32>(), shown.days());
        let found: Vec<DayRange> = pairs.iter().filter_map(|pair| pair.compared).collect();
        prop_assert!(found.windows(2).all(|two| two[0].to < two[1].from), "{:?}", found);
        let last = found.last().copied().unwrap_or(DayRange { from: compared.from, to: compared.from.plus(-1) });
        for day in (compared.from.0..=compared.to.0).map(Day) {
            let held = found.iter().any(|range| range.contains(day));
            prop_assert!(held || may_be_left(day, comparison, last, by_year), "{} {:?}", day, found);
        }
        for pair in &pairs {
            let (now, then) = (pair.shown, pair.compared.map_or(0, DayRange::days));
            let month = now.size == BucketSize::Month;
            let leap = i32::from(by_year);
            let same = then == 0 || (then - now.range.days()).abs() <= if month { 3 } else { leap };
            prop_assert!(same, "{:?}", pair);
        }
        // A cut of the period compared with gives these buckets, and no others.
        let size = view.bucket_size(&meta);
        let cut = comparison.cut(size).buckets(compared);
        prop_assert_eq!(cut.iter().map(|bucket| bucket.range).collect::<Vec<_>>(), found);
    }

    #[test]
    fn both_sides_hold_as_many_days((meta, view) in cases()) {
        let Ok(Comparison { shown, compared, .. }) = view.comparison(&meta) else { return Ok(()) };
        let months = shown.from.ymd().2 == 1 && view.kind != RangeKind::LastDays;
        let most = match view.compare {
            // A leap day for each four years.
            Compare::YearBefore => 1 + shown.days() / 1461,
            _ if months => 3,
            _ => 0,
        };
        prop_assert!((shown.days() - compared.days()).abs() <= most, "{:?} {:?}", shown, compared);
    }
}

/// What a steady shop has in so many days, of all or of one category.
fn earned(id: KpiId, days: i32, amounts: &[i64]) -> Number {
    let (days, orders) = (i64::from(days), amounts.len() as i64);
    match id {
        KpiId::TotalRevenue => Number::Money(days * amounts.iter().sum::<i64>()),
        // Lifetime value is of all categories.
        KpiId::TotalLifetimeValue => Number::Money(days * steady::AMOUNTS.iter().sum::<i64>()),
        KpiId::TotalCustomers | KpiId::NewCustomers => Number::Count(days),
        _ => Number::Count(days * orders),
    }
}

const ADDITIVE: [KpiId; 6] = [
    KpiId::TotalRevenue,
    KpiId::TotalOrders,
    KpiId::UnitsSold,
    KpiId::TotalCustomers,
    KpiId::NewCustomers,
    KpiId::TotalLifetimeValue,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_steady_shop_has_not_moved((meta, view) in cases()) {
        let Ok(comparison) = view.comparison(&meta) else { return Ok(()) };
        let (facts, amounts) = (steady::facts(&meta), &steady::AMOUNTS);
        let (now, then) = (comparison.shown.days(), comparison.compared.days());
        for id in ADDITIVE {
            let kpi = facts.kpi(id.def(), &view).ready().unwrap();
            prop_assert_eq!(kpi.value, Some(earned(id, now, amounts)));
            prop_assert_eq!(kpi.previous, Some(earned(id, then, amounts)));
            // Nothing but what the calendar has more, or less, of days.
            let moved = kpi.trend.and_then(Trend::exact).unwrap();
            prop_assert!((moved - (f64::from(now) / f64::from(then) - 1.0)).abs() < 1e-12);
            prop_assert!(now != then || moved == 0.0);
            let beside = facts.kpi_beside(id, &view).ready().unwrap();
            for ((pair, value), beside) in view.pairs(&meta).iter().zip(&kpi.series).zip(beside) {
                prop_assert_eq!(value.1, Some(earned(id, pair.shown.range.days(), amounts)));
                prop_assert_eq!(beside, pair.compared.map(|range| earned(id, range.days(), amounts)));
            }
        }
        for id in [KpiId::TotalRevenue, KpiId::TotalOrders, KpiId::TotalCustomers] {
            let parts = facts.kpi_parts(id.def(), &view, Dimension::Category).ready().unwrap();
            for (part, amount) in parts.iter().zip(amounts) {
                prop_assert_eq!(part.value, Some(earned(id, now, &[*amount])));
                prop_assert_eq!(part.previous, Some(earned(id, then, &[*amount])));
            }
        }
    }
}

#[test]
fn nobody_comes_back_to_a_shop_of_new_customers_and_no_bucket_meets_itself() {
    let meta = meta("2022-05-01", "2024-04-03");
    let facts = steady::facts(&meta);
    for days in [30, 45, 90, 200] {
        let range = DayRange { from: meta.as_of.plus(1 - days), to: meta.as_of };
        let view = view(range, RangeKind::LastDays, Compare::Previous);
        let kpi = facts.kpi(KpiId::RetentionRate.def(), &view).ready().unwrap();
        assert_eq!(kpi.value, Number::rate(0, days.into()));
        let kept = kpi.series.iter().map(|(_, value)| value.unwrap().to_f64(0));
        assert_eq!(kept.sum::<f64>(), 0.0, "{days}");
    }
}

#[test]
fn retention_without_a_period_before_is_not_known() {
    let meta = meta("2022-05-01", "2024-04-03");
    let facts = steady::facts(&meta);
    let kept = |view: &View| facts.kpi(KpiId::RetentionRate.def(), view).ready().unwrap();
    let default = kept(&View::default_for(&meta));
    assert_eq!((default.value, default.previous), (Number::rate(0, 339), None));
    let whole = kept(&View::whole(&meta));
    assert_eq!((whole.value, whole.series[0].1), (None, None));
    assert_eq!(whole.series[1].1, Number::rate(0, 31));
}
