//! Which cells of a cube add up to the answer for some strata and periods.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "cells of a shape that passed `Shape::check`, over periods within it"
)]

use std::ops::Range;

use super::blocks::{Block, ROW};
use super::gaps;
use super::shape::Shape;

/// Periods from one to another, both included.
pub type Span = (usize, usize);

/// Ranges of cells, at the same places in each stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First cell of the first range in the first stratum.
    first: u64,
    /// Cells of a range.
    length: u64,
    /// Ranges of a stratum.
    rows: u64,
    /// Cells from one range to the next.
    row: u64,
    /// Cells from one stratum to the next.
    stratum: u64,
}

impl Stretch {
    /// One cell a stratum.
    pub const ALWAYS: Self = Self { first: 0, length: 1, rows: 1, row: 0, stratum: 1 };

    /// Periods in a cube of sums, of so many periods in all.
    pub fn of_sums(periods: usize, span: Span) -> Self {
        let (first, length) = (span.0 as u64, length(span));
        Self { first, length, stratum: periods as u64, ..Self::ALWAYS }
    }

    /// The same in the part of a cube of scores that is of one channel or reason.
    #[must_use]
    pub fn of_aspect(self, shape: Shape, code: usize) -> Self {
        let cells = (shape.strata() as u64 + 1) * self.stratum;
        Self { first: self.first + code as u64 * cells, ..self }
    }

    /// A window of months: its row up to its last month.
    pub fn of_month_window(shape: Shape, span: Span) -> Self {
        let first = shape.window(span.0, span.0) as u64;
        let (length, stratum) = (length(span), shape.windows() as u64);
        Self { first, length, stratum, ..Self::ALWAYS }
    }

    /// A window of days, in the block in which it begins: the rows up to its first day.
    pub fn of_day_window(block: Block, span: Span) -> Self {
        Self {
            first: block.cell(0, 0, span.0),
            length: length(span),
            rows: length((block.first, span.0)),
            row: block.reach as u64,
            stratum: block.cell(1, 0, block.first),
        }
    }

    /// The rows of some months in gaps that begin before a window's first month.
    pub fn of_gaps(shape: Shape, months: Span, window: Span) -> Self {
        let row = gaps::width(shape).pow(2);
        Self {
            first: months.0 as u64 * row,
            length: (window.0 as u64 + 1) * gaps::width(shape),
            rows: length(months),
            row,
            stratum: shape.months as u64 * row,
        }
    }

    /// Days of rows near a purchase, cut to a block.
    pub fn of_near(block: Block, days: Span) -> Self {
        let first = days.0.max(block.first) - block.first;
        let end = (days.1 + 1).saturating_sub(block.first).min(block.days);
        Self {
            first: first as u64 * ROW,
            length: end.saturating_sub(first) as u64 * ROW,
            stratum: block.days as u64 * ROW,
            ..Self::ALWAYS
        }
    }

    /// The ranges of some strata.
    pub fn ranges(self, strata: &[usize]) -> impl Iterator<Item = Range<u64>> {
        strata.iter().flat_map(move |&stratum| {
            let first = self.first + stratum as u64 * self.stratum;
            (0..self.rows).map(move |row| {
                let start = first + row * self.row;
                start..start + self.length
            })
        })
    }
}

fn length((first, last): Span) -> u64 {
    (last - first + 1) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cubes::Grain;

    const SHAPE: Shape = Shape {
        segments: 3,
        risks: 1,
        categories: 1,
        rfm_segments: 11,
        aspects: 4,
        grain: Grain::Coarse,
        pairs: false,
        months: 5,
        days: 150,
    };

    #[test]
    fn ranges_lie_in_the_rows_of_their_strata() {
        let ranges = |stretch: Stretch| stretch.ranges(&[0, 2]).collect::<Vec<_>>();
        assert_eq!(ranges(Stretch::ALWAYS), [0..1, 2..3]);
        assert_eq!(ranges(Stretch::of_sums(5, (1, 3))), [1..4, 11..14]);
        assert_eq!(ranges(Stretch::of_sums(5, (1, 3)).of_aspect(SHAPE, 2)), [41..44, 51..54]);
        assert_eq!(ranges(Stretch::of_month_window(SHAPE, (1, 3))), [5..8, 35..38]);
    }
}
