//! Small made-up shops: what happened as plain rows, and the columns that stand for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use facts::Columns;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use serde_json::json;
use snapshot::columns::{NO_CUSTOMER, NO_DAY, NOT_SAID, NOT_SCORED};
use snapshot::{ContactColumns, CustomerColumns, FeedbackColumns, Meta, PurchaseColumns};

/// Days of the shop, over parts of five months.
pub const DAYS: u16 = 110;

#[derive(Clone, Debug)]
pub struct Person {
    pub segment: u8,
    pub churn: u8,
    pub rfm: u8,
}

/// A purchase line; nobody's customer is a guest.
#[derive(Clone, Debug)]
pub struct Line {
    pub customer: Option<usize>,
    pub order: u32,
    pub day: u16,
    pub category: u16,
    pub amount: i64,
    pub quantity: i32,
}

/// A score, or (with 0 or 1) whether a contact was answered.
#[derive(Clone, Debug)]
pub struct Dated {
    pub customer: Option<usize>,
    pub day: u16,
    pub value: u8,
    pub said: [Option<u8>; 2],
}

#[derive(Clone, Debug)]
pub struct Shop {
    pub meta: Arc<Meta>,
    pub people: Vec<Person>,
    pub lines: Vec<Line>,
    pub scores: Vec<Dated>,
    pub contacts: Vec<Dated>,
}

/// Any shop: guests, returns, orders over several days and of several customers among it.
pub fn shops() -> impl Strategy<Value = Shop> {
    let person = (0..2_u8, 0..2_u8, 0..3_u8);
    let whose = || of(0..12_usize);
    let line = (whose(), 0..6_u32, 0..DAYS, 0..3_u16, -300..900_i64, -2..4_i32);
    let dated = |values| (whose(), 0..DAYS, values, (of(0..2_u8), of(0..1_u8)));
    let rows = (vec(line, 0..60), vec(dated(1..6_u8), 0..25), vec(dated(0..2_u8), 0..25));
    (vec(person, 1..12), rows).prop_map(|(people, (lines, scores, contacts))| {
        let mut people: Vec<Person> = people
            .into_iter()
            .map(|(segment, churn, rfm)| Person { segment, churn, rfm })
            .collect();
        people.sort_by_key(|person| (person.segment, person.churn));
        let known = people.len();
        let who = |customer: Option<usize>| customer.filter(|&customer| customer < known);
        let of_row = |(customer, day, value, said): (_, _, _, (Option<u8>, Option<u8>))| Dated {
            customer: who(customer),
            day,
            value,
            said: [said.0, said.1],
        };
        let line = |(customer, order, day, category, amount, quantity)| {
            let customer = who(customer);
            // Order 0 is everybody's, the others are a customer's own.
            let owner =
                if order == 0 { 0 } else { customer.map_or(99, |customer| customer as u32) };
            Line { customer, order: owner * 10 + order, day, category, amount, quantity }
        };
        let by_customer = |rows: Vec<_>| {
            let mut rows: Vec<Dated> = rows.into_iter().map(of_row).collect();
            rows.sort_by_key(|row| (row.customer.is_none(), row.customer, row.day));
            rows
        };
        let mut lines: Vec<Line> = lines.into_iter().map(line).collect();
        lines.sort_by_key(|line| (line.customer.is_none(), line.customer, line.order, line.day));
        let (scores, contacts) = (by_customer(scores), by_customer(contacts));
        Shop { meta: meta(), people, lines, scores, contacts }
    })
}

impl Shop {
    /// A shop where nothing happened.
    #[allow(dead_code, reason = "not every test begins with one")]
    pub fn empty() -> Self {
        let (people, lines) = (Vec::new(), Vec::new());
        Self { meta: meta(), people, lines, scores: Vec::new(), contacts: Vec::new() }
    }

