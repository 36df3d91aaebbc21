//! The filter of the page: read from the address, changed by steps.
//!
//! The address is the one place where it is kept: reload, Back, Forward and a copied link give
//! the same view. Each step is one entry of the browser's history. The bar comes with the page, what
//! its buttons open ([`panel`]) a little later.

mod bar;
mod chips;
mod compare;
mod go_to;
mod history;
mod labels;
mod limits;
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
mod share_panel;
mod spoken;
mod values;
mod values_panel;

pub use bar::FilterBar;
pub use chips::Chips;
pub use filters::Step;
pub use labels::{
    ClassesNote, classes_note, compare as compare_name, described, dimension as dimension_name,
    value as value_name,
};

pub use go_to::{GoTo, use_href};
pub use history::{go, use_go, write_param};
pub use limits::{limits, use_limits};
pub use parts::{FilterPart, PARTS, VIEWS, part};
pub use provider::{Filtering, Filters, use_filters, use_view};
pub use saved::SavedViews;
