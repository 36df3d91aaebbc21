//! Compares every KPI that facts compute from the packs with plain SQL on the source tables.

use anyhow::{Context, Result};
use facts::{
    Compare, DayRange, Dimension, Facts, Grouping, KPIS, KpiDef, Number, Part, RangeKind, Scope,
    Set, Totals, View,
};
use oorandom::Rand64;
use rusqlite::{Connection, Statement, named_params};
use snapshot::{Day, Meta};

use super::Options;
use super::compared::compared;
use super::report::Check;
use crate::progress::Progress;

const SQL: &str = include_str!("kpis.sql");

/// What plain SQL says under one filter.
struct Found {
    /// Revenue, units, orders, customers and their lifetime value.
    sums: [i64; 5],
    /// Each KPI in the order of the list, as it is defined there: a sum, or one over another. The
    /// formulas of `facts` are not used.
    kpis: Vec<Option<(i64, Option<i64>)>>,
}

/// Whole period and default view, with the periods compared with.
///
/// # Errors
/// If a table is missing.
pub fn views(database: &Connection, facts: &Facts) -> Result<Check> {
    let mut check = Check::new("KPIs");
    let meta = facts.meta();
    let mut values = 0;
    for (name, view) in
        [("whole period", View::whole(meta)), ("default view", View::default_for(meta))]
    {
        values += view_of(&mut check, database, facts, &view, name)?;
    }
    Ok(check.of(format!("{values} values of whole period and default view, with comparison")))
}

/// Random filters: ranges, sets of segments, risks, categories and RFM segments.
///
/// # Errors
/// If a table is missing.
pub fn random(
    database: &Connection,
    facts: &Facts,
    options: Options,
    progress: Progress,
) -> Result<Check> {
    let mut check = Check::new("random filters");
    let mut stage = progress.stage("Checking random filters", Some(options.filters.into()));
    let mut dice = Rand64::new(options.seed.into());
    let mut values = 0;
    for _ in 0..options.filters {
        let view = random_view(facts.meta(), &mut dice);
        values += view_of(&mut check, database, facts, &view, &format!("{:?}", view.scope))?;
        stage.step();
    }
    stage.end("");
    let (filters, seed) = (options.filters, options.seed);
    Ok(check.of(format!("{values} values under {filters} filters of seed {seed}")))
}

/// Groups of the default view, each against the filter that leaves only the group.
///
/// # Errors
/// If a table is missing.
pub fn groups(database: &Connection, facts: &Facts) -> Result<Check> {
    let mut check = Check::new("groups");
    let mut sql = database.prepare(SQL)?;
    let scope = View::default_for(facts.meta()).scope;
    let mut compared = 0;
    for dimension in [Dimension::Segment, Dimension::Churn, Dimension::Rfm, Dimension::Category] {
        let groups = facts.groups(&scope, Grouping::By(dimension), &Part::ALL).ready();
        let groups = groups.context("the packs are not loaded")?;
        for (code, group) in (0_u16..).zip(groups) {
            let only = scope.with(dimension, Set::of([code]));
            let should = found(&mut sql, facts.meta(), &only, RangeKind::Dates)?.sums;
            let Totals { revenue, units, orders, customers, lifetime_value, .. } = group;
            let is = [revenue, units, orders, customers, lifetime_value];
            check.same(&format!("{dimension:?} {code}"), &is, &should);
            compared += 1;
        }
    }
    Ok(check.of(format!("{compared} segments, risks, RFM segments and categories")))
}

/// Compares all KPIs of a view; returns how many values.
fn view_of(
    check: &mut Check,
    database: &Connection,
    facts: &Facts,
    view: &View,
    name: &str,
) -> Result<usize> {
    let sql = &mut *database.prepare_cached(SQL)?;
    let kpis = facts.kpis(view).into_iter().map(|(_, kpi)| kpi.ready());
    let kpis = kpis.collect::<Option<Vec<_>>>().context("the packs are not loaded")?;
    let mut of = |scope: &Scope| found(sql, facts.meta(), scope, view.kind);
    let now = of(&view.scope)?;
    let before = compared(database, view, facts.meta())?;
    let before = before.map(|range| of(&view.scope.over(range))).transpose()?;
    for kpi in &kpis {
        let value = |found: &Found| found.kpis.get(kpi.def.id as usize).copied().flatten();
        let (is, was) = (kpi.value.map(integers), kpi.previous.map(integers));
        check.same(&format!("{} of {name}", kpi.def.key), &is, &value(&now));
        let should = before.as_ref().and_then(value);
        check.same(&format!("{} before {name}", kpi.def.key), &was, &should);
    }
    Ok(kpis.len() * if before.is_some() { 2 } else { 1 })
}

