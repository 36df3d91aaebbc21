//! Every measure of `facts` against plain SQL on the source tables, under random filters.

mod sql;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use engine::native::{NativeEngine, block_on};
use facts::{
    BucketSize, Compare, DayRange, Dimension, Facts, Grouping, Part, Scope, Set, Totals, View,
};
use proptest::prelude::*;
use rusqlite::Connection;
use snapshot::{Manifest, Publishing};

use sql::Sql;

const DIMENSIONS: [Dimension; 4] =
    [Dimension::Segment, Dimension::Churn, Dimension::Rfm, Dimension::Category];

/// One snapshot of demo data: its facts, and a connection to the same file.
struct Shop {
    facts: Facts,
    file: std::path::PathBuf,
    _dir: tempfile::TempDir,
}

impl Shop {
    fn build(customers: u32, seed: u32) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let out = Command::new(env!("CARGO_BIN_EXE_builder"))
            .args(["demo", "--customers", &customers.to_string(), "--seed", &seed.to_string()])
            .arg("--out")
            .arg(dir.path())
            .output()
            .unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let (facts, file) = open(dir.path());
        Self { facts, file, _dir: dir }
    }

    fn sql(&self) -> Sql<'_> {
        Sql::new(&self.facts, Connection::open(&self.file).unwrap())
    }
}

fn open(dir: &Path) -> (Facts, std::path::PathBuf) {
    let manifest = std::fs::read_to_string(dir.join("manifest.json")).unwrap();
    let manifest = Manifest::from_json(&manifest).unwrap();
    let Publishing::Single { path } = &manifest.file.publishing else {
        panic!("not a single file")
    };
    let file = dir.join(path);
    let engine = NativeEngine::open(&file).unwrap();
    let columns = block_on(engine::load_columns(&engine, &manifest.meta, |_| {})).unwrap();
    let facts = Facts::new(
        manifest.meta,
        columns.customers,
        columns.purchases,
        columns.feedback,
        columns.contacts,
    );
    (facts.unwrap(), file)
}

fn shop() -> &'static Shop {
    static SHOP: OnceLock<Shop> = OnceLock::new();
    SHOP.get_or_init(|| Shop::build(300, 7))
}

