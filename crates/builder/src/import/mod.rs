//! Import: somebody's CSV files or SQLite tables, read by a mapping, row by row.

mod amounts;
mod cells;
mod csv_file;
mod csv_rows;
mod currencies;
mod date_format;
mod dates;
mod derived;
mod doubts;
pub mod edited_file;
mod far_days;
mod fields;
mod file_kind;
mod ids;
pub mod mapping;
mod mapping_faults;
mod marks;
mod month_names;
mod near;
mod oddities;
mod preamble;
mod reader;
mod record;
mod records;
mod rejects;
mod request;
mod rows_of;
mod run;
mod sqlite_file;
mod survey;
mod visible;

use anyhow::{Context, Result, bail};
use snapshot::meta::Warning;

use self::fields::Table;
use self::rejects::Rejects;
pub use self::request::Import;
use self::run::Run;
use self::survey::Survey;
use crate::load::Loader;
use crate::origin::Origin;
use crate::progress::Progress;

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
        let survey = Survey::of(from, mapping, progress)?;
        let mut run = Run::new(self, loader, progress, &survey);
        for table in Table::ALL {
            run.table(table).with_context(|| format!("reading {}", table.name()))?;
        }
        let (rejects, warnings) = run.end();
        rejects.check()?;
        doubts::report(&warnings, mapping, progress)?;
        rejects.report(progress);
        Ok(self.origin(&survey, &rejects, warnings))
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
