//! What programs are answered: two families of addresses over one snapshot.
//!
//! - The **dashboard's** (`/api/…`, [`Family::Dashboard`]): what each card shows, in plain JSON,
//!   under the view with which the dashboard opens.
//! - The **backend's** (`/backend/…`, [`Family::Backend`]): key figures of the whole snapshot, and
//!   each chart as a figure that plain Plotly draws.
//!
//! Every value comes from the same facts and widgets as on the page, so neither can say what the
//! other does not. Nothing here knows of files or of a server: [`Endpoint::answer`] gives a body.

// Numbers that wrap, lose their sign or are cut off are wrong numbers.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss
    )
)]

pub mod asking;
mod backend;
mod customers;
mod dashboard;
mod endpoint;
mod exact;
pub mod openapi;
mod problem;
mod source;

pub use endpoint::{ENDPOINTS, Endpoint, Family};
pub use problem::{Problem, error_body};
pub use source::{Page, Source};
