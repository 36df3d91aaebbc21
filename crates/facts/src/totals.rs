//! What one pass counts: additive sums and distinct counts, from which all KPIs follow.

/// Sums and counts over a scope, or over one group of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Net amount of the lines, in money units.
    pub revenue: i64,
    /// Net quantity of the lines.
    pub units: i64,
    /// Purchase lines.
    pub lines: i64,
    /// Distinct orders with a positive line.
    pub orders: i64,
    /// Customers in scope.
    pub customers: i64,
    /// Sum of lifetime value (of all time) of the customers, in money units.
    pub lifetime_value: i64,
    /// Customers whose first purchase of all lies in the range.
    pub new_customers: i64,
    /// Customers with one or more orders.
    pub ordering_customers: i64,
    /// Customers with two or more orders.
    pub repeat_customers: i64,
    /// Satisfaction scores of 1, 2, 3, 4 and 5.
    pub scores: [i64; 5],
    /// Campaign contacts.
    pub contacts: i64,
    /// Contacts that were answered.
    pub responses: i64,
}

impl Totals {
    /// Number of satisfaction scores.
    pub fn score_count(&self) -> i64 {
        self.scores.iter().sum()
    }

    /// Sum of satisfaction scores.
    pub fn score_sum(&self) -> i64 {
        self.scores.iter().zip(1..).map(|(&count, score)| count * score).sum()
    }

    /// Scores of 4 and 5.
    pub fn satisfied(&self) -> i64 {
        self.scores[3] + self.scores[4]
    }
}
