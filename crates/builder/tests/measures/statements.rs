//! The statements that the page shows beside its numbers give these numbers.

use facts::{Grouping, Part, Question};
use filters::sql::statement;
use proptest::prelude::*;
use rusqlite::Connection;

use super::{DIMENSIONS, SIZES, scopes, shop};

/// Rows of a statement as numbers; texts and nothing count as they are in the first column.
fn rows(sql: &str) -> Vec<(Option<String>, Vec<f64>)> {
    let connection = Connection::open(&shop().file).unwrap();
    let mut statement = connection.prepare(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    let count = statement.column_count();
    let named = statement.column_name(0).is_ok_and(|name| {
        ["category", "period", "customer_segment", "churn_risk", "rfm_segment", "customer_id"]
            .contains(&name)
    });
    let first = usize::from(named);
    let rows = statement.query_map([], |row| {
        let name = if named { row.get(0)? } else { None };
        let value = |at| Ok(row.get::<_, Option<f64>>(at)?.unwrap_or(0.0));
        Ok((name, (first..count).map(value).collect::<Result<Vec<f64>, rusqlite::Error>>()?))
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn statements_give_the_numbers_of_the_page(scope in scopes()) {
        let (facts, meta) = (&shop().facts, shop().facts.meta());
        let money = |units: i64| units as f64 / 10_f64.powi(meta.currency.exponent.into());
        let ask = |question: Question| statement(&question, meta).map(|sql| rows(&sql));
        let groups = |grouping, part| ask(Question::Groups { scope: scope.clone(), grouping, part });
        let totals = facts.totals(&scope, &Part::ALL).ready().unwrap();
        let sales = groups(Grouping::Whole, Part::Sales).unwrap();
        let sums = [money(totals.revenue), totals.units as f64, totals.lines as f64, totals.orders as f64];
        prop_assert_eq!(&sales[0].1, &sums);
        let audience = groups(Grouping::Whole, Part::Audience).unwrap();
        let sums = [totals.customers as f64, money(totals.lifetime_value), totals.new_customers as f64];
        prop_assert_eq!(&audience[0].1, &sums);
        let voices = groups(Grouping::Whole, Part::Voices).unwrap();
        let sums = [totals.score_count(), totals.responses, totals.contacts].map(|sum| sum as f64);
        prop_assert_eq!(&voices[0].1[1..], &sums);
        let before = scope.range.days_before();
        let kept = ask(Question::Retention { scope: scope.clone(), before }).unwrap();
        let retention = facts.retention(&scope, before).ready().unwrap();
        prop_assert_eq!(&kept[0].1, &[retention.before as f64, retention.kept as f64]);
        for dimension in DIMENSIONS {
            let names = filters::labels(meta, dimension);
            let known = facts.groups(&scope, Grouping::By(dimension), &Part::ALL).ready().unwrap();
            let shown = groups(Grouping::By(dimension), Part::Sales).unwrap();
            for (name, values) in &shown {
                let Some(name) = name else { continue };
                let at = names.iter().position(|known| known == name).unwrap();
                prop_assert_eq!(values[2], known[at].lines as f64, "{:?} {}", dimension, name);
            }
        }
        for size in SIZES {
            let known = facts.groups(&scope, Grouping::Over(size), &[Part::Sales]).ready().unwrap();
            let shown = groups(Grouping::Over(size), Part::Sales).unwrap();
            let revenue: f64 = shown.iter().map(|(_, values)| values[0]).sum();
            prop_assert!((revenue - known.iter().map(|t| money(t.revenue)).sum::<f64>()).abs() < 0.005);
            prop_assert_eq!(shown.len(), known.iter().filter(|totals| totals.lines > 0).count());
        }
        let top = ask(Question::Top { scope: scope.clone(), count: 5 }).unwrap();
        let known = facts.top(&scope, 5).ready().unwrap();
        let worth: Vec<f64> = top.iter().map(|(_, values)| values[0]).collect();
        prop_assert_eq!(worth, known.iter().map(|row| money(row.lifetime_value)).collect::<Vec<_>>());
    }
}
