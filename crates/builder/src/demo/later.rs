//! What goes on after the last day of the demo: events as a live channel tells them, from that
//! day's evening on, the same for the same seed.

mod row;

use std::path::Path;

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use serde::Serialize;
use snapshot::tables::CUSTOMER_360;
use snapshot::{Day, Meta};

use self::row::{Line, Row};
use super::Demo;
use super::dice::{Dice, Stream};
use super::people::People;
use super::shop::Shop;
use super::till::{CHANNELS, REASONS};

/// Events of the evening, of the day after, and of the morning after that.
const EVENTS: [usize; 3] = [90, 450, 60];

/// How busy the shop is, hour by hour.
const HOURS: [u64; 24] =
    [3, 2, 1, 1, 1, 2, 5, 10, 18, 26, 32, 34, 36, 32, 30, 30, 32, 36, 44, 54, 58, 46, 26, 10];

/// The hour in which the evening begins, and that in which the last morning ends.
const EVENING: usize = 18;
const NOON: usize = 12;

/// How common each kind of event is.
const KINDS: [u64; 6] = [600, 55, 130, 95, 70, 50];

/// Lines of an order at most: a file with all of them is read as a whole.
const MOST_LINES: usize = 4;

/// Somebody whom the snapshot knows, and the segment.
const SOMEBODY: &str = "SELECT customer_id, customer_segment FROM customer_360
    WHERE ord = ?1 AND (total_orders > 0 OR ?2)";

/// All events, as the file beside the manifest has them.
#[derive(Debug, Serialize)]
pub struct Later {
    events: Vec<Row>,
}

/// A line that may come back.
struct Bought {
    customer: Option<String>,
    order: String,
    line: Line,
    cents: i64,
}

struct Telling<'a> {
    database: &'a Connection,
    meta: &'a Meta,
    shop: &'a Shop,
    people: &'a People,
    dice: Dice,
    customers: u64,
    /// Those who came, in their order.
    new: Vec<String>,
    /// Whether the last event was somebody new.
    came: bool,
    orders: u32,
    bought: Vec<Bought>,
}

impl Demo {
    /// What goes on after the snapshot at a path.
    ///
    /// # Errors
    /// If the snapshot cannot be read.
    pub fn later(self, path: &Path, meta: &Meta) -> Result<Later> {
        let database = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let (shop, people) = (Shop::new()?, People::new()?);
        let mut telling = Telling {
            database: &database,
            meta,
            shop: &shop,
            people: &people,
            dice: Dice::new(self.seed, Stream::Later, 0),
            customers: self.customers,
            new: Vec::new(),
            came: false,
            orders: 0,
            bought: Vec::new(),
        };
        let instants = telling.instants();
        let events = instants.into_iter().zip(meta.covers + 1..);
        let events = events.map(|((day, second), seq)| telling.event(seq, day, second));
        Ok(Later { events: events.collect::<Result<_>>()? })
    }
}

