//! Sums by stratum and day, and by month.

use std::ops::Range;

use snapshot::columns::NO_CUSTOMER;
use snapshot::cubes::{Cells, SalesCells, Shape, VoiceCells};

use super::Odd;
use crate::columns::Columns;

impl Columns {
    pub(super) fn day_sales(&self, shape: Shape, odd: &Odd) -> Vec<SalesCells> {
        let mut cubes = vec![SalesCells::zero(shape.cells(shape.days)); shape.variants()];
        for customer in (0..self.customers.len()).filter(|&customer| !odd.customers[customer]) {
            self.add_sales(
                &mut cubes,
                shape,
                self.stratum(shape, customer),
                self.lines_of(customer),
            );
        }
        let mut start = self.guest_lines().start;
        for line in self.guest_lines() {
            if odd.orders.contains(&self.purchases.order[line]) {
                self.add_sales(&mut cubes, shape, shape.strata(), start..line);
                start = line + 1;
            }
        }
        self.add_sales(&mut cubes, shape, shape.strata(), start..self.purchases.len());
        cubes
    }

    /// Adds lines of one stratum, among which the lines of an order stand together.
    fn add_sales(
        &self,
        cubes: &mut [SalesCells],
        shape: Shape,
        stratum: usize,
        owned: Range<usize>,
    ) {
        let lines = &self.purchases;
        // The order that each variant counted last.
        let mut last_order = vec![u32::MAX; shape.variants()];
        for line in owned {
            let cell = stratum * shape.days + usize::from(lines.day[line]);
            for variant in [0, usize::from(lines.category[line]) + 1] {
                let cube = &mut cubes[variant];
                cube.revenue[cell] += lines.amount[line];
                cube.units[cell] += i64::from(lines.quantity[line]);
                cube.lines[cell] += 1;
                if lines.amount[line] > 0 && last_order[variant] != lines.order[line] {
                    last_order[variant] = lines.order[line];
                    cube.orders[cell] += 1;
                }
            }
        }
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
        let month_of: Vec<usize> = (0..shape.days).map(|day| self.month(day as u16)).collect();
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
