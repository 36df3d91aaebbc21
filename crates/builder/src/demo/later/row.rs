//! One event as it is written: the fields of its kind, and no others.

use serde::Serialize;
use serde_json::Number;

/// An event.
#[derive(Debug, Default, Serialize)]
pub struct Row {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub seq: u64,
    pub at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<Line>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
}

/// A line of an order.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub category: String,
    pub amount: Number,
    pub quantity: i32,
}

impl Line {
    /// A line of so many cents.
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53 cents")]
    pub fn of(category: &str, cents: i64, quantity: i32) -> Self {
        // The nearest number is written as the shortest text that means it, which is the decimal.
        let amount = Number::from_f64(cents as f64 / 100.0).unwrap_or_else(|| cents.into());
        Self { category: category.to_owned(), amount, quantity }
    }
}
