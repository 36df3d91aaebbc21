//! Questions over days that are not whole months.

use facts::{BucketSize, DayRange, Dimension, Grouping, Part, Question, Scope};
use snapshot::Day;
use snapshot::cubes::{NEAREST, Place};

use super::{Asker, CLASSES, beside, by_aspects, groups, retention, spread, told_apart};

const OVER_DAYS: Grouping = Grouping::Over(BucketSize::Day);

/// Single days that are asked of the scores by channel and reason.
const SINGLE_DAYS: usize = 60;

/// Single days of a block that are asked under a category.
const FEW_DAYS: i32 = 9;

/// Days from one short range to the next: each of the longest has a half in common with the next.
const STEP: usize = NEAREST / 2;

impl Asker<'_> {
    /// Sums day by day, and of days that are not whole months by segment and risk.
    pub(super) fn days(&self, variant: u32) -> Vec<Question> {
        let whole = self.scope(self.whole(), variant);
        let mut parts = vec![Part::Sales];
        if variant == 0 {
            parts.push(Part::Feedback);
        }
        let mut questions = Vec::new();
        for &part in &parts {
            questions.push(groups(&whole, OVER_DAYS, part));
            for range in self.all_but_the_first() {
                questions.extend(told_apart(&self.scope(range, variant), &CLASSES, part));
            }
            let recent = self.uneven(self.meta.as_of.plus(-45), self.meta.as_of);
            let recent = recent.map(|range| self.scope(range, variant));
            if let Some((scope, cut)) =
                recent.and_then(|scope| beside(&scope, self.meta, BucketSize::Week))
            {
                questions.push(groups(&scope, cut.into(), part));
            }
        }
        questions
    }

    /// Scores of single days and of all others by channel and reason.
    pub(super) fn day_aspects(&self) -> Vec<Question> {
        let first = self.meta.first_day;
        let single = spread(self.shape.days, SINGLE_DAYS).into_iter();
        let single = single.filter_map(|day| {
            let day = first.plus(i32::try_from(day).ok()?);
            Some(DayRange { from: day, to: day })
        });
        let ranges: Vec<DayRange> = single.chain(self.all_but_the_first()).collect();
        let mut scopes: Vec<Scope> = ranges.into_iter().map(Scope::of_range).collect();
        if let Some(range) = self.uneven(first, self.meta.last_day) {
            scopes.extend(self.of_each_class(&Scope::of_range(range)));
        }
        scopes.iter().flat_map(by_aspects).collect()
    }

    /// Under a category: short ranges that begin in the block, and each of their days.
    pub(super) fn near_feedback(&self, place: Place) -> Vec<Question> {
        let Some(block) = place.days(self.shape) else { return Vec::new() };
        let variant = place.variant;
        let mut questions = Vec::new();
        // A range that began before the block reaches into its first days.
        let firsts = (block.first..block.first + block.days).step_by(STEP);
        let firsts = firsts.flat_map(|first| [first.saturating_sub(STEP), first]);
        for first in firsts {
            let from = self.day(first);
            for days in [NEAREST, 7] {
                let to = from.plus(i32::try_from(days).unwrap_or(1) - 3);
                if let Some(range) = self.uneven(from, to) {
                    let scope = self.scope(range, variant);
                    questions.push(groups(&scope, Grouping::Whole, Part::Feedback));
                    if days == NEAREST && first == block.first {
                        questions.push(groups(&scope, OVER_DAYS, Part::Feedback));
                        questions.extend(told_apart(&scope, &CLASSES, Part::Feedback));
                    }
                }
            }
        }
        questions
    }

    /// Distinct customers of each day of the block, and of windows that begin there.
    pub(super) fn day_windows(&self, place: Place) -> Vec<Question> {
        let Some(block) = place.days(self.shape) else { return Vec::new() };
        let variant = place.variant;
        let (first, last) = (self.day(block.first), self.day(block.first + block.days - 1));
        let middle = self.day(block.first + block.days / 2);
        // Of all categories together each day is asked; the blocks of one are longer.
        let each = match variant {
            0 => DayRange { from: first, to: last },
            _ => DayRange { from: middle, to: middle.plus(FEW_DAYS).min(last) },
        };
        let mut questions = vec![groups(&self.scope(each, variant), OVER_DAYS, Part::Customers)];
        // Those from the block's last day on see all its rows; others see fewer, and more days.
        for from in [first, middle, last] {
            let end = from.0.saturating_add(self.reach).min(self.meta.last_day.0);
            if let Some(range) = self.uneven(from, Day(end)) {
                let scope = self.scope(range, variant);
                questions.push(groups(&scope, Grouping::Whole, Part::Customers));
                if from == middle {
                    questions.extend(
                        CLASSES.map(|by| groups(&scope, Grouping::By(by), Part::Customers)),
                    );
                }
            }
        }
        if let Some(range) = self.uneven(middle, middle.plus(9)) {
            questions.push(retention(self.scope(range, variant)));
        }
        questions
    }

    /// By RFM segment: customers of windows that begin in the block, and all that points tell.
    pub(super) fn fine_day_windows(&self, place: Place) -> Vec<Question> {
        let Some(block) = place.days(self.shape) else { return Vec::new() };
        let (variant, by_rfm) = (place.variant, Grouping::By(Dimension::Rfm));
        let (first, last) = (self.day(block.first), self.day(block.first + block.days - 1));
        let middle = self.day(block.first + block.days / 2);
        let mut questions = Vec::new();
        for from in [first, middle, last] {
            let end = from.0.saturating_add(self.reach).min(self.meta.last_day.0);
            let Some(range) = self.uneven(from, Day(end)) else { continue };
            let scope = self.scope(range, variant);
            questions.push(groups(&scope, by_rfm, Part::Customers));
            if variant == 0 && from == middle {
                let classes = self.of_each_class(&scope);
                questions
                    .extend(classes.iter().map(|scope| groups(scope, by_rfm, Part::Customers)));
            }
            questions.push(Question::Points { scope, most: usize::MAX });
        }
        if variant == 0 {
            let each = DayRange { from: middle, to: middle.plus(FEW_DAYS).min(last) };
            for scope in self.of_each(&Scope::of_range(each), Dimension::Rfm) {
                questions.push(groups(&scope, OVER_DAYS, Part::Customers));
            }
        }
        questions
    }

    /// Sums of days that are not whole months by RFM segment, and day by day of each RFM segment.
    pub(super) fn fine_days(&self, variant: u32) -> Vec<Question> {
        let by_rfm = Grouping::By(Dimension::Rfm);
        let mut questions = Vec::new();
        for range in self.all_but_the_first() {
            let scope = self.scope(range, variant);
            questions.push(groups(&scope, by_rfm, Part::Sales));
            if variant == 0 {
                questions.push(groups(&scope, by_rfm, Part::Feedback));
            }
        }
        if variant == 0 {
            for scope in self.of_each(&Scope::of_range(self.whole()), Dimension::Rfm) {
                questions.push(groups(&scope, OVER_DAYS, Part::Sales));
                questions.push(groups(&scope, OVER_DAYS, Part::Feedback));
            }
        } else if let Some(range) = self.uneven(self.meta.first_day, self.meta.last_day) {
            for scope in self.of_each(&self.scope(range, variant), Dimension::Segment) {
                questions.push(groups(&scope, by_rfm, Part::Sales));
            }
        }
        questions
    }

    /// All days but the first ones, which are no whole months, and the first ones.
    fn all_but_the_first(&self) -> Vec<DayRange> {
        let first = self.meta.first_day;
        let Some(rest) = self.uneven(first, self.meta.last_day) else { return Vec::new() };
        vec![rest, DayRange { from: first, to: rest.from.plus(-1) }]
    }

    fn day(&self, day: usize) -> Day {
        self.meta.first_day.plus(i32::try_from(day).unwrap_or(i32::MAX))
    }
}
