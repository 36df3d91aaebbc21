//! The files, or the tables of a SQLite file, that a source table is read from: mostly one, and of
//! purchases as many as there are exports.

use std::collections::HashSet;

use anyhow::{Result, bail, ensure};

use super::csv_file::CsvFile;
use super::fields::Table;
use super::file_kind::{self, FileKind};
use super::file_names::{ANY, FileName, FileNames, OwnFile, fits, matches};
use super::gzip;
use super::mapping::{FormatMapping, Mapping, OneOrMore, TableMapping};
use super::near::did_you_mean;
use super::records::Records;
use super::sqlite_file::{self, SqliteTable};
use crate::files::Files;

/// One of the files or tables that a source table is read from.
#[derive(Debug)]
pub struct Part {
    /// The file.
    file: String,
    /// The table in it, if it is a SQLite file.
    table: Option<String>,
    format: FormatMapping,
}

impl Part {
    /// Opens its rows; `wanted` are columns that the mapping names.
    ///
    /// # Errors
    /// If the table is not there, or the header cannot be read.
    pub fn open(&self, from: &dyn Files, mapped: &TableMapping) -> Result<Records> {
        if let Some(table) = &self.table {
            return Ok(Records::Sqlite(SqliteTable::open(from, &self.file, table)?));
        }
        let wanted = mapped.columns.values().filter(|column| !column.is_empty()).cloned();
        let file = CsvFile::open(from, &self.file, &self.format, wanted.collect())?;
        Ok(Records::Csv(Box::new(file)))
    }
}

/// What a table is read from in a source: a folder, a CSV file or a SQLite file.
///
/// # Errors
/// If a file is not there, or is of another kind than the mapping says.
pub fn of(
    from: &dyn Files,
    table: Table,
    mapped: &TableMapping,
    all: &Mapping,
) -> Result<Vec<Part>> {
    let only = from.only();
    if let Some(only) = &only
        && file_kind::of(from, only)? == FileKind::Sqlite
    {
        return tables(from, only, table, mapped);
    }
    let format = mapped.format.or(&all.format);
    let part = |(file, own): (String, FormatMapping)| {
        if file_kind::of(from, &file)? == FileKind::Sqlite {
            bail!(
                "{} is a SQLite file, not a CSV file: give it itself with --from, and its tables \
                 with table in the mapping",
                from.called(&file)
            );
        }
        Ok(Part { file, table: None, format: own.or(&format) })
    };
    let parts: Vec<Part> =
        files(from, table, mapped)?.into_iter().map(part).collect::<Result<_>>()?;
    if let (Some(named), Some(only)) = (&mapped.table, only) {
        bail!(
            "{} is text, not a SQLite file, so it has no table '{}': leave table out of \
             the mapping to read it as CSV, or give the SQLite file with --from",
            from.called(&only),
            named.all().join(", ")
        );
    }
    ensure!(
        parts.len() == 1 || table == Table::Purchases,
        "[{}] is read from one file; only [purchase_transactions] can have several",
        table.name()
    );
    let mut known = HashSet::new();
    let twice = parts.iter().find(|part| !known.insert(gzip::unpacked_name(&part.file)));
    if let Some(twice) = twice {
        let plain = gzip::unpacked_name(&twice.file);
        let other = parts
            .iter()
            .find(|part| part.file != twice.file && gzip::unpacked_name(&part.file) == plain);
        let Some(other) = other else {
            bail!("[{}] names {} twice, and it would count twice", table.name(), twice.file);
        };
        let (one, other) = (&other.file, &twice.file);
        bail!(
            "[{}] names {one} and {other}: one is the other compressed, by its name, and both would count. \
             Leave one of them out, or call them by different names if they are two files",
            table.name()
        );
    }
    Ok(parts)
}

