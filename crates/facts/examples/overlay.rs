//! Times what an overlay costs: `cargo run --profile native -p facts --example overlay`.
//!
//! 10,000 events touch 8,000 customers of a made-up shop. Of every kind of question it is told how
//! long the snapshot's columns take, how long when they are asked again (they keep some answers),
//! and how long under the overlay after that: what it takes more than again is the overlay's. Each
//! turn has another last day, so that none knows the turn before.

#![allow(clippy::unwrap_used, reason = "an example ends where something is wrong")]
#![allow(clippy::cast_possible_truncation, reason = "small made-up numbers")]

use std::io::{Result, Write, stdout};
use std::sync::Arc;
use std::time::Instant;

use facts::live::{Decimal, Event, Happening, Order, OrderLine};
use facts::overlay::{CustomerRows, PurchaseRow, Rows};
use facts::{
    Aspect, BucketSize, Columns, DayRange, Dimension, Facts, Grouping, MemberSort, MembersAsk,
    Overlay, Part, Scope,
};
use serde_json::json;
use snapshot::{CustomerColumns, Meta, PurchaseColumns};

const CUSTOMERS: u32 = 400_000;
const TOUCHED: u32 = 8_000;
const EVENTS: u64 = 10_000;
const DAYS: u32 = 1_000;
const TURNS: i32 = 9;

fn main() -> Result<()> {
    let mut out = stdout();
    let meta = Arc::new(meta());
    let columns = columns(&meta);
    let (events, rows) = (events(), rows(&meta));
    let begun = Instant::now();
    let empty = Overlay::new(meta.clone(), 0).unwrap();
    let today = meta.as_of.plus(1);
    let overlay = empty.with(events.iter().take(9_900).cloned(), &rows, today).unwrap();
    writeln!(out, "9,900 events and all rows taken in {:.1} ms", ms(begun))?;
    let begun = Instant::now();
    let overlay = overlay.with(events.into_iter().skip(9_900), &Rows::default(), today).unwrap();
    writeln!(out, "100 more in {:.1} ms; {} refused", ms(begun), overlay.refused().len())?;
    let below = Facts::of(meta).with(Arc::new(columns));
    let over = below.under(Arc::new(overlay));
    writeln!(out, "\n{:28} {:>9} {:>9} {:>9}", "ms", "snapshot", "again", "overlay")?;
    for (name, ask) in questions() {
        let (mut alone, mut again, mut more) = (Vec::new(), Vec::new(), Vec::new());
        for turn in 0..TURNS {
            let to = below.meta().as_of.plus(-turn);
            let scope = Scope::of_range(DayRange { from: to.plus(-364), to });
            let begun = Instant::now();
            assert!(ask(&below, &scope));
            alone.push(ms(begun));
            let begun = Instant::now();
            assert!(ask(&below, &scope));
            again.push(ms(begun));
            let begun = Instant::now();
            assert!(ask(&over, &scope));
            more.push(ms(begun));
        }
        writeln!(
            out,
            "{name:28} {:9.2} {:9.2} {:9.2}",
            median(alone),
            median(again),
            median(more)
        )?;
    }
    Ok(())
}

type Ask = Box<dyn Fn(&Facts, &Scope) -> bool>;

