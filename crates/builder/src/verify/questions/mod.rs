//! The questions that reach the packs of each layer: the one list that verification walks.
//!
//! Whatever number of a pack can change an answer changes one of these: the questions of a layer
//! take in every cell that its packs have, as far as the number of rows allows, and tell strata
//! and periods apart.

mod days;
mod months;
mod people;
mod slices;

use facts::{
    Aspect, BucketSize, Cut, DayRange, Dimension, Grouping, Part, Question, Scope, Set, View,
};
use snapshot::cubes::{CubeId, Layer, Shape};
use snapshot::{Day, Meta};

pub use people::of_columns;
pub use slices::of_slices;

/// Lines of a snapshot of which every window is asked; of more, fewer are, since each is counted
/// from the lines themselves.
const FEW_LINES: u64 = 150_000;

/// Windows of months of a very large snapshot.
const LEAST_WINDOWS: usize = 3;

/// Lines of a snapshot of which every pair of categories is asked all questions.
const VERY_FEW_LINES: u64 = 15_000;

/// Pairs of categories of a larger one that are asked all questions.
const LEAST_PAIRS: usize = 3;

/// What questions are made of.
struct Asker<'a> {
    meta: &'a Meta,
    shape: Shape,
    /// Windows of months to be asked, at most.
    windows: usize,
    /// Days of the longest window of days.
    reach: i32,
    large: bool,
    very_few: bool,
}

/// All questions of a layer.
pub fn of(layer: Layer, meta: &Meta) -> Vec<Question> {
    let ask = Asker::of(meta);
    let place = layer.lead();
    let variant = place.variant;
    match place.cube {
        // These are read together.
        CubeId::MonthSales | CubeId::MonthFeedback | CubeId::Headcount | CubeId::Irregular => {
            ask.months()
        }
        CubeId::Windows => ask.windows(variant),
        CubeId::Leaders => ask.leaders(),
        CubeId::MonthAspects => ask.aspects(),
        CubeId::DayAspects => ask.day_aspects(),
        CubeId::DaySales | CubeId::DayFeedback => ask.days(variant),
        CubeId::FeedbackGaps => ask.feedback_gaps(variant),
        CubeId::NearFeedback => ask.near_feedback(place),
        CubeId::DayWindows => ask.day_windows(place),
        CubeId::FineDayWindows => ask.fine_day_windows(place),
        CubeId::FineMonthSales | CubeId::FineMonthFeedback => ask.fine_months(),
        CubeId::FineWindows => ask.fine_windows(variant),
        CubeId::FineLeaders => ask.fine_leaders(),
        CubeId::Pool => ask.pool(),
        CubeId::FineMonthAspects => ask.fine_aspects(),
        CubeId::FineFeedbackGaps => ask.fine_feedback_gaps(variant),
        CubeId::FineDaySales | CubeId::FineDayFeedback => ask.fine_days(variant),
        CubeId::PairWindows | CubeId::PairSales => ask.some(variant, ask.pair(variant)),
        CubeId::FinePairWindows | CubeId::FinePairSales => {
            ask.some(variant, ask.fine_pair(variant))
        }
        CubeId::PairFeedbackGaps => ask.some(variant, ask.feedback_gaps(variant)),
        CubeId::FinePairFeedbackGaps => ask.some(variant, ask.fine_feedback_gaps(variant)),
    }
}

impl<'a> Asker<'a> {
    fn of(meta: &'a Meta) -> Self {
        let shape = Shape::of(meta);
        let lines = meta.rows.get("purchase_transactions").copied().unwrap_or(0).max(1);
        let few = lines <= FEW_LINES;
        let share = usize::try_from(FEW_LINES * shape.months as u64 / lines).unwrap_or(usize::MAX);
        let windows = if few { shape.months } else { share.max(LEAST_WINDOWS) };
        let reach = if few { i32::MAX } else { 120 };
        let very_few = lines <= VERY_FEW_LINES;
        Self { meta, shape, windows, reach, large: !few, very_few }
    }

    /// The whole snapshot.
    fn whole(&self) -> DayRange {
        DayRange { from: self.meta.first_day, to: self.meta.last_day }
    }

    /// Each month with a day of the snapshot, whole.
    fn each_month(&self) -> Vec<DayRange> {
        let (first, last) = (self.meta.first_day.month(), self.meta.last_day.month());
        let months = (first.0..=last.0).map(snapshot::Month);
        months.map(|month| DayRange { from: month.first_day(), to: month.last_day() }).collect()
    }

