//! Points of a shop that is too large to draw all: touched customers stay, or go, like all others.

use std::collections::BTreeMap;
use std::sync::Arc;

use facts::live::{Decimal, Event, Happening, Order, OrderLine};
use facts::overlay::{CustomerRows, PurchaseRow, Rows};
use facts::{Columns, Facts, Overlay, Scope, edges};
use snapshot::{CustomerColumns, Meta, PurchaseColumns};

use crate::shop::Shop;

const CUSTOMERS: u32 = 20_000;
const MOST: usize = 600;

/// Customers who bought once, on the day of their number; `later` bought again on the last day.
fn columns(meta: &Arc<Meta>, later: &[u32]) -> Columns {
    let (mut customers, mut purchases) = (CustomerColumns::default(), PurchaseColumns::default());
    let last = (meta.last_day.0 - meta.first_day.0) as u16;
    for customer in 0..CUSTOMERS {
        let first = (customer % 100) as u16;
        let again = later.contains(&customer);
        customers.segment.push(u8::from(customer >= CUSTOMERS / 2));
        customers.churn.push(0);
        customers.rfm_segment.push((customer % 3) as u8);
        customers.first_purchase.push(first);
        customers.last_purchase.push(if again { last } else { first });
        customers.orders.push(1 + u32::from(again));
        customers.lifetime_value.push(100 + 50 * i64::from(again));
        customers.lines.push(1 + u32::from(again));
        let lines = [(first, 100), (last, 50)];
        for (day, amount) in lines.into_iter().take(1 + usize::from(again)) {
            purchases.day.push(day);
            purchases.category.push(0);
            purchases.amount.push(amount);
            purchases.quantity.push(1);
            purchases.order.push(purchases.order.len() as u32);
        }
    }
    Columns::new(meta.clone(), customers, purchases, None, None).unwrap()
}

#[test]
fn nobody_is_drawn_for_being_touched_nor_left_out() {
    let mut meta = Meta::clone(&Shop::empty().meta);
    meta.rows.insert("customer_360".to_owned(), CUSTOMERS.into());
    let meta = Arc::new(meta);
    let touched: Vec<u32> = (0..CUSTOMERS).step_by(7).collect();
    let row = |customer: u32| PurchaseRow {
        line: customer,
        order: format!("O{customer}"),
        day: meta.first_day.plus((customer % 100) as i32),
        category: 0,
        amount: 100,
        quantity: 1,
    };
    let rows = touched.iter().map(|&number| {
        let found = CustomerRows {
            number,
            segment: u8::from(number >= CUSTOMERS / 2),
            rfm_segment: Some((number % 3) as u8),
            lines: vec![row(number)],
            ..CustomerRows::default()
        };
        (format!("C{number}"), Some(found))
    });
    let customers: BTreeMap<_, _> = rows.collect();
    let rows = Rows { snapshot_id: meta.snapshot_id.clone(), customers, shared: Vec::new() };
    let event = |(seq, number): (u64, &u32)| Event {
        seq,
        id: None,
        at: String::new(),
        what: Happening::OrderPlaced(Order {
            customer: Some(format!("C{number}")),
            order: format!("N{number}"),
            day: meta.last_day,
            lines: vec![OrderLine {
                category: Some("Books".to_owned()),
                amount: Decimal::of("0.50").unwrap(),
                quantity: Some(Decimal::of("1").unwrap()),
            }],
        }),
    };
    let events = (1..).zip(&touched).map(event);
    let overlay = Overlay::new(meta.clone(), 0).unwrap();
    let overlay = overlay.with(events, &rows, meta.last_day).unwrap();
    assert!(overlay.refused().is_empty(), "{:?}", overlay.refused());
    let truth = Facts::of(meta.clone()).with(Arc::new(columns(&meta, &touched)));
    let below = Facts::of(meta.clone()).with(Arc::new(columns(&meta, &[])));
    let over = below.under(Arc::new(overlay));
    let all = Scope::of_range(edges(&meta));
    let points = over.points(&all, MOST).ready().unwrap();
    assert_eq!(points, truth.points(&all, MOST).ready().unwrap());
    let drawn = points.sample.iter().filter(|point| point.orders == 2).count();
    assert!((60..120).contains(&drawn), "{drawn} of {}", points.sample.len());
}