/// The tables of a SQLite file that a table is read from.
fn tables(from: &dyn Files, only: &str, table: Table, mapped: &TableMapping) -> Result<Vec<Part>> {
    if let Some(file) = mapped.file.as_ref().and_then(|files| files.all().first()) {
        bail!(
            "{} is a SQLite file, so [{}] has no file '{}': leave file out of the \
             mapping, or name a table of the SQLite file with table",
            from.called(only),
            table.name(),
            file.name()
        );
    }
    let named = mapped.table.as_ref().map_or(&[][..], OneOrMore::all);
    let mut names: Vec<String> = Vec::new();
    for name in named {
        let all = if name.contains(ANY) { sqlite_file::tables_of(from, only)? } else { Vec::new() };
        let fitting = all.iter().filter(|other| matches(name, other)).cloned();
        let is_pattern = name.contains(ANY) && !all.contains(name);
        let found: Vec<String> = if is_pattern { fitting.collect() } else { vec![name.clone()] };
        ensure!(!found.is_empty(), "{} has no table like '{name}'", from.called(only));
        if let Some(twice) = found.iter().find(|name| names.contains(name)) {
            bail!("[{}] names the table {twice} twice, and it would count twice", table.name());
        }
        names.extend(found);
    }
    if names.is_empty() {
        names.push(table.name().to_owned());
    }
    let part =
        |name| Part { file: only.to_owned(), table: Some(name), format: FormatMapping::default() };
    Ok(names.into_iter().map(part).collect())
}

/// The text files that a table is read from, and how each is cut.
fn files(
    from: &dyn Files,
    table: Table,
    mapped: &TableMapping,
) -> Result<Vec<(String, FormatMapping)>> {
    let named = mapped.file.as_ref().map_or(&[][..], FileNames::all);
    if let Some(only) = from.only() {
        if table != Table::Purchases {
            bail!(
                "--from is one file, so the mapping can have [purchase_transactions] only, not [{}]",
                table.name()
            );
        }
        ensure!(
            named.len() < 2,
            "--from is one file, and the mapping names {} of purchases: give the folder that they \
             are in",
            named.len()
        );
        return Ok(vec![(only, named.first().map(own).unwrap_or_default())]);
    }
    if named.is_empty() {
        let name = format!("{}.csv", table.name());
        return Ok(vec![(present(from, table, &name)?, FormatMapping::default())]);
    }
    let mut all = Vec::new();
    for file in named {
        let name = file.name();
        if name.contains(ANY) && !from.has(name) {
            let found = fitting(from, name);
            ensure!(
                !found.is_empty(),
                "no file is called like '{name}', which is what [{}] reads",
                table.name()
            );
            all.extend(found.into_iter().map(|name| (name, own(file))));
        } else {
            all.push((present(from, table, name)?, own(file)));
        }
    }
    Ok(all)
}

/// How a file is cut into cells, as far as that is its own.
fn own(file: &FileName) -> FormatMapping {
    let FileName::Own(OwnFile { skip_rows, delimiter, quote, encoding, .. }) = file else {
        return FormatMapping::default();
    };
    FormatMapping {
        skip_rows: *skip_rows,
        delimiter: *delimiter,
        quote: *quote,
        encoding: encoding.clone(),
        ..FormatMapping::default()
    }
}

/// A file that is there, compressed or not.
fn present(from: &dyn Files, table: Table, name: &str) -> Result<String> {
    if from.has(name) {
        return Ok(name.to_owned());
    }
    let packed = format!("{name}{}", gzip::ENDING);
    if from.has(&packed) {
        return Ok(packed);
    }
    bail!(
        "{} is missing; it is what [{}] reads{}",
        from.called(name),
        table.name(),
        did_you_mean(name, from.names().iter().map(String::as_str))
    )
}

/// The files of a pattern, in the order of their names; of one that is there compressed and as it
/// is, the latter.
fn fitting(from: &dyn Files, pattern: &str) -> Vec<String> {
    let mut names: Vec<String> =
        from.names().into_iter().filter(|name| fits(pattern, name)).collect();
    names.sort();
    names.dedup();
    let all: HashSet<String> = names.iter().cloned().collect();
    names.retain(|name| {
        let plain = gzip::unpacked_name(name);
        plain == name || !all.contains(plain)
    });
    names
}
