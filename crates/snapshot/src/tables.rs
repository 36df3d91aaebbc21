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

/// Pack of sums a month, one block a variant (all categories, then each).
pub const PACK_MONTH_SALES: &str = "month_sales";

/// Pack of sums a day, blocks as the months'.
pub const PACK_DAY_SALES: &str = "day_sales";

/// Pack of feedback and contacts a month, one block.
pub const PACK_MONTH_VOICES: &str = "month_voices";

/// Pack of feedback and contacts a day, one block.
pub const PACK_DAY_VOICES: &str = "day_voices";

/// Pack of scores a month by channel and by reason, one block.
pub const PACK_MONTH_ASPECTS: &str = "month_aspects";

/// Pack of scores a day by channel and by reason, one block.
pub const PACK_DAY_ASPECTS: &str = "day_aspects";

/// Pack of distinct customers a window of months, blocks as the months'.
pub const PACK_WINDOWS: &str = "windows";

/// Pack of distinct customers a window of days, blocks as [`block_number`] numbers them.
pub const PACK_DAY_WINDOWS: &str = "day_windows";

/// The number under which a block of a variant that has several is stored.
pub const fn block_number(variant: u32, block: u32) -> u32 {
    variant << 16 | block
}

/// The variant and the block that are stored under a number.
pub const fn variant_and_block(number: u32) -> (u32, u32) {
    (number >> 16, number & 0xffff)
}

/// Pack of feedback and contacts in the gaps between the months of a category, one block a
/// category, numbered as the months' blocks are.
pub const PACK_VOICE_GAPS: &str = "voice_gaps";

/// Pack of feedback and contacts near purchases of a category, blocks as [`block_number`] numbers
/// them.
pub const PACK_NEAR_VOICES: &str = "near_voices";

/// Pack of all customers by their classes, one block.
pub const PACK_CENSUS: &str = "census";

/// Packs of the most valuable customers of each stratum: customers, lines, numbers.
pub const PACK_LEADERS: [&str; 3] = ["leaders", "leader_lines", "leader_numbers"];

/// Packs of the customers whose orders do not add up, and of their lines.
pub const PACK_ODD: [&str; 2] = ["odd_customers", "odd_lines"];

/// As [`PACK_MONTH_SALES`], by fine strata.
pub const PACK_FINE_MONTH_SALES: &str = "fine_month_sales";

/// As [`PACK_DAY_SALES`], by fine strata.
pub const PACK_FINE_DAY_SALES: &str = "fine_day_sales";

/// As [`PACK_MONTH_VOICES`], by fine strata.
pub const PACK_FINE_MONTH_VOICES: &str = "fine_month_voices";

/// As [`PACK_DAY_VOICES`], by fine strata.
pub const PACK_FINE_DAY_VOICES: &str = "fine_day_voices";

/// As [`PACK_MONTH_ASPECTS`], by fine strata.
pub const PACK_FINE_MONTH_ASPECTS: &str = "fine_month_aspects";

/// As [`PACK_VOICE_GAPS`], by fine strata.
pub const PACK_FINE_VOICE_GAPS: &str = "fine_voice_gaps";

/// As [`PACK_WINDOWS`], by fine strata.
pub const PACK_FINE_WINDOWS: &str = "fine_windows";

/// As [`PACK_LEADERS`], of each fine stratum.
pub const PACK_FINE_LEADERS: [&str; 3] =
    ["fine_leaders", "fine_leader_lines", "fine_leader_numbers"];

/// Packs of the customers who may be drawn as points: customers, lines, numbers.
pub const PACK_POOL: [&str; 3] = ["pool", "pool_lines", "pool_numbers"];
