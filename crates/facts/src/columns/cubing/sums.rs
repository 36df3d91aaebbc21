//! Sums by stratum and day, and by month.

use std::ops::Range;

use snapshot::columns::NO_CUSTOMER;
use snapshot::cubes::{Cells, SalesCells, Shape, VoiceCells};

use super::Odd;
use crate::columns::Columns;

impl Columns {
    /// The sums of every variant.
    pub(super) fn each_day_sales(&self, shape: Shape, odd: &Odd) -> Vec<SalesCells> {
        (0..shape.variants()).map(|variant| self.day_sales(shape, odd, variant)).collect()
    }

    pub(super) fn day_sales(&self, shape: Shape, odd: &Odd, variant: usize) -> SalesCells {
        let mut cube = SalesCells::zero(shape.cells(shape.days));
        for customer in (0..self.customers.len()).filter(|&customer| !odd.customers[customer]) {
            let row = self.stratum(shape, customer) * shape.days;
            self.add_sales(&mut cube, variant, row, self.lines_of(customer));
        }
        let (nobody, mut start) = (shape.strata() * shape.days, self.guest_lines().start);
        for line in self.guest_lines() {
            if odd.orders.contains(&self.purchases.order[line]) {
                self.add_sales(&mut cube, variant, nobody, start..line);
                start = line + 1;
            }
        }
        self.add_sales(&mut cube, variant, nobody, start..self.purchases.len());
        cube
    }

    /// Adds lines of one stratum, whose row of days begins at a cell; the lines of an order
    /// stand together among them.
    fn add_sales(&self, cube: &mut SalesCells, variant: usize, row: usize, owned: Range<usize>) {
        let lines = &self.purchases;
        let mut last_order = u32::MAX;
        for line in owned.filter(|&line| self.is_of(variant, line)) {
            let cell = row + usize::from(lines.day[line]);
            cube.revenue[cell] += lines.amount[line];
            cube.units[cell] += i64::from(lines.quantity[line]);
            cube.lines[cell] += 1;
            if lines.amount[line] > 0 && last_order != lines.order[line] {
                last_order = lines.order[line];
                cube.orders[cell] += 1;
            }
        }
    }

    /// True if a line belongs to a variant.
    #[inline]
    pub(super) fn is_of(&self, variant: usize, line: usize) -> bool {
        variant == 0 || usize::from(self.purchases.category[line]) + 1 == variant
    }

    pub(super) fn day_voices(&self, shape: Shape) -> VoiceCells {
        let mut cube = VoiceCells::zero(shape.cells(shape.days));
        let cell = |customer: u32, day: u16| {
            let stratum = match customer {
                NO_CUSTOMER => shape.strata(),
                customer => self.stratum(shape, customer as usize),
            };
            stratum * shape.days + usize::from(day)
        };
        let feedback = &self.feedback;
        for ((&customer, &day), &score) in
            feedback.customer.iter().zip(&feedback.day).zip(&feedback.score)
        {
            cube.scores[usize::from(score) - 1][cell(customer, day)] += 1;
        }
        let contacts = &self.contacts;
        for ((&customer, &day), &responded) in
            contacts.customer.iter().zip(&contacts.day).zip(&contacts.responded)
        {
            cube.contacts[cell(customer, day)] += 1;
            cube.responses[cell(customer, day)] += i64::from(responded != 0);
        }
        cube
    }

    /// A cube of days, summed by month.
    pub(super) fn by_month<C: Cells>(&self, shape: Shape, days: &C) -> C {
        let mut months = C::zero(shape.cells(shape.months));
        let month_of = self.months(shape);
        for (into, from) in months.columns_mut().into_iter().zip(days.columns()) {
            for (stratum, row) in from.chunks(shape.days).enumerate() {
                for (value, month) in row.iter().zip(&month_of) {
                    into[stratum * shape.months + month] += value;
                }
            }
        }
        months
    }
}
