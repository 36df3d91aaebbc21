//! Customer segments by lifetime value: the top share, the next share, the rest.

use super::rank::cut_from_above;
use crate::narrow;

/// Names of the default segments, most valuable first.
pub const SEGMENTS: [&str; 3] = ["High Value", "Medium Value", "Low Value"];

/// Default cumulative shares from the top, in percent: 10, then the next 30.
pub const SHARES: [u32; 2] = [10, 40];

/// The segment of each customer and the least lifetime value of each segment but the last.
///
/// All customers count, those who never bought with 0. A customer tied with a cut goes up.
pub fn by_shares(lifetime_value: &[i64], percent: &[u32]) -> (Vec<u8>, Vec<i64>) {
    let mut sorted = lifetime_value.to_vec();
    sorted.sort_unstable();
    let cuts: Vec<i64> = percent.iter().map(|&share| cut_from_above(&sorted, share)).collect();
    let segment = |value: &i64| narrow::class(cuts.iter().filter(|&cut| value < cut).count());
    (lifetime_value.iter().map(segment).collect(), cuts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_exact_without_ties_and_ties_go_up() {
        let (segments, cuts) = by_shares(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], &SHARES);
        assert_eq!(segments, [2, 2, 2, 2, 2, 2, 1, 1, 1, 0]);
        assert_eq!(cuts, [10, 7]);
        assert_eq!(by_shares(&[9, 9, 9, 1, 1, 1, 1, 1, 1, 1], &SHARES).0[..3], [0, 0, 0]);
    }
}
