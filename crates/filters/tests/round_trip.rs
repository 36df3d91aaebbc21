//! A view written into a link is the view read from it, whatever the labels and days.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod shop;
mod statements;

use facts::{Compare, DayRange, Dimension, RangeKind, Set, View};
use filters::{Preset, Step, Why, has, labels, query, read, span, write};
use proptest::prelude::*;
use shop::{AWKWARD, meta, plain};
use snapshot::{Day, Meta};

/// Any snapshot: labels of any text, days of any year, parts that are missing.
fn any_meta() -> impl Strategy<Value = Meta> {
    let label =
        || prop_oneof![any::<String>(), prop::sample::select(&AWKWARD).prop_map(str::to_owned)];
    let list = move || {
        prop::collection::btree_set(label(), 0..6)
            .prop_map(|set| set.into_iter().collect::<Vec<_>>())
    };
    (list(), list(), list(), list(), 0..40_000_i32, 0..900_i32, 0..40_i32, any::<bool>()).prop_map(
        |(segments, churn, categories, rfm, first, length, beyond, has_categories)| {
            let mut meta = plain();
            meta.labels.segments = segments;
            meta.labels.churn_risks = churn;
            meta.labels.categories = categories;
            meta.labels.rfm_segments = rfm;
            meta.features.categories = has_categories;
            meta.first_day = Day(first);
            meta.as_of = Day(first + length);
            meta.last_day = Day(first + length + beyond);
            meta
        },
    )
}

/// Any view that its readers can come to.
fn any_view(meta: &Meta) -> impl Strategy<Value = View> + use<> {
    let set = |dimension| {
        let count = u16::try_from(labels(meta, dimension).len()).unwrap();
        prop::collection::vec(0..count.max(1), 0..4)
            .prop_map(move |codes| if count == 0 { Set::ALL } else { Set::of(codes) })
    };
    let (whole, default, described) = (span(meta), View::default_for(meta).scope, meta.clone());
    let compare = prop::sample::select(vec![Compare::Previous, Compare::YearBefore, Compare::None]);
    let days = (0..whole.days(), 0..whole.days()).prop_map(move |(one, other)| DayRange {
        from: whole.from.plus(one.min(other)),
        to: whole.from.plus(one.max(other)),
    });
    let named = prop::sample::select(&Preset::EVERY)
        .prop_map(move |preset| (preset.range(&described), preset.kind()));
    let dates = |range: DayRange| (range, RangeKind::Dates);
    let range = prop_oneof![
        3 => days.prop_map(dates),
        1 => Just(dates(default.range)),
        2 => named,
    ];
    let sets = (
        set(Dimension::Segment),
        set(Dimension::Churn),
        set(Dimension::Category),
        set(Dimension::Rfm),
    );
    (range, sets, compare).prop_map(
        |((range, kind), (segments, churn, categories, rfm), compare)| View {
            scope: facts::Scope { range, segments, churn, categories, rfm, buyers_only: false },
            kind,
            compare,
        },
    )
}