/// Random scopes: days before, in and after the snapshot, and any sets of codes.
fn scopes() -> impl Strategy<Value = Scope> {
    let meta = shop().facts.meta();
    let (first, last) = (meta.first_day.0, meta.last_day.0);
    let day = first - 40..=last + 40;
    let range = prop_oneof![
        3 => (day.clone(), day).prop_map(|(a, b)| (a.min(b), a.max(b))),
        1 => Just((first, last)),
        1 => (first..=last).prop_map(|day| (day, day)),
    ];
    let set = |length: usize| {
        prop_oneof![
            2 => Just(Vec::new()),
            1 => proptest::collection::vec(0..length as u16, 1..=length.min(4)),
        ]
    };
    let labels = &meta.labels;
    let sets = (
        set(labels.segments.len()),
        set(labels.churn_risks.len()),
        set(labels.categories.len()),
        set(labels.rfm_segments.len()),
    );
    (range, sets).prop_map(|((from, to), (segments, churn, categories, rfm))| Scope {
        range: DayRange { from: snapshot::Day(from), to: snapshot::Day(to) },
        segments: Set::of(segments),
        churn: Set::of(churn),
        categories: Set::of(categories),
        rfm: Set::of(rfm),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn totals_and_retention(scope in scopes()) {
        let (facts, sql) = (&shop().facts, shop().sql());
        prop_assert_eq!(facts.totals(&scope, &Part::ALL).ready().unwrap(), sql.totals(&scope));
        prop_assert_eq!(facts.retention(&scope).ready().unwrap(), sql.retention(&scope));
    }

    #[test]
    fn groups_of_every_dimension(scope in scopes()) {
        let (facts, sql) = (&shop().facts, shop().sql());
        for dimension in DIMENSIONS {
            let groups = facts.groups(&scope, Grouping::By(dimension), &Part::ALL).ready().unwrap();
            prop_assert_eq!(groups, sql.by(&scope, dimension), "{:?}", dimension);
        }
    }

    #[test]
    fn buckets_are_totals_of_their_own_range(scope in scopes(), at in any::<prop::sample::Index>()) {
        let (facts, sql) = (&shop().facts, shop().sql());
        for size in [BucketSize::Day, BucketSize::Week, BucketSize::Month] {
            let buckets = size.buckets(scope.range);
            let totals = facts.groups(&scope, Grouping::Over(size), &Part::ALL).ready().unwrap();
            let kept = facts.retention_over_time(&scope, size).ready().unwrap();
            let at = at.index(buckets.len());
            prop_assert_eq!(&totals[at], &sql.bucket(&scope, buckets[at].range));
            let before = match at.checked_sub(1) {
                Some(before) => buckets[before].range,
                None => size.around(scope.range.from.plus(-1)),
            };
            prop_assert_eq!(kept[at], sql.kept(&scope, buckets[at].range, before));
            let revenue: i64 = totals.iter().map(|bucket| bucket.revenue).sum();
            prop_assert_eq!(revenue, facts.totals(&scope, &Part::ALL).ready().unwrap().revenue);
        }
    }

    #[test]
    fn top_customers_and_points(scope in scopes(), count in 1_usize..12, most in 1_usize..400) {
        let (facts, sql) = (&shop().facts, shop().sql());
        prop_assert_eq!(facts.top(&scope, count).ready().unwrap(), sql.top(&scope, count));
        let points = facts.points(&scope, most).ready().unwrap();
        let expected = sql.points(&scope);
        prop_assert_eq!(points.customers as usize, expected.len());
        let all = facts.points(&scope, usize::MAX).ready().unwrap();
        prop_assert_eq!(&all.sample, &expected);
        prop_assert_eq!(&all.strata, &points.strata);
        let drawn: BTreeSet<u32> = points.sample.iter().map(|point| point.customer).collect();
        prop_assert_eq!(drawn.len(), points.sample.len());
        prop_assert!(points.sample.iter().all(|point| expected.contains(point)));
        for (segment, row) in points.strata.iter().enumerate() {
            for (rfm, stratum) in row.iter().enumerate() {
                let of = |point: &&facts::Point| {
                    usize::from(point.segment) == segment && usize::from(point.rfm_segment) == rfm
                };
                prop_assert_eq!(stratum.customers as usize, expected.iter().filter(of).count());
                let drawn = points.sample.iter().filter(of).count();
                prop_assert_eq!(drawn > 0, stratum.customers > 0);
            }
        }
    }

    #[test]
    fn kpis_follow_from_the_measures(scope in scopes()) {
        let facts = &shop().facts;
        for compare in [Compare::Previous, Compare::YearBefore, Compare::None] {
            let view = View { scope: scope.clone(), compare };
            let totals = facts.totals(&scope, &Part::ALL).ready().unwrap();
            let retention = facts.retention(&scope).ready().unwrap();
            for (_, kpi) in facts.kpis(&view) {
                let kpi = kpi.ready().unwrap();
                prop_assert_eq!(kpi.value, kpi.def.id.value(&totals, retention));
                prop_assert_eq!(kpi.previous.is_some() && compare == Compare::None, false);
            }
        }
    }
}

#[test]
fn other_sizes_and_seeds_agree_over_all_time_and_the_default_view() {
    for (customers, seed) in [(60, 1), (100, 5), (1500, 3)] {
        let shop = Shop::build(customers, seed);
        let sql = shop.sql();
        for view in [View::whole(shop.facts.meta()), View::default_for(shop.facts.meta())] {
            assert_eq!(
                shop.facts.totals(&view.scope, &Part::ALL).ready().unwrap(),
                sql.totals(&view.scope)
            );
            for dimension in DIMENSIONS {
                let groups: Vec<Totals> = shop
                    .facts
                    .groups(&view.scope, Grouping::By(dimension), &Part::ALL)
                    .ready()
                    .unwrap();
                assert_eq!(groups, sql.by(&view.scope, dimension), "{customers} {dimension:?}");
            }
        }
    }
}