    pub fn lines_of(&self, customer: usize) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.customer == Some(customer))
    }

    /// Days of purchases: lines that cost something.
    pub fn purchase_days(&self, customer: usize) -> BTreeSet<u16> {
        self.lines_of(customer).filter(|line| line.amount > 0).map(|line| line.day).collect()
    }

    pub fn lifetime_value(&self, customer: usize) -> i64 {
        self.lines_of(customer).map(|line| line.amount).sum()
    }

    pub fn orders(&self, customer: usize) -> usize {
        let orders = self.lines_of(customer).filter(|line| line.amount > 0);
        orders.map(|line| line.order).collect::<BTreeSet<_>>().len()
    }

    /// The RFM segment; who never bought has none.
    pub fn rfm(&self, customer: usize) -> Option<u8> {
        (!self.purchase_days(customer).is_empty()).then(|| self.people[customer].rfm)
    }

    pub fn columns(&self) -> Columns {
        let (customers, purchases, feedback, contacts) = self.parts();
        let meta = self.meta.clone();
        Columns::new(meta, customers, purchases, Some(feedback), Some(contacts)).unwrap()
    }

    /// What columns are made of.
    pub fn parts(&self) -> (CustomerColumns, PurchaseColumns, FeedbackColumns, ContactColumns) {
        let mut customers = CustomerColumns::default();
        for (customer, person) in self.people.iter().enumerate() {
            let days = self.purchase_days(customer);
            customers.segment.push(person.segment);
            customers.churn.push(person.churn);
            customers.rfm_segment.push(self.rfm(customer).unwrap_or(NOT_SCORED));
            customers.first_purchase.push(days.first().copied().unwrap_or(NO_DAY));
            customers.last_purchase.push(days.last().copied().unwrap_or(NO_DAY));
            customers.orders.push(self.orders(customer) as u32);
            customers.lifetime_value.push(self.lifetime_value(customer));
            customers.lines.push(self.lines_of(customer).count() as u32);
        }
        let number = |customer: Option<usize>| customer.map_or(NO_CUSTOMER, |it| it as u32);
        let (mut feedback, mut contacts) = (FeedbackColumns::default(), ContactColumns::default());
        for row in &self.scores {
            feedback.customer.push(number(row.customer));
            feedback.day.push(row.day);
            feedback.score.push(row.value);
            feedback.channel.push(row.said[0].unwrap_or(NOT_SAID));
            feedback.reason.push(row.said[1].unwrap_or(NOT_SAID));
        }
        for row in &self.contacts {
            contacts.customer.push(number(row.customer));
            contacts.day.push(row.day);
            contacts.responded.push(row.value);
        }
        (customers, self.purchases(), feedback, contacts)
    }

    /// Lines with orders numbered by their first appearance.
    fn purchases(&self) -> PurchaseColumns {
        let (mut columns, mut numbers) = (PurchaseColumns::default(), BTreeMap::new());
        for line in &self.lines {
            let next = numbers.len() as u32;
            columns.day.push(line.day);
            columns.category.push(line.category);
            columns.amount.push(line.amount);
            columns.quantity.push(line.quantity);
            columns.order.push(*numbers.entry(line.order).or_insert(next));
        }
        columns
    }
}

fn meta() -> Arc<Meta> {
    let none = [0_i64; 4];
    let meta = json!({
        "format_version": snapshot::FORMAT_VERSION,
        "snapshot_id": "0123abcd",
        "built_at": "2024-05-03T00:00:00Z",
        "source": "Shop",
        "demo": false,
        "as_of": "2024-05-03",
        "first_day": "2024-01-15",
        "last_day": "2024-05-03",
        "time_zone": "UTC",
        "currency": { "code": "EUR", "exponent": 2 },
        "rows": {},
        "rejected": {},
        "labels": {
            "segments": ["High", "Low"],
            "churn_risks": ["Low", "High"],
            "categories": ["Books", "Games", "Tea"],
            "rfm_segments": ["Champions", "Lost", "Others"],
            "channels": ["Phone", "Chat"],
            "reasons": ["Delivery"],
        },
        "features": {
            "names": true, "units": true, "categories": true,
            "feedback": true, "campaigns": true, "visits": false, "category_pairs": true,
        },
        "rules": {
            "segments": { "kind": "imported" },
            "churn": { "kind": "imported" },
            "rfm": { "customers": 0, "recency": none, "frequency": none, "monetary": none },
        },
        "lineage": [],
    });
    Arc::new(serde_json::from_value(meta).unwrap())
}
