//! Order numbers that begin anew within one file, as where each year begins with 1.

use std::collections::HashMap;

use snapshot::Day;

use super::ids::alike;
use super::overlap::FAR;
use crate::keys::short_hash;
use crate::rows::Purchase;

/// The orders of each number so far.
#[derive(Default)]
pub struct AnewLook {
    orders: HashMap<u64, Order>,
    /// More orders of a number.
    more: HashMap<u64, Vec<Order>>,
    /// Orders that come so long after another one of their number that they are others.
    pub far: u64,
}

#[derive(Clone, Copy)]
struct Order {
    /// Half a hash of the customer; 0 for none.
    customer: u32,
    /// The day of the last of its lines.
    day: Day,
}

impl AnewLook {
    /// How many numbers there are.
    pub fn numbers(&self) -> usize {
        self.orders.len()
    }

    /// Of how many orders of its number before a line is none: of other customers, or of quite another
    /// time. What was given back is of an order that there was.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "half a hash tells two customers of one order apart"
    )]
    pub fn before(&mut self, row: &Purchase) -> usize {
        let customer = row.customer_id.as_ref().map_or(0, |id| short_hash(&[alike(id)]) as u32);
        let own = Order { customer, day: row.day };
        let key = short_hash(&[&row.order_id]);
        let first = self.orders.entry(key).or_insert(own);
        let is_far = |order: &Order| i64::from(order.day.0).abs_diff(row.day.0.into()) > FAR;
        let is_others =
            |order: &Order| order.customer != customer && order.customer != 0 && customer != 0;
        let is_back = row.amount < 0;
        let is_own = |order: &Order| !is_others(order) && (is_back || !is_far(order));
        let (mut before, mut is_new) = (0_usize, true);
        let more = self.more.get_mut(&key).into_iter().flatten();
        for order in std::iter::once(first).chain(more) {
            if is_own(order) {
                order.day = order.day.max(row.day);
                return before;
            }
            is_new &= is_far(order);
            before = before.saturating_add(1);
        }
        if is_back {
            return before.saturating_sub(1);
        }
        self.far = self.far.saturating_add(is_new.into());
        self.more.entry(key).or_default().push(own);
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_that_of_another_order_a_year_later() {
        let mut look = AnewLook::default();
        let mut before = |order: &str, customer: &str, day: i32, amount: i64| {
            look.before(&Purchase {
                transaction_id: String::new(),
                order_id: order.to_owned(),
                customer_id: (!customer.is_empty()).then(|| customer.to_owned()),
                product_id: None,
                day: Day(day),
                quantity: None,
                amount,
            })
        };
        assert_eq!(
            (before("1", "a", 0, 1), before("1", "", 1, 1), before("2", "a", 1, 1)),
            (0, 0, 0)
        );
        assert_eq!((before("1", "a", 365, 1), before("1", "a", 0, 1)), (1, 0));
        assert_eq!((before("1", "b", 365, 1), before("1", "b", 500, -1)), (2, 2));
        assert_eq!(before("1", "a", 366, 1), 1);
        assert_eq!((look.far, look.numbers()), (1, 2));
    }
}
