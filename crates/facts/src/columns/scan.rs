//! The passes over the lines in scope that answer every grouping of sales and customers.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "sums of rows that `check` looked through, and codes that it found in their lists"
)]

use std::collections::HashSet;

use snapshot::columns::{NO_CUSTOMER, NO_DAY, NOT_SCORED};

use super::Columns;
use super::keys::{Keys, NO_GROUP};
use super::lens::Lens;
use super::table::Table;
use crate::measure::{Grouping, Part, Totals};
use crate::narrow;
use crate::scope::{Dimension, Scope};

/// Groupings that put all lines of a customer into one group.
const BY_CUSTOMER: [Grouping; 4] = [
    Grouping::Whole,
    Grouping::By(Dimension::Segment),
    Grouping::By(Dimension::Churn),
    Grouping::By(Dimension::Rfm),
];

/// A group in each of [`BY_CUSTOMER`], if there is one.
type Groups = [Option<usize>; 4];

/// Guests are in no group but that of all.
const GUESTS: Groups = [Some(0), None, None, None];

/// The orders of several customers that were counted: which grouping, which group, which order.
type Counted = HashSet<(usize, usize, u32)>;

impl Columns {
    /// Sales and customers of all groupings by customer, in one pass.
    ///
    /// Sums go into cells of customers with the same codes, and from these into groups.
    pub(super) fn scan_customers(&self, scope: &Scope) -> Vec<(Grouping, Vec<Totals>)> {
        let (lens, selection) = (Lens::new(self, scope), self.selection(scope));
        let (churns, scores) = self.codes();
        let count = self.meta.labels.segments.len() * churns * scores;
        let mut cells = vec![Totals::default(); count];
        // Orders of several customers do not add up, so each grouping counts them for itself.
        let mut shared = [const { Vec::new() }; 4];
        let mut counted = Counted::new();
        let mut share = |groups: Groups, order| {
            for (at, group) in groups.into_iter().enumerate() {
                if let Some(group) = group
                    && counted.insert((at, group, order))
                {
                    shared[at].push(group);
                }
            }
        };
        let all = lens.without_purchase();
        for (customer, lines) in selection.buyers() {
            let cell = self.cell(customer);
            let orders = self.add_lines(lines, &mut cells[cell], |order| {
                share(self.groups(cell), order);
            });
            cells[cell].ordering_customers += i64::from(orders >= 1);
            cells[cell].repeat_customers += i64::from(orders >= 2);
            if !all {
                self.add_customer(&lens, customer, &mut cells[cell], true);
            }
        }
        if all {
            for customer in (0..self.customers.len()).filter(|&at| lens.customer(self, at)) {
                self.add_customer(&lens, customer, &mut cells[self.cell(customer)], true);
            }
        }
        let mut guests = Totals::default();
        self.add_lines(selection.guests(), &mut guests, |order| share(GUESTS, order));
        let mut groups = self.grouped(&cells, &guests);
        for (groups, shared) in groups.iter_mut().zip(shared) {
            shared.into_iter().for_each(|group| groups[group].orders += 1);
        }
        BY_CUSTOMER.into_iter().zip(groups).collect()
    }

    /// Cells put together to the groups of [`BY_CUSTOMER`].
    fn grouped(&self, cells: &[Totals], guests: &Totals) -> [Vec<Totals>; 4] {
        let (churns, scores) = self.codes();
        let counts = [1, self.meta.labels.segments.len(), churns, scores - 1];
        let mut groups = counts.map(|count| vec![Totals::default(); count]);
        let cells = cells.iter().enumerate().map(|(at, cell)| (self.groups(at), cell));
        for (into, cell) in cells.chain([(GUESTS, guests)]) {
            for (groups, group) in groups.iter_mut().zip(into) {
                if let Some(group) = group {
                    groups[group].add(Part::Sales, cell);
                    groups[group].add(Part::Customers, cell);
                }
            }
        }
        groups
    }

    /// How many codes there are of churn risks, and of RFM segments with none.
    fn codes(&self) -> (usize, usize) {
        let labels = &self.meta.labels;
        (labels.churn_risks.len(), labels.rfm_segments.len() + 1)
    }

    /// The cell of a customer's codes.
    #[inline]
    fn cell(&self, customer: usize) -> usize {
        let ((churns, scores), customers) = (self.codes(), &self.customers);
        let rfm = match customers.rfm_segment[customer] {
            NOT_SCORED => scores - 1,
            code => code.into(),
        };
        let (segment, churn) = (customers.segment[customer], customers.churn[customer]);
        (usize::from(segment) * churns + usize::from(churn)) * scores + rfm
    }

