//! The rows of the six source tables as they enter the builder, checked and typed.

use snapshot::Day;

/// A row of `customer_info`, with the classes the source itself may give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customer {
    /// Unique id.
    pub customer_id: String,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Day of registration.
    pub registration_date: Option<Day>,
    /// The source's own segment.
    pub segment: Option<String>,
    /// The source's own churn risk.
    pub churn_risk: Option<String>,
}

/// A row of `product_catalog`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// Unique id.
    pub product_id: String,
    /// Name.
    pub product_name: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// List price in money units.
    pub price: Option<i64>,
}

/// A row of `purchase_transactions`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purchase {
    /// Unique id of the line.
    pub transaction_id: String,
    /// Id of the order the line belongs to.
    pub order_id: String,
    /// The customer; none for a guest.
    pub customer_id: Option<String>,
    /// The product.
    pub product_id: Option<String>,
    /// Day of the line.
    pub day: Day,
    /// Units; negative for a return.
    pub quantity: Option<i32>,
    /// Money units; negative for a return.
    pub amount: i64,
}

/// A row of `customer_service`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interaction {
    /// Id of the interaction.
    pub interaction_id: String,
    /// The customer, where known.
    pub customer_id: Option<String>,
    /// Day of the interaction.
    pub day: Day,
    /// How the customer got in touch.
    pub channel: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Score from 1 to 5, where given.
    pub satisfaction_score: Option<u8>,
}

/// A row of `campaign_responses`: one contact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Id of the campaign.
    pub campaign_id: String,
    /// Name of the campaign.
    pub campaign_name: Option<String>,
    /// The customer, where known.
    pub customer_id: Option<String>,
    /// Day of the contact.
    pub day: Day,
    /// Whether the customer responded.
    pub responded: bool,
}

/// A row of `website_behavior`: one visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// Id of the session.
    pub session_id: String,
    /// The customer, where known.
    pub customer_id: Option<String>,
    /// Day of the visit.
    pub day: Day,
    /// Pages looked at.
    pub pages_viewed: Option<u32>,
    /// Length of the visit in seconds.
    pub duration_seconds: Option<u32>,
    /// Kind of device.
    pub device: Option<String>,
}