fn found(sql: &mut Statement<'_>, meta: &Meta, scope: &Scope, kind: RangeKind) -> Result<Found> {
    let labels = &meta.labels;
    let names = |set: &Set, labels: &[String]| -> Result<Option<String>> {
        let names = set.codes().iter().filter_map(|&code| labels.get(usize::from(code)));
        let list = serde_json::to_string(&names.collect::<Vec<_>>())?;
        Ok((!set.is_all()).then_some(list))
    };
    let values = named_params! {
        ":from": scope.range.from.to_string(),
        ":to": scope.range.to.to_string(),
        ":as_of": meta.as_of.to_string(),
        ":by_days": kind == RangeKind::LastDays,
        ":first_day": meta.first_day.to_string(),
        ":last_day": meta.last_day.to_string(),
        ":segments": names(&scope.segments, &labels.segments)?,
        ":risks": names(&scope.churn, &labels.churn_risks)?,
        ":categories": names(&scope.categories, &labels.categories)?,
        ":rfm": names(&scope.rfm, &labels.rfm_segments)?,
    };
    let columns: Vec<String> = sql.column_names().map(str::to_owned).collect();
    let found = sql.query_row(values, |row| {
        let kpi = |def: &KpiDef| {
            let whole = format!("{}_of", def.key);
            let Some(sum) = row.get::<_, Option<i64>>(def.key)? else { return Ok(None) };
            if !columns.contains(&whole) {
                return Ok(Some((sum, None)));
            }
            // Nothing over nothing is no value.
            let whole: i64 = row.get(whole.as_str())?;
            Ok((whole > 0).then_some((sum, Some(whole))))
        };
        Ok(Found {
            sums: [
                row.get("total_revenue")?,
                row.get("units_sold")?,
                row.get("total_orders")?,
                row.get("total_customers")?,
                row.get("total_lifetime_value")?,
            ],
            kpis: KPIS.iter().map(kpi).collect::<rusqlite::Result<_>>()?,
        })
    })?;
    Ok(found)
}

/// The integers of a value: a sum, or one and what it is divided by.
fn integers(number: Number) -> (i64, Option<i64>) {
    match number {
        Number::Money(sum) | Number::Count(sum) | Number::Quantity { units: sum, .. } => {
            (sum, None)
        }
        Number::MoneyPer { sum, count: whole }
        | Number::Rate { part: sum, whole }
        | Number::Score { sum, count: whole } => (sum, Some(whole)),
    }
}

fn random_view(meta: &Meta, dice: &mut Rand64) -> View {
    let days = u64::from(meta.last_day.0.abs_diff(meta.first_day.0));
    let mut day =
        || meta.first_day.plus(i32::try_from(dice.rand_range(0..days + 1)).unwrap_or(i32::MAX));
    let (one, other) = (day(), day());
    let mut range = DayRange { from: one.min(other), to: one.max(other) };
    // Whole months, the running one, the year to date and the whole period are compared by other
    // rules, so they must come up.
    let mut kind = if dice.rand_range(0..3) == 0 { RangeKind::LastDays } else { RangeKind::Dates };
    match dice.rand_range(0..9) {
        0 => range = View::whole(meta).scope.range,
        5 => {
            range = DayRange { from: meta.as_of.plus(-29), to: meta.as_of };
            kind = RangeKind::LastDays;
        }
        6 => range = DayRange { from: meta.as_of.month().first_day(), to: meta.as_of },
        7 => {
            let year = meta.as_of.month().year();
            let january = Day::from_ymd(year, 1, 1).unwrap_or(meta.first_day);
            range = DayRange { from: january, to: meta.as_of }.clipped(facts::edges(meta));
            kind = RangeKind::YearToDate;
        }
        1 | 2 => {
            let (first, last) = (range.from.month().first_day(), range.to.month().last_day());
            range = DayRange { from: first, to: last }.clipped(facts::edges(meta));
        }
        _ => {}
    }
    let labels = &meta.labels;
    let mut set = |labels: &[String]| {
        let restricted = dice.rand_range(0..5) < 2;
        let codes =
            (0_u16..).take(labels.len()).filter(|_| restricted && dice.rand_range(0..3) == 0);
        Set::of(codes.collect::<Vec<_>>())
    };
    let scope = Scope {
        range,
        segments: set(&labels.segments),
        churn: set(&labels.churn_risks),
        categories: set(&labels.categories),
        rfm: set(&labels.rfm_segments),
        buyers_only: false,
    };
    let compare = if dice.rand_range(0..2) == 0 { Compare::Previous } else { Compare::YearBefore };
    View { scope, kind, compare }
}
