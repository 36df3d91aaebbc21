//! The source that answers from cubes: small whatever the number of customers, and exact.
//!
//! It knows sums and distinct customers by segment, churn risk, RFM segment, one category or all,
//! over any days; feedback and contacts by the same over any days, and under one category over whole
//! months, or without RFM segments over short ranges; all of this under two categories over whole
//! months, where categories are few; top lists; how many customers a list has, and where its most
//! valuable come first, those; and points. More of them at once are left to the columns.

mod cache;
mod draw;
mod lacking;
mod leaders;
mod numbers;
pub mod plan;
mod pool;
mod span;
mod strata;
mod terms;

use std::collections::BTreeSet;
use std::sync::Arc;

use snapshot::Meta;
use snapshot::cubes::{CubeData, Layer, Place, Shape};

use crate::columns::FactsError;
use crate::comparison::Cut;
use crate::measure::{Grouping, Part, Points, Retention, TopCustomer, Totals};
use crate::members::{Members, MembersAsk};
use crate::period::DayRange;
use crate::recorded::Question;
use crate::scope::Scope;
use crate::source::{Origin, Source};

pub use lacking::Lacking;

use cache::Cache;
use plan::Step;
use terms::Sum;

/// Cubes, ready to answer as far as they were read.
#[derive(Debug)]
pub struct Cubes {
    meta: Arc<Meta>,
    cache: Cache,
}

/// Bytes of cubes that are held at most. What needs more is left to the columns, whose size is that
/// of the rows, however many categories and years they are of.
const ROOM: u64 = 512 << 20;

/// What a question wants that cubes do not have yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing: cubes answer it.
    Nothing,
    /// These layers first; then the question is to be asked again.
    Layers(BTreeSet<Layer>),
    /// No cube can answer it: the columns have to.
    Columns,
}

impl Cubes {
    /// Makes a source of what was read.
    ///
    /// # Errors
    /// [`FactsError::Damaged`] if the leaders' columns do not fit each other.
    pub fn new(meta: Arc<Meta>, data: CubeData) -> Result<Self, FactsError> {
        let empty = Self { meta, cache: Cache::default() };
        empty.with(data)
    }

    /// A source of this and what was read since.
    ///
    /// # Errors
    /// As [`Cubes::new`].
    pub fn with(&self, more: CubeData) -> Result<Self, FactsError> {
        let cache = self.cache.with(&self.meta, more)?;
        Ok(Self { meta: self.meta.clone(), cache })
    }

    /// What must be read before a question has an answer.
    pub fn need(&self, question: &Question) -> Need {
        let Some(places) = plan::places(&self.meta, self.cache.headcount(), question) else {
            return Need::Columns;
        };
        let missing = places.into_iter().filter(|&place| !self.cache.has(place));
        let layers: BTreeSet<Layer> = missing.map(Place::layer).collect();
        let answers = || match question {
            // Ties and rare strata may ask for more customers than cubes keep.
            Question::Top { .. } | Question::Points { .. } | Question::Members(_) => {
                question.ask(self).is_some()
            }
            _ => true,
        };
        match layers.is_empty() {
            true if answers() => Need::Nothing,
            false if self.has_room_for(&layers) => Need::Layers(layers),
            _ => Need::Columns,
        }
    }

    /// True if some layers can be held beside what was read before.
    pub fn has_room_for(&self, layers: &BTreeSet<Layer>) -> bool {
        let shape = Shape::of(&self.meta);
        let sizes = layers.iter().map(|&layer| shape.layer_bytes(layer));
        sizes.fold(self.cache.bytes(), u64::saturating_add) <= ROOM
    }

    /// What a plan adds up to, with the customers who are in no cube.
    fn totals(&self, sum: &Sum, scope: &Scope, by: Grouping, part: Part) -> Option<Vec<Totals>> {
        let mut groups = sum.totals(&self.cache)?;
        if sum.irregular {
            let irregular = self.cache.irregular()?.groups(scope, by, part)?;
            groups.iter_mut().zip(&irregular).for_each(|(into, from)| into.add(part, from));
        }
        Some(groups)
    }

    /// Who of a period was in the next one, too.
    fn kept(&self, step: &Step, scope: &Scope) -> Option<Retention> {
        let active = |(range, sum): &(DayRange, Sum)| {
            let scope = scope.over(*range);
            let groups = self.totals(sum, &scope, Grouping::Whole, Part::Customers)?;
            groups.first().map(|totals| totals.customers)
        };
        // Nobody was there before the data.
        let Some([before, now, both]) = step else { return Some(Retention::default()) };
        let (before, now, both) = (active(before)?, active(now)?, active(both)?);
        Some(Retention { kept: before.saturating_add(now).saturating_sub(both), before })
    }
}

impl Source for Cubes {
    fn origin(&self) -> Origin {
        Origin::Cubes
    }

    fn groups(&self, scope: &Scope, grouping: Grouping, part: Part) -> Option<Vec<Totals>> {
        let sum = plan::groups(&self.meta, scope, grouping, part)?;
        self.totals(&sum, scope, grouping, part)
    }

    fn retention(&self, scope: &Scope, before: DayRange) -> Option<Retention> {
        self.kept(&plan::step(&self.meta, scope, before, scope.range)?, scope)
    }

    fn retention_over_time(&self, scope: &Scope, cut: Cut) -> Option<Vec<Retention>> {
        let steps = plan::steps(&self.meta, scope, cut)?;
        steps.iter().map(|step| self.kept(step, scope)).collect()
    }

    fn top(&self, scope: &Scope, count: usize) -> Option<Vec<TopCustomer>> {
        let [leaders, _] = plan::top(scope)?;
        self.cache.leaders(leaders)?.top(self.cache.headcount()?, scope, count)
    }

    fn points(&self, scope: &Scope, most: usize) -> Option<Points> {
        self.draw_points(scope, most)
    }

    fn members(&self, ask: &MembersAsk) -> Option<Members> {
        let totals = self.groups(&ask.scope, Grouping::Whole, Part::Customers)?;
        let count = u32::try_from(totals.first()?.customers).ok()?;
        let rows = match ask.limit {
            0 => Vec::new(),
            _ => {
                let [leaders, _] = plan::top(&ask.scope)?;
                self.cache.leaders(leaders)?.members(self.cache.headcount()?, ask, count)?
            }
        };
        Some(Members { count, rows })
    }
}
