//! What somebody else wrote is taken as far as it was asked for.
#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code, reason = "other tests ask the shop's facts")]
mod steady;

use std::sync::Arc;

use facts::{Cubes, Facts, Point, Points, Question, Recorded, Reply, Stratum, View};
use snapshot::bounds::MOST_SUM;
use snapshot::cubes::{Cube, CubeData, CubeId, Excerpt, Place};
use snapshot::{CustomerColumns, Meta, PurchaseColumns};

/// A shop with one RFM segment.
fn meta() -> Arc<Meta> {
    let mut meta = steady::meta("2026-01-01", "2026-06-28");
    meta.labels.rfm_segments = vec!["One".to_owned()];
    meta.rows.insert("customer_360".to_owned(), 50);
    Arc::new(meta)
}

fn point(customer: u32) -> Point {
    let (segment, rfm_segment) = (0, 0);
    Point { customer, recency_days: 1, orders: 1, lifetime_value: i64::MAX, segment, rfm_segment }
}

#[test]
fn no_more_points_are_believed_than_were_asked_for_and_each_customer_once() {
    let (meta, most) = (meta(), 10);
    let scope = View::default_for(&meta).scope;
    let recorded = |customers: &[u32]| {
        let sample = customers.iter().copied().map(point).collect();
        let points = Points { customers: 3, strata: vec![vec![Stratum::default()]], sample };
        let question = Question::Points { scope: scope.clone(), most };
        let record = Recorded::new(vec![(question, Reply::Points(points))]);
        let facts = Facts::of(meta.clone()).with(Arc::new(record));
        facts.points(&scope, most).ready()
    };
    // One more is the share of the one stratum.
    let all: Vec<u32> = (0..12).collect();
    let believed = recorded(&all[..11]).unwrap();
    assert!(believed.sample.iter().all(|point| point.lifetime_value == MOST_SUM));
    for too_much in [&all[..], &[1, 1], &[2, 1]] {
        assert!(recorded(too_much).is_none(), "{too_much:?}");
    }
}

#[test]
fn a_pool_and_leaders_are_of_customers_that_there_are() {
    let excerpt = |numbers: &[u32]| {
        let (rows, one) = (numbers.len(), u32::try_from(numbers.len()).unwrap());
        let customers = CustomerColumns {
            segment: vec![0; rows],
            churn: vec![0; rows],
            rfm_segment: vec![0; rows],
            first_purchase: vec![1; rows],
            last_purchase: vec![1; rows],
            orders: vec![1; rows],
            lifetime_value: vec![100; rows],
            lines: vec![1; rows],
        };
        let purchases = PurchaseColumns {
            day: vec![1; rows],
            category: vec![0; rows],
            amount: vec![100; rows],
            quantity: vec![1; rows],
            order: (0..one).collect(),
        };
        Excerpt { numbers: numbers.to_vec(), customers, purchases, scores: None }
    };
    let taken = |numbers: &[u32]| {
        let [pool, leaders] = [CubeId::Pool, CubeId::Leaders].map(|cube| {
            let list = Cube::Rows(Box::new(excerpt(numbers)));
            Cubes::new(meta(), CubeData([(Place::of(cube), list)].into())).is_ok()
        });
        assert_eq!(pool, leaders, "{numbers:?}");
        pool
    };
    assert!(taken(&[]) && taken(&[0, 7, 49]));
    for bad in [&[0, 7, 50][..], &[7, 7], &[7, 3], &[u32::MAX]] {
        assert!(!taken(bad), "{bad:?}");
    }
}
