//! Feedback and contacts: of all categories, under one or two, and by channel and reason.

use snapshot::Meta;
use snapshot::cubes::{Axis, Counts, CubeId, Form, NEAREST, Place, Span, Stretch};

use super::groups::{Group, Groups, strata_of};
use crate::cubes::span;
use crate::cubes::strata::{grain_for, shape_of};
use crate::cubes::terms::{Only, Sum, Term};
use crate::measure::{Aspect, Grouping, Part};
use crate::scope::Scope;

/// Feedback and contacts; under categories, those of customers who bought of them.
pub(super) fn feedback(meta: &Meta, scope: &Scope, by: Grouping) -> Option<Sum> {
    let groups = Groups::of(meta, scope, by, Part::Feedback)?;
    if !scope.categories.is_all() {
        return under_category(meta, scope, groups);
    }
    let (axis, periods) = groups.narrowest(meta)?;
    let cube = CubeId::find(Counts::Feedback, Form::Sums, axis, groups.grain)?;
    let terms = groups.all.iter().zip(periods).map(|(group, span)| {
        let stretch = Stretch::of_sums(groups.shape.periods(axis), span?);
        Term::of(Place::of(cube), stretch, &group.strata)
    });
    Some(Sum::of(terms.map(|term| term.into_iter().collect())))
}

/// The groups of a scope with one category, or two.
fn under_category(meta: &Meta, scope: &Scope, mut groups: Groups) -> Option<Sum> {
    for group in &mut groups.all {
        // Nobody has bought of a category.
        let known = group.strata.iter().filter(|&&stratum| stratum < groups.shape.strata());
        group.strata = known.copied().collect();
    }
    let Some(days) = span::days(meta, scope.range) else {
        return Some(Sum::nothing(groups.all.len()));
    };
    let by_month = groups.periods(meta, Axis::Month);
    match span::months(meta, scope.range).flatten().zip(by_month) {
        Some((window, months)) => over_months(&groups, window, &months),
        None => over_days(meta, &groups, days),
    }
}

/// All rows of months, less those in gaps that hold the whole window.
fn over_months(groups: &Groups, window: Span, months: &[Option<Span>]) -> Option<Sum> {
    let all = CubeId::find(Counts::Feedback, Form::Sums, Axis::Month, groups.grain)?;
    let chosen = groups.chosen;
    let gaps = CubeId::find_of(Counts::Feedback, Form::Pairs, Axis::Month, groups.grain, chosen)?;
    let shape = groups.shape;
    let terms = |(group, months): (&Group, &Option<Span>)| {
        let Some(months) = *months else { return Vec::new() };
        let sums = Stretch::of_sums(shape.months, months);
        let all = Term::of(Place::of(all), sums, &group.strata);
        let gaps = Place { variant: group.variant, ..Place::of(gaps) };
        let left_out = Term::of(gaps, Stretch::of_gaps(shape, months, window), &group.strata);
        let left_out = left_out.map(|term| term.only(Only::LeftOut { shape, last: window.1 }));
        all.into_iter().chain(left_out).collect()
    };
    Some(Sum::of(groups.all.iter().zip(months).map(terms)))
}

/// The rows near purchases of which one lies in the range.
fn over_days(meta: &Meta, groups: &Groups, range: Span) -> Option<Sum> {
    let chosen = groups.chosen;
    let cube = CubeId::find_of(Counts::Feedback, Form::Pairs, Axis::Day, groups.grain, chosen)?;
    if range.1.saturating_sub(range.0) >= NEAREST {
        return None;
    }
    let terms = |group: &Group| {
        let Some(days) = span::days(meta, group.range) else { return Vec::new() };
        let blocks = (0..).zip(groups.shape.blocks(cube, group.variant));
        let within = blocks.filter(|(_, block)| {
            block.first <= days.1 && days.0 < block.first.saturating_add(block.days)
        });
        let term = |(number, block)| {
            let place = Place { cube, variant: group.variant, block: number };
            let term = Term::of(place, Stretch::of_near(block, days), &group.strata)?;
            Some(term.only(Only::Near { block, range }))
        };
        within.filter_map(term).collect()
    };
    Some(Sum::of(groups.all.iter().map(terms)))
}

/// Scores by the values of an aspect, of all categories.
pub(super) fn aspects(meta: &Meta, scope: &Scope, aspect: Aspect) -> Option<Sum> {
    let count = aspect.labels(meta).len();
    if count == 0 {
        return Some(Sum::nothing(0));
    }
    if !scope.categories.is_all() {
        return None;
    }
    let grain = grain_for(scope, None);
    let shape = shape_of(meta, grain);
    let months = span::months(meta, scope.range);
    let axis = if months.is_some() { Axis::Month } else { Axis::Day };
    let cube = CubeId::find(Counts::Scores, Form::Sums, axis, grain)?;
    let Some(span) = span::periods(meta, axis, scope.range)? else {
        return Some(Sum::nothing(count));
    };
    let strata = strata_of(shape, scope, !scope.restricts_customers());
    let sums = Stretch::of_sums(shape.periods(axis), span);
    // Channels come first, then reasons.
    let before = match aspect {
        Aspect::Channel => 0,
        Aspect::Reason => meta.labels.channels.len(),
    };
    let codes = (before..).take(count);
    let term = |code| Term::of(Place::of(cube), sums.of_aspect(shape, code), &strata);
    Some(Sum::of(codes.map(|code| term(code).into_iter().collect())))
}
