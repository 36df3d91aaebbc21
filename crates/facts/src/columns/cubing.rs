//! Builds the cubes of a snapshot from its columns, once, when the snapshot is made.

use std::collections::HashSet;
use std::ops::Range;

use snapshot::columns::{NO_CUSTOMER, NO_DAY, NOT_SCORED};
use snapshot::cubes::{
    Cells, Census, CubeData, Leaders, SalesCells, Shape, VoiceCells, WindowCells,
};
use snapshot::{CustomerColumns, PurchaseColumns};

use super::Columns;

/// Customers kept of each stratum for top lists.
const LEADERS: usize = 64;

impl Columns {
    /// All cubes of these columns.
    ///
    /// Distinct orders only add up when an order has one day and one customer. Customers with
    /// an order that has not (and such orders of guests) stay out of the cubes of sales and
    /// windows; their lines go along as they are.
    pub fn cubes(&self) -> CubeData {
        let shape = Shape::of(&self.meta);
        let odd = Odd::find(self);
        let day_sales = self.day_sales(shape, &odd);
        let day_voices = self.day_voices(shape);
        CubeData {
            month_sales: Some(day_sales.iter().map(|cells| self.by_month(shape, cells)).collect()),
            month_voices: Some(self.by_month(shape, &day_voices)),
            day_sales: Some(day_sales),
            day_voices: Some(day_voices),
            windows: Some(self.windows(shape, &odd)),
            census: Some(self.census(shape)),
            leaders: Some(self.leaders(shape)),
            odd: Some(self.odd_columns(&odd)),
        }
    }

    fn odd_columns(&self, odd: &Odd) -> (CustomerColumns, PurchaseColumns) {
        let (mut customers, mut purchases) = Default::default();
        for customer in (0..self.customers.len()).filter(|&customer| odd.customers[customer]) {
            self.copy_customer(customer, &mut customers);
            self.copy_lines(self.lines_of(customer), &mut purchases);
        }
        for line in self.guest_lines() {
            if odd.orders.contains(&self.purchases.order[line]) {
                self.copy_lines(line..line + 1, &mut purchases);
            }
        }
        (customers, purchases)
    }

    fn stratum(&self, shape: Shape, customer: usize) -> usize {
        usize::from(self.customers.segment[customer]) * shape.risks
            + usize::from(self.customers.churn[customer])
    }

    fn lines_of(&self, customer: usize) -> Range<usize> {
        self.offsets[customer] as usize..self.offsets[customer + 1] as usize
    }

    fn guest_lines(&self) -> Range<usize> {
        self.offsets.last().copied().unwrap_or(0) as usize..self.purchases.len()
    }

