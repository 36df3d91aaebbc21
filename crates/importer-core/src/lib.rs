//! Makes snapshots of rows: somebody's files, or whatever else feeds a [`Loader`], in; the bytes of a
//! snapshot out. The same code runs on machines and, as WebAssembly, in a browser's worker.
//!
//! - [`guess`] says how files can be read, [`import`] reads them by a mapping.
//! - Rows enter a throw-away work database as the six source tables; the SQL of `data/pipeline`
//!   derives `customer_360`; everything is then copied, in the order in which the page reads it, into
//!   a new file ([`build`]) that is hashed, named by its hash and never changed again ([`manifest`]).
//!
//! Nothing here opens a file, looks at a clock, or needs a thread. Files are whatever [`files::Files`]
//! hands over, as often as is asked; what long work is at is told to a [`progress::Progress`]; SQLite's
//! databases lie where a [`build::Desk`] says. Threads are taken where there are any
//! ([`mod@press`], [`mod@cubes`]): the bytes are the same without.

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

pub mod aspects;
pub mod build;
mod classify;
pub mod cubes;
mod describe;
pub mod edited;
pub mod files;
pub mod first_view;
pub mod given;
pub mod guess;
pub mod hash;
pub mod import;
mod keys;
mod limits;
mod load;
pub mod manifest;
pub mod memory;
pub mod origin;
mod packs;
mod people;
mod pipeline;
pub mod places;
pub mod press;
pub mod progress;
pub mod rows;
mod search;
pub mod side_file;
pub mod sink;
mod sorted;
pub mod work;
pub mod zones;

pub use load::Loader;
