//! The statements that the page shows beside its numbers give these numbers, whatever the names
//! in the data are, and run on the SQLite that the page has.

use std::collections::{BTreeMap, HashSet};

use facts::{
    Aspect, BucketSize, Dimension, Facts, Grouping, KPIS, Part, Question, Reply, Scope, Set,
    Totals, View,
};
use filters::sql::statement;
use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::types::Value;
use snapshot::Meta;
use snapshot::meta::NO_CATEGORY;

use super::{DIMENSIONS, SIZES, Shop, before, scopes, shop};
use crate::awkward;

/// What may stand before a bracket: functions of SQLite 3.35, and words that are none.
const BEFORE_BRACKETS: [&str; 15] = [
    "AND", "AS", "AVG", "BETWEEN", "COALESCE", "COUNT", "DATE", "FROM", "IN", "OR", "SELECT",
    "STRFTIME", "SUM", "USING", "WHERE",
];

/// What later versions brought.
const TOO_NEW: [&str; 6] =
    ["->", "RIGHT JOIN", "FULL JOIN", "DISTINCT FROM", "RETURNING", "STRICT"];

/// Rows by what they are of: nothing (or no category), a name, a period, an id.
type Rows = Vec<(Option<String>, Vec<f64>)>;

fn rows(connection: &Connection, sql: &str) -> Rows {
    let mut statement = connection.prepare(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    let columns = statement.column_count();
    let of = [
        "category",
        "period",
        "customer_segment",
        "churn_risk",
        "rfm_segment",
        "customer_id",
        "channel",
        "reason",
    ];
    let named = statement.column_name(0).is_ok_and(|name| of.contains(&name));
    let rows = statement.query_map([], |row| {
        let name = if named { row.get(0)? } else { None };
        let value = |at| match row.get::<_, Value>(at)? {
            Value::Integer(number) => Ok(number as f64),
            Value::Real(number) => Ok(number),
            Value::Null => Ok(0.0),
            other => panic!("{other:?} in {sql}"),
        };
        let values = (usize::from(named)..columns).map(value);
        Ok((name, values.collect::<rusqlite::Result<_>>()?))
    });
    rows.unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

/// What the rows must be, from the reply; groups of nothing need no row.
fn expected(question: &Question, reply: &Reply, shop: &Shop) -> Rows {
    let meta = shop.facts.meta();
    let money = |units: i64| units as f64 / 10_f64.powi(meta.currency.exponent.into());
    match (question, reply) {
        (Question::Groups { grouping, part, scope }, Reply::Groups(groups)) => {
            let names = names(*grouping, scope, meta);
            let values = |totals: &Totals| values(totals, *grouping, *part, meta);
            names.into_iter().zip(groups.iter().map(values)).collect()
        }
        (_, Reply::Retention(kept)) => vec![(None, vec![kept.before as f64, kept.kept as f64])],
        (_, Reply::Top(top)) => {
            let connection = Connection::open(&shop.file).unwrap();
            let id = |ord: u32| -> Option<String> {
                let sql = "SELECT customer_id FROM customer_360 WHERE ord = ?";
                connection.query_row(sql, [ord], |row| row.get(0)).unwrap()
            };
            top.iter()
                .map(|row| (id(row.customer), vec![money(row.lifetime_value), row.orders.into()]))
                .collect()
        }
        (_, Reply::Points(points)) => {
            let names = filters::labels(meta, Dimension::Rfm).iter().enumerate();
            names
                .map(|(rfm, name)| {
                    let of = points.strata.iter().map(|row| row[rfm]);
                    let (customers, value) = of.fold((0, 0), |(customers, value), stratum| {
                        (customers + stratum.customers, value + stratum.lifetime_value)
                    });
                    (Some(name.clone()), vec![customers as f64, money(value)])
                })
                .collect()
        }
        _ => panic!("no statement for {question:?}"),
    }
}

fn names(grouping: Grouping, scope: &Scope, meta: &Meta) -> Vec<Option<String>> {
    let some = |names: &[String]| names.iter().cloned().map(Some).collect();
    match grouping {
        Grouping::Whole => vec![None],
        Grouping::Of(aspect) => some(aspect.labels(meta)),
        Grouping::By(dimension) => {
            let names = filters::labels(meta, dimension).iter().cloned();
            // The tables have no name for what has no category.
            let is_none = |name: &String| dimension == Dimension::Category && name == NO_CATEGORY;
            names.map(|name| Some(name).filter(|name| !is_none(name))).collect()
        }
        Grouping::Over(size) => {
            let name = |bucket: facts::Bucket| match size {
                BucketSize::Month => bucket.range.from.month().to_string(),
                _ => size.around(bucket.range.from).from.to_string(),
            };
            size.buckets(scope.range).into_iter().map(|bucket| Some(name(bucket))).collect()
        }
        Grouping::Beside(..) => panic!("moved days have no statement"),
    }
}

fn values(totals: &Totals, grouping: Grouping, part: Part, meta: &Meta) -> Vec<f64> {
    let money = |units: i64| units as f64 / 10_f64.powi(meta.currency.exponent.into());
    let mean = match totals.score_count() {
        0 => 0.0,
        count => totals.score_sum() as f64 / count as f64,
    };
    let count = |number: i64| number as f64;
    match (part, grouping) {
        (Part::Sales, _) => vec![
            money(totals.revenue),
            totals.units as f64 / 10_f64.powi(meta.quantity_exponent.into()),
            count(totals.lines),
            count(totals.orders),
        ],
        (Part::Customers, _) => {
            vec![count(totals.customers), money(totals.lifetime_value), count(totals.new_customers)]
        }
        (Part::Feedback, Grouping::Of(_)) => vec![mean, count(totals.score_count())],
        (Part::Feedback, _) => {
            let (responses, contacts) = (count(totals.responses), count(totals.contacts));
            vec![mean, count(totals.score_count()), responses, contacts]
        }
    }
}

/// Compares what the statement of a question gives with the number shown; false if it has none.
fn agrees(shop: &Shop, connection: &Connection, question: &Question) -> bool {
    let meta = shop.facts.meta();
    let Some(sql) = statement(question, meta) else { return false };
    assert_runs_on_the_page(&sql);
    let reply = question.ask(shop.columns.as_ref()).unwrap();
    let (found, expected) = (rows(connection, &sql), expected(question, &reply, shop));
    if matches!(question, Question::Top { .. }) {
        assert_eq!(found, expected, "{sql}");
        return true;
    }
    let is_something = |(_, values): &(_, Vec<f64>)| values.iter().any(|value| *value != 0.0);
    let by_name = |rows: Rows| -> BTreeMap<Option<String>, Vec<f64>> {
        rows.into_iter().filter(is_something).collect()
    };
    let (count, found, expected) = (found.len(), by_name(found), by_name(expected));
    assert!(count >= found.len());
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{sql}");
    for (name, values) in &expected {
        let pairs = values.iter().zip(&found[name]);
        let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
        assert!(pairs.clone().all(close), "{name:?}: {values:?}, {:?} by {sql}", found[name]);
        assert_eq!(values.len(), found[name].len(), "{sql}");
    }
    true
}

fn assert_runs_on_the_page(sql: &str) {
    // Texts in quotes are no code: every second piece, as a quote in a text is doubled.
    let code: String = sql.split('\'').step_by(2).collect::<Vec<_>>().join("''").to_uppercase();
    for new in TOO_NEW {
        assert!(!code.contains(new), "{new} is too new: {sql}");
    }
    for (at, _) in code.match_indices('(') {
        let before = code[..at].trim_end();
        let start = before.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
        let word = &before[start..];
        assert!(word.is_empty() || BEFORE_BRACKETS.contains(&word), "{word} in {sql}");
    }
}

/// The page's views: default, everything, days that are not whole months; each with each value of each dimension and
/// with two of every dimension at once, the default view with any two neighbours, too.
fn views(meta: &Meta) -> Vec<View> {
    let (default, whole) = (View::default_for(meta), View::whole(meta));
    let days = facts::DayRange { from: meta.as_of.plus(-50), to: meta.as_of.plus(-3) };
    let odd = View::of(whole.scope.over(days));
    let mut views = vec![default, whole, odd];
    for (at, view) in views.clone().into_iter().enumerate() {
        for dimension in DIMENSIONS {
            let count = filters::labels(meta, dimension).len() as u16;
            let chosen = |codes: Vec<u16>| View {
                scope: view.scope.with(dimension, Set::of(codes)),
                ..view.clone()
            };
            views.extend((0..count).map(|code| chosen(vec![code])));
            if at == 0 {
                views.extend((0..count).map(|code| chosen(vec![code, (code + 1) % count])));
            }
        }
        let every = DIMENSIONS
            .into_iter()
            .fold(view.scope.clone(), |scope, dimension| scope.with(dimension, Set::of([0, 1])));
        views.push(View { scope: every, ..view });
    }
    views
}

/// All questions that cards and charts ask about a view.
fn asked(facts: &Facts, view: &View) -> Vec<Question> {
    let (facts, trace) = facts.traced();
    let format = widgets::Format::new(widgets::Locale::EN, facts.meta().currency.clone());
    let ask = widgets::Ask {
        facts: &facts,
        view,
        format: &format,
        theme: &widgets::Theme::LIGHT,
        people: &widgets::People::default(),
        kind: None,
    };
    drop(widgets::kpi_cards(&ask));
    for widget in widgets::ALL {
        drop(widget.people(&facts, view));
        drop(widget.compute(&ask));
    }
    trace.heard().into_iter().map(|(_, question)| question).collect()
}

/// Compares every KPI under a view with its own statement.
fn kpis_agree(shop: &Shop, connection: &Connection, view: &View) {
    let meta = shop.facts.meta();
    for def in &KPIS {
        let value = shop.facts.kpi(def, view).ready().unwrap().value;
        let found = filters::sql::kpi(def, view, meta).and_then(|sql| {
            assert_runs_on_the_page(&sql);
            let row = connection.query_row(&sql, [], |row| {
                assert_eq!(row.as_ref().column_name(0), Ok(def.key));
                row.get::<_, Option<f64>>(0)
            });
            row.unwrap_or_else(|error| panic!("{error}: {sql}"))
        });
        // Money in units, quantities and all else as they are.
        let shown = value.map(|value| value.exact(meta.currency.exponent).parse::<f64>().unwrap());
        let same = match (shown, found) {
            (Some(shown), Some(found)) => (shown - found).abs() <= 1e-9 * shown.abs().max(1.0),
            (shown, found) => shown.is_none() && found.is_none(),
        };
        assert!(same, "{}: {shown:?}, {found:?} by SQL under {view:?}", def.key);
    }
}

/// Compares every statement of every view; gives how many there were.
fn every_statement_agrees(shop: &Shop) -> usize {
    let connection = Connection::open(&shop.file).unwrap();
    let (mut seen, mut compared) = (HashSet::new(), 0);
    for view in views(shop.facts.meta()) {
        kpis_agree(shop, &connection, &view);
        for question in asked(&shop.facts, &view) {
            if !seen.insert(question.clone()) {
                continue;
            }
            let has_one = match &question {
                Question::Groups { grouping: Grouping::Beside(..), .. } => false,
                Question::Groups { grouping, part, .. } => match part {
                    Part::Sales => true,
                    Part::Customers => {
                        !matches!(grouping, Grouping::Over(_) | Grouping::By(Dimension::Category))
                    }
                    Part::Feedback => matches!(grouping, Grouping::Whole | Grouping::Of(_)),
                },
                Question::RetentionOverTime { .. } | Question::Members(_) => false,
                _ => true,
            };
            assert_eq!(agrees(shop, &connection, &question), has_one, "{question:?}");
            compared += usize::from(has_one);
        }
    }
    compared
}

#[test]
fn every_number_of_every_card_can_be_checked_by_its_statement() {
    assert!(every_statement_agrees(shop()) > 1_000);
}

#[test]
fn names_that_look_like_sql_and_no_name_at_all_are_asked_for_rightly() {
    let shop = awkward::shop();
    let categories = &shop.facts.meta().labels.categories;
    assert!(categories.iter().any(|name| name == NO_CATEGORY), "{categories:?}");
    assert!(categories.iter().any(|name| name.contains('\'')), "{categories:?}");
    assert!(every_statement_agrees(&shop) > 300);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn statements_give_the_numbers_under_any_filter(scope in scopes()) {
        let connection = Connection::open(&shop().file).unwrap();
        let mut groupings = vec![Grouping::Whole];
        groupings.extend(DIMENSIONS.map(Grouping::By));
        groupings.extend(SIZES.map(Grouping::Over));
        groupings.extend(Aspect::ALL.map(Grouping::Of));
        let mut compared = 0;
        for grouping in groupings {
            for part in Part::ALL {
                let question = Question::Groups { scope: scope.clone(), grouping, part };
                compared += usize::from(agrees(shop(), &connection, &question));
            }
        }
        for question in [
            Question::Retention { scope: scope.clone(), before: before(scope.range) },
            Question::Retention { scope: scope.clone(), before: before(before(scope.range)) },
            Question::Top { scope: scope.clone(), count: 5 },
            Question::Points { scope: scope.clone(), most: 9 },
        ] {
            compared += usize::from(agrees(shop(), &connection, &question));
        }
        prop_assert_eq!(compared, 8 + 4 + 3 + 4);
        kpis_agree(shop(), &connection, &View::of(scope));
    }
}
