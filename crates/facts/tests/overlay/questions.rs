//! Every kind of question about a filter, and asking them of facts.

use facts::{
    Aspect, BucketSize, Comparison, Cut, DayRange, Dimension, Facts, Grouping, MemberSort, Members,
    MembersAsk, Part, Question, Reply, Scope, Set, View, edges,
};
use facts::{Compare, RangeKind};
use proptest::prelude::*;
use snapshot::Meta;

use crate::shop::DAYS;

const DIMENSIONS: [Dimension; 4] =
    [Dimension::Segment, Dimension::Churn, Dimension::Rfm, Dimension::Category];
const SIZES: [BucketSize; 3] = [BucketSize::Day, BucketSize::Week, BucketSize::Month];
const SORTS: [MemberSort; 9] = [
    MemberSort::LifetimeValue,
    MemberSort::Revenue,
    MemberSort::Change,
    MemberSort::Orders,
    MemberSort::LastPurchase,
    MemberSort::Segment,
    MemberSort::Churn,
    MemberSort::Rfm,
    MemberSort::Satisfaction,
];

/// A filter, and which windows of lists are looked at.
#[derive(Clone, Debug)]
pub struct Pick {
    days: (i32, i32),
    kind: u8,
    scope: Scope,
    compare: bool,
    last_days: bool,
    window: (u32, u32),
    descending: bool,
}

pub fn picks() -> impl Strategy<Value = Pick> {
    let day = -10..i32::from(DAYS) + 50;
    let set = |codes: u16| {
        let some = proptest::collection::vec(0..codes, 1..3).prop_map(Set::of);
        prop_oneof![3 => Just(Set::ALL), 1 => some]
    };
    let sets = (set(4), set(4), set(5), set(5));
    let scope = sets.prop_map(|(segments, churn, categories, rfm)| {
        let whole = DayRange { from: snapshot::Day(0), to: snapshot::Day(0) };
        Scope { segments, churn, categories, rfm, ..Scope::of_range(whole) }
    });
    let flags = any::<(bool, bool, bool)>();
    ((day.clone(), day), 0..7_u8, scope, flags, (0..18_u32, 1..9_u32)).prop_map(
        |(days, kind, scope, (compare, last_days, descending), window)| Pick {
            days,
            kind,
            scope,
            compare,
            last_days,
            window,
            descending,
        },
    )
}

impl Pick {
    /// The days of the snapshot, those of it with the events, months, those after the snapshot, any.
    fn range(&self, published: &Meta, meta: &Meta) -> DayRange {
        let (a, b) = self.days;
        let (from, to) = (meta.first_day.plus(a.min(b)), meta.first_day.plus(a.max(b)));
        match self.kind {
            0 => edges(published),
            1 => edges(meta),
            2 => DayRange { from: from.month().first_day(), to: to.month().last_day() },
            3 => DayRange {
                from: published.last_day.plus(1),
                to: meta.last_day.max(published.last_day.plus(1)),
            },
            4 => DayRange { from: from.min(published.last_day), to: meta.last_day },
            _ => DayRange { from, to },
        }
    }
}

/// A question, or points of which the sample is a choice.
#[derive(Clone, Debug)]
pub enum Asked {
    Question(Question),
    Strata(Question),
}

pub fn asked(pick: &Pick, published: &Meta, meta: &Meta) -> Vec<Asked> {
    let scope = pick.scope.over(pick.range(published, meta));
    let of = || scope.clone();
    let by = DIMENSIONS.map(Grouping::By).into_iter();
    let over = SIZES.map(Grouping::Over);
    let groupings =
        [Grouping::Whole].into_iter().chain(by).chain(over).chain(Aspect::ALL.map(Grouping::Of));
    let groups = groupings.flat_map(|grouping| {
        Part::ALL.map(|part| Question::Groups { scope: of(), grouping, part })
    });
    let before = Question::Retention { scope: of(), before: scope.range.days_before() };
    let steps = SIZES.map(|size| Question::RetentionOverTime { scope: of(), size, beside: None });
    let top = [1, 4, 50].map(|count| Question::Top { scope: of(), count });
    let points = Question::Points { scope: of(), most: usize::MAX };
    let comparison = comparison(pick, &scope, meta);
    let questions = groups.chain([before]).chain(steps).chain(top).chain([points]);
    let questions = questions.chain(comparison.iter().flat_map(|it| beside(&scope, *it)));
    let members = SORTS.map(|sort| {
        Question::Members(MembersAsk {
            scope: of(),
            compared: comparison.map(|comparison| comparison.compared),
            sort,
            descending: pick.descending,
            offset: pick.window.0,
            limit: pick.window.1,
        })
    });
    let few = Question::Points { scope: of(), most: 3 };
    questions.chain(members).map(Asked::Question).chain([Asked::Strata(few)]).collect()
}

fn comparison(pick: &Pick, scope: &Scope, meta: &Meta) -> Option<Comparison> {
    let view = View {
        scope: scope.clone(),
        kind: if pick.last_days { RangeKind::LastDays } else { RangeKind::Dates },
        compare: if pick.compare { Compare::Previous } else { Compare::YearBefore },
    };
    view.comparison(meta).ok()
}

/// What is asked of the period compared with, in buckets that are moved.
fn beside(scope: &Scope, comparison: Comparison) -> Vec<Question> {
    let scope = scope.over(comparison.compared);
    let mut questions = Vec::new();
    for size in SIZES {
        let cut = Cut { size, beside: Some(comparison) };
        for part in Part::ALL {
            questions.push(Question::Groups { scope: scope.clone(), grouping: cut.into(), part });
        }
        questions.push(Question::RetentionOverTime {
            scope: scope.clone(),
            size,
            beside: Some(comparison),
        });
    }
    questions
}

/// Puts a question to facts.
pub fn ask(facts: &Facts, asked: &Asked) -> Option<Reply> {
    let (question, strata_alone) = match asked {
        Asked::Question(question) => (question, false),
        Asked::Strata(question) => (question, true),
    };
    Some(match question {
        Question::Groups { scope, grouping, part } => {
            Reply::Groups(facts.groups(scope, *grouping, &[*part]).ready()?)
        }
        Question::Retention { scope, before } => {
            Reply::Retention(facts.retention(scope, *before).ready()?)
        }
        Question::RetentionOverTime { scope, size, beside } => {
            let cut = Cut { size: *size, beside: *beside };
            Reply::RetentionOverTime(facts.retention_over_time(scope, cut).ready()?)
        }
        Question::Top { scope, count } => Reply::Top(facts.top(scope, *count).ready()?),
        Question::Points { scope, most } => {
            let mut points = facts.points(scope, *most).ready()?;
            if strata_alone {
                assert!(points.sample.len() <= most + 200, "{}", points.sample.len());
                points.sample.clear();
            }
            Reply::Points(points)
        }
        Question::Members(ask) => {
            let Members { count, rows } = facts.members(ask).ready()?;
            Reply::Members(Members { count, rows })
        }
    })
}