    /// The groups of a cell.
    fn groups(&self, cell: usize) -> Groups {
        let (churns, scores) = self.codes();
        let (rfm, rest) = (cell % scores, cell / scores);
        let rfm = Some(rfm).filter(|&code| code + 1 < scores);
        [Some(0), Some(rest / churns), Some(rest % churns), rfm]
    }

    /// Adds lines of one customer (or of guests); gives the number of orders. An order of several
    /// customers is told instead of counted.
    #[inline]
    fn add_lines(&self, lines: &[u32], totals: &mut Totals, mut shared: impl FnMut(u32)) -> u32 {
        let columns = &self.purchases;
        let (mut revenue, mut units, mut own) = (0, 0, 0);
        let (mut orders, mut last) = (0, u32::MAX);
        for line in lines.iter().map(|&line| line as usize) {
            let (amount, order) = (columns.amount[line], columns.order[line]);
            revenue += amount;
            units += i64::from(columns.quantity[line]);
            if amount > 0 && order != last {
                last = order;
                orders += 1;
                if self.shared_orders.contains(&order) {
                    shared(order);
                } else {
                    own += 1;
                }
            }
        }
        totals.revenue += revenue;
        totals.units += units;
        totals.lines += narrow::count(lines.len());
        totals.orders += own;
        orders
    }

    /// Counts a customer, a new one where the first purchase is in the range and the group.
    #[inline]
    fn add_customer(&self, lens: &Lens, customer: usize, totals: &mut Totals, first_here: bool) {
        let first = self.customers.first_purchase[customer];
        totals.customers += 1;
        totals.lifetime_value += self.customers.lifetime_value[customer];
        totals.new_customers += i64::from(first_here && first != NO_DAY && lens.day(first));
    }

    /// Sales and customers where each line goes into the group of its category or day; a customer
    /// may be in several.
    pub(super) fn scan_lines(&self, scope: &Scope, keys: &Keys<'_>, groups: usize) -> Vec<Totals> {
        let (codes, table, by_day): (&[u16], &Table<u16>, bool) = match keys {
            Keys::Category(table) => (&self.purchases.category, table, false),
            Keys::Day(table) => (&self.purchases.day, table, true),
            // Those are counted by `scan_customers`.
            Keys::One | Keys::Customer(_) => return Vec::new(),
        };
        let (lens, selection) = (Lens::new(self, scope), self.selection(scope));
        let mut totals = vec![Totals::default(); groups];
        let mut slots = vec![NOTHING; groups];
        let mut counted = Counted::new();
        let group_of = |line: u32| {
            let group = table.at(codes[line as usize]);
            (group != NO_GROUP).then_some(usize::from(group))
        };
        for (customer, lines) in selection.buyers() {
            let first = self.customers.first_purchase[customer];
            for &line in lines {
                let Some(group) = group_of(line) else { continue };
                let (slot, totals) = (&mut slots[group], &mut totals[group]);
                if slot.customer != narrow::row(customer) {
                    *slot = Slot { customer: narrow::row(customer), ..NOTHING };
                    let here =
                        !by_day || (first != NO_DAY && usize::from(table.at(first)) == group);
                    self.add_customer(&lens, customer, totals, here);
                }
                if self.add_line(line as usize, slot, totals, |order| {
                    counted.insert((0, group, order))
                }) {
                    totals.ordering_customers += i64::from(slot.orders == 1);
                    totals.repeat_customers += i64::from(slot.orders == 2);
                }
            }
        }
        slots.fill(NOTHING);
        for &line in selection.guests() {
            if let Some(group) = group_of(line) {
                let again = |order| counted.insert((0, group, order));
                self.add_line(line as usize, &mut slots[group], &mut totals[group], again);
            }
        }
        totals
    }

    /// Adds a line; true if an order of the customer begins with it. `first` tells of an order of
    /// several customers whether it was not counted before.
    #[inline]
    fn add_line(
        &self,
        line: usize,
        slot: &mut Slot,
        totals: &mut Totals,
        first: impl FnOnce(u32) -> bool,
    ) -> bool {
        let columns = &self.purchases;
        let (amount, order) = (columns.amount[line], columns.order[line]);
        totals.revenue += amount;
        totals.units += i64::from(columns.quantity[line]);
        totals.lines += 1;
        let begins = amount > 0 && slot.order != order;
        if begins {
            slot.order = order;
            slot.orders += 1;
            let counts = !self.shared_orders.contains(&order) || first(order);
            totals.orders += i64::from(counts);
        }
        begins
    }
}

/// Where one group stands in the lines of a customer.
#[derive(Clone)]
struct Slot {
    customer: u32,
    order: u32,
    orders: u32,
}

/// Before the first line of a customer.
const NOTHING: Slot = Slot { customer: NO_CUSTOMER, order: u32::MAX, orders: 0 };
