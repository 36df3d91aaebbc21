//! Scores by channel and by reason, from columns and from the cube, against plain SQL.

use facts::{Aspect, Grouping, Part, Question, Scope, Set, Totals};
use filters::sql::statement;
use proptest::prelude::*;
use rusqlite::Connection;

use super::{month_scopes, scopes, shop};

fn column(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Channel => "channel",
        Aspect::Reason => "reason",
    }
}

/// What plain SQL says, one group a name.
fn expected(scope: &Scope, aspect: Aspect) -> Vec<Totals> {
    let sql = shop().sql();
    let group = |name: &String| Totals {
        scores: sql.scores_that_say(scope, column(aspect), name),
        ..Totals::default()
    };
    aspect.labels(shop().facts.meta()).iter().map(group).collect()
}

/// Rows of the statement that the page shows: name and number of scores.
fn shown(scope: &Scope, aspect: Aspect) -> Vec<(String, i64)> {
    let grouping = Grouping::Of(aspect);
    let question = Question::Groups { scope: scope.clone(), grouping, part: Part::Feedback };
    let sql = statement(&question, shop().facts.meta()).unwrap();
    let connection = Connection::open(&shop().file).unwrap();
    let mut statement = connection.prepare(&sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(2)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn the_demo_tells_channels_and_reasons() {
    for aspect in Aspect::ALL {
        assert!(aspect.labels(shop().facts.meta()).len() >= 3, "{aspect:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn columns_agree_with_sql(scope in scopes()) {
        for aspect in Aspect::ALL {
            let expected = expected(&scope, aspect);
            let groups = shop().facts.groups(&scope, Grouping::Of(aspect), &Part::ALL).ready();
            prop_assert_eq!(groups.as_ref(), Some(&expected), "{:?}", aspect);
            let statement = shown(&scope, aspect);
            let names = aspect.labels(shop().facts.meta());
            for (name, group) in names.iter().zip(&expected) {
                let row = statement.iter().find(|(shown, _)| shown == name);
                prop_assert_eq!(row.map_or(0, |(_, count)| *count), group.score_count());
            }
            if let Some(groups) = shop().cubes.groups(&scope, Grouping::Of(aspect), &Part::ALL).ready() {
                prop_assert_eq!(groups, expected, "{:?} of the cube", aspect);
            }
        }
    }

    #[test]
    fn the_cubes_answer_whole_months_and_any_days(scope in month_scopes(), days in scopes()) {
        for aspect in Aspect::ALL {
            let groups = shop().cubes.groups(&scope, Grouping::Of(aspect), &[Part::Feedback]).ready();
            if scope.categories.is_all() {
                prop_assert_eq!(groups, Some(expected(&scope, aspect)), "{:?}", aspect);
            }
            let scope = Scope { categories: Set::ALL, rfm: Set::ALL, ..days.clone() };
            let groups = shop().cubes.groups(&scope, Grouping::Of(aspect), &[Part::Feedback]).ready();
            prop_assert_eq!(groups, Some(expected(&scope, aspect)), "{:?}", aspect);
        }
    }
}
