//! An import under way: rows are read table by table, checked against each other, and written.

mod kind;
mod known;
mod row;
mod so_far;
mod table;

use serde::Serialize;
use snapshot::Day;
use snapshot::meta::Warning;

use self::known::Known;
use super::derived::{Joined, MetCustomers, MetProducts};
use super::doubts::Doubts;
use super::fields::Table;
use super::rejects::Rejects;
use super::request::Import;
use super::survey::Survey;
use crate::progress::Progress;
use crate::sink::Sink;

/// An import under way.
pub struct Run<'a> {
    import: &'a Import,
    sink: &'a mut dyn Sink,
    progress: &'a dyn Progress,
    survey: &'a Survey,
    rejects: Rejects,
    doubts: Doubts,
    customers: Known<MetCustomers>,
    products: Known<MetProducts>,
    /// The days of the first and the last purchase line so far.
    days: Option<(Day, Day)>,
    /// What each file of purchases had.
    files: Vec<FileRead>,
}

/// What a file of purchases had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileRead {
    /// Its name.
    pub name: String,
    /// The days of its first and last line.
    #[serde(skip)]
    pub days: Option<(Day, Day)>,
    /// Rows that were taken.
    pub rows: u64,
    /// Rows that an earlier file has, too, as far as they are read.
    pub again: u64,
    /// Orders whose numbers an earlier file has, too, and that seem to be others.
    pub another: u64,
}

impl<'a> Run<'a> {
    /// An import that has read nothing yet.
    pub fn new(
        import: &'a Import,
        sink: &'a mut dyn Sink,
        progress: &'a dyn Progress,
        survey: &'a Survey,
    ) -> Self {
        let listed = |table| import.mapping.table(table).is_some();
        Self {
            import,
            sink,
            progress,
            survey,
            doubts: Doubts::default(),
            rejects: Rejects::new(import.mapping.reject_limit),
            customers: Known::new(listed(Table::Customers)),
            products: Known::new(listed(Table::Products)),
            days: None,
            files: Vec::new(),
        }
    }

    /// What came of it.
    pub fn end(self) -> (Rejects, Vec<Warning>, Vec<FileRead>, Option<Joined>) {
        let joined = match &self.customers {
            Known::Met(met) => met.joined().cloned(),
            Known::Listed(_) => None,
        };
        let mut warnings = self.survey.warnings.clone();
        warnings.extend(self.doubts.into_warnings());
        (self.rejects, warnings, self.files, joined)
    }
}
