//! What the page asks of facts: some of everything.

use facts::{
    Aspect, BucketSize, Compare, DayRange, Dimension, Facts, Grouping, KPIS, MemberSort,
    MembersAsk, Part, Scope, Set, View,
};
use widgets::{Ask, Format, Locale, People, Theme};

use crate::chance::Chance;

const DIMENSIONS: [Dimension; 4] =
    [Dimension::Segment, Dimension::Churn, Dimension::Rfm, Dimension::Category];

const SIZES: [BucketSize; 3] = [BucketSize::Day, BucketSize::Week, BucketSize::Month];

const SORTS: [MemberSort; 4] =
    [MemberSort::Change, MemberSort::LastPurchase, MemberSort::Satisfaction, MemberSort::Rfm];

/// The cards and key figures of the default view.
pub fn default_view(facts: &Facts) {
    shown(facts, &View::default_for(facts.meta()));
}

fn shown(facts: &Facts, view: &View) {
    let format = Format::new(Locale::EN, facts.meta().currency.clone());
    let people = People::default();
    let ask =
        Ask { facts, view, format: &format, theme: &Theme::LIGHT, people: &people, kind: None };
    let _ = widgets::kpi_cards(&ask);
    for widget in widgets::ALL {
        let _ = widget.compute(&ask);
    }
}

/// Measures of a scope, and cards and parts of it, chosen by chance.
pub fn anything(facts: &Facts, chance: &mut Chance) {
    let scope = scope(facts, chance);
    for part in Part::ALL {
        let by = match chance.below(4) {
            0 => Grouping::Whole,
            1 => Grouping::By(*chance.one_of(&DIMENSIONS)),
            2 => Grouping::Over(*chance.one_of(&SIZES)),
            _ => Grouping::Of(*chance.one_of(&Aspect::ALL)),
        };
        let _ = facts.groups(&scope, by, &[part]);
        let _ = facts.groups(&scope, Grouping::By(*chance.one_of(&DIMENSIONS)), &[part]);
    }
    let before = scope.range.days_before();
    let _ = facts.retention(&scope, before);
    let _ = facts.retention_over_time(&scope, BucketSize::for_range(scope.range));
    let _ = facts.top(&scope, 1 + chance.below(80));
    let _ = facts.points(&scope, 1 + chance.below(3_000));
    let _ = facts.members(&MembersAsk {
        scope: scope.clone(),
        compared: (chance.below(2) == 0).then_some(before),
        sort: *chance.one_of(&SORTS),
        descending: chance.below(2) == 0,
        offset: chance.below(70) as u32,
        limit: 20,
    });
    let compare = *chance.one_of(&[Compare::Previous, Compare::YearBefore, Compare::None]);
    let view = View { compare, ..View::of(scope) };
    let _ = facts.kpi_parts(chance.one_of(&KPIS), &view, *chance.one_of(&DIMENSIONS));
    shown(facts, &view);
}

fn scope(facts: &Facts, chance: &mut Chance) -> Scope {
    let meta = facts.meta();
    let (first, last) = (meta.first_day, meta.last_day);
    let days = (last.0 - first.0 + 1) as usize;
    let range = match chance.below(4) {
        0 => DayRange { from: first, to: last },
        1 => {
            let month = first.plus(chance.below(days) as i32).month();
            DayRange { from: month.first_day(), to: month.plus(2).last_day() }
        }
        2 => {
            let from = first.plus(chance.below(days) as i32);
            DayRange { from, to: from.plus(chance.below(100) as i32) }
        }
        _ => DayRange { from: first.plus(-400), to: first.plus(chance.below(days) as i32) },
    };
    let labels = &meta.labels;
    let mut set = |length: usize| match chance.below(3) {
        0 => Set::of((0..2).map(|_| chance.below(length.min(65_535)) as u16)),
        1 => Set::of([chance.below(length.min(65_535)) as u16]),
        _ => Set::ALL,
    };
    Scope {
        range,
        segments: set(labels.segments.len()),
        churn: set(labels.churn_risks.len()),
        categories: set(labels.categories.len()),
        rfm: set(labels.rfm_segments.len()),
        buyers_only: false,
    }
}