fn meta_and_view() -> impl Strategy<Value = (Meta, View)> {
    any_meta().prop_flat_map(|meta| {
        let view = any_view(&meta);
        (Just(meta), view)
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read((meta, view) in meta_and_view()) {
        let text = write(&view, &meta);
        let back = read(&text, &meta);
        prop_assert_eq!(&back.view, &view, "{}", text);
        prop_assert_eq!(back.dropped, vec![]);
        prop_assert_eq!(text.is_empty(), view == View::default_for(&meta));
        prop_assert!(text.is_ascii(), "safe in any address: {}", text);
        let shared = query::write_for_others(&view, &meta);
        let back = read(&shared, &meta);
        prop_assert_eq!((back.view, back.other_snapshot), (view.clone(), None));
        prop_assert_eq!(read(&query::write_to_keep(&view, &meta), &meta).view, view);
    }

    #[test]
    fn any_text_gives_a_view_of_this_snapshot(meta in any_meta(), text in ".{0,200}") {
        let view = read(&text, &meta).view;
        prop_assert_eq!(read(&write(&view, &meta), &meta).view, view);
    }

    #[test]
    fn what_is_dropped_leaves_the_rest((meta, view) in meta_and_view(), noise in "[a-z]{9}", value in ".{0,20}") {
        let text = query::joined(&write(&view, &meta), &query::joined(&noise, &format!("compare={noise}")));
        let back = read(&text, &meta);
        prop_assert_eq!(&back.view, &view);
        prop_assert_eq!(back.dropped.len(), 2);
        prop_assert_eq!(back.dropped[0].why, Why::UnknownName);
        prop_assert_eq!(back.dropped[1].why, Why::UnknownValue);
        let _ = read(&value, &meta);
    }

    #[test]
    fn a_step_taken_twice_is_taken_back((meta, view) in meta_and_view(), code in 0_u16..6) {
        for dimension in span::DIMENSIONS {
            if usize::from(code) < labels(&meta, dimension).len() {
                let step = Step::Toggle(dimension, code);
                prop_assert_eq!(step.after(&step.after(&view, &meta), &meta), view.clone());
            }
        }
        let whole = Step::Range(Preset::All.range(&meta)).after(&view, &meta);
        let cleared = Step::ClearRange.after(&whole, &meta);
        prop_assert!(cleared.same_period(&View::default_for(&meta)));
        prop_assert_eq!(Step::Reset.after(&view, &meta), View::default_for(&meta));
    }

    #[test]
    fn presets_lie_in_the_data(meta in any_meta()) {
        let whole = span(&meta);
        for preset in Preset::EVERY {
            let range = preset.range(&meta);
            prop_assert!(whole.from <= range.from && range.from <= range.to && range.to <= whole.to);
            let shown = Step::Preset(preset).after(&View::default_for(&meta), &meta);
            prop_assert_eq!((shown.scope.range, shown.kind), (range, preset.kind()));
            prop_assert!(Preset::of(&shown, &meta).is_some());
        }
    }
}

#[test]
fn links_are_written_as_people_expect() {
    let meta = meta();
    let default = View::default_for(&meta);
    assert_eq!(write(&default, &meta), "");
    let steps = [
        Step::Toggle(Dimension::Segment, 0),
        Step::Toggle(Dimension::Category, 1),
        Step::Toggle(Dimension::Churn, 2),
        Step::Compare(Compare::YearBefore),
        Step::Preset(Preset::Days30),
    ];
    let view = steps.iter().fold(default, |view, step| step.after(&view, &meta));
    let text = "period=30-days&from=2026-05-30&to=2026-06-28&segment=High+Value&churn=High&category=%3Cb%3E%26%3D%2B%25&compare=year";
    assert_eq!(write(&view, &meta), text);
    assert_eq!(read(&format!("?{text}"), &meta).view, view);
    assert_eq!(read("?segment=High%20Value", &meta).view, read("?segment=High+Value", &meta).view);
}

#[test]
fn a_kept_view_moves_with_the_data() {
    let meta = meta();
    let view = Step::Toggle(Dimension::Segment, 0).after(&View::default_for(&meta), &meta);
    let view = Step::Preset(Preset::Days30).after(&view, &meta);
    let kept = query::write_to_keep(&view, &meta);
    assert_eq!(kept, "period=30-days&segment=High+Value");
    let mut newer = meta.clone();
    newer.as_of = newer.as_of.plus(7);
    newer.last_day = newer.last_day.plus(7);
    let moved = read(&kept, &newer).view;
    assert_eq!(
        (moved.scope.range, moved.kind),
        (Preset::Days30.range(&newer), RangeKind::LastDays)
    );
    // A link stays with its days, and with what they are compared with.
    let linked = read(&write(&view, &meta), &newer).view;
    assert_eq!((linked.scope.range, linked.kind), (view.scope.range, RangeKind::LastDays));
    assert_eq!(read(&write(&linked, &newer), &newer).view, linked);
    // Days say more than a name.
    let days = read("period=all&from=2026-01-05&to=2026-01-06", &meta).view.scope.range;
    assert_eq!([days.from, days.to].map(|day| day.to_string()), ["2026-01-05", "2026-01-06"]);
    let dates = read("period=30-days&from=2026-01-05&to=2026-01-06", &meta).view;
    assert_eq!(dates.kind, RangeKind::Dates);
    assert_eq!(read("period=week", &meta).dropped[0].why, Why::UnknownValue);
}

#[test]
fn a_year_to_date_is_compared_with_that_of_last_year() {
    let meta = meta();
    let default = View::default_for(&meta);
    let view = Step::Preset(Preset::YearToDate).after(&default, &meta);
    assert_eq!((view.compare, default.compare), (Compare::YearBefore, Compare::Previous));
    assert_eq!(write(&view, &meta), "period=year-to-date&from=2026-01-01&to=2026-06-28");
    let before = Step::Compare(Compare::Previous).after(&view, &meta);
    assert!(write(&before, &meta).ends_with("&compare=previous"));
    assert_eq!(read(&write(&before, &meta), &meta).view, before);
    // What the reader chose stays, what nobody chose goes with the period.
    assert_eq!(Step::ClearRange.after(&view, &meta), default);
    let none = Step::Compare(Compare::None).after(&view, &meta);
    assert_eq!(Step::Preset(Preset::Days30).after(&none, &meta).compare, Compare::None);
}

#[test]
fn what_cannot_be_taken_is_named() {
    let meta = meta();
    let read = read(
        "?segment=High+Value&segment=Gold&churn=&from=2026-02-30&to=2026-05-01&to=2026-05-02\
         &compare=week&segmnet=Low&sort=name&snapshot=abc&rfm=Champions",
        &meta,
    );
    let named: Vec<_> =
        read.dropped.iter().map(|d| (d.name.as_str(), d.value.as_str(), d.why)).collect();
    assert_eq!(
        named,
        [
            ("segment", "Gold", Why::UnknownValue),
            ("churn", "", Why::UnknownValue),
            ("from", "2026-02-30", Why::NotADay),
            ("to", "2026-05-02", Why::Repeated),
            ("compare", "week", Why::UnknownValue),
            ("segmnet", "Low", Why::UnknownName),
        ]
    );
    assert_eq!(read.other_snapshot.as_deref(), Some("abc"));
    assert_eq!(read.view.scope.segments, Set::of([0]));
    assert_eq!(read.view.scope.rfm, Set::of([0]));
    // One end alone runs to the end of the data.
    assert_eq!(read.view.scope.range.from, span(&meta).from);
    assert_eq!(read.view.scope.range.to.to_string(), "2026-05-01");
}

#[test]
fn ranges_stay_in_the_data() {
    let meta = meta();
    let cases = [
        ("from=2026-06-01&to=2026-05-01", [Some(Why::Backwards), Some(Why::Backwards)]),
        ("from=2031-01-01&to=2032-01-01", [Some(Why::OutsideData), Some(Why::OutsideData)]),
        ("from=1999-01-01&to=2026-01-01", [Some(Why::OutsideData), None]),
        ("from=2026-01-01&to=9999-01-01", [Some(Why::OutsideData), None]),
        ("from=2031-01-01", [Some(Why::OutsideData), None]),
        ("from=2026-01-01", [None, None]),
    ];
    for (text, whys) in cases {
        let read = read(text, &meta);
        let found: Vec<_> = read.dropped.iter().map(|dropped| dropped.why).collect();
        assert_eq!(found, whys.into_iter().flatten().collect::<Vec<_>>(), "{text}");
        assert!(span(&meta).contains(read.view.scope.range.from), "{text}");
        assert!(span(&meta).contains(read.view.scope.range.to), "{text}");
    }
    // The months in which the data begins and ends may be asked for as a whole.
    let months = read("from=2023-07-01&to=2026-06-30", &meta);
    assert_eq!((months.view.scope.range, months.dropped), (span(&meta), vec![]));
    let whole = read("from=1999-01-01&to=9999-12-31", &meta).view.scope.range;
    assert_eq!(whole, span(&meta));
}

#[test]
fn an_end_alone_that_is_beyond_the_data_gives_the_default_view() {
    let meta = meta();
    let default = View::default_for(&meta);
    for (text, names) in [
        ("to=9999-01-01", &["to"][..]),
        ("from=x&to=9999-01-01", &["from", "to"]),
        ("from=1999-01-01", &["from"]),
        ("from=1999-01-01&to=x", &["to", "from"]),
        ("from=x", &["from"]),
        ("to=x", &["to"]),
    ] {
        let read = read(text, &meta);
        assert_eq!(read.view, default, "{text}");
        let named: Vec<_> = read.dropped.iter().map(|dropped| dropped.name.as_str()).collect();
        assert_eq!(named, names, "{text}");
    }
}

#[test]
fn a_snapshot_without_a_dimension_says_so() {
    let mut meta = meta();
    meta.features.categories = false;
    assert!(!has(&meta, Dimension::Category));
    assert_eq!(read("category=Books", &meta).dropped[0].why, Why::NotInSnapshot);
}

#[test]
fn parts_of_views_and_of_the_filter_are_kept_apart() {
    let text = "?sort=name&segment=High+Value&q=a%26b&x=1";
    assert_eq!(query::of_view(text), "sort=name&q=a%26b");
    assert_eq!(query::of_filter(text), "segment=High+Value&x=1");
    assert_eq!(query::joined("", "a=1"), "a=1");
    assert_eq!(query::joined("a=1", "b=2"), "a=1&b=2");
}
