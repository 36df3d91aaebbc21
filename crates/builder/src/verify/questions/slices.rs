//! Questions that slices are there for: several categories, days that are no whole months, lists.

use facts::{
    BucketSize, DayRange, Dimension, Grouping, MemberSort, MembersAsk, Part, Question, Scope, Set,
};
use snapshot::Meta;

use super::{Asker, CLASSES, before, beside, by_aspects, groups, retention, told_apart};

/// Rows of lists.
const ROWS: u32 = 20;

/// Points that the page draws.
const DRAWN: usize = 3_000;

/// The questions about a scope that cards and key figures ask.
fn about(scope: &Scope, ask: &Asker<'_>) -> Vec<Question> {
    let mut questions = Vec::new();
    for part in Part::ALL {
        questions.extend(told_apart(scope, &CLASSES, part));
        questions.push(groups(scope, Grouping::By(Dimension::Rfm), part));
        questions.push(groups(scope, Grouping::Over(BucketSize::Month), part));
        questions.push(groups(scope, Grouping::Over(BucketSize::Week), part));
    }
    questions.push(groups(scope, Grouping::By(Dimension::Category), Part::Sales));
    questions.push(groups(scope, Grouping::By(Dimension::Category), Part::Customers));
    questions.extend(by_aspects(scope).filter(|_| ask.meta.features.feedback));
    questions.push(retention(scope.clone()));
    let (size, compared) = (BucketSize::Month, scope.range);
    questions.push(Question::RetentionOverTime { scope: scope.clone(), size, beside: None });
    if let Some((scope, cut)) = beside(scope, ask.meta, size) {
        questions.extend(Part::ALL.map(|part| groups(&scope, cut.into(), part)));
    }
    questions.push(Question::Top { scope: scope.clone(), count: ROWS as usize });
    questions.push(Question::Points { scope: scope.clone(), most: DRAWN });
    for sort in [MemberSort::LifetimeValue, MemberSort::Change, MemberSort::Satisfaction] {
        questions.push(Question::Members(MembersAsk {
            scope: scope.clone(),
            compared: Some(before(compared)),
            sort,
            descending: true,
            offset: 0,
            limit: ROWS,
        }));
    }
    questions
}

/// All of these.
pub fn of_slices(meta: &Meta) -> Vec<Question> {
    let ask = Asker::of(meta);
    let last = |days: i32| DayRange { from: meta.as_of.plus(1 - days), to: meta.as_of };
    let (quarter, year) = (last(90), last(360));
    let categories = ask.values(Dimension::Category);
    let of = |count: usize, range| {
        let codes = categories.clone().rev().take(count);
        Scope::of_range(range).with(Dimension::Category, Set::of(codes))
    };
    let mut questions = about(&of(2, quarter), &ask);
    if !ask.large {
        questions.extend(about(&of(1, year), &ask));
        let narrow = of(1, quarter).with(Dimension::Segment, Set::of([0]));
        questions.extend(about(&narrow.with(Dimension::Rfm, Set::of([0])), &ask));
        questions.extend(about(&Scope::of_range(last(100)), &ask));
    }
    let rfm = Scope::of_range(quarter).with(Dimension::Rfm, Set::of([0]));
    questions.push(groups(&rfm, Grouping::Whole, Part::Feedback));
    questions.extend(by_aspects(&rfm).filter(|_| meta.features.feedback));
    for range in [year, last(30)] {
        questions.extend(Part::ALL.map(|part| groups(&of(5, range), Grouping::Whole, part)));
    }
    // What everybody counts in is left to the columns.
    questions.retain(|question| !question.scope().takes_everybody(meta));
    questions
}
