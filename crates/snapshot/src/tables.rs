//! Names of the tables and packs of a snapshot.

/// The six tables data comes from, in the order of the lineage.
pub const SOURCES: [&str; 6] = [
    "customer_info",
    PURCHASE_TRANSACTIONS,
    "product_catalog",
    "customer_service",
    "campaign_responses",
    "website_behavior",
];

/// The pipeline's links, source to target, in the order of the product document's data flow.
pub const LINEAGE: [(&str, &str); 13] = [
    ("customer_info", "temp_basic_info"),
    ("purchase_transactions", "temp_purchase_stats"),
    ("purchase_transactions", "temp_favorites"),
    ("product_catalog", "temp_favorites"),
    ("customer_service", "temp_customer_service"),
    ("campaign_responses", "temp_campaign_engagement"),
    ("website_behavior", "temp_website_behavior"),
    ("temp_basic_info", CUSTOMER_360),
    ("temp_purchase_stats", CUSTOMER_360),
    ("temp_favorites", CUSTOMER_360),
    ("temp_customer_service", CUSTOMER_360),
    ("temp_campaign_engagement", CUSTOMER_360),
    ("temp_website_behavior", CUSTOMER_360),
];

/// The table with one row a customer; `ord` is the customer's index in the packs.
pub const CUSTOMER_360: &str = "customer_360";

/// The table with one row a purchase line.
pub const PURCHASE_TRANSACTIONS: &str = "purchase_transactions";

/// Pack of customer columns, one block a stratum (segment, churn risk).
pub const PACK_CUSTOMERS: &str = "customers";

/// Pack of purchase lines, blocks as the customers' and one more for guests.
pub const PACK_PURCHASES: &str = "purchases";

/// Pack of satisfaction scores, one block.
pub const PACK_FEEDBACK: &str = "feedback";

/// Pack of campaign contacts, one block.
pub const PACK_CONTACTS: &str = "contacts";

/// Pack of the customers' names, one block so many customers, see [`crate::people`].
pub const PACK_PEOPLE: &str = "people";