    /// Windows of months: from each month (or as many as may be asked) to the last, and some that
    /// end before it.
    fn month_windows(&self) -> Vec<DayRange> {
        let months = self.each_month();
        let first = spread(months.len(), self.windows);
        let Some(end) = months.last() else { return Vec::new() };
        let to_the_end = first.iter().map(|&at| DayRange { from: months[at].from, to: end.to });
        let inner = first.iter().step_by(3).map(|&at| {
            let last = (at + 1 + at % 3).min(months.len() - 1);
            DayRange { from: months[at].from, to: months[last].to }
        });
        to_the_end.chain(inner).collect()
    }

    /// A range that is no window of whole months, or nothing where there is none.
    fn uneven(&self, from: Day, to: Day) -> Option<DayRange> {
        let starts_month = |day: Day| day == day.month().first_day() || day == self.meta.first_day;
        let from = if starts_month(from) { from.plus(1) } else { from };
        let from = if starts_month(from) { from.plus(1) } else { from };
        let to = to.min(self.meta.last_day);
        (from <= to).then_some(DayRange { from, to })
    }

    /// A range under the categories of a variant.
    fn scope(&self, range: DayRange, variant: u32) -> Scope {
        let categories = self.shape.choice(variant).codes();
        Scope::of_range(range).with(Dimension::Category, Set::of(categories))
    }

    /// All questions of a pair of categories; of a snapshot with more lines, from which each is
    /// counted, all of some pairs and one of the others.
    fn some(&self, variant: u32, mut questions: Vec<Question>) -> Vec<Question> {
        let pair = (variant as usize).saturating_sub(self.shape.variants());
        if !self.very_few && !spread(self.shape.pairs(), LEAST_PAIRS).contains(&pair) {
            questions.truncate(1);
        }
        questions
    }

    fn values(&self, dimension: Dimension) -> std::ops::Range<u16> {
        let values = match dimension {
            Dimension::Segment => self.shape.segments,
            Dimension::Churn => self.shape.risks,
            Dimension::Rfm => self.shape.rfm_segments,
            Dimension::Category => self.shape.categories,
        };
        0..u16::try_from(values).unwrap_or(u16::MAX)
    }

    fn variants(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.shape.variants()).unwrap_or(0)
    }
}

/// The dimensions that coarse strata tell apart.
const CLASSES: [Dimension; 2] = [Dimension::Segment, Dimension::Churn];

fn groups(scope: &Scope, grouping: Grouping, part: Part) -> Question {
    Question::Groups { scope: scope.clone(), grouping, part }
}

/// Who of a period stayed in the one after it.
fn retention(scope: Scope) -> Question {
    let before = before(scope.range);
    Question::Retention { scope, before }
}

/// The period just before a range: as many months before whole months, else as many days.
fn before(range: DayRange) -> DayRange {
    let (first, last) = (range.from.month(), range.to.month());
    if range.from != first.first_day() || range.to != last.last_day() {
        return range.days_before();
    }
    let months = last.0 - first.0 + 1;
    DayRange { from: first.plus(-months).first_day(), to: range.from.plus(-1) }
}

/// The buckets that those of a range are compared with, if there is data of them.
fn beside(scope: &Scope, meta: &Meta, size: BucketSize) -> Option<(Scope, Cut)> {
    let comparison = View::of(scope.clone()).comparison(meta).ok()?;
    Some((scope.over(comparison.compared), Cut { size, beside: Some(comparison) }))
}

/// A part of a scope as one group, and by each of some dimensions.
fn told_apart(scope: &Scope, by: &[Dimension], part: Part) -> Vec<Question> {
    let whole = groups(scope, Grouping::Whole, part);
    let apart = by.iter().map(|&dimension| groups(scope, Grouping::By(dimension), part));
    [whole].into_iter().chain(apart).collect()
}

/// Scores by channel and by reason.
fn by_aspects(scope: &Scope) -> impl Iterator<Item = Question> + use<'_> {
    Aspect::ALL.into_iter().map(|aspect| groups(scope, Grouping::Of(aspect), Part::Feedback))
}

/// At most so many of the numbers below another, evenly spread, the first and the last with them.
fn spread(of: usize, most: usize) -> Vec<usize> {
    match (of, most) {
        (0, _) | (_, 0) => Vec::new(),
        _ if of <= most => (0..of).collect(),
        (_, 1) => vec![0],
        _ => (0..most).map(|at| at * (of - 1) / (most - 1)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn numbers_are_spread_from_the_first_to_the_last() {
        assert_eq!(spread(3, 9), [0, 1, 2]);
        assert_eq!(spread(36, 3), [0, 17, 35]);
        assert_eq!(spread(5, 1), [0]);
        assert_eq!(spread(0, 4), [0; 0]);
    }
}
