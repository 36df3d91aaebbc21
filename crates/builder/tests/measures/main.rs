//! Every measure of `facts` against plain SQL on the source tables, under random filters.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod aspects;
mod awkward;
mod comparison;
mod members;
mod parts;
mod pool;
mod sql;
mod statements;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};

use facts::{
    BucketSize, Columns, Compare, Cubes, DayRange, Dimension, Facts, Grouping, Part, Question,
    Recorded, Recorder, Reply, Scope, Set, Totals, View, edges,
};
use proptest::prelude::*;
use rusqlite::Connection;
use snapshot::cubes::{CubeData, NamedPack, Shape};

use sql::Sql;

const DIMENSIONS: [Dimension; 4] =
    [Dimension::Segment, Dimension::Churn, Dimension::Rfm, Dimension::Category];

/// One snapshot of demo data: its facts, and a connection to the same file.
struct Shop {
    columns: Arc<Columns>,
    /// Answered from the columns.
    facts: Facts,
    /// Answered from cubes alone.
    cubes: Facts,
    file: PathBuf,
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
        let folder = dir.path().to_owned();
        Self::opened(&folder, dir)
    }

    /// The shop whose snapshot is in a folder, which lasts as long as the shop.
    fn opened(folder: &Path, dir: tempfile::TempDir) -> Self {
        let opened = builder::open::open(folder).unwrap();
        let meta = Arc::new(opened.manifest.meta.clone());
        let engine::Columns { customers, purchases, feedback, contacts } =
            opened.columns().unwrap();
        let columns = Columns::new(meta.clone(), customers, purchases, feedback, contacts).unwrap();
        let cubes = Cubes::new(meta.clone(), stored(&columns, &meta)).unwrap();
        let (file, columns) = (opened.path.clone(), Arc::new(columns));
        Self {
            facts: Facts::of(meta.clone()).with(columns.clone()),
            columns,
            cubes: Facts::of(meta).with(Arc::new(cubes)),
            file,
            _dir: dir,
        }
    }

    fn sql(&self) -> Sql<'_> {
        Sql::new(&self.facts, Connection::open(&self.file).unwrap())
    }
}

/// The cubes of columns, as they come back from their packs.
fn stored(columns: &Columns, meta: &snapshot::Meta) -> CubeData {
    let mut read = CubeData::default();
    for (place, cube) in columns.cubes().0 {
        for NamedPack { name, block, pack } in cube.packs(place).unwrap() {
            read.take(Shape::of(meta), name, block, &pack).unwrap();
        }
    }
    read
}

fn shop() -> &'static Shop {
    static SHOP: OnceLock<Shop> = OnceLock::new();
    SHOP.get_or_init(|| Shop::build(300, 7))
}

/// Random scopes: days before, in and after the snapshot, and any sets of codes.
fn scopes() -> impl Strategy<Value = Scope> {
    scopes_of(shop())
}

/// As [`scopes`], of another snapshot.
fn scopes_of(shop: &Shop) -> impl Strategy<Value = Scope> + use<> {
    let meta = shop.facts.meta();
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
        buyers_only: false,
    })
}

/// Scopes that cubes must be able to answer: whole months, at most one category.
fn month_scopes() -> impl Strategy<Value = Scope> {
    month_scopes_of(shop())
}

/// As [`month_scopes`], of another snapshot.
fn month_scopes_of(shop: &Shop) -> impl Strategy<Value = Scope> + use<> {
    let meta = shop.facts.meta();
    let months = meta.first_day.month().0 - 2..=meta.last_day.month().0 + 2;
    (scopes_of(shop), months.clone(), months, any::<bool>()).prop_map(
        |(scope, a, b, one_category)| {
            let (from, to) = (snapshot::Month(a.min(b)), snapshot::Month(a.max(b)));
            let range = DayRange { from: from.first_day(), to: to.last_day() };
            let categories = scope.categories.codes().first().copied().filter(|_| one_category);
            Scope { range, categories: Set::of(categories), ..scope }
        },
    )
}

/// One part of expected totals.
fn only(part: Part, groups: Vec<Totals>) -> Vec<Totals> {
    let only = |from: Totals| {
        let mut into = Totals::default();
        into.add(part, &from);
        into
    };
    groups.into_iter().map(only).collect()
}

