//! Import: somebody's CSV files or SQLite tables, read by a mapping, row by row.

mod cells;
mod csv_file;
mod currency;
mod dates;
mod derived;
mod fields;
pub mod mapping;
mod reader;
mod records;
mod rejects;
mod rows_of;
mod run;
mod sqlite_file;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use snapshot::Currency;

use self::fields::Table;
use self::mapping::Mapping;
use self::rejects::Rejects;
use self::run::Run;
use crate::load::Loader;
use crate::origin::Origin;
use crate::progress::Progress;

/// What to import.
#[derive(Debug)]
pub struct Import {
    /// A folder of CSV files, one CSV file, or a SQLite file.
    pub from: PathBuf,
    /// How to read it.
    pub mapping: Mapping,
}

impl Import {
    /// Writes all rows.
    ///
    /// # Errors
    /// If the mapping does not fit the files, or more rows are rejected than may be.
    pub fn feed(&self, loader: &mut Loader<'_>, progress: Progress) -> Result<Origin> {
        let (mapping, from) = (&self.mapping, &self.from);
        if !from.exists() {
            bail!("{} does not exist", from.display());
        }
        cells::time_zone(&mapping.time_zone)?;
        let currency = currency::currency(from, mapping, progress)?;
        let mut run = Run::new(self, loader, progress, currency);
        for table in Table::ALL {
            run.table(table).with_context(|| format!("reading {}", table.name()))?;
        }
        let (currency, rejects) = run.end();
        rejects.check()?;
        rejects.report(progress);
        Ok(self.origin(currency, &rejects))
    }

    fn origin(&self, currency: Currency, rejects: &Rejects) -> Origin {
        Origin {
            source: self.mapping.source.clone(),
            demo: false,
            time_zone: self.mapping.time_zone.clone(),
            currency,
            as_of: self.mapping.as_of,
            class_order: self.mapping.class_order(),
            rejected: rejects.counts().clone(),
        }
    }
}
