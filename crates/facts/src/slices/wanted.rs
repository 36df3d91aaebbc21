//! Which slices the columns would look at for a question.

use std::collections::BTreeSet;

use snapshot::Meta;
use snapshot::slices::{Grid, Wanted};

use crate::comparison::Cut;
use crate::measure::{Grouping, Part, Totals};
use crate::period::{BucketSize, DayRange};
use crate::recorded::Question;
use crate::scope::{Dimension, Scope, Set};
use crate::source::Source;

/// What must be read to answer all of some questions; nothing if one may hang on any row. Amounts
/// are left out where `sums` knows what is made of them.
pub fn wanted<'a>(
    meta: &Meta,
    questions: impl IntoIterator<Item = &'a Question>,
    sums: &dyn Source,
) -> Option<Wanted> {
    let mut wanted = Wanted::default();
    for question in questions {
        wanted.add(&wanted_by(meta, question, sums)?);
    }
    Some(wanted)
}

/// As [`wanted`], of one question.
pub(super) fn wanted_by(meta: &Meta, question: &Question, sums: &dyn Source) -> Option<Wanted> {
    let mut wanted = with_amounts(Grid::of(meta)?, meta, question)?;
    if !wanted.amounts.is_empty() && sums_known(question, sums).is_some() {
        wanted.amounts.clear();
    }
    Some(wanted)
}

/// The questions about single categories whose revenue and units add up to those of a question.
pub fn sums(question: &Question) -> Vec<Question> {
    let Question::Groups { scope, grouping, part: part @ Part::Sales } = question else {
        return Vec::new();
    };
    let one = |&code: &u16| Question::Groups {
        scope: scope.with(Dimension::Category, Set::of([code])),
        grouping: *grouping,
        part: *part,
    };
    scope.categories.codes().iter().map(one).collect()
}

/// The answers to these.
pub(super) fn sums_known(question: &Question, source: &dyn Source) -> Option<Vec<Vec<Totals>>> {
    let of_one = |question| match question {
        Question::Groups { scope, grouping, part } => source.groups(&scope, grouping, part),
        _ => None,
    };
    let parts = sums(question);
    // Without categories there is nothing that adds up.
    (!parts.is_empty()).then(|| parts.into_iter().map(of_one).collect()).flatten()
}

/// What must be read to answer a question, amounts with all lines that have any part in a sum.
pub(super) fn with_amounts(grid: Grid, meta: &Meta, question: &Question) -> Option<Wanted> {
    let mut wanted = Wanted::default();
    let lines = |scope: &Scope, range| lines(grid, scope, range);
    // Who counts without a purchase line, is not found among the lines.
    let among_buyers = |scope: &Scope| (!scope.takes_everybody(meta)).then_some(());
    match question {
        Question::Groups { scope, grouping, part: Part::Feedback } => {
            if matches!(grouping, Grouping::By(Dimension::Category)) {
                return None;
            }
            if !scope.categories.is_all() {
                wanted.lines = lines(scope, scope.range);
            }
            let mut ranges = vec![scope.range];
            if let Some(cut) = grouping.cut() {
                ranges.extend(cut.buckets(scope.range).iter().map(|bucket| bucket.range));
            }
            if meta.features.feedback {
                wanted.scores = spans(grid, &ranges);
            }
            if meta.features.campaigns && !matches!(grouping, Grouping::Of(_)) {
                wanted.answers = spans(grid, &ranges);
            }
        }
        // No other part has such groups.
        Question::Groups { grouping: Grouping::Of(_), .. } => return None,
        Question::Groups { scope, part, .. } => {
            among_buyers(scope)?;
            wanted.lines = lines(scope, scope.range);
            match part {
                Part::Sales => wanted.amounts.clone_from(&wanted.lines),
                _ => wanted.values = true,
            }
        }
        Question::Retention { scope, before } => {
            wanted.lines = lines(scope, scope.range);
            wanted.lines.extend(lines(scope, *before));
        }
        Question::RetentionOverTime { scope, size, beside } => {
            let cut = Cut { size: *size, beside: *beside };
            wanted.lines = lines(scope, scope.range);
            if let Some(first) = cut.buckets(scope.range).first() {
                let before = BucketSize::ending(first.size, first.range.from.plus(-1));
                wanted.lines.extend(lines(scope, before));
            }
        }
        Question::Points { scope, .. } => {
            among_buyers(scope)?;
            wanted.lines = lines(scope, scope.range);
            wanted.values = true;
        }
        Question::Top { scope, .. } => {
            among_buyers(scope)?;
            wanted.lines = lines(scope, scope.range);
            wanted.amounts.clone_from(&wanted.lines);
            wanted.values = true;
        }
        Question::Members(ask) => {
            among_buyers(&ask.scope)?;
            wanted.lines = lines(&ask.scope, ask.scope.range);
            if let Some(range) = ask.compared {
                wanted.lines.extend(lines(&ask.scope, range));
            }
            wanted.amounts.clone_from(&wanted.lines);
            wanted.values = true;
            // A customer's satisfaction is that of all time.
            if meta.features.feedback {
                wanted.scores = (0_u32..).take(grid.spans()).collect();
            }
        }
    }
    Some(wanted)
}

/// The blocks of the lines of a scope's categories in a range.
fn lines(grid: Grid, scope: &Scope, range: DayRange) -> BTreeSet<u32> {
    let spans = grid.spans_of(range.from, range.to);
    let codes = (0_u16..).take(grid.categories()).filter(|&code| scope.categories.allows(code));
    codes.flat_map(|code| spans.clone().map(move |span| grid.block(code.into(), span))).collect()
}

/// The spans of ranges.
fn spans(grid: Grid, ranges: &[DayRange]) -> BTreeSet<u32> {
    let spans = ranges.iter().flat_map(|range| grid.spans_of(range.from, range.to));
    spans.filter_map(|span| u32::try_from(span).ok()).collect()
}
