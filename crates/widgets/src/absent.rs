//! What a snapshot may be without, in one sentence each: cards, lists and the interface say the same.

use words::key;

/// Nobody is known by name.
pub const CUSTOMERS: &str = key!("This snapshot knows no customers: every purchase is a guest's.");
/// No product has a category.
pub const CATEGORIES: &str = key!("This snapshot has no product categories.");
/// Nobody was asked how satisfied they are.
pub const SATISFACTION: &str = key!("This snapshot has no satisfaction data.");
