//! Nearest-rank cuts: values of the data itself, so that ties stay together.

/// Smallest value that at least `percent` of the values do not exceed.
///
/// `sorted` ascends; 0 for no values.
pub fn cut_from_below(sorted: &[i64], percent: u32) -> i64 {
    let rank = rank(sorted.len(), percent);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0)
}

/// Largest value that at least `percent` of the values reach or exceed.
///
/// `sorted` ascends; 0 for no values.
pub fn cut_from_above(sorted: &[i64], percent: u32) -> i64 {
    let rank = rank(sorted.len(), percent);
    sorted.len().checked_sub(rank).and_then(|at| sorted.get(at)).copied().unwrap_or(0)
}

/// `percent` of `length`, rounded up, at least 1.
fn rank(length: usize, percent: u32) -> usize {
    // Of many values, the product needs more than the 32 bits that a browser's sizes have.
    let rank = (length as u64).saturating_mul(percent.into()).div_ceil(100).max(1);
    usize::try_from(rank).unwrap_or(usize::MAX)
}

/// Twice the median of gaps, so that a half stays whole; `None` without gaps. Sorts `gaps`.
pub fn median_doubled(gaps: &mut [u32]) -> Option<u32> {
    gaps.sort_unstable();
    let middle = gaps.len() / 2;
    let upper = *gaps.get(middle)?;
    if gaps.len() % 2 == 1 {
        return Some(upper.saturating_mul(2));
    }
    let lower = middle.checked_sub(1).and_then(|at| gaps.get(at));
    lower.map(|lower| lower.saturating_add(upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_are_values_of_the_data() {
        let ten: Vec<i64> = (1..=10).collect();
        assert_eq!(cut_from_below(&ten, 20), 2);
        assert_eq!(cut_from_above(&ten, 10), 10);
        assert_eq!(cut_from_above(&ten, 40), 7);
        assert_eq!(cut_from_below(&[1, 2, 3], 50), 2);
        assert_eq!(cut_from_above(&[5], 10), 5);
        assert_eq!(cut_from_below(&[], 20), 0);
    }

    #[test]
    fn medians_keep_their_halves() {
        assert_eq!(median_doubled(&mut [3, 1, 2]), Some(4));
        assert_eq!(median_doubled(&mut [4, 1]), Some(5));
        assert_eq!(median_doubled(&mut []), None);
    }
}
