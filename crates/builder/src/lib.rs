//! Makes snapshots: demo data or imported rows in, one verified SQLite file and a manifest out.
//!
//! Rows enter a throw-away work database as the six source tables; the SQL of `data/pipeline`
//! derives `customer_360`; everything is then copied, in the order in which the page reads it,
//! into a new file that is hashed, named by its hash and never changed again.

// Numbers that wrap, lose their sign or are cut off are wrong numbers: a place that needs one of
// these says which bound makes it safe.
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

pub mod api_files;
mod aspects;
pub mod build;
mod classify;
pub mod cli;
mod cubes;
pub mod demo;
mod describe;
pub mod edited;
pub mod first_view;
pub mod given;
pub mod guess;
pub mod guess_source;
pub mod hash;
pub mod import;
pub mod inspect;
mod keys;
mod limits;
mod load;
pub mod open;
pub mod origin;
mod packs;
mod people;
mod pipeline;
mod places;
mod press;
pub mod progress;
pub mod publish;
pub mod report;
pub mod rows;
pub mod scratch;
mod search;
mod side_file;
pub mod sink;
pub mod verify;
mod work;

pub use load::Loader;
