//! Orders in the shape in which the plugin Advanced Order Export writes those of WooCommerce.

use super::shop::{Fate, Order, PEOPLE, PRODUCTS};
use super::{line, money};

/// The columns in their order.
const HEADER: &str = "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),\
    Last Name (Billing),City (Billing),Country Code (Billing),Email (Billing),\
    Payment Method Title,Cart Discount Amount,Order Subtotal Amount,Order Shipping Amount,\
    Order Refund Amount,Order Total Amount,Order Total Tax Amount,SKU,Item #,Item Name,Category,\
    Quantity,Item Cost,Order Line Total,Coupon Code";

/// What sending costs, in cents.
const SHIPPING: i64 = 490;

/// The file.
pub fn text(orders: &[Order]) -> String {
    let mut text = format!("{HEADER}\n");
    for order in orders {
        for row in 0..order.lines.len() {
            text.push_str(&line(&cells(order, row)));
        }
    }
    text
}

fn cells(order: &Order, row: usize) -> Vec<String> {
    let (first, last, email, city, country) = PEOPLE[order.customer];
    let sold = order.lines[row];
    let (sku, product, category, _) = PRODUCTS[sold.product];
    let status = match order.fate {
        Fate::Paid | Fate::PartlyRefunded => "Completed",
        Fate::Refunded => "Refunded",
        Fate::Voided => "Cancelled",
    };
    let total = order.total() - order.discount + SHIPPING;
    let plain = |text: &str| text.to_owned();
    vec![
        order.number.to_string(),
        plain(status),
        order.at.format("%Y-%m-%d %H:%M").to_string(),
        String::new(),
        plain(first),
        plain(last),
        plain(city),
        plain(country),
        plain(email),
        plain("Invoice"),
        money(order.discount),
        money(order.total()),
        money(SHIPPING),
        money(order.refund()),
        money(total),
        money(total * 19 / 119),
        plain(sku),
        (row + 1).to_string(),
        plain(product),
        plain(category),
        sold.quantity.to_string(),
        money(sold.price()),
        money(sold.total()),
        plain(if order.discount > 0 { "SPRING" } else { "" }),
    ]
}
