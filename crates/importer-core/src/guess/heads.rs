//! Lines that have the sum of the other lines of their order, as its head.

use crate::rows::Purchase;

/// Orders with such a line from which on it is no chance.
const FEW: u64 = 3;

/// The lines of an order that stand together.
#[derive(Clone, Debug, Default)]
struct Order {
    id: String,
    lines: u64,
    sum: i128,
    first: i128,
    last: i128,
}

/// The orders so far.
#[derive(Clone, Debug, Default)]
pub struct HeadsLook {
    now: Order,
    /// Orders of three lines and more.
    long: u64,
    /// Those of which a line has the sum of the others.
    orders: u64,
    /// The sum of these lines.
    sum: i128,
}

impl HeadsLook {
    /// Takes the next line.
    pub fn look(&mut self, row: &Purchase) {
        let amount = i128::from(row.amount);
        if self.now.id != row.order_id {
            self.end();
            row.order_id.clone_into(&mut self.now.id);
            self.now.first = amount;
        }
        let now = &mut self.now;
        now.lines = now.lines.saturating_add(1);
        now.sum = now.sum.saturating_add(amount);
        now.last = amount;
    }

    fn end(&mut self) {
        let Order { lines, sum, first, last, .. } = self.now;
        (self.now.lines, self.now.sum) = (0, 0);
        if lines < 3 {
            return;
        }
        self.long = self.long.saturating_add(1);
        // With it the sum is twice as much.
        let head =
            [first, last].into_iter().find(|head| *head > 0 && head.saturating_mul(2) == sum);
        if let Some(head) = head {
            self.orders = self.orders.saturating_add(1);
            self.sum = self.sum.saturating_add(head);
        }
    }

    /// Orders of which the first or last line has the sum of the others, and the sum of these lines; where
    /// nearly all orders of several lines are such.
    pub fn found(&self) -> Option<(u64, i128)> {
        let mut all = self.clone();
        all.end();
        let is_most = all.orders.saturating_mul(10) >= all.long.saturating_mul(9);
        (all.orders >= FEW && is_most).then_some((all.orders, all.sum))
    }
}
