//! Points from the pool against points from the columns, where the pool is a part of all.

use std::cell::Cell;
use std::sync::OnceLock;

use facts::{Dimension, Points, Scope, Set, View};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::{Shop, month_scopes_of, scopes_of};

/// More customers than a pool takes in whole.
fn crowd() -> &'static Shop {
    static CROWD: OnceLock<Shop> = OnceLock::new();
    CROWD.get_or_init(|| Shop::build(14_000, 11))
}

/// What columns say, and what cubes say, if they do.
fn points(scope: &Scope, most: usize) -> (Points, Option<Points>) {
    let shop = crowd();
    (shop.facts.points(scope, most).ready().unwrap(), shop.cubes.points(scope, most).ready())
}

/// Compares under random scopes; gives how many cubes answered, and of how many.
fn compare(scopes: impl Strategy<Value = Scope>, cases: u32) -> (usize, usize) {
    let (answered, asked) = (Cell::new(0), Cell::new(0));
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(&(scopes, 1_usize..4_000), |(scope, most)| {
        let (expected, found) = points(&scope, most);
        let half = (expected.customers as usize).div_ceil(2);
        prop_assert!(expected.sample.len() >= most.min(200).min(half));
        asked.set(asked.get() + 1);
        if let Some(found) = found {
            prop_assert_eq!(found, expected);
            answered.set(answered.get() + 1);
        }
        Ok(())
    });
    outcome.unwrap();
    (answered.get(), asked.get())
}

#[test]
fn the_pool_gives_the_points_of_the_columns_or_none() {
    let (answered, _) = compare(scopes_of(crowd()), 60);
    assert!(answered > 0, "nothing was compared");
    let (answered, asked) = compare(month_scopes_of(crowd()), 60);
    assert!(answered * 4 >= asked * 3, "{answered} of {asked}");
}

#[test]
fn the_pool_answers_for_every_rfm_segment_over_the_default_view() {
    let meta = crowd().facts.meta();
    let view = View::default_for(meta).scope;
    let codes = (0..meta.labels.rfm_segments.len() as u16).map(|code| Set::of([code]));
    for rfm in codes.chain([Set::ALL]) {
        let (expected, found) = points(&view.with(Dimension::Rfm, rfm.clone()), 3_000);
        assert!(found == Some(expected), "{rfm:?}");
    }
    let (whole, _) = points(&view, 3_000);
    assert!(whole.sample.len() > 2_500 && whole.customers > 4_000, "{}", whole.sample.len());
}
