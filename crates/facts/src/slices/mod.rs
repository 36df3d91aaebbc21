//! The source that answers from some of the rows: purchase lines of some categories and months,
//! feedback and contacts of some months, as far as they were read.
//!
//! It is the columns of these rows, and answers a question only if every row that the columns of all
//! would look at for it is among them ([`wanted`] says which those are). What hangs on all rows of a
//! customer, as first and last purchase, comes from the customers' columns.

mod join;
mod wanted;

use std::sync::Arc;

use snapshot::Meta;
use snapshot::slices::{Grid, Slices, Wanted};

use crate::columns::{Columns, FactsError};
use crate::comparison::Cut;
use crate::measure::{Grouping, Part, Points, Retention, TopCustomer, Totals};
use crate::members::{Members, MembersAsk};
use crate::period::DayRange;
use crate::recorded::Question;
use crate::scope::Scope;
use crate::source::{Origin, Source};

pub use wanted::{sums, wanted};

/// Rows that were read, ready to answer what is about them alone.
pub struct Sliced {
    columns: Columns,
    read: Wanted,
    /// Who knows revenue and units of single categories, which add up.
    sums: Arc<dyn Source>,
}

impl Sliced {
    /// Puts what was read together; `sums` may know revenue and units of single categories.
    ///
    /// # Errors
    /// [`FactsError::Damaged`] names the first thing that does not fit the rest.
    pub fn new(
        meta: Arc<Meta>,
        slices: Slices,
        read: Wanted,
        sums: Arc<dyn Source>,
    ) -> Result<Self, FactsError> {
        Ok(Self { columns: join::columns(meta, slices)?, read, sums })
    }

    /// True if a question is about nothing but what was read.
    pub fn covers(&self, question: &Question) -> bool {
        wanted::wanted_by(self.columns.meta(), question, &*self.sums)
            .is_some_and(|wanted| self.read.covers(&wanted))
    }

    /// Revenue and units from those of single categories.
    fn add_sums(&self, question: &Question, groups: &mut [Totals]) -> Option<()> {
        let sums = wanted::sums_known(question, &*self.sums)?;
        for group in &mut *groups {
            (group.revenue, group.units) = (0, 0);
        }
        for of_one in sums {
            for (into, from) in groups.iter_mut().zip(of_one) {
                into.revenue = into.revenue.saturating_add(from.revenue);
                into.units = into.units.saturating_add(from.units);
            }
        }
        Some(())
    }

    /// True if the amounts of all lines that were read were read, too.
    fn has_amounts(&self, question: &Question) -> bool {
        Grid::of(self.columns.meta())
            .and_then(|grid| wanted::with_amounts(grid, self.columns.meta(), question))
            .is_some_and(|wanted| self.read.covers(&wanted))
    }
}

impl Source for Sliced {
    fn origin(&self) -> Origin {
        Origin::Columns
    }

    fn groups(&self, scope: &Scope, grouping: Grouping, part: Part) -> Option<Vec<Totals>> {
        let question = Question::Groups { scope: scope.clone(), grouping, part };
        if !self.covers(&question) {
            return None;
        }
        let groups = self.columns.groups(scope, grouping, part)?;
        // Columns give all that a pass finds: what hangs on amounts or customers goes.
        let mut groups: Vec<Totals> = groups.iter().map(|totals| totals.only(part)).collect();
        if part == Part::Sales && !self.has_amounts(&question) {
            self.add_sums(&question, &mut groups)?;
        }
        Some(groups)
    }

    fn retention(&self, scope: &Scope, before: DayRange) -> Option<Retention> {
        let question = Question::Retention { scope: scope.clone(), before };
        self.covers(&question).then(|| self.columns.retention(scope, before)).flatten()
    }

    fn retention_over_time(&self, scope: &Scope, cut: Cut) -> Option<Vec<Retention>> {
        let question = Question::RetentionOverTime {
            scope: scope.clone(),
            size: cut.size,
            beside: cut.beside,
        };
        self.covers(&question).then(|| self.columns.retention_over_time(scope, cut)).flatten()
    }

    fn top(&self, scope: &Scope, count: usize) -> Option<Vec<TopCustomer>> {
        let question = Question::Top { scope: scope.clone(), count };
        self.covers(&question).then(|| self.columns.top(scope, count)).flatten()
    }

    fn points(&self, scope: &Scope, most: usize) -> Option<Points> {
        let question = Question::Points { scope: scope.clone(), most };
        self.covers(&question).then(|| self.columns.points(scope, most)).flatten()
    }

    fn members(&self, ask: &MembersAsk) -> Option<Members> {
        let question = Question::Members(ask.clone());
        self.covers(&question).then(|| self.columns.members(ask)).flatten()
    }

    fn memory_bytes(&self) -> usize {
        self.columns.memory_bytes()
    }
}
