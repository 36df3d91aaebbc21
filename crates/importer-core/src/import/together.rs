//! Files that are read as one table: they have the same columns for the same fields, wherever these
//! stand in each.

use anyhow::{Result, bail};

use super::reader::Reader;
use super::visible::visible;

/// What the files so far have in common.
#[derive(Default)]
pub struct Together {
    files: Vec<String>,
    /// The fields of the first one, and their columns.
    fields: Vec<(&'static str, String)>,
}

impl Together {
    /// Adds a file.
    ///
    /// # Errors
    /// If it has not the columns of the first one, or has one more that would be read.
    pub fn add(&mut self, reader: &Reader) -> Result<()> {
        let fields: Vec<(&'static str, String)> =
            reader.fields().map(|(field, column)| (field, column.to_owned())).collect();
        match self.files.first() {
            None => self.fields = fields,
            Some(first) => {
                let (file, table) = (&reader.file, reader.table.name());
                let lacks = |has: &[(&'static str, String)], other: &[(&'static str, String)]| {
                    other.iter().find(|field| !has.contains(field)).cloned()
                };
                let (who, other, found) = match lacks(&fields, &self.fields) {
                    Some(found) => (file, first, Some(found)),
                    None => (first, file, lacks(&self.fields, &fields)),
                };
                if let Some((field, column)) = found {
                    bail!(
                        "{who} has no column '{}', which {other} has, and which is read as {field}: \
                         files of one table need the same columns. To read none of them, say \
                         {field} = \"\" in [{table}.columns]",
                        visible(&column)
                    );
                }
            }
        }
        self.files.push(reader.file.clone());
        Ok(())
    }

    /// What a message about all of them calls them.
    pub fn called(&self) -> String {
        match &self.files[..] {
            [] => String::new(),
            [one] => one.clone(),
            [first, more @ ..] => format!("{first} and {} more", more.len()),
        }
    }
}
