//! The source that answers from cubes: small whatever the number of customers, and exact.
//!
//! It knows sums by segment, churn risk, RFM segment, one category or all, over any days; distinct
//! customers by the same over windows of whole months, and without RFM segments over any days;
//! feedback and contacts by the same over any days, and under one category over whole months, or
//! without RFM segments over short ranges; top lists; and points over whole months. Several
//! categories at once, RFM segments and points over odd days are left to the columns.

mod aspects;
mod category_voices;
mod days;
mod groups;
mod leaders;
mod numbers;
mod pool;
mod shelf;
mod span;
mod strata;

use std::collections::BTreeSet;
use std::sync::Arc;

use snapshot::Meta;
use snapshot::cubes::{CubeData, Layer, Shape};

use crate::columns::FactsError;
use crate::comparison::Cut;
use crate::measure::{Grouping, Part, Points, Retention, TopCustomer, Totals};
use crate::period::DayRange;
use crate::recorded::Question;
use crate::scope::Scope;
use crate::source::{Origin, Source};

use shelf::Shelf;

/// Cubes, ready to answer as far as they were read.
#[derive(Debug)]
pub struct Cubes {
    meta: Arc<Meta>,
    shape: Shape,
    shelf: Shelf,
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
        let empty = Self { shape: Shape::of(&meta), meta, shelf: Shelf::default() };
        empty.with(data)
    }

    /// A source of this and what was read since.
    ///
    /// # Errors
    /// As [`Cubes::new`].
    pub fn with(&self, more: CubeData) -> Result<Self, FactsError> {
        let shelf = self.shelf.with(&self.meta, more)?;
        Ok(Self { meta: self.meta.clone(), shape: self.shape, shelf })
    }

    /// What must be read before a question has an answer.
    pub fn need(&self, question: &Question) -> Need {
        // What earlier questions missed is not what this one needs.
        self.shelf.missed();
        if question.ask(self).is_some() {
            return Need::Nothing;
        }
        let missed = self.shelf.missed();
        if missed.is_empty() || !self.has_room_for(&missed) {
            Need::Columns
        } else {
            Need::Layers(missed)
        }
    }

    /// True if some layers can be held beside what was read before.
    pub fn has_room_for(&self, layers: &BTreeSet<Layer>) -> bool {
        let sizes = layers.iter().map(|&layer| self.shape.layer_bytes(layer));
        sizes.fold(self.shelf.bytes(), u64::saturating_add) <= ROOM
    }

    /// Customers with a line in scope over another range.
    fn active(&self, scope: &Scope, range: DayRange) -> Option<i64> {
        let scope = scope.over(range);
        let groups =
            self.windows_of(&self.groups_of(&scope, Grouping::Whole, Part::Audience)?)?;
        let groups = self.with_odd(groups, &scope, Grouping::Whole, Part::Audience)?;
        groups.first().map(|totals| totals.customers)
    }

    /// Groups with what the customers outside the cubes add.
    fn with_odd(
        &self,
        mut groups: Vec<Totals>,
        scope: &Scope,
        grouping: Grouping,
        part: Part,
    ) -> Option<Vec<Totals>> {
        let odd = self.shelf.odd()?.groups(scope, grouping, part)?;
        groups.iter_mut().zip(&odd).for_each(|(into, from)| into.add(part, from));
        Some(groups)
    }

    /// Retention between two periods without a day between them: who was in both is who was in
    /// one and who was in the other, less who was in their union.
    fn kept(&self, scope: &Scope, before: DayRange, now: DayRange) -> Option<Retention> {
        if before.to.plus(1) != now.from {
            return None;
        }
        let both = DayRange { from: before.from, to: now.to };
        let before = self.active(scope, before);
        if before == Some(0) {
            return Some(Retention::default());
        }
        // Both are asked, so that everything that is missing is noted at once.
        let (now, both) = (self.active(scope, now), self.active(scope, both));
        let kept = before?.saturating_add(now?).saturating_sub(both?);
        Some(Retention { kept, before: before? })
    }
}

impl Source for Cubes {
    fn origin(&self) -> Origin {
        Origin::Cubes
    }

    fn groups(&self, scope: &Scope, grouping: Grouping, part: Part) -> Option<Vec<Totals>> {
        if let (Grouping::Of(aspect), Part::Sales | Part::Audience) = (grouping, part) {
            // Feedback's own attributes say nothing of purchases.
            return Some(vec![Totals::default(); aspect.labels(&self.meta).len()]);
        }
        match part {
            Part::Sales => {
                let groups = self.sales_of(&self.groups_of(scope, grouping, part)?)?;
                self.with_odd(groups, scope, grouping, part)
            }
            Part::Voices => match grouping {
                Grouping::Of(aspect) => self.aspects(scope, aspect),
                _ => self.voices(scope, grouping),
            },
            Part::Audience => self.audience(scope, grouping),
        }
    }

    fn retention(&self, scope: &Scope, before: DayRange) -> Option<Retention> {
        self.kept(scope, before, scope.range)
    }

    fn retention_over_time(&self, scope: &Scope, cut: Cut) -> Option<Vec<Retention>> {
        let mut before = cut.size.ending(scope.range.from.plus(-1));
        let step = |bucket: crate::Bucket| {
            let step = self.kept(scope, before, bucket.range);
            before = bucket.range;
            step
        };
        let steps: Vec<_> = cut.buckets(scope.range).into_iter().map(step).collect();
        steps.into_iter().collect()
    }

    fn top(&self, scope: &Scope, count: usize) -> Option<Vec<TopCustomer>> {
        let grain = strata::shape_for(self.shape, scope, None).grain;
        self.shelf.leaders(grain)?.top(self.shelf.census()?, scope, count)
    }

    fn points(&self, scope: &Scope, most: usize) -> Option<Points> {
        self.draw_points(scope, most)
    }
}
