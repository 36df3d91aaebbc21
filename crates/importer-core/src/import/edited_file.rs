//! The file of changed segments, as the page writes it.

use anyhow::{Context, Result, bail};

use super::csv_file::CsvFile;
use super::mapping::FormatMapping;
use crate::edited::Edited;
use crate::files::Files;

/// Its columns.
const COLUMNS: [&str; 2] = ["customer_id", "customer_segment"];

/// Reads it.
///
/// # Errors
/// If it cannot be read, lacks a column, or gives a customer two segments.
pub fn read(files: &dyn Files, name: &str) -> Result<Edited> {
    let wanted = COLUMNS.map(str::to_owned).to_vec();
    let file = CsvFile::open(files, name, &FormatMapping::default(), wanted)?;
    let name = file.name().to_owned();
    let place = |wanted: &str| {
        let place = file.header().iter().position(|title| title == wanted);
        place.with_context(|| format!("{name} has no column {wanted}"))
    };
    let [id, segment] = [place(COLUMNS[0])?, place(COLUMNS[1])?];
    let mut edited = Edited::default();
    file.each(&mut |record| {
        if let Some(problem) = &record.problem {
            bail!("{name}, line {}: {}", record.line, problem.reason);
        }
        let cell = |at: usize| record.cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
        edited.add(cell(id), cell(segment), record.line)
    })?;
    Ok(edited)
}
