//! The SQL of a question: what it asks of which table, whatever the names are.

use facts::{Dimension, Grouping, Part, Question, Scope, Set, View};
use filters::labels;
use filters::span::DIMENSIONS;
use filters::sql::statement;
use proptest::prelude::*;
use snapshot::Meta;
use snapshot::meta::NO_CATEGORY;

use crate::shop;

fn meta(categories: &[&str]) -> Meta {
    let mut meta = shop::meta();
    meta.labels.categories = categories.iter().map(|&name| name.to_owned()).collect();
    meta
}

/// The conditions on purchase lines when some categories are chosen.
fn sales_of(meta: &Meta, categories: impl IntoIterator<Item = u16>) -> String {
    let scope = View::default_for(meta).scope.with(Dimension::Category, Set::of(categories));
    let question = Question::Groups { scope, grouping: Grouping::Whole, part: Part::Sales };
    statement(&question, meta).unwrap()
}

#[test]
fn what_has_no_category_is_asked_for_as_the_tables_have_it() {
    let meta = meta(&["Books", "Kids' toys", NO_CATEGORY]);
    assert!(sales_of(&meta, [2]).ends_with("AND category IS NULL"));
    let several = sales_of(&meta, [0, 1, 2]);
    let condition = "AND (category IN ('Books', 'Kids'' toys') OR category IS NULL)";
    assert!(several.ends_with(condition), "{several}");
    assert!(sales_of(&meta, [0]).ends_with("AND category IN ('Books')"));
    assert!(!sales_of(&meta, []).contains("category IN"));
}

#[test]
fn other_dimensions_may_have_a_value_of_that_name() {
    let mut meta = meta(&["Books"]);
    meta.labels.segments = vec![NO_CATEGORY.to_owned()];
    let scope = View::default_for(&meta).scope.with(Dimension::Segment, Set::of([0]));
    let question = Question::Groups { scope, grouping: Grouping::Whole, part: Part::Customers };
    let sql = statement(&question, &meta).unwrap();
    assert!(sql.contains("customer_segment IN ('No category')"), "{sql}");
}

proptest! {
    /// Texts of a statement are the names that were chosen and the days of the range, no more:
    /// no name ends its text early, however many quotes it has.
    #[test]
    fn names_stay_inside_their_quotes(
        names in proptest::collection::vec("[a'\"\\\\;%_() -]{1,6}", 4),
        chosen in proptest::collection::vec(0_u16..4, 1..4),
    ) {
        let mut meta = shop::meta();
        meta.labels.segments = names.clone();
        meta.labels.churn_risks = names.clone();
        meta.labels.categories = names.clone();
        meta.labels.rfm_segments = names.clone();
        let mut scope = Scope::of_range(View::default_for(&meta).scope.range);
        for dimension in DIMENSIONS {
            scope = scope.with(dimension, Set::of(chosen.iter().copied()));
            prop_assert_eq!(labels(&meta, dimension).len(), 4);
        }
        let question = Question::Retention { scope: scope.clone(), before: scope.range.days_before() };
        let sql = statement(&question, &meta).unwrap();
        let found = texts(&sql);
        let codes = scope.categories.codes();
        let names: Vec<&String> = codes.iter().map(|&code| &names[usize::from(code)]).collect();
        // Two periods, each with its two days and the chosen of four dimensions.
        prop_assert_eq!(found.len(), 2 * (2 + 4 * names.len()), "{}", sql);
        for name in names {
            prop_assert!(found.iter().filter(|text| *text == name).count() >= 8, "{}", sql);
        }
    }
}

/// The texts of a statement, as SQLite reads them.
fn texts(sql: &str) -> Vec<String> {
    let (mut texts, mut open) = (Vec::new(), None::<String>);
    let mut letters = sql.chars().peekable();
    while let Some(letter) = letters.next() {
        match (&mut open, letter) {
            (None, '\'') => open = Some(String::new()),
            (Some(text), '\'') => {
                if letters.next_if_eq(&'\'').is_some() {
                    text.push('\'');
                } else {
                    texts.extend(open.take());
                }
            }
            (Some(text), letter) => text.push(letter),
            (None, _) => {}
        }
    }
    assert!(open.is_none(), "a text does not end: {sql}");
    texts
}
