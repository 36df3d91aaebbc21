//! Import: somebody's CSV files or SQLite tables, read by a mapping, row by row.

pub(crate) mod amounts;
pub(crate) mod anew;
pub(crate) mod cells;
pub(crate) mod csv_file;
pub(crate) mod csv_rows;
pub(crate) mod currencies;
pub(crate) mod date_format;
pub(crate) mod dates;
mod day_order;
pub mod decoded;
mod derived;
pub(crate) mod doubts;
pub mod edited_file;
mod far_days;
pub(crate) mod fields;
pub mod file_kind;
pub mod file_names;
mod fill;
pub mod gzip;
mod ids;
pub mod kinds;
pub mod mapping;
mod mapping_faults;
pub(crate) mod marks;
mod month_names;
mod near;
mod numbering;
pub(crate) mod oddities;
mod overlap;
mod parts;
pub(crate) mod places;
pub(crate) mod preamble;
mod reader;
pub mod record;
pub(crate) mod records;
pub mod rejects;
mod request;
mod rows_of;
mod run;
pub(crate) mod sqlite_file;
pub(crate) mod survey;
mod together;
mod totals;
pub(crate) mod visible;

use anyhow::{Context, Result};
use snapshot::meta::Warning;

pub use self::derived::Joined;
use self::fields::Table;
use self::rejects::Rejects;
pub use self::request::Import;
pub use self::run::FileRead;
use self::run::Run;
use self::survey::Survey;
use crate::load::Loader;
use crate::origin::Origin;
use crate::progress::Progress;
use crate::sink::Sink;

/// What came of reading all rows.
pub(crate) struct Read {
    /// What was found out before.
    pub survey: Survey,
    /// Rows that cannot be taken.
    pub rejects: Rejects,
    /// What is doubtful.
    pub warnings: Vec<Warning>,
    /// What each file of purchases had.
    pub files: Vec<FileRead>,
    /// Customers' ids that are other ways of writing one.
    pub joined: Option<Joined>,
}

impl Import {
    /// Writes all rows.
    ///
    /// # Errors
    /// If the mapping does not fit the files, or more rows are rejected than may be.
    pub fn feed(&self, loader: &mut Loader<'_>, progress: &dyn Progress) -> Result<Origin> {
        let Read { survey, rejects, warnings, joined, .. } = self.read(loader, progress)?;
        rejects.check()?;
        doubts::report(&warnings, &self.mapping, progress)?;
        if let Some(joined) = &joined {
            progress.say(&format!("Note: {}", doubts::joined(joined)));
        }
        rejects.report(progress);
        Ok(self.origin(&survey, &rejects, warnings))
    }

    /// Hands over all rows that are right, and tells of the others.
    ///
    /// # Errors
    /// If the mapping does not fit the files, or so many rows are rejected that reading on tells
    /// nobody anything.
    pub(crate) fn read(&self, sink: &mut dyn Sink, progress: &dyn Progress) -> Result<Read> {
        let (mapping, from) = (&self.mapping, &*self.from);
        from.check()?;
        cells::time_zone(&mapping.time_zone)?;
        let survey = Survey::of(from, mapping, progress)?;
        let mut run = Run::new(self, sink, progress, &survey);
        for table in Table::ALL {
            run.table(table).with_context(|| format!("reading {}", table.name()))?;
        }
        let (rejects, warnings, files, joined) = run.end();
        Ok(Read { survey, rejects, warnings, files, joined })
    }

    fn origin(&self, survey: &Survey, rejects: &Rejects, warnings: Vec<Warning>) -> Origin {
        Origin {
            source: self.mapping.source.clone(),
            demo: false,
            time_zone: self.mapping.time_zone.clone(),
            currency: survey.currency.clone(),
            quantity_exponent: survey.scale.quantity,
            as_of: self.mapping.as_of,
            class_order: self.mapping.class_order(),
            rejected: rejects.counts().clone(),
            warnings,
            invented: None,
        }
    }
}
