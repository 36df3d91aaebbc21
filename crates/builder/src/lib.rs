//! Makes snapshots on a machine, checks and shows them: the command line, files, threads.
//!
//! How rows become the bytes of a snapshot is `importer_core`'s, which browsers run as well. Here is
//! what takes a disk: files to import ([`disk`]), the folder of a build under way ([`scratch`]), the
//! folder that a snapshot is published into ([`publish`]); and what only a machine does: demo data, the
//! same once more by plain SQL ([`verify`]), a look inside ([`inspect`]), answers for programs
//! ([`api_files`]).

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
pub mod build;
pub mod cli;
pub mod demo;
pub mod disk;
pub mod hash;
pub mod inspect;
pub mod open;
pub mod progress;
pub mod publish;
pub mod report;
pub mod scratch;
pub mod side_file;
pub mod verify;
