//! The pass over the lines in scope that answers every grouping of sales and customers.

use std::collections::HashSet;

use snapshot::columns::{NO_CUSTOMER, NO_DAY};

use super::Columns;
use super::keys::{Keys, NO_GROUP};
use super::lens::Lens;
use super::table::Table;
use crate::measure::Totals;
use crate::scope::Scope;

/// Sums while the pass runs.
struct Pass<'a> {
    columns: &'a Columns,
    lens: Lens,
    groups: Vec<Totals>,
    /// (group, order) already counted, for the rare orders of several customers.
    shared: HashSet<(usize, u32)>,
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

impl Columns {
    /// Sales and audience of each group.
    pub(super) fn scan_lines(&self, scope: &Scope, keys: &Keys<'_>, groups: usize) -> Vec<Totals> {
        let mut pass = Pass {
            columns: self,
            lens: Lens::new(self, scope),
            groups: vec![Totals::default(); groups],
            shared: HashSet::new(),
        };
        match keys {
            Keys::One | Keys::Customer(_) => pass.by_customer(scope, keys),
            Keys::Category(table) => pass.by_line(scope, &self.purchases.category, table, false),
            Keys::Day(table) => pass.by_line(scope, &self.purchases.day, table, true),
        }
        pass.groups
    }
}

impl Pass<'_> {
    /// All lines of a customer go into one group.
    fn by_customer(&mut self, scope: &Scope, keys: &Keys<'_>) {
        let selection = self.columns.selection(scope);
        let all = self.lens.without_purchase();
        for (customer, lines) in selection.buyers() {
            let Some(group) = keys.of_customer(customer) else { continue };
            let mut slot = NOTHING;
            for &line in lines {
                self.line(line, group, &mut slot, true);
            }
            if !all {
                self.customer(customer, group, true);
            }
        }
        if all {
            for customer in 0..self.columns.customers.len() {
                if self.lens.customer(self.columns, customer)
                    && let Some(group) = keys.of_customer(customer)
                {
                    self.customer(customer, group, true);
                }
            }
        }
        if matches!(keys, Keys::One) {
            let mut slot = NOTHING;
            for &line in selection.guests() {
                self.line(line, 0, &mut slot, false);
            }
        }
    }

    /// Each line goes into the group of its code; a customer may be in several.
    fn by_line(&mut self, scope: &Scope, codes: &[u16], table: &Table<u16>, by_day: bool) {
        let selection = self.columns.selection(scope);
        let mut slots = vec![NOTHING; self.groups.len()];
        let group_of = |line: u32| Some(table.at(codes[line as usize])).filter(|&g| g != NO_GROUP);
        for (customer, lines) in selection.buyers() {
            let first = self.columns.customers.first_purchase[customer];
            for &line in lines {
                let Some(group) = group_of(line) else { continue };
                let slot = &mut slots[usize::from(group)];
                if slot.customer != customer as u32 {
                    *slot = Slot { customer: customer as u32, ..NOTHING };
                    let here = !by_day || (first != NO_DAY && table.at(first) == group);
                    self.customer(customer, group.into(), here);
                }
                self.line(line, group.into(), slot, true);
            }
        }
        slots.fill(NOTHING);
        for &line in selection.guests() {
            if let Some(group) = group_of(line) {
                self.line(line, group.into(), &mut slots[usize::from(group)], false);
            }
        }
    }

    #[inline]
    fn line(&mut self, line: u32, group: usize, slot: &mut Slot, known: bool) {
        let (lines, line) = (&self.columns.purchases, line as usize);
        let (amount, order) = (lines.amount[line], lines.order[line]);
        let totals = &mut self.groups[group];
        totals.revenue += amount;
        totals.units += i64::from(lines.quantity[line]);
        totals.lines += 1;
        if amount > 0 && slot.order != order {
            slot.order = order;
            let again =
                self.columns.shared_orders.contains(&order) && !self.shared.insert((group, order));
            totals.orders += i64::from(!again);
            if known {
                slot.orders += 1;
                totals.ordering_customers += i64::from(slot.orders == 1);
                totals.repeat_customers += i64::from(slot.orders == 2);
            }
        }
    }

    /// Counts a customer, new ones where the first purchase may be in the group.
    #[inline]
    fn customer(&mut self, customer: usize, group: usize, first_here: bool) {
        let customers = &self.columns.customers;
        let first = customers.first_purchase[customer];
        let totals = &mut self.groups[group];
        totals.customers += 1;
        totals.lifetime_value += customers.lifetime_value[customer];
        totals.new_customers += i64::from(first_here && first != NO_DAY && self.lens.day(first));
    }
}
