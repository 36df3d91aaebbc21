//! Lines of orders as a plain list, with returns below zero.

use snapshot::Day;

use super::shop::{Line, Order, PEOPLE, PRODUCTS};
use super::{line, money};

/// The columns in their order.
const HEADER: &str = "Order,Date,Customer no.,Customer,Article no.,Article,Category,Quantity,\
    Unit price,Total (EUR)";

/// The file.
pub fn text(orders: &[Order]) -> String {
    let mut text = format!("{HEADER}\n");
    for order in orders {
        for sold in &order.lines {
            text.push_str(&row(order, Day::from(order.at.date()), *sold));
        }
        if let Some((day, sold)) = order.returned() {
            text.push_str(&row(order, day, Line { quantity: -sold.quantity, ..sold }));
        }
    }
    text
}

fn row(order: &Order, day: Day, sold: Line) -> String {
    let (first, last, ..) = PEOPLE[order.customer];
    let (sku, product, category, _) = PRODUCTS[sold.product];
    line(&[
        order.number.to_string(),
        day.to_string(),
        format!("C{:03}", order.customer + 1),
        format!("{first} {last}"),
        sku.to_owned(),
        product.to_owned(),
        category.to_owned(),
        sold.quantity.to_string(),
        money(sold.price()),
        money(sold.total()),
    ])
}