impl Telling<'_> {
    /// Days and seconds, in their order.
    fn instants(&mut self) -> Vec<(Day, u32)> {
        let mut instants = Vec::new();
        let hours = [&HOURS[EVENING..], &HOURS[..], &HOURS[..NOON]];
        for (days, (count, hours)) in EVENTS.into_iter().zip(hours).enumerate() {
            let begin = HOURS.len() - hours.len();
            let begin = if days == 0 { begin } else { 0 };
            for _ in 0..count {
                let hour = begin + self.dice.weighted(hours.iter().copied());
                let second = hour as u64 * 3600 + self.dice.below(3600);
                instants.push((self.meta.as_of.plus(days as i32), second as u32));
            }
        }
        instants.sort_unstable();
        instants
    }

    fn event(&mut self, seq: u64, day: Day, second: u32) -> Result<Row> {
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let at = format!("{day}T{hour:02}:{minute:02}:{second:02}Z");
        let row = match self.dice.weighted(KINDS.into_iter()) {
            // Who is new mostly came to buy.
            _ if std::mem::take(&mut self.came) && self.dice.chance(750) => {
                let customer = self.new.last().cloned();
                self.order(customer, day)
            }
            1 => match self.bought.len() as u64 {
                0 => self.feedback()?,
                bought => {
                    let at = self.dice.below(bought) as usize;
                    self.returned(at)
                }
            },
            2 => self.feedback()?,
            3 => self.answer()?,
            4 => self.arrival(),
            5 => self.changed()?,
            _ => {
                let customer = match self.dice.below(100) {
                    0..8 => None,
                    8..18 if !self.new.is_empty() => Some(self.dice.pick(&self.new).clone()),
                    _ => Some(self.somebody()?.0),
                };
                self.order(customer, day)
            }
        };
        Ok(Row { seq, at, ..row })
    }

    /// Somebody whom the snapshot knows, most likely who has bought before: the id and the segment.
    fn somebody(&mut self) -> Result<(String, String)> {
        let customers = self.meta.rows.get(CUSTOMER_360).copied().unwrap_or_default();
        let mut statement = self.database.prepare_cached(SOMEBODY)?;
        for last in [false, false, false, true] {
            let found = statement.query_row((self.dice.below(customers), last), |row| {
                Ok((row.get(0)?, row.get(1)?))
            });
            if let Some(found) = found.optional()? {
                return Ok(found);
            }
        }
        anyhow::bail!("customer_360 has no row under a number that there is")
    }

    fn order(&mut self, customer: Option<String>, day: Day) -> Row {
        self.orders += 1;
        let order = format!("N{:04}", self.orders);
        let mut lines = Vec::new();
        for _ in 0..MOST_LINES {
            let at = self.shop.category_on(day, &mut self.dice);
            let category = &self.shop.categories[at];
            let pick = self.shop.product(at, day, &mut self.dice);
            let quantity = self.dice.between(1, category.most);
            let cents = pick.price * i64::from(quantity);
            let line = Line::of(&category.name, cents, quantity);
            let (customer, order) = (customer.clone(), order.clone());
            self.bought.push(Bought { customer, order, line: line.clone(), cents });
            lines.push(line);
            if !self.dice.chance(category.more) {
                break;
            }
        }
        let (order_id, lines) = (Some(order), Some(lines));
        Row { kind: "order_placed", customer_id: customer, order_id, lines, ..Row::default() }
    }

    fn returned(&mut self, at: usize) -> Row {
        let Bought { customer, order, line, cents } = self.bought.swap_remove(at);
        let back = self.dice.between(1, line.quantity);
        let cents = cents * i64::from(back) / i64::from(line.quantity);
        Row {
            kind: "order_returned",
            customer_id: customer,
            order_id: Some(order),
            lines: Some(vec![Line::of(&line.category, cents, back)]),
            ..Row::default()
        }
    }

    fn feedback(&mut self) -> Result<Row> {
        let customer = self.somebody()?.0;
        let dice = &mut self.dice;
        let (reason, _, scores) = REASONS[dice.weighted(REASONS.iter().map(|reason| reason.1))];
        let score = dice.weighted(scores.into_iter()) as u8 + 1;
        let channel = CHANNELS[dice.weighted(CHANNELS.iter().map(|channel| channel.1))].0;
        Ok(Row {
            kind: "feedback_received",
            customer_id: Some(customer),
            score: Some(score),
            channel: Some(channel),
            reason: Some(reason),
            ..Row::default()
        })
    }

    /// An answer to the latest campaign.
    fn answer(&mut self) -> Result<Row> {
        let customer = self.somebody()?.0;
        let campaign = Some(format!("M{:02}", self.shop.campaigns.len()));
        let kind = "campaign_response";
        Ok(Row { kind, customer_id: Some(customer), campaign_id: campaign, ..Row::default() })
    }

    fn arrival(&mut self) -> Row {
        let number = self.customers + self.new.len() as u64;
        let person = self.people.person(number, &mut self.dice);
        self.new.push(person.customer_id.clone());
        self.came = true;
        Row {
            kind: "new_customer",
            customer_id: Some(person.customer_id),
            first_name: person.first_name,
            last_name: person.last_name,
            email: person.email,
            country: person.country,
            city: person.city,
            ..Row::default()
        }
    }

    /// Somebody is of the segment above now, or of the one below.
    fn changed(&mut self) -> Result<Row> {
        let (customer, segment) = self.somebody()?;
        let all = &self.meta.labels.segments;
        let at =
            all.iter().position(|name| *name == segment).context("a segment without a name")?;
        let up = at > 0 && (at + 1 == all.len() || self.dice.chance(600));
        let segment = all.get(if up { at - 1 } else { at + 1 }).cloned();
        let kind = "customer_changed";
        Ok(Row { kind, customer_id: Some(customer), segment, ..Row::default() })
    }
}
