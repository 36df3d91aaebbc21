//! The list of customers against plain SQL: every sort, both ways, any window.

use facts::{Compare, MemberSort, MembersAsk, View};
use proptest::prelude::*;

use crate::{scopes, shop};

const SORTS: [MemberSort; 9] = [
    MemberSort::LifetimeValue,
    MemberSort::Revenue,
    MemberSort::Change,
    MemberSort::Orders,
    MemberSort::LastPurchase,
    MemberSort::Segment,
    MemberSort::Churn,
    MemberSort::Rfm,
    MemberSort::Satisfaction,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lists_are_those_of_sql(
        scope in scopes(),
        compare in prop_oneof![Just(Compare::Previous), Just(Compare::None)],
        (descending, offset, limit) in (any::<bool>(), 0_u32..320, 0_u32..90),
    ) {
        let (facts, sql) = (&shop().facts, shop().sql());
        let view = View { compare, ..View::of(scope.clone()) };
        let compared = view.compared(facts.meta()).map(|scope| scope.range);
        for sort in SORTS {
            let ask = MembersAsk { scope: scope.clone(), compared, sort, descending, offset, limit };
            let members = facts.members(&ask).ready().unwrap();
            let expected = sql.members(&ask);
            prop_assert_eq!(members.count as usize, expected.len());
            let window = expected.into_iter().skip(offset as usize).take(limit as usize);
            prop_assert_eq!(members.rows, window.collect::<Vec<_>>(), "{:?}", sort);
        }
    }
}
