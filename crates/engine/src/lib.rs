//! The one seam between SQL and everything above it: a query goes in, typed rows come out.
//!
//! [`Engine`] is implemented twice: on rusqlite (feature `native`) and, in the app, on
//! sql.js-httpvfs. Both give the same answer to the same [`Query`], down to the kind of every
//! [`Value`]; the rules that make it so live in [`value`] and [`statement`]. [`load_columns`]
//! reads a snapshot's packs through either.

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

use std::future::Future;
use std::pin::Pin;

pub mod error;
mod error_record;
mod error_words;
pub mod load;
#[cfg(feature = "native")]
pub mod native;
pub mod packs;
pub mod people;
pub mod placed;
pub mod query;
pub mod questions;
pub mod rows;
mod same;
pub mod slices;
pub mod statement;
pub mod value;

pub use error::EngineError;
pub use load::{Columns, Progress, column_bytes, load_columns, read_columns, read_cubes};
#[cfg(feature = "native")]
pub use native::NativeEngine;
pub use packs::{PackEntry, PackStore, SqlPacks};
pub use people::{PeopleIndex, PeopleRead};
pub use placed::{Piece, Placed};
pub use query::Query;
pub use rows::{Row, Rows};
pub use slices::SliceReader;
pub use value::{FromValue, Value};

/// What an [`Engine`] promises: a result, later, on the same thread.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, EngineError>> + 'a>>;

/// Something that answers SQL about one snapshot and never changes it.
pub trait Engine {
    /// Runs one reading statement.
    ///
    /// Dropping the answer abandons it: a result that still arrives is thrown away.
    ///
    /// # Errors
    /// The answer is an [`EngineError`] that says what the reader or the host can do.
    fn query(&self, query: Query) -> Answer<'_, Rows>;

    /// What was fetched over the network so far; nothing for a local file.
    fn traffic(&self) -> Traffic;
}

/// Network traffic since an engine was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Traffic {
    /// HTTP requests sent for snapshot bytes.
    pub requests: u64,
    /// Bytes of the snapshot that arrived in them, headers not counted.
    pub bytes: u64,
}
