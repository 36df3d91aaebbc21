//! What buckets are compared with, from every source, against plain SQL.

use facts::{Compare, Grouping, Part, RangeKind, View};
use proptest::prelude::*;

use crate::{scopes, shop};

fn views() -> impl Strategy<Value = View> {
    let compare = prop_oneof![Just(Compare::Previous), Just(Compare::YearBefore)];
    let kind = prop_oneof![Just(RangeKind::Dates), Just(RangeKind::LastDays)];
    // Ranges that end with the data are compared up to the same day.
    (scopes(), kind, compare, 0_u8..3, 1..300).prop_map(|(scope, kind, compare, end, days)| {
        let meta = shop().facts.meta();
        let mut range = scope.range.clipped(facts::edges(meta));
        if end > 0 {
            range.to = meta.as_of;
            range.from =
                if end > 1 { meta.as_of.plus(1 - days) } else { range.from.month().first_day() };
        }
        View { kind, compare, ..View::of(scope.over(range)) }
    })
}

#[test]
fn a_comparison_with_another_number_of_days_says_so() {
    let mut meta = shop().facts.meta().clone();
    let day = |text: &str| -> snapshot::Day { text.parse().unwrap() };
    (meta.first_day, meta.last_day) = (day("2023-01-01"), day("2024-03-31"));
    meta.as_of = meta.last_day;
    let format = widgets::Format::new(widgets::Locale::EN, meta.currency.clone());
    let said = |from: &str, to: &str, kind| {
        let range = facts::DayRange { from: day(from), to: day(to) };
        let view = View { kind, ..View::of(facts::Scope::of_range(range)) };
        widgets::against::behind_period(&view, &meta, &format)
    };
    for (from, to, days) in [
        ("2024-03-01", "2024-03-31", Some(" (29 days, not 31)")),
        ("2024-02-01", "2024-02-29", Some(" (31 days, not 29)")),
        ("2024-01-01", "2024-01-31", None),
        ("2024-02-02", "2024-02-29", None),
    ] {
        let text = said(from, to, RangeKind::Dates);
        assert!(text.starts_with(", against "), "{text}");
        assert_eq!(text.find(" (").map(|at| &text[at..]), days, "{text}");
    }
    let text = said("2024-03-02", "2024-03-31", RangeKind::LastDays);
    assert!(!text.contains('('), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn buckets_compared_with_are_totals_of_their_own_range(view in views()) {
        let (shop, sql) = (shop(), shop().sql());
        let meta = shop.facts.meta();
        let Ok(comparison) = view.comparison(meta) else { return Ok(()) };
        let scope = view.scope.over(comparison.compared);
        let pairs = view.pairs(meta);
        let beside = shop.facts.groups_beside(&view, &Part::ALL).ready().unwrap();
        prop_assert_eq!(pairs.len(), beside.len());
        for (pair, totals) in pairs.iter().zip(&beside) {
            prop_assert_eq!(totals.is_some(), pair.compared.is_some());
            if let (Some(range), Some(totals)) = (pair.compared, totals) {
                prop_assert_eq!(totals, &sql.bucket(&scope, range), "{:?}", pair);
            }
        }
        let cut = comparison.cut(view.bucket_size(shop.facts.meta()));
        let buckets = cut.buckets(scope.range);
        let kept = shop.facts.retention_over_time(&scope, cut).ready().unwrap();
        let mut before = cut.size.ending(scope.range.from.plus(-1));
        for (bucket, kept) in buckets.iter().zip(kept) {
            prop_assert_eq!(kept, sql.kept(&scope, bucket.range, before), "{:?}", bucket);
            before = bucket.range;
        }
    }

    #[test]
    fn cubes_give_the_buckets_compared_with(view in views()) {
        let shop = shop();
        let Ok(comparison) = view.comparison(shop.facts.meta()) else { return Ok(()) };
        let scope = view.scope.over(comparison.compared);
        let cut = comparison.cut(view.bucket_size(shop.facts.meta()));
        let one = scope.categories.codes().len() <= 1;
        for part in Part::ALL {
            let asked = |facts: &facts::Facts| facts.groups(&scope, Grouping::from(cut), &[part]).ready();
            let known = asked(&shop.cubes);
            prop_assert!(known.is_some() || part != Part::Sales || !one);
            prop_assert!(known.is_some() || part != Part::Customers || !one || !scope.rfm.is_all());
            if known.is_some() {
                prop_assert_eq!(known, asked(&shop.facts), "{:?}", part);
            }
        }
        if let Some(kept) = shop.cubes.retention_over_time(&scope, cut).ready() {
            prop_assert_eq!(kept, shop.facts.retention_over_time(&scope, cut).ready().unwrap());
        }
    }
}
