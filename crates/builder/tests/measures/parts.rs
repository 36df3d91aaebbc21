//! KPIs by dimension: values are those of the value's own scope, contributions add up to the change.

use facts::{Contribution, Dimension, KPIS, NumberKind, Set, View};
use proptest::prelude::*;

use crate::{DIMENSIONS, scopes, shop};

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_are_kpis_of_their_own_and_add_up(scope in scopes()) {
        let facts = &shop().facts;
        let view = View::of(scope);
        for def in KPIS.iter() {
            for dimension in DIMENSIONS.into_iter().filter(|&of| def.id.has_parts(of)) {
                let parts = facts.kpi_parts(def, &view, dimension).ready().unwrap();
                for part in &parts {
                    // Customers of a category are those with a line of it, also over all time.
                    let alone = view.scope.with(dimension, Set::of([part.code]));
                    let kpi = facts.kpi(def, &View { scope: alone, ..view.clone() }).ready().unwrap();
                    prop_assert_eq!(part.value, kpi.value, "{} {:?}", def.key, dimension);
                    prop_assert_eq!(part.previous, kpi.previous, "{} {:?}", def.key, dimension);
                }
                if dimension == Dimension::Category || !view.scope.set(dimension).is_all() {
                    continue;
                }
                // Customers who never bought and guests belong to no RFM segment or no customer.
                let complete = dimension != Dimension::Rfm && def.id.part() == Some(facts::Part::Customers);
                let kpi = facts.kpi(def, &view).ready().unwrap();
                if let (true, Some(now), Some(before)) = (complete, kpi.value, kpi.previous) {
                    let sum: f64 = parts.iter().filter_map(|part| part.contribution).map(Contribution::amount).sum();
                    let change = now.to_f64(0) - before.to_f64(0);
                    let close = (sum - change).abs() <= 1e-9 * change.abs().max(1.0);
                    prop_assert!(close, "{} {:?}: {sum} of {change}", def.key, dimension);
                    prop_assert!(def.kind == NumberKind::Rate || sum.fract() == 0.0);
                }
            }
        }
    }
}
