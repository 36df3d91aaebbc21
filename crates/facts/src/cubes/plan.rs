//! What must be read for a question: a pure function, which asks nothing.
//!
//! A plan says which cells of which cubes add up to each group of an answer ([`Sum`]). Where no
//! cube of the table ([`snapshot::cubes::CUBES`]) counts what is asked over such periods by such
//! strata, there is none, and the columns have to answer. Evaluation only adds up what a plan says.

mod feedback;
mod groups;
mod points;
mod sums;

use std::collections::BTreeSet;

use snapshot::Meta;
use snapshot::cubes::{Axis, Counts, CubeId, Form, Layer, Place};

use super::leaders::begins_with_leaders;
use super::span;
use super::strata::grain_for;
use super::terms::Sum;
use crate::comparison::Cut;
use crate::measure::{Grouping, Part};
use crate::period::DayRange;
use crate::recorded::Question;
use crate::scope::{Dimension, Scope};

pub(super) use points::{Drawn, points};

/// The layers that answer a question; `None` if no cubes do. `headcount` are the customers of each
/// fine stratum: points follow from how many there are, so until that is known they need it alone.
pub fn layers(
    meta: &Meta,
    headcount: Option<&[i64]>,
    question: &Question,
) -> Option<BTreeSet<Layer>> {
    places(meta, headcount, question).map(|places| places.into_iter().map(Place::layer).collect())
}

/// The places of the cubes that answer a question, as [`layers`].
pub(super) fn places(
    meta: &Meta,
    headcount: Option<&[i64]>,
    question: &Question,
) -> Option<BTreeSet<Place>> {
    let mut places = BTreeSet::new();
    match question {
        Question::Groups { scope, grouping, part } => {
            groups(meta, scope, *grouping, *part)?.tell(&mut places);
        }
        Question::Retention { scope, before } => {
            tell(&step(meta, scope, *before, scope.range)?, &mut places);
        }
        Question::RetentionOverTime { scope, size, beside } => {
            let steps = steps(meta, scope, Cut { size: *size, beside: *beside })?;
            steps.iter().for_each(|step| tell(step, &mut places));
        }
        Question::Top { scope, .. } => places.extend(top(scope)?),
        Question::Points { scope, .. } => match headcount {
            Some(headcount) => points(meta, headcount, scope)?.tell(&mut places),
            None => drop(places.insert(Place::of(CubeId::Headcount))),
        },
        Question::Members(ask) => {
            groups(meta, &ask.scope, Grouping::Whole, Part::Customers)?.tell(&mut places);
            match ask.limit {
                0 => {}
                _ if begins_with_leaders(ask) => places.extend(top(&ask.scope)?),
                _ => return None,
            }
        }
    }
    Some(places)
}

fn tell(step: &Step, places: &mut BTreeSet<Place>) {
    step.iter().flatten().for_each(|(_, sum)| sum.tell(places));
}

/// Totals by group.
pub(super) fn groups(meta: &Meta, scope: &Scope, by: Grouping, part: Part) -> Option<Sum> {
    match (by, part) {
        (Grouping::Of(aspect), Part::Feedback) => feedback::aspects(meta, scope, aspect),
        // Feedback's own attributes say nothing of purchases, and it has no category of its own.
        (Grouping::Of(aspect), _) => Some(Sum::nothing(aspect.labels(meta).len())),
        (Grouping::By(Dimension::Category), Part::Feedback) => {
            Some(Sum::nothing(meta.labels.categories.len()))
        }
        (_, Part::Feedback) => feedback::feedback(meta, scope, by),
        (_, Part::Sales) => sums::sales(meta, scope, by),
        (_, Part::Customers) => sums::customers(meta, scope, by),
    }
}

/// Customers of a period, of the next one, and of both together, each with its days; `None` where
/// the first has no day of the data.
///
/// Who was in both is who was in one and who was in the other, less who was in their union.
pub(super) type Step = Option<[(DayRange, Sum); 3]>;

/// Retention between two periods without a day between them.
pub(super) fn step(meta: &Meta, scope: &Scope, before: DayRange, now: DayRange) -> Option<Step> {
    if before.to.plus(1) != now.from {
        return None;
    }
    if span::days(meta, before).is_none() {
        return Some(None);
    }
    let active = |range| Some((range, sums::windows(meta, &scope.over(range), Grouping::Whole)?));
    let both = DayRange { from: before.from, to: now.to };
    Some(Some([active(before)?, active(now)?, active(both)?]))
}

/// Retention of each bucket.
pub(super) fn steps(meta: &Meta, scope: &Scope, cut: Cut) -> Option<Vec<Step>> {
    let mut before = cut.size.ending(scope.range.from.plus(-1));
    let buckets = cut.buckets(scope.range).into_iter();
    let step = |bucket: crate::Bucket| {
        let step = step(meta, scope, before, bucket.range);
        before = bucket.range;
        step
    };
    buckets.map(step).collect()
}

/// The most valuable customers of a scope's strata, and everybody, among whom they are.
pub(super) fn top(scope: &Scope) -> Option<[Place; 2]> {
    let leaders = CubeId::find(Counts::Leaders, Form::Rows, Axis::Always, grain_for(scope, None))?;
    Some([Place::of(leaders), Place::of(CubeId::Headcount)])
}
