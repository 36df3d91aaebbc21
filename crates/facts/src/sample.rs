//! Which customers are drawn as points, when there are too many to draw all.
//!
//! Customers have a fixed pseudo-random order, and the *pool* are the first of each stratum
//! (customer segment, RFM segment) in it: a set that is small whatever the number of customers.
//! Points are drawn from the pool if it gives enough of them, else from all customers, so that
//! whoever has the pool alone draws the same points, and they stay where they are when a filter
//! changes.

use snapshot::bounds::MOST_ROWS;

use crate::measure::{Point, Stratum};

/// Customers in the pool: up to so many, all of them.
const POOL: u32 = 12_000;

/// Most customers that a pool of so many strata has: each may have one more than its share.
pub(crate) fn most_of_pool(strata: usize) -> usize {
    (POOL as usize).saturating_add(strata)
}

/// Points that make a picture, and so does half of those in scope. Where the pool has less, all
/// customers are asked.
const ENOUGH: usize = 200;

/// How many customers of each stratum are in the pool, from how many customers it has.
///
/// The square root of its size is between what a picture of all asks for (the same share of each)
/// and what a picture of one stratum asks for (the same number of each).
pub(crate) fn places(strata: &[Vec<i64>]) -> Vec<Vec<i64>> {
    // Counts are of customers, who are few enough for all of this; what is not a count is 0.
    let counted = |&size: &i64| u64::try_from(size).unwrap_or(0).min(MOST_ROWS.into());
    let sizes = || strata.iter().flatten().map(counted);
    let (all, roots) = (sizes().sum::<u64>(), sizes().map(root).sum::<u64>());
    let place = |size: &i64| match roots {
        _ if all <= POOL.into() => *size,
        roots => {
            let place = u64::from(POOL).saturating_mul(root(counted(size))).div_ceil(roots.max(1));
            (*size).min(i64::try_from(place).unwrap_or(i64::MAX))
        }
    };
    strata.iter().map(|row| row.iter().map(place).collect()).collect()
}

/// A square root in steps of a thousandth.
fn root(size: u64) -> u64 {
    size.saturating_mul(1_000_000).isqrt()
}

/// The place of a customer in the fixed order: a pseudo-random number (the finaliser of
/// MurmurHash3), then the customer's own.
pub(crate) fn rank(customer: u32) -> (u32, u32) {
    let mut hash = customer;
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    (hash ^ (hash >> 16), customer)
}

/// Draws about `most` of the customers `held`, the same share of each stratum as far as its
/// customers reach, by customer number; `None` if they are not enough for a picture.
///
/// `strata` count everybody in scope. The largest of them sets the share, as what is held of it
/// says best how many there are to draw from.
pub(crate) fn draw(strata: &[Vec<Stratum>], held: Vec<Point>, most: usize) -> Option<Vec<Point>> {
    let all = everybody(strata);
    let drawn = (all > 0).then(|| share(strata, held, most))?;
    let enough = (ENOUGH as u64).min(most as u64).min(all.div_ceil(2));
    (drawn.len() as u64 >= enough).then_some(drawn)
}

/// As [`draw`], however few they are.
pub(crate) fn share(strata: &[Vec<Stratum>], mut held: Vec<Point>, most: usize) -> Vec<Point> {
    let all = everybody(strata);
    let mut counts: Vec<Vec<u64>> = strata.iter().map(|row| vec![0; row.len()]).collect();
    for point in &held {
        let count = &mut counts[usize::from(point.segment)][usize::from(point.rfm_segment)];
        *count = count.saturating_add(1);
    }
    let sizes = strata.iter().flatten().map(size_of);
    let largest = sizes.zip(counts.iter().flatten().copied()).max_by_key(|&(size, _)| size);
    let (size, reach) = largest.unwrap_or_default();
    let aim = (most as u64).min(all.saturating_mul(reach).checked_div(size).unwrap_or(0));
    let share = |stratum: &Stratum| size_of(stratum).saturating_mul(aim).div_ceil(all.max(1));
    let mut left: Vec<Vec<u64>> =
        strata.iter().map(|row| row.iter().map(share).collect()).collect();
    held.sort_unstable_by_key(|point| rank(point.customer));
    held.retain(|point| {
        let left = &mut left[usize::from(point.segment)][usize::from(point.rfm_segment)];
        let keep = *left > 0;
        *left = left.saturating_sub(1);
        keep
    });
    held.sort_unstable_by_key(|point| point.customer);
    held
}

/// Customers of a stratum; products of counts need more than the 32 bits that a browser's sizes
/// have.
fn size_of(stratum: &Stratum) -> u64 {
    u64::try_from(stratum.customers).unwrap_or(0)
}

fn everybody(strata: &[Vec<Stratum>]) -> u64 {
    strata.iter().flatten().map(size_of).fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strata(counts: [i64; 2]) -> Vec<Vec<Stratum>> {
        vec![counts.map(|customers| Stratum { customers, ..Stratum::default() }).to_vec()]
    }

    /// Customers of the second RFM segment if their number is divisible by ten.
    fn points(numbers: impl Iterator<Item = u32>) -> Vec<Point> {
        let point = |customer: u32| Point {
            customer,
            recency_days: 1,
            orders: 1,
            lifetime_value: 1,
            segment: 0,
            rfm_segment: u8::from(customer.is_multiple_of(10)),
        };
        numbers.map(point).collect()
    }

    fn drawn(sample: &[Point]) -> [usize; 2] {
        [0, 1].map(|rfm| sample.iter().filter(|point| point.rfm_segment == rfm).count())
    }

    #[test]
    fn few_customers_are_all_in_the_pool_and_many_by_the_square_root() {
        assert_eq!(places(&[vec![5_000, 0, 3_000]]), [[5_000, 0, 3_000]]);
        let many = places(&[vec![810_000, 10_000, 40]]);
        assert!((many[0][0] - 9 * many[0][1]).abs() < 10 && many[0][2] == 40, "{many:?}");
        assert!((11_900..=12_003).contains(&many[0].iter().sum::<i64>()), "{many:?}");
    }

    #[test]
    fn whoever_holds_all_draws_all_or_the_same_share_of_each() {
        let all = points(0..1_000);
        assert_eq!(draw(&strata([900, 100]), all.clone(), 1_000).as_deref(), Some(&all[..]));
        let sample = draw(&strata([900, 100]), all, 400).unwrap();
        assert_eq!(drawn(&sample), [360, 40]);
        assert!(sample.is_sorted_by_key(|point| point.customer));
        assert_eq!(draw(&strata([0, 0]), Vec::new(), 400), None);
    }

    #[test]
    fn a_part_draws_what_the_whole_would_and_says_when_it_is_too_little() {
        let whole = points(0..10_000);
        let mut order = whole.clone();
        order.sort_unstable_by_key(|point| rank(point.customer));
        let part = |share: usize| order[..share].to_vec();
        let sample = draw(&strata([9_000, 1_000]), part(5_000), 300).unwrap();
        assert_eq!(Some(sample), draw(&strata([9_000, 1_000]), whole, 300));
        assert!(draw(&strata([9_000, 1_000]), part(300), 3_000).is_some());
        assert_eq!(draw(&strata([9_000, 1_000]), part(150), 3_000), None);
    }
}
