//! The filter of the page: read from the address, changed by steps.
//!
//! The address is the one place where it is kept: reload, Back, Forward and a copied link give
//! the same view. Each step is one entry of the browser's history.

mod address;
mod provider;
mod trail;

pub use address::{go, use_go, use_href};
pub use filters::Step;
pub use provider::{Filtering, Filters, use_filters, use_view};
