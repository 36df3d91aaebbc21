//! The contract between the builder and the page: what a snapshot holds and how to read it.
//!
//! A snapshot is one SQLite file (or the same bytes cut into chunk files) plus `manifest.json`,
//! which points at it and repeats its [`Meta`], so that a page knows period, labels and rules
//! before it opens the database, and may carry the [`FirstView`], which a page shows before it has
//! read anything else. Beside the readable tables, the file carries [`pack`]s: the
//! exact columns of customers, purchase lines, feedback and campaign contacts, compressed, from
//! which every number on the page is computed, and the customers' names ([`people`]), for whoever
//! wants those of many.
//!
//! Money is a fixed-point integer in units of `10^-exponent` of the currency; days are calendar
//! days in the snapshot's time zone.

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

pub mod bounds;
pub mod checksum;
pub mod columns;
pub mod cubes;
pub mod currency;
pub mod day;
pub mod first_view;
pub mod manifest;
pub mod meta;
pub mod money;
pub mod pack;
pub mod people;
pub mod places;
pub mod search;
pub mod side_file;
pub mod slices;
pub mod tables;

pub use bounds::OutOfBounds;
pub use columns::{ContactColumns, CustomerColumns, FeedbackColumns, PurchaseColumns};
pub use currency::Currency;
pub use day::{Day, Month};
pub use first_view::FirstView;
pub use manifest::{Manifest, Publishing, SnapshotFile, manifest_name};
pub use meta::{Labels, LineageLink, Meta, Rules};
pub use pack::{EncodedPack, PackError};
pub use side_file::SideFile;

/// Version of the contract. A page refuses a snapshot of another version, by name.
pub const FORMAT_VERSION: u32 = 6;

/// SQLite page size in bytes; the browser's request size equals it.
pub const PAGE_SIZE: u32 = 16_384;
