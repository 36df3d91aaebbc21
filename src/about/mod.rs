//! About this number: what it counts, under which filters, of which rows, from where, how fast.

mod asked;
mod dialog;
mod subject;

pub use dialog::About;
pub use subject::Subject;
