//! Orders in the shape in which Shopify exports them.

use chrono::TimeZone;
use chrono_tz::Europe::Berlin;

use super::shop::{Fate, Order, PEOPLE, PRODUCTS};
use super::{line, money};

/// The columns in their order.
const HEADER: &str = "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,\
    Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,\
    Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,\
    Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,\
    Lineitem fulfillment status,Billing Name,Billing City,Billing Country,Notes,Cancelled at,\
    Payment Method,Refunded Amount,Vendor,Outstanding Balance,Id,Tags,Lineitem discount";

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

/// When, as the shop's clock has it, with its offset.
fn instant(order: &Order) -> String {
    let at = Berlin.from_local_datetime(&order.at).earliest();
    at.map(|at| at.format("%Y-%m-%d %H:%M:%S %z").to_string()).unwrap_or_default()
}

fn cells(order: &Order, row: usize) -> Vec<String> {
    let (first, last, email, city, country) = PEOPLE[order.customer];
    let sold = order.lines[row];
    let (sku, product, ..) = PRODUCTS[sold.product];
    let subtotal = order.total() - order.discount;
    let total = subtotal + SHIPPING;
    let status = match order.fate {
        Fate::Paid => "paid",
        Fate::Refunded => "refunded",
        Fate::PartlyRefunded => "partially_refunded",
        Fate::Voided => "voided",
    };
    let is_paid = order.fate != Fate::Voided;
    // What is of the whole order stands on its first row only.
    let once = |text: String| if row == 0 { text } else { String::new() };
    let plain = |text: &str| text.to_owned();
    let when = |is: bool| if is { instant(order) } else { String::new() };
    vec![
        format!("#{}", order.number),
        plain(email),
        once(plain(status)),
        once(when(is_paid)),
        once(plain(if is_paid { "fulfilled" } else { "unfulfilled" })),
        once(when(is_paid)),
        once(plain("no")),
        once(plain("EUR")),
        once(money(subtotal)),
        once(money(SHIPPING)),
        // Within the total, as shops of Europe have it.
        once(money(total * 19 / 119)),
        once(money(total)),
        once(plain(if order.discount > 0 { "SPRING" } else { "" })),
        once(money(order.discount)),
        once(plain("Standard")),
        instant(order),
        sold.quantity.to_string(),
        plain(product),
        money(sold.price()),
        String::new(),
        plain(sku),
        plain("true"),
        plain("true"),
        plain(if is_paid { "fulfilled" } else { "pending" }),
        once(format!("{first} {last}")),
        once(plain(city)),
        once(plain(country)),
        String::new(),
        once(when(!is_paid)),
        once(plain("Manual")),
        once(money(order.refund())),
        plain("Leaf & Bean"),
        once(money(0)),
        once((5_500_000_000 + order.number).to_string()),
        String::new(),
        money(0),
    ]
}