/// Every question about a scope, as text; an answer that is not there is part of it.
fn ask_everything(facts: &Facts, scope: &Scope, most: usize) -> String {
    let mut groupings = vec![Grouping::Whole];
    groupings.extend(DIMENSIONS.map(Grouping::By));
    groupings.extend(SIZES.map(Grouping::Over));
    let groups: Vec<_> = groupings.iter().map(|&by| facts.groups(scope, by, &Part::ALL)).collect();
    let retention = (
        facts.retention(scope, before(scope.range)),
        SIZES.map(|size| facts.retention_over_time(scope, size)),
    );
    format!("{groups:?} {retention:?} {:?} {:?}", facts.top(scope, 5), facts.points(scope, most))
}

/// The period just before a range: as many months before whole months, else as many days.
fn before(range: DayRange) -> DayRange {
    let (first, last) = (range.from.month(), range.to.month());
    if range.from == first.first_day() && range.to == last.last_day() {
        let months = last.0 - first.0 + 1;
        return DayRange { from: first.plus(-months).first_day(), to: range.from.plus(-1) };
    }
    range.days_before()
}

const SIZES: [BucketSize; 3] = [BucketSize::Day, BucketSize::Week, BucketSize::Month];

/// Compares every answer that the cubes give with SQL (or, bucket by bucket, with the columns,
/// which another test compares with SQL); counts the answers.
fn cubes_agree(scope: &Scope) -> Result<usize, TestCaseError> {
    let (shop, sql, mut answers) = (shop(), shop().sql(), 0);
    let whole = vec![sql.totals(scope)];
    let by = DIMENSIONS.map(|dimension| (dimension, sql.by(scope, dimension)));
    for part in Part::ALL {
        if let Some(groups) = shop.cubes.groups(scope, Grouping::Whole, &[part]).ready() {
            prop_assert_eq!(groups, only(part, whole.clone()), "{:?}", part);
            answers += 1;
        }
        for (dimension, groups_of_all) in &by {
            let grouping = Grouping::By(*dimension);
            if let Some(groups) = shop.cubes.groups(scope, grouping, &[part]).ready() {
                let expected = only(part, groups_of_all.clone());
                prop_assert_eq!(groups, expected, "{:?} {:?}", part, dimension);
                answers += 1;
            }
        }
        for size in SIZES {
            let grouping = Grouping::Over(size);
            if let Some(groups) = shop.cubes.groups(scope, grouping, &[part]).ready() {
                let expected = shop.facts.groups(scope, grouping, &[part]).ready().unwrap();
                prop_assert_eq!(groups, expected, "{:?} {:?}", part, size);
                answers += 1;
            }
        }
    }
    let before = before(scope.range);
    if let Some(retention) = shop.cubes.retention(scope, before).ready() {
        prop_assert_eq!(retention, sql.kept(scope, scope.range, before));
        answers += 1;
    }
    for size in SIZES {
        if let Some(steps) = shop.cubes.retention_over_time(scope, size).ready() {
            prop_assert_eq!(steps, shop.facts.retention_over_time(scope, size).ready().unwrap());
            answers += 1;
        }
    }
    for most in [50, usize::MAX] {
        if let Some(points) = shop.cubes.points(scope, most).ready() {
            prop_assert_eq!(&points, &shop.facts.points(scope, most).ready().unwrap());
            if most == usize::MAX {
                prop_assert_eq!(points.sample, sql.points(scope));
            }
            answers += 1;
        }
    }
    if let Some(top) = shop.cubes.top(scope, 5).ready() {
        prop_assert_eq!(top, sql.top(scope, 5));
        answers += 1;
    }
    Ok(answers)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn totals_and_retention(scope in scopes()) {
        let (facts, sql) = (&shop().facts, shop().sql());
        prop_assert_eq!(facts.totals(&scope, &Part::ALL).ready().unwrap(), sql.totals(&scope));
        for before in [before(scope.range), scope.range.days_before().days_before()] {
            let kept = facts.retention(&scope, before).ready().unwrap();
            prop_assert_eq!(kept, sql.kept(&scope, scope.range, before));
        }
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
                None => size.ending(scope.range.from.plus(-1)),
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
    fn kpis_are_those_of_sql(scope in scopes()) {
        let (facts, sql) = (&shop().facts, shop().sql());
        let meta = facts.meta();
        let parts = |scope: &Scope| {
            let range = scope.range;
            let elapsed = DayRange { to: range.to.min(meta.as_of), ..range };
            let before = if elapsed == range { before(range) } else { elapsed.days_before() };
            // Of days before the data nobody knows who came.
            let known = before.from >= meta.first_day;
            (sql.totals(scope), known.then(|| sql.kept(scope, range, before)))
        };
        let scope = scope.over(scope.range.clipped(edges(meta)));
        let now = parts(&scope);
        for compare in [Compare::Previous, Compare::YearBefore, Compare::None] {
            let view = View { compare, ..View::of(scope.clone()) };
            let compared = view.compared(meta);
            prop_assert!(compared.is_none() || compare != Compare::None);
            let before = compared.map(|scope| parts(&scope));
            for (def, kpi) in facts.kpis(&view) {
                let kpi = kpi.ready().unwrap();
                prop_assert_eq!(kpi.value, sql::kpi(def.id, &now.0, now.1), "{}", def.key);
                let expected = before.as_ref().and_then(|(totals, kept)| sql::kpi(def.id, totals, *kept));
                prop_assert_eq!(kpi.previous, expected, "{} before", def.key);
            }
        }
    }

    #[test]
    fn replies_survive_being_written_down_and_sent(scope in scopes(), most in 1_usize..400) {
        let (facts, shop) = (&shop().facts, shop());
        let recorder = Arc::new(Recorder::new(shop.columns.clone()));
        let asked = Facts::of(Arc::new(facts.meta().clone())).with(recorder.clone());
        ask_everything(&asked, &scope, most);
        let sent = serde_json::to_string(&recorder.heard()).unwrap();
        let replies: Vec<(Question, Reply)> = serde_json::from_str(&sent).unwrap();
        let recorded = Recorded::default();
        recorded.add(replies);
        let recorded = Facts::of(Arc::new(facts.meta().clone())).with(Arc::new(recorded));
        prop_assert_eq!(ask_everything(&recorded, &scope, most), ask_everything(facts, &scope, most));
    }

    #[test]
    fn cubes_agree_wherever_they_answer(scope in scopes()) {
        cubes_agree(&scope)?;
    }

    #[test]
    fn cubes_answer_any_days(
        scope in scopes(),
        category in proptest::option::of(any::<prop::sample::Index>()),
        short in proptest::option::of(1..=92),
    ) {
        let categories = shop().facts.meta().labels.categories.len();
        let category = category.map(|index| index.index(categories) as u16);
        let DayRange { from, to } = scope.range;
        let range = DayRange { from, to: short.map_or(to, |days| from.plus(days - 1)) };
        let scope = Scope { range, categories: Set::of(category), rfm: Set::ALL, ..scope };
        let answers = cubes_agree(&scope)?;
        // As over months, but that under a category feedback over many days are left to the columns.
        let feedback = if category.is_none() || range.days() <= 92 { 7 } else { 1 };
        prop_assert!(answers >= 7 + 7 + 4 + feedback, "{} answers", answers);
    }
}

/// Half of the trials each, so that two processors share the longest test.
fn half() -> ProptestConfig {
    ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() }
}

fn answers_whole_months(scope: &Scope) -> Result<(), TestCaseError> {
    let answers = cubes_agree(scope)?;
    // Under RFM segments, distinct customers over days and weeks are left to the columns.
    let all = scope.rfm.is_all();
    // Sales: 1 whole, 4 dimensions, 3 sizes. Customers: the same, or months alone. Retention: 1,
    // 3 sizes. Points: 2. Feedback under a category: 1 whole, 4 dimensions, months;
    // of few days without RFM segments, weeks and days, too.
    let over_days = if all { 4 } else { 0 };
    let few = all && scope.range.days() <= 92;
    let feedback = if scope.categories.is_all() || few { 8 } else { 6 };
    prop_assert!(answers >= 8 + 6 + 2 + 2 + over_days + feedback, "{} answers", answers);
    Ok(())
}

proptest! {
    #![proptest_config(half())]

    #[test]
    fn cubes_answer_whole_months_of_everybody(scope in month_scopes()) {
        answers_whole_months(&Scope { rfm: Set::ALL, ..scope })?;
    }

    #[test]
    fn cubes_answer_whole_months_of_any_customers(scope in month_scopes()) {
        answers_whole_months(&scope)?;
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
