//! Purchase lines, feedback and contacts once more, cut by months (and lines by category), so that
//! a question about a few months or categories reads a few of these blocks instead of all columns.
//!
//! A [`Grid`] says which blocks there are: spans of so many months, times categories. Blocks of a
//! category lie together, in the order of time. Amounts lie apart from the days and customers of
//! their lines, and what customers are worth apart from what they are, since many questions need
//! only the one. Within a block lines are in the order of their customers, guests last; a line
//! tells its order by the number of the order within that customer's day, and an order of several
//! days or customers by a number of its own; a line that is not positive tells none, since none is
//! counted by it.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "months and days of a `Meta` that passed its check, and at most `MOST_BLOCKS` blocks"
)]

mod read;
mod write;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::cubes::Shape;
use crate::day::{Day, Month};
use crate::meta::Meta;

pub use read::{Amounts, Lines, Slices};
pub use write::write;

/// Pack of segment, churn risk and RFM segment; one block so many customers.
pub const PACK_KINDS: &str = "slice_kinds";

/// Pack of purchases of all time and what they are worth; one block so many customers.
pub const PACK_VALUES: &str = "slice_values";

/// Pack of customer, day and order of purchase lines; one block a category and span.
pub const PACK_LINES: &str = "slice_lines";

/// Pack of amount and quantity of purchase lines; blocks as those of the lines.
pub const PACK_AMOUNTS: &str = "slice_amounts";

/// Pack of satisfaction scores; one block a span.
pub const PACK_SCORES: &str = "slice_scores";

/// Pack of campaign contacts; one block a span.
pub const PACK_ANSWERS: &str = "slice_answers";

/// All of these packs, in the order in which they lie in the file.
pub const PACKS: [&str; 6] =
    [PACK_KINDS, PACK_VALUES, PACK_LINES, PACK_AMOUNTS, PACK_SCORES, PACK_ANSWERS];

/// Customers of a block of [`PACK_KINDS`] and [`PACK_VALUES`].
pub const CUSTOMERS: usize = 1 << 18;

/// Blocks of lines, about: with more of them, each is worth less than the way to it.
const MOST_BLOCKS: usize = 200;

/// Categories that are told apart, at most: of more, a block has too few lines.
const MOST_CATEGORIES: usize = 64;

/// How rows are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    categories: usize,
    /// Spans of months.
    spans: usize,
    /// Months of a span; the last may have fewer.
    width: usize,
    first_day: Day,
    last_day: Day,
}

impl Grid {
    /// The grid of a snapshot; none where categories are too many.
    pub fn of(meta: &Meta) -> Option<Self> {
        let Shape { categories, months, .. } = Shape::of(meta);
        if !(1..=MOST_CATEGORIES).contains(&categories) || months == 0 {
            return None;
        }
        let width = months.div_ceil(MOST_BLOCKS / categories);
        let (first_day, last_day) = (meta.first_day, meta.last_day);
        Some(Self { categories, spans: months.div_ceil(width), width, first_day, last_day })
    }

    /// Spans of months.
    pub fn spans(self) -> usize {
        self.spans
    }

    /// Categories.
    pub fn categories(self) -> usize {
        self.categories
    }

    /// The spans that days of a range lie in.
    pub fn spans_of(self, from: Day, to: Day) -> Range<usize> {
        let (from, to) = (from.max(self.first_day), to.min(self.last_day));
        if from > to {
            return 0..0;
        }
        self.span_of(from)..self.span_of(to) + 1
    }

    /// The block of lines of a category in a span.
    pub fn block(self, category: usize, span: usize) -> u32 {
        u32::try_from(category * self.spans + span).unwrap_or(u32::MAX)
    }

    /// The category and the span of a block of lines.
    fn of_block(self, block: u32) -> Option<(usize, usize)> {
        let block = block as usize;
        Some((block / self.spans, block % self.spans)).filter(|at| at.0 < self.categories)
    }

    fn span_of(self, day: Day) -> usize {
        let months = day.month().0.saturating_sub(self.first_day.month().0);
        usize::try_from(months).unwrap_or(0) / self.width
    }

    /// Codes of the days of a span.
    fn days(self, span: usize) -> Range<usize> {
        let code = |span: usize| {
            let months = i32::try_from(span * self.width).unwrap_or(i32::MAX);
            let day = Month(self.first_day.month().0.saturating_add(months)).first_day();
            let day = day.clamp(self.first_day, self.last_day.plus(1));
            usize::try_from(day.0.saturating_sub(self.first_day.0)).unwrap_or(0)
        };
        code(span)..if span + 1 < self.spans { code(span + 1) } else { self.all_days() }
    }

    fn all_days(self) -> usize {
        let days = self.last_day.0.saturating_sub(self.first_day.0).saturating_add(1);
        usize::try_from(days).unwrap_or(0)
    }
}

/// Which blocks are wanted, or were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Blocks of [`PACK_LINES`].
    pub lines: BTreeSet<u32>,
    /// Blocks of [`PACK_AMOUNTS`], which are some of those of the lines.
    pub amounts: BTreeSet<u32>,
    /// Blocks of [`PACK_SCORES`].
    pub scores: BTreeSet<u32>,
    /// Blocks of [`PACK_ANSWERS`].
    pub answers: BTreeSet<u32>,
    /// All of [`PACK_VALUES`]; those of [`PACK_KINDS`] are wanted always.
    pub values: bool,
}

impl Wanted {
    /// Wants what another does, too.
    pub fn add(&mut self, other: &Self) {
        self.lines.extend(&other.lines);
        self.amounts.extend(&other.amounts);
        self.scores.extend(&other.scores);
        self.answers.extend(&other.answers);
        self.values |= other.values;
    }

    /// True if all that another wants is among this.
    pub fn covers(&self, other: &Self) -> bool {
        other.lines.is_subset(&self.lines)
            && other.amounts.is_subset(&self.amounts)
            && other.scores.is_subset(&self.scores)
            && other.answers.is_subset(&self.answers)
            && (self.values || !other.values)
    }

    /// True if a block of a pack is wanted.
    pub fn has(&self, name: &str, block: u32) -> bool {
        match name {
            PACK_KINDS => true,
            PACK_VALUES => self.values,
            PACK_LINES => self.lines.contains(&block),
            PACK_AMOUNTS => self.amounts.contains(&block),
            PACK_SCORES => self.scores.contains(&block),
            PACK_ANSWERS => self.answers.contains(&block),
            _ => false,
        }
    }

    /// How many blocks are wanted, of a snapshot of so many customers.
    pub fn count(&self, customers: usize) -> usize {
        let blocks = customers.div_ceil(CUSTOMERS);
        let of_customers = if self.values { 2 * blocks } else { blocks };
        let of_rows = [&self.lines, &self.amounts, &self.scores, &self.answers];
        of_rows.into_iter().fold(of_customers, |all, blocks| all + blocks.len())
    }
}
