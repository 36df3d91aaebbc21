//! RFM: recency, frequency and monetary scores from 1 to 5, and the segments they name.

use snapshot::meta::RfmRule;

use super::rank::cut_from_below;
use crate::narrow;

const CUT_PERCENT: [u32; 4] = [20, 40, 60, 80];

/// Names of the RFM segments in the order in which their rules are tried.
pub const RFM_SEGMENTS: [&str; 11] = [
    "Champions",
    "Potential Loyalist",
    "Loyal Customers",
    "Promising",
    "New Customers",
    "Can't Lose Them",
    "At Risk",
    "Need Attention",
    "About To Sleep",
    "Lost",
    "Others",
];

/// Inclusive ranges of R, F and M for each segment but the last, which takes the rest.
const RULES: [[(u8, u8); 3]; 10] = [
    [(5, 5), (5, 5), (5, 5)],
    [(3, 5), (3, 5), (2, 5)],
    [(2, 4), (2, 4), (2, 4)],
    [(3, 4), (1, 3), (3, 5)],
    [(4, 5), (1, 3), (1, 5)],
    [(1, 2), (3, 4), (4, 5)],
    [(1, 2), (2, 5), (4, 5)],
    [(1, 3), (3, 5), (3, 5)],
    [(2, 3), (1, 3), (1, 4)],
    [(1, 1), (1, 5), (1, 5)],
];

/// R, F and M scores of one customer, 1 (worst) to 5 (best).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scores {
    /// Recency: 5 for the most recent fifth.
    pub recency: u8,
    /// Frequency.
    pub frequency: u8,
    /// Monetary value.
    pub monetary: u8,
}

/// The quintile cuts among customers with at least one purchase; each slice in any order.
pub fn cuts(recency_days: &[i64], orders: &[i64], lifetime_value: &[i64]) -> RfmRule {
    let quintiles = |values: &[i64]| {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        CUT_PERCENT.map(|percent| cut_from_below(&sorted, percent))
    };
    RfmRule {
        customers: recency_days.len() as u64,
        recency: quintiles(recency_days),
        frequency: quintiles(orders),
        monetary: quintiles(lifetime_value),
    }
}

/// The scores of one customer under given cuts.
pub fn scores(rule: &RfmRule, recency_days: i64, orders: i64, lifetime_value: i64) -> Scores {
    Scores {
        recency: 6_u8.saturating_sub(score(&rule.recency, recency_days)),
        frequency: score(&rule.frequency, orders),
        monetary: score(&rule.monetary, lifetime_value),
    }
}

/// Index into [`RFM_SEGMENTS`] of the first rule that holds.
pub fn segment(scores: Scores) -> u8 {
    let values = [scores.recency, scores.frequency, scores.monetary];
    let holds = |rule: &[(u8, u8); 3]| {
        rule.iter().zip(values).all(|(&(low, high), value)| (low..=high).contains(&value))
    };
    narrow::class(RULES.iter().position(holds).unwrap_or(RULES.len()))
}

fn score(cuts: &[i64; 4], value: i64) -> u8 {
    narrow::class(cuts.iter().filter(|&&cut| cut < value).count()).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifths_of_ten_values() {
        let values: Vec<i64> = (1..=10).collect();
        let rule = cuts(&values, &values, &values);
        assert_eq!(rule.monetary, [2, 4, 6, 8]);
        let of = |value| scores(&rule, value, value, value);
        assert_eq!(of(1), Scores { recency: 5, frequency: 1, monetary: 1 });
        assert_eq!(of(10), Scores { recency: 1, frequency: 5, monetary: 5 });
        assert_eq!(of(2).frequency, 1);
        assert_eq!(of(3).frequency, 2);
    }

    #[test]
    fn first_rule_wins() {
        let name = |recency, frequency, monetary| {
            RFM_SEGMENTS[usize::from(segment(Scores { recency, frequency, monetary }))]
        };
        assert_eq!(name(5, 5, 5), "Champions");
        assert_eq!(name(4, 4, 4), "Potential Loyalist");
        assert_eq!(name(2, 2, 2), "Loyal Customers");
        assert_eq!(name(3, 1, 5), "Promising");
        assert_eq!(name(5, 1, 1), "New Customers");
        assert_eq!(name(1, 3, 4), "Can't Lose Them");
        assert_eq!(name(1, 5, 5), "At Risk");
        assert_eq!(name(1, 3, 3), "Need Attention");
        assert_eq!(name(2, 1, 1), "About To Sleep");
        assert_eq!(name(1, 1, 1), "Lost");
        assert_eq!(name(2, 4, 1), "Others");
    }
}
