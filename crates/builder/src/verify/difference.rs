//! Where two replies to a question differ, and the question in words.

use std::fmt::Debug;

use facts::{Dimension, Grouping, Points, Question, Reply};
use snapshot::Meta;

/// Points that make a picture: a sample of fewer must be of few.
const ENOUGH: usize = 200;

/// Where a reply is not what it should be.
///
/// Of points, everybody is expected: what was found may be a sample of them.
pub fn differs(question: &Question, found: &Reply, expected: &Reply) -> Option<String> {
    match (question, found, expected) {
        (Question::Points { most, .. }, Reply::Points(found), Reply::Points(expected)) => {
            points(*most, found, expected)
        }
        (_, Reply::Groups(found), Reply::Groups(expected)) => first("group", found, expected),
        (_, Reply::RetentionOverTime(found), Reply::RetentionOverTime(expected)) => {
            first("bucket", found, expected)
        }
        (_, Reply::Top(found), Reply::Top(expected)) => first("place", found, expected),
        (_, Reply::Members(found), Reply::Members(expected)) => {
            one("the number of customers", &found.count, &expected.count)
                .or_else(|| first("row", &found.rows, &expected.rows))
        }
        _ => one("the reply", found, expected),
    }
}

fn one<T: PartialEq + Debug>(what: &str, found: &T, expected: &T) -> Option<String> {
    (found != expected).then(|| format!("{what} is {found:?}, should be {expected:?}"))
}

fn first<T: PartialEq + Debug>(what: &str, found: &[T], expected: &[T]) -> Option<String> {
    let at = found.iter().zip(expected).position(|(found, expected)| found != expected);
    match at {
        Some(at) => one(&format!("{what} {at}"), &found[at], &expected[at]),
        None => one(&format!("the number of {what}s"), &found.len(), &expected.len()),
    }
}

fn points(most: usize, found: &Points, expected: &Points) -> Option<String> {
    let counts = one("the number of customers", &found.customers, &expected.customers)
        .or_else(|| first("row of strata", &found.strata, &expected.strata));
    if counts.is_some() {
        return counts;
    }
    let all = &expected.sample;
    let stray = found.sample.iter().find(|point| {
        let at = all.binary_search_by_key(&point.customer, |point| point.customer);
        at.ok().is_none_or(|at| all[at] != **point)
    });
    if let Some(stray) = stray {
        return Some(format!("{stray:?} is no customer in scope"));
    }
    let sample = &found.sample;
    if !sample.windows(2).all(|two| two[0].customer < two[1].customer) {
        return Some("points are not in the order of customers".to_owned());
    }
    let least = ENOUGH.min(most).min(all.len().div_ceil(2));
    (sample.len() < least).then(|| format!("{} points are drawn of {}", sample.len(), all.len()))
}

/// A question in a few words.
pub fn words(question: &Question, meta: &Meta) -> String {
    let what = match question {
        Question::Groups { grouping, part, .. } => match grouping {
            Grouping::Whole => format!("{part:?}"),
            Grouping::By(dimension) => format!("{part:?} by {dimension:?}"),
            Grouping::Over(size) => format!("{part:?} over {size:?}s"),
            Grouping::Beside(size, comparison) => format!(
                "{part:?} over {size:?}s beside {} to {}",
                comparison.shown.from, comparison.shown.to
            ),
            Grouping::Of(aspect) => format!("{part:?} of each {aspect:?}"),
        },
        Question::Retention { .. } => "Retention".to_owned(),
        Question::RetentionOverTime { size, .. } => format!("Retention over {size:?}s"),
        Question::Top { count, .. } => format!("Top {count}"),
        Question::Points { .. } => "Points".to_owned(),
        Question::Members(ask) => format!("Customers sorted by {:?}", ask.sort),
    };
    let scope = question.scope();
    let mut words = format!("{what}, {} to {}", scope.range.from, scope.range.to);
    for dimension in [Dimension::Segment, Dimension::Churn, Dimension::Rfm, Dimension::Category] {
        let codes = scope.set(dimension).codes().iter();
        let names = filters::labels(meta, dimension);
        let chosen: Vec<&str> =
            codes.filter_map(|&code| names.get(usize::from(code)).map(String::as_str)).collect();
        if !chosen.is_empty() {
            words.push_str(&format!(", {dimension:?} {}", chosen.join(" or ")));
        }
    }
    words
}
