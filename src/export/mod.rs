//! Taking things away: tables as CSV, figures as pictures, all saved by the browser itself.

mod header;
mod picture;
mod print;

pub use header::{file_name, header};
pub use picture::picture;
pub use print::{PrintButton, use_printing};

use widgets::Table;
use widgets::csv::{Extra, csv};

use words::say;

pub use crate::host::save::NotSaved;
use crate::host::save::save;
use crate::look::prefs::ExportPrefs;

/// Saves a table as CSV, with what the reader wants to stand above it.
///
/// # Errors
/// [`NotSaved`] where the browser makes no file.
pub fn save_csv(
    name: &str,
    table: &Table,
    header: &[(String, String)],
    prefs: ExportPrefs,
) -> Result<(), NotSaved> {
    let header = if prefs.header { header } else { &[] };
    let text = csv(table, Extra { header, byte_order_mark: prefs.byte_order_mark });
    save(&format!("{name}.csv"), "text/csv;charset=utf-8", text.as_bytes())
}

/// What is said where nothing was saved.
pub fn not_saved() -> String {
    say!("The browser saved no file: it has no room for it, or is not allowed to.")
}
