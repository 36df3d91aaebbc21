//! The filter of the page: read from the address, changed by steps.
//!
//! The address is the one place where it is kept: reload, Back, Forward and a copied link give
//! the same view. Each step is one entry of the browser's history. The bar comes with the page, what
//! its buttons open ([`panel`]) a little later.

mod address;
mod bar;
mod chips;
mod compare;
mod go_to;
mod labels;
mod limits;
mod link;
mod menu;
mod notice;
mod panel;
mod parts;
mod period;
mod period_panel;
mod provider;
mod saved;
mod saved_menu;
mod saved_row;
mod share;
mod spoken;
mod trail;
mod values;
mod values_panel;

pub use address::{go, use_go, use_href, write_param};
pub use bar::FilterBar;
pub use chips::Chips;
pub use filters::Step;
pub use labels::{
    ClassesNote, classes_note, compare as compare_name, described, dimension as dimension_name,
    value as value_name,
};

pub use go_to::GoTo;
pub use limits::{limits, use_limits};
pub use parts::{FilterPart, HAND_ON, PARTS, VIEWS, part};
pub use provider::{Filtering, Filters, use_filters, use_view};
pub use saved::SavedViews;
pub use share::{LinkTo, Shared, hand_on};
