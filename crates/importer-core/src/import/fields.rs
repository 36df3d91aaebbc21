//! The tables of a source and the fields each can have.

/// A table of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// `customer_info`.
    Customers,
    /// `product_catalog`.
    Products,
    /// `purchase_transactions`.
    Purchases,
    /// `customer_service`.
    Interactions,
    /// `campaign_responses`.
    Contacts,
    /// `website_behavior`.
    Visits,
}

impl Table {
    /// All, in the order of reading: what others refer to comes first.
    pub const ALL: [Self; 6] = [
        Self::Customers,
        Self::Products,
        Self::Purchases,
        Self::Interactions,
        Self::Contacts,
        Self::Visits,
    ];

    /// Its name in the schema and in mapping files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customers => "customer_info",
            Self::Products => "product_catalog",
            Self::Purchases => "purchase_transactions",
            Self::Interactions => "customer_service",
            Self::Contacts => "campaign_responses",
            Self::Visits => "website_behavior",
        }
    }
}

/// The days of a table; the first one is that of its rows.
pub fn days_of(table: Table) -> &'static [&'static str] {
    match table {
        Table::Customers => &["registration_date"],
        Table::Products => &[],
        Table::Purchases => &["transaction_date", "registration_date"],
        Table::Interactions => &["interaction_date"],
        Table::Contacts => &["contact_date"],
        Table::Visits => &["visit_date"],
    }
}

/// The fields a table can have. Purchases may carry those of customers and products too, for
/// sources that are one file.
pub fn of(table: Table) -> &'static [&'static str] {
    match table {
        Table::Customers => &CUSTOMER,
        Table::Products => &["product_id", "product_name", "category", "price"],
        Table::Purchases => &PURCHASE,
        Table::Interactions => &[
            "interaction_id",
            "customer_id",
            "interaction_date",
            "channel",
            "reason",
            "satisfaction_score",
        ],
        Table::Contacts => {
            &["campaign_id", "campaign_name", "customer_id", "contact_date", "responded"]
        }
        Table::Visits => &[
            "session_id",
            "customer_id",
            "visit_date",
            "pages_viewed",
            "duration_seconds",
            "device",
        ],
    }
}

const CUSTOMER: [&str; 10] = [
    "customer_id",
    "first_name",
    "last_name",
    "name",
    "email",
    "country",
    "city",
    "registration_date",
    "customer_segment",
    "churn_risk",
];

const PURCHASE: [&str; 20] = [
    "transaction_id",
    "order_id",
    "customer_id",
    "product_id",
    "transaction_date",
    "quantity",
    "amount",
    "unit_price",
    "currency",
    "product_name",
    "category",
    "first_name",
    "last_name",
    "name",
    "email",
    "country",
    "city",
    "registration_date",
    "customer_segment",
    "churn_risk",
];

/// Fields without which a table says nothing; `amount` has its own rule.
pub fn required(table: Table) -> &'static [&'static str] {
    match table {
        Table::Customers => &["customer_id"],
        Table::Products => &["product_id"],
        Table::Purchases => &["transaction_date"],
        Table::Interactions => &["interaction_date"],
        Table::Contacts => &["campaign_id", "contact_date", "responded"],
        Table::Visits => &["visit_date"],
    }
}
