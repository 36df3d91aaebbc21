//! Snapshots from first row to published folder: demo, import, publishing, verification.

mod demo;
mod edges;
mod folder;
mod formats;
mod import;
mod indexes;
mod publishing;
mod rejects;
mod superstore;
mod tampering;
