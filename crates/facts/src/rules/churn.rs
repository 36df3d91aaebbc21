//! Churn risk: how long a customer has been silent against the customer's own rhythm.

use crate::narrow;

/// Names of the default churn risks, lowest first.
pub const RISKS: [&str; 3] = ["Low", "Medium", "High"];

/// Default limits in percent of the median gap: low up to 150, medium up to 300.
pub const LIMITS: [u32; 2] = [150, 300];

/// The risk of one customer.
///
/// `recency_days` is none for who never bought (highest risk). `gap_doubled` is twice the median
/// gap in days between purchase days: the customer's own, or everybody's for a customer with
/// fewer than two. Where nobody ever came back there is none, and no risk is known.
pub fn risk(recency_days: Option<u32>, gap_doubled: u32, percent: &[u32]) -> u8 {
    let highest = narrow::class(percent.len());
    let Some(recency) = recency_days else { return highest };
    let silence = u64::from(recency) * 200;
    let limit = |&percent: &u32| u64::from(percent).saturating_mul(gap_doubled.into());
    narrow::class(percent.iter().filter(|&percent| silence > limit(percent)).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_belong_to_the_lower_risk() {
        let of = |recency| risk(Some(recency), 20, &LIMITS);
        assert_eq!([of(0), of(15), of(16), of(30), of(31)], [0, 0, 1, 1, 2]);
    }

    #[test]
    fn halves_of_a_median_count() {
        // A median gap of 2.5 days: low up to 3.75.
        assert_eq!(risk(Some(3), 5, &LIMITS), 0);
        assert_eq!(risk(Some(4), 5, &LIMITS), 1);
    }

    #[test]
    fn who_never_bought_is_at_the_highest_risk() {
        assert_eq!(risk(None, 20, &LIMITS), 2);
    }
}
