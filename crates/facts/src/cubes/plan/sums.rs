//! Sums over purchase lines, and distinct customers.

use snapshot::Meta;
use snapshot::cubes::{Axis, Counts, CubeId, Form, Grain, Place, Stretch};

use super::groups::{Group, Groups};
use crate::cubes::span;
use crate::cubes::strata::{Strata, shape_of, value_of, values};
use crate::cubes::terms::{Sum, Term};
use crate::measure::{Grouping, Part};
use crate::scope::{Dimension, Scope};

/// Sums, from months where they will do, else from days.
pub(super) fn sales(meta: &Meta, scope: &Scope, by: Grouping) -> Option<Sum> {
    let groups = Groups::of(meta, scope, by, Part::Sales)?;
    let (axis, periods) = groups.narrowest(meta)?;
    let cube = CubeId::find_of(Counts::Sales, Form::Sums, axis, groups.grain, groups.chosen)?;
    let terms = groups.all.iter().zip(periods).map(|(group, span)| {
        let stretch = Stretch::of_sums(groups.shape.periods(axis), span?);
        let place = Place { variant: group.variant, ..Place::of(cube) };
        Term::of(place, stretch, &group.strata)
    });
    Some(Sum { groups: terms.map(|term| term.into_iter().collect()).collect(), irregular: true })
}

/// Distinct customers: everybody when nothing is narrowed, else those of a window.
pub(super) fn customers(meta: &Meta, scope: &Scope, by: Grouping) -> Option<Sum> {
    let told_apart = match by {
        Grouping::By(dimension) => dimension != Dimension::Category,
        Grouping::Whole | Grouping::Of(_) => true,
        Grouping::Over(_) | Grouping::Beside(..) => false,
    };
    if told_apart && scope.takes_everybody(meta) {
        everybody(meta, scope, by)
    } else {
        windows(meta, scope, by)
    }
}

/// Distinct customers of groups, each of them a window of months or of days.
pub(super) fn windows(meta: &Meta, scope: &Scope, by: Grouping) -> Option<Sum> {
    let groups = Groups::of(meta, scope, by, Part::Customers)?;
    let terms = groups.all.iter().map(|group| window(meta, &groups, group));
    let groups = terms.collect::<Option<Vec<_>>>()?;
    Some(Sum { groups, irregular: true })
}

fn window(meta: &Meta, groups: &Groups, group: &Group) -> Option<Vec<Term>> {
    let term =
        |(place, stretch)| Term::of(place, stretch, &group.strata).into_iter().collect::<Vec<_>>();
    Some(of_window(meta, groups, group)?.map(term).unwrap_or_default())
}

/// Where the distinct customers of a group's window are; none of one without days or strata.
pub(super) fn of_window(
    meta: &Meta,
    groups: &Groups,
    group: &Group,
) -> Option<Option<(Place, Stretch)>> {
    let days = span::days(meta, group.range).filter(|_| !group.strata.is_empty());
    let Some(days) = days else { return Some(None) };
    let months = span::months(meta, group.range).flatten();
    let axis = if months.is_some() { Axis::Month } else { Axis::Day };
    let chosen = groups.chosen;
    let cube = CubeId::find_of(Counts::Customers, Form::Pairs, axis, groups.grain, chosen)?;
    let place = Place { variant: group.variant, ..Place::of(cube) };
    Some(Some(match months {
        Some(months) => (place, Stretch::of_month_window(groups.shape, months)),
        None => {
            let (number, block) = groups.shape.block(cube, group.variant, days.0)?;
            (Place { block: number, ..place }, Stretch::of_day_window(block, days))
        }
    }))
}

/// Rows of the headcount are fine strata.
fn everybody(meta: &Meta, scope: &Scope, by: Grouping) -> Option<Sum> {
    let shape = shape_of(meta, Grain::Fine);
    let mut rows = match by {
        Grouping::By(dimension) => vec![Vec::new(); values(shape, dimension)?],
        _ => vec![Vec::new()],
    };
    for row in Strata::new(shape, scope).all() {
        let group = match by {
            Grouping::By(dimension) => value_of(shape, dimension, row),
            _ => 0,
        };
        // The unscored are in no group of RFM segments.
        if let Some(rows) = rows.get_mut(group) {
            rows.push(row);
        }
    }
    let term =
        |rows: Vec<usize>| Term::of(Place::of(CubeId::Headcount), Stretch::ALWAYS, &rows.into());
    Some(Sum {
        groups: rows.into_iter().map(|rows| Vec::from_iter(term(rows))).collect(),
        irregular: false,
    })
}
