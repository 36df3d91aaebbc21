//! Any story of a small shop: what comes over the channel, in batches, and what a page reads for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use facts::Overlay;
use facts::live::{Contact, Decimal, Event, Feedback, Happening, Order, OrderLine, Profile};
use facts::overlay::{
    ContactRow, CustomerRows, Edit, PurchaseRow, Rows, ScoreRow, SharedLine, SharedWith,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use snapshot::meta::{ChurnRule, RfmRule, SegmentRule};
use snapshot::{Day, Meta};

use crate::edit;
use crate::shop::{DAYS, Dated, Line, Shop, shops};

pub const CATEGORIES: [&str; 5] = ["Books", "Games", "Tea", "Toys", "Hats"];
const CHANNELS: [&str; 3] = ["Phone", "Chat", "Mail"];
const REASONS: [&str; 2] = ["Delivery", "Price"];
const SEGMENTS: [&str; 3] = ["High", "Low", "VIP"];
const RISKS: [&str; 3] = ["Low", "High", "Gone"];

/// A shop, and what happened after its snapshot.
#[derive(Clone, Debug)]
pub struct Story {
    pub shop: Shop,
    pub batches: Vec<Vec<Event>>,
    pub edits: BTreeMap<String, Edit>,
    pub today: Day,
}

/// The campaign of a contact, which the shop's rows do not say.
pub fn campaign(day: u16) -> String {
    format!("K{}", day % 3)
}

/// The id of a customer by place.
pub fn id(customer: usize) -> String {
    format!("C{customer:02}")
}

pub fn order_id(order: u32) -> String {
    format!("O{order}")
}

/// Customers by place: those of the shop, new ones, and some whom nobody knows.
fn who() -> impl Strategy<Value = Option<String>> {
    of((0..16_usize).prop_map(id))
}

fn days() -> impl Strategy<Value = Day> {
    let first = "2024-01-15".parse::<Day>().unwrap();
    let day = prop_oneof![
        6 => i32::from(DAYS) - 4..i32::from(DAYS) + 38,
        3 => 0..i32::from(DAYS),
        1 => -3..0_i32,
        1 => i32::from(DAYS) + 38..i32::from(DAYS) + 42,
    ];
    day.prop_map(move |day| first.plus(day))
}

fn decimal(cents: i64) -> Decimal {
    Decimal::of(&snapshot::money::to_decimal(cents.into(), 2)).unwrap()
}

fn text(from: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    of(proptest::sample::select(from).prop_map(str::to_owned))
}

fn order(amounts: std::ops::Range<i64>) -> impl Strategy<Value = Order> {
    let line =
        (0..CATEGORIES.len(), amounts, of(0..4_i64)).prop_map(|(category, cents, quantity)| {
            OrderLine {
                category: Some(CATEGORIES[category].to_owned()),
                amount: decimal(cents),
                quantity: quantity.map(|units| Decimal::of(&units.to_string()).unwrap()),
            }
        });
    let id = prop_oneof![
        (0..130_u32).prop_map(order_id),
        (0..4_u32).prop_map(|new| format!("X{new}")),
        Just(order_id(0))
    ];
    (who(), id, days(), vec(line, 1..4)).prop_map(|(customer, order, day, lines)| Order {
        customer,
        order,
        day,
        lines,
    })
}

fn profile() -> impl Strategy<Value = Profile> {
    (0..16_usize, text(&SEGMENTS), text(&RISKS)).prop_map(|(who, segment, churn_risk)| Profile {
        customer: id(who),
        segment,
        churn_risk,
        ..Profile::default()
    })
}

fn happenings() -> impl Strategy<Value = Happening> {
    let feedback = (who(), days(), 1..6_u8, text(&CHANNELS), text(&REASONS)).prop_map(
        |(customer, day, score, channel, reason)| {
            Happening::FeedbackReceived(Feedback { customer, day, score, channel, reason })
        },
    );
    let contact = (who(), days(), 0..4_u16, any::<bool>()).prop_map(
        |(customer, day, campaign, responded)| {
            let campaign = self::campaign(campaign);
            Happening::CampaignResponse(Contact { customer, day, campaign, responded })
        },
    );
    prop_oneof![
        6 => order(-100..900).prop_map(Happening::OrderPlaced),
        2 => order(0..400).prop_map(Happening::OrderReturned),
        2 => feedback,
        3 => contact,
        2 => profile().prop_map(Happening::NewCustomer),
        2 => profile().prop_map(Happening::CustomerChanged),
    ]
}

pub fn stories() -> impl Strategy<Value = Story> {
    let edits = vec((0..16_usize, 0..3_usize), 0..3).prop_map(|edits| {
        let segment = |at: usize| edit(["High", "Low", "Nobody"][at]);
        edits.into_iter().map(|(who, at)| (id(who), segment(at))).collect()
    });
    let cuts = (any::<bool>(), any::<bool>(), -100..700_i64);
    (shops(), vec(happenings(), 1..28), edits, cuts).prop_map(|(mut shop, what, edits, cuts)| {
        shop.meta = Arc::new(ruled(&shop, cuts));
        let events: Vec<Event> = (1..)
            .zip(what)
            .map(|(seq, what)| Event { seq, id: Some(format!("e{seq}")), at: String::new(), what })
            .collect();
        let half = events.len() / 2;
        // The second batch repeats one of the first, and has it under another number, too.
        let again = events[0].clone();
        let renamed = Event { seq: 1_000, ..again.clone() };
        let second = events[half..].iter().cloned().chain([again, renamed]).collect();
        let batches = vec![events[..half].to_vec(), second];
        let batches = if half == 0 { batches[1..].to_vec() } else { batches };
        let today = shop.meta.last_day.plus(37);
        Story { shop, batches, edits, today }
    })
}

/// The shop's description with rules that can classify, or classes that the source gave.
fn ruled(shop: &Shop, (segments, churn, cut): (bool, bool, i64)) -> Meta {
    let mut meta = Meta::clone(&shop.meta);
    meta.rows.insert("customer_360".to_owned(), shop.people.len() as u64);
    if segments {
        meta.rules.segments = SegmentRule::TopShares { percent: vec![40], cuts: vec![cut] };
    }
    if churn {
        let population_gap_doubled = Some(20);
        meta.rules.churn = ChurnRule::GapMultiples { percent: vec![150], population_gap_doubled };
    }
    meta.rules.rfm = RfmRule {
        customers: 4,
        recency: [5, 10, 20, 60],
        frequency: [1, 1, 2, 3],
        monetary: [50, 200, 400, 900],
    };
    meta
}

impl Story {
    /// The same events the other way round, one by one.
    pub fn backwards(&self) -> Self {
        let events: BTreeMap<u64, Event> = (self.batches.iter().flatten())
            .filter(|event| event.seq < 1_000)
            .map(|event| (event.seq, event.clone()))
            .collect();
        let batches = events.into_values().rev().map(|event| vec![event]).collect();
        Self { batches, ..self.clone() }
    }

    /// What a page reads before an overlay takes events and edits.
    pub fn rows(
        &self,
        overlay: &Overlay,
        events: &[Event],
        edits: &BTreeMap<String, Edit>,
    ) -> Rows {
        let needs = overlay.needs(events, edits);
        let customers = needs.into_iter().map(|needed| {
            let known = (0..self.shop.people.len()).find(|&customer| id(customer) == needed);
            (needed, known.map(|customer| self.customer(customer)))
        });
        let mut rows = Rows {
            snapshot_id: self.shop.meta.snapshot_id.clone(),
            customers: customers.collect(),
            shared: Vec::new(),
        };
        let orders = overlay.orders(events, &rows);
        let lines = self.shop.lines.iter().enumerate();
        // Of orders that were read, the snapshot lists the lines of those alone that are of several.
        let buyers = |order: u32| {
            let lines = self.shop.lines.iter().filter(|line| line.order == order);
            lines.map(|line| line.customer).collect::<BTreeSet<_>>().len()
        };
        let shared = lines.filter(|(_, line)| {
            let order = order_id(line.order);
            orders.placed.contains(&order) || orders.read.contains(&order) && buyers(line.order) > 1
        });
        let others = shared.filter(|(_, line)| {
            line.customer.is_none_or(|customer| !rows.customers.contains_key(&id(customer)))
        });
        let of = |customer: usize| SharedWith {
            number: customer as u32,
            segment: self.shop.people[customer].segment,
            churn: self.shop.people[customer].churn,
            rfm_segment: self.shop.rfm(customer),
        };
        rows.shared = others
            .map(|(at, line)| SharedLine { of: line.customer.map(of), row: self.line(at, line) })
            .collect();
        rows
    }

    fn line(&self, at: usize, line: &Line) -> PurchaseRow {
        PurchaseRow {
            line: at as u32,
            order: order_id(line.order),
            day: self.shop.meta.first_day.plus(line.day.into()),
            category: line.category,
            amount: line.amount,
            quantity: line.quantity,
        }
    }

    fn customer(&self, customer: usize) -> CustomerRows {
        let (shop, person) = (&self.shop, &self.shop.people[customer]);
        let of = |row: &&Dated| row.customer == Some(customer);
        let day = |day: u16| shop.meta.first_day.plus(day.into());
        let lines = shop.lines.iter().enumerate();
        let lines = lines.filter(|(_, line)| line.customer == Some(customer));
        let score = |row: &Dated| ScoreRow {
            day: day(row.day),
            score: row.value,
            channel: row.said[0],
            reason: row.said[1],
        };
        let contact = |row: &Dated| ContactRow {
            day: day(row.day),
            campaign: campaign(row.day),
            responded: row.value == 1,
        };
        CustomerRows {
            number: customer as u32,
            segment: person.segment,
            churn: person.churn,
            rfm_segment: shop.rfm(customer),
            lines: lines.map(|(at, line)| self.line(at, line)).collect(),
            scores: shop.scores.iter().filter(of).map(score).collect(),
            contacts: shop.contacts.iter().filter(of).map(contact).collect(),
        }
    }
}
