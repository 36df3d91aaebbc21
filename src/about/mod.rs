//! About this number: what it counts, under which filters, of which rows, from where, how fast.

mod asked;
mod dialog;

pub use dialog::{About, Subject};