fn questions() -> Vec<(String, Ask)> {
    let groupings = [
        Grouping::Whole,
        Grouping::By(Dimension::Segment),
        Grouping::By(Dimension::Category),
        Grouping::Over(BucketSize::Day),
        Grouping::Over(BucketSize::Month),
        Grouping::Of(Aspect::Channel),
    ];
    let mut asked: Vec<(String, Ask)> = Vec::new();
    for grouping in groupings {
        for part in Part::ALL {
            let ask: Ask = Box::new(move |facts: &Facts, scope: &Scope| {
                facts.groups(scope, grouping, &[part]).ready().is_some()
            });
            asked.push((format!("{grouping:?} {part:?}"), ask));
        }
    }
    asked.push((
        "Retention".to_owned(),
        Box::new(|facts, scope| {
            facts.retention(scope, scope.range.days_before()).ready().is_some()
        }),
    ));
    asked.push((
        "Retention over months".to_owned(),
        Box::new(|facts, scope| {
            facts.retention_over_time(scope, BucketSize::Month).ready().is_some()
        }),
    ));
    asked
        .push(("Top 5".to_owned(), Box::new(|facts, scope| facts.top(scope, 5).ready().is_some())));
    asked.push((
        "Points".to_owned(),
        Box::new(|facts, scope| facts.points(scope, 3_000).ready().is_some()),
    ));
    for offset in [0, 100_000] {
        let ask: Ask = Box::new(move |facts: &Facts, scope: &Scope| {
            let sort = MemberSort::Revenue;
            let (scope, compared) = (scope.clone(), Some(scope.range.days_before()));
            let ask = MembersAsk { scope, compared, sort, descending: true, offset, limit: 100 };
            facts.members(&ask).ready().is_some()
        });
        asked.push((format!("List from {offset}"), ask));
    }
    asked
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// A number that looks like chance.
fn mixed(number: u32) -> u32 {
    let mixed = (number ^ (number >> 16)).wrapping_mul(0x85eb_ca6b);
    (mixed ^ (mixed >> 13)).wrapping_mul(0xc2b2_ae35)
}

/// The lines of a customer: day, category, amount and order.
fn lines(customer: u32) -> impl Iterator<Item = (u32, u16, i64, u32)> {
    let count = 2 + mixed(customer) % 8;
    (0..count).map(move |at| {
        let chance = mixed(customer * 16 + at);
        (chance % DAYS, (chance % 12) as u16, i64::from(chance % 9_000) + 1, customer * 16 + at / 2)
    })
}

fn class(customer: u32) -> u8 {
    (u64::from(customer) * 9 / u64::from(CUSTOMERS)) as u8
}

/// One customer of those who are touched, all over the shop.
fn touched(at: u32) -> u32 {
    at * (CUSTOMERS / TOUCHED)
}

fn columns(meta: &Arc<Meta>) -> Columns {
    let (mut customers, mut purchases) = (CustomerColumns::default(), PurchaseColumns::default());
    for customer in 0..CUSTOMERS {
        let lines: Vec<_> = lines(customer).collect();
        let days = lines.iter().map(|line| line.0 as u16);
        customers.segment.push(class(customer) / 3);
        customers.churn.push(class(customer) % 3);
        customers.rfm_segment.push((mixed(customer) % 3) as u8);
        customers.first_purchase.push(days.clone().min().unwrap());
        customers.last_purchase.push(days.max().unwrap());
        customers.orders.push((lines.len() as u32).div_ceil(2));
        customers.lifetime_value.push(lines.iter().map(|line| line.2).sum());
        customers.lines.push(lines.len() as u32);
        for (day, category, amount, order) in lines {
            purchases.day.push(day as u16);
            purchases.category.push(category);
            purchases.amount.push(amount);
            purchases.quantity.push(1);
            purchases.order.push(order);
        }
    }
    Columns::new(meta.clone(), customers, purchases, None, None).unwrap()
}

fn rows(meta: &Meta) -> Rows {
    let row = |line: u32, (day, category, amount, order): (u32, u16, i64, u32)| PurchaseRow {
        line,
        order: format!("O{order}"),
        day: meta.first_day.plus(day as i32),
        category,
        amount,
        quantity: 1,
    };
    let customers = (0..TOUCHED).map(|at| {
        let number = touched(at);
        let found = CustomerRows {
            number,
            segment: class(number) / 3,
            churn: class(number) % 3,
            rfm_segment: Some((mixed(number) % 3) as u8),
            lines: lines(number).map(|line| row(0, line)).collect(),
            ..CustomerRows::default()
        };
        (format!("C{number}"), Some(found))
    });
    Rows { snapshot_id: meta.snapshot_id.clone(), customers: customers.collect(), shared: vec![] }
}

fn events() -> Vec<Event> {
    let order = |seq: u64| Order {
        customer: Some(format!("C{}", touched(seq as u32 % TOUCHED))),
        order: format!("N{seq}"),
        day: "2026-11-23".parse().unwrap(),
        lines: vec![
            OrderLine {
                category: Some(format!("Category {}", seq % 12)),
                amount: Decimal::of("12.34").unwrap(),
                quantity: None,
            };
            2
        ],
    };
    (1..=EVENTS)
        .map(|seq| Event {
            seq,
            id: Some(format!("event {seq}")),
            at: "2026-11-23T12:00:00Z".to_owned(),
            what: Happening::OrderPlaced(order(seq)),
        })
        .collect()
}

fn meta() -> Meta {
    let last: snapshot::Day = "2026-11-22".parse().unwrap();
    let none = [0_i64; 4];
    let categories: Vec<String> = (0..12).map(|at| format!("Category {at}")).collect();
    serde_json::from_value(json!({
        "format_version": snapshot::FORMAT_VERSION,
        "snapshot_id": "0123abcd",
        "built_at": "2026-11-23T00:00:00Z",
        "source": "Shop",
        "demo": true,
        "as_of": last,
        "first_day": last.plus(1 - DAYS as i32),
        "last_day": last,
        "time_zone": "UTC",
        "currency": { "code": "EUR", "exponent": 2 },
        "rows": { "customer_360": CUSTOMERS },
        "rejected": {},
        "labels": {
            "segments": ["High", "Medium", "Low"],
            "churn_risks": ["Low", "Medium", "High"],
            "categories": categories,
            "rfm_segments": ["Champions", "Lost", "Others"],
        },
        "features": {
            "names": true, "units": true, "categories": true,
            "feedback": false, "campaigns": false, "visits": false,
        },
        "rules": {
            "segments": { "kind": "imported" },
            "churn": { "kind": "imported" },
            "rfm": { "customers": 0, "recency": none, "frequency": none, "monetary": none },
        },
        "lineage": [],
    }))
    .unwrap()
}
