//! Short lists in an order. The standard library makes a program of its own for what each list holds,
//! a kilobyte of the importer for browsers; here is one for all of them.

use std::cmp::Ordering;

/// Sorts by a key; of equals the first one stays the first.
pub fn by_key<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    let compare = |one: usize, other: usize| match (list.get(one), list.get(other)) {
        (Some(one), Some(other)) => key(one).cmp(&key(other)),
        _ => Ordering::Equal,
    };
    let order = order(list.len(), &compare);
    let mut all: Vec<Option<T>> = std::mem::take(list).into_iter().map(Some).collect();
    list.extend(order.into_iter().filter_map(|at| all.get_mut(at)?.take()));
}

fn order(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|&one, &other| compare(one, other));
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::by_key;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_standard_library(
            list in prop::collection::vec((0_u8..9, any::<u8>()), 0..99),
        ) {
            let (mut ours, mut known) = (list.clone(), list);
            by_key(&mut ours, |&(key, _)| key);
            known.sort_by_key(|&(key, _)| key);
            prop_assert_eq!(ours, known);
        }
    }
}