    fn day_sales(&self, shape: Shape, odd: &Odd) -> Vec<SalesCells> {
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

    fn day_voices(&self, shape: Shape) -> VoiceCells {
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
    fn by_month<C: Cells>(&self, shape: Shape, days: &C) -> C {
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

    fn month(&self, day: u16) -> usize {
        (self.day(day).month().0 - self.meta.first_day.month().0).unsigned_abs() as usize
    }

    fn windows(&self, shape: Shape, odd: &Odd) -> Vec<WindowCells> {
        let cells = shape.strata() * shape.windows();
        let mut cubes = vec![WindowCells::zero(cells); shape.variants()];
        let mut months: Vec<Months> = vec![Months::default(); shape.variants()];
        let month_of: Vec<usize> = (0..shape.days).map(|day| self.month(day as u16)).collect();
        let lines = &self.purchases;
        for customer in (0..self.customers.len()).filter(|&customer| !odd.customers[customer]) {
            let mut touched = Vec::new();
            for line in self.lines_of(customer) {
                let month = month_of[usize::from(lines.day[line])];
                let order = (lines.amount[line] > 0).then(|| lines.order[line]);
                for variant in [0, usize::from(lines.category[line]) + 1] {
                    if months[variant].active.is_empty() {
                        touched.push(variant);
                    }
                    months[variant].line(month, order);
                }
            }
            let first = self.customers.first_purchase[customer];
            let first = (first != NO_DAY).then(|| month_of[usize::from(first)]);
            let base = self.stratum(shape, customer) * shape.windows();
            let value = self.customers.lifetime_value[customer];
            for variant in touched {
                std::mem::take(&mut months[variant]).count(
                    &mut cubes[variant],
                    first,
                    value,
                    |from, to| base + shape.window(from, to),
                );
            }
        }
        cubes
    }

    fn census(&self, shape: Shape) -> Census {
        let mut census = Census::zero(shape.census());
        for customer in 0..self.customers.len() {
            let rfm = match self.customers.rfm_segment[customer] {
                NOT_SCORED => shape.rfm_segments,
                code => usize::from(code),
            };
            let row = self.stratum(shape, customer) * (shape.rfm_segments + 1) + rfm;
            let orders = self.customers.orders[customer];
            census.customers[row] += 1;
            census.lifetime_value[row] += self.customers.lifetime_value[customer];
            census.ordering[row] += i64::from(orders >= 1);
            census.repeat[row] += i64::from(orders >= 2);
        }
        census
    }

    fn leaders(&self, shape: Shape) -> Leaders {
        let mut strata: Vec<Vec<u32>> = vec![Vec::new(); shape.strata()];
        for customer in 0..self.customers.len() {
            strata[self.stratum(shape, customer)].push(customer as u32);
        }
        let rank = |&customer: &u32| {
            (std::cmp::Reverse(self.customers.lifetime_value[customer as usize]), customer)
        };
        let mut numbers: Vec<u32> = Vec::new();
        for stratum in &mut strata {
            stratum.sort_unstable_by_key(rank);
            numbers.extend(stratum.iter().take(LEADERS));
        }
        numbers.sort_unstable();
        let (mut customers, mut purchases) =
            (CustomerColumns::default(), PurchaseColumns::default());
        for &number in &numbers {
            self.copy_customer(number as usize, &mut customers);
            self.copy_lines(self.lines_of(number as usize), &mut purchases);
        }
        Leaders { numbers, customers, purchases }
    }

    fn copy_customer(&self, at: usize, into: &mut CustomerColumns) {
        let from = &self.customers;
        into.segment.push(from.segment[at]);
        into.churn.push(from.churn[at]);
        into.rfm_segment.push(from.rfm_segment[at]);
        into.first_purchase.push(from.first_purchase[at]);
        into.last_purchase.push(from.last_purchase[at]);
        into.orders.push(from.orders[at]);
        into.lifetime_value.push(from.lifetime_value[at]);
        into.lines.push(from.lines[at]);
    }

    fn copy_lines(&self, owned: Range<usize>, into: &mut PurchaseColumns) {
        let lines = &self.purchases;
        into.day.extend(&lines.day[owned.clone()]);
        into.category.extend(&lines.category[owned.clone()]);
        into.amount.extend(&lines.amount[owned.clone()]);
        into.quantity.extend(&lines.quantity[owned.clone()]);
        into.order.extend(&lines.order[owned]);
    }
}

/// Orders that distinct counts cannot add up, and the customers who have one.
struct Odd {
    customers: Vec<bool>,
    orders: HashSet<u32>,
}

impl Odd {
    fn find(columns: &Columns) -> Self {
        let lines = &columns.purchases;
        let mut orders = columns.shared_orders.clone();
        let mut last = (u32::MAX, 0_u16);
        for ((&order, &day), &amount) in lines.order.iter().zip(&lines.day).zip(&lines.amount) {
            if amount > 0 {
                if last.0 == order && last.1 != day {
                    orders.insert(order);
                }
                last = (order, day);
            }
        }
        let is_odd = |customer| {
            !orders.is_empty()
                && columns.lines_of(customer).any(|line| orders.contains(&lines.order[line]))
        };
        let customers = (0..columns.customers.len()).map(is_odd).collect();
        Self { customers, orders }
    }
}

/// The months in which one customer bought, in one variant.
#[derive(Clone, Default)]
struct Months {
    /// Months with a line.
    active: Vec<usize>,
    /// Months of orders, one entry an order.
    orders: Vec<usize>,
    last_order: Option<u32>,
}

impl Months {
    fn line(&mut self, month: usize, order: Option<u32>) {
        self.active.push(month);
        if order.is_some() && order != self.last_order {
            self.last_order = order;
            self.orders.push(month);
        }
    }

    /// Adds the customer to every first month from which the window's count changes.
    fn count(
        mut self,
        cells: &mut WindowCells,
        first_purchase: Option<usize>,
        lifetime_value: i64,
        window: impl Fn(usize, usize) -> usize,
    ) {
        self.active.sort_unstable();
        self.orders.sort_unstable();
        let mut from = 0;
        for &month in &self.active {
            // Windows that begin in `from..=month` see the customer first in this month.
            for start in from..=month {
                cells.customers[window(start, month)] += 1;
                cells.lifetime_value[window(start, month)] += lifetime_value;
                if let Some(first) = first_purchase.filter(|&first| first >= start) {
                    cells.new_customers[window(start, month.max(first))] += 1;
                }
            }
            from = from.max(month + 1);
        }
        let mut from = 0;
        for (at, &month) in self.orders.iter().enumerate() {
            for start in from..=month {
                cells.ordering[window(start, month)] += 1;
                if let Some(&second) = self.orders.get(at + 1) {
                    cells.repeat[window(start, second)] += 1;
                }
            }
            from = from.max(month + 1);
        }
    }
}
