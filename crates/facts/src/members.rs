//! The customers in scope as a list: counted exactly, sorted by any of their numbers, read in
//! windows.

use serde::{Deserialize, Serialize};

use crate::number::Number;
use crate::period::DayRange;
use crate::scope::Scope;

/// What a list of customers is sorted by. Customers without the number come last either way;
/// ties go by number of the customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberSort {
    /// Net amount of all time.
    #[default]
    LifetimeValue,
    /// Net amount of the lines in scope.
    Revenue,
    /// How much more that is than in the period compared with.
    Change,
    /// Orders of all time.
    Orders,
    /// Day of the last purchase.
    LastPurchase,
    /// Customer segment, in the order of the labels.
    Segment,
    /// Churn risk, in the order of the labels.
    Churn,
    /// RFM segment, in the order of the labels.
    Rfm,
    /// Mean of the satisfaction scores of all time.
    Satisfaction,
}

/// Which window of which list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MembersAsk {
    /// The filter.
    pub scope: Scope,
    /// The period compared with.
    pub compared: Option<DayRange>,
    /// What the list is sorted by.
    pub sort: MemberSort,
    /// Greatest first.
    pub descending: bool,
    /// Rows before the window.
    pub offset: u32,
    /// Rows in the window at most.
    pub limit: u32,
}

/// One customer of the list; names come from table `customer_360` by `customer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Number of the customer, `ord` in the tables.
    pub customer: u32,
    /// Code of the customer segment.
    pub segment: u8,
    /// Code of the churn risk.
    pub churn: u8,
    /// Code of the RFM segment; none for who never bought.
    pub rfm_segment: Option<u8>,
    /// Net amount of all time, in money units.
    pub lifetime_value: i64,
    /// Orders of all time.
    pub orders: u32,
    /// Days from the last purchase to the as-of day; none for who never bought.
    pub recency_days: Option<i32>,
    /// Net amount of the lines in scope, in money units.
    pub revenue: i64,
    /// The same in the period compared with.
    pub revenue_before: Option<i64>,
    /// Sum of the satisfaction scores of all time.
    pub score_sum: u32,
    /// Number of satisfaction scores of all time.
    pub score_count: u32,
}

impl Member {
    /// Mean of the satisfaction scores of all time.
    pub fn satisfaction(&self) -> Option<Number> {
        Number::score(self.score_sum.into(), self.score_count.into())
    }

    /// How much more was bought than in the period compared with.
    pub fn change(&self) -> Option<i64> {
        self.revenue_before.map(|before| self.revenue.saturating_sub(before))
    }
}

/// A window of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    /// Customers in scope.
    pub count: u32,
    /// Those in the window, in order.
    pub rows: Vec<Member>,
}
