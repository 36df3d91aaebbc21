//! The filter of the page: read from the address, changed by steps.
//!
//! The address is the one place where it is kept: reload, Back, Forward and a copied link give
//! the same view. Each step is one entry of the browser's history.

mod address;
mod bar;
mod chips;
mod compare;
mod labels;
mod limits;
mod menu;
mod notice;
mod period;
mod provider;
mod saved;
mod saved_row;
mod share;
mod spoken;
mod trail;
mod values;

pub use address::{go, use_go, use_href, write_param};
pub use bar::FilterBar;
pub use chips::Chips;
pub use filters::Step;
pub use labels::{
    compare as compare_name, described, dimension as dimension_name, value as value_name,
};

pub use limits::{limits, use_limits};
pub use notice::AddressNotices;
pub use provider::{Filtering, Filters, use_filters, use_view};
pub use saved::SavedViews;
