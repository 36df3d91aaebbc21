//! Rings up the demo's orders: lines, returns, and what customers say afterwards.

use anyhow::Result;
use snapshot::Day;

use super::calendar::Calendar;
use super::dice::Dice;
use super::shop::Shop;
use importer_core::Loader;
use importer_core::rows::{Contact, Interaction, Purchase, Visit};

/// Lines an order may have at most.
const MOST_LINES: usize = 9;

/// Ways to get in touch, and how common they are.
pub const CHANNELS: [(&str, u64); 5] =
    [("Email", 34), ("Chat", 30), ("Phone", 20), ("Social media", 6), ("In-app", 10)];

/// Reasons to get in touch: weight, then the weights of the scores 1 to 5.
pub const REASONS: [(&str, u64, [u64; 5]); 6] = [
    ("Delivery delay", 24, [9, 15, 26, 30, 20]),
    ("Damaged item", 12, [12, 16, 24, 28, 20]),
    ("Return request", 18, [4, 8, 20, 38, 30]),
    ("Billing question", 12, [3, 6, 19, 40, 32]),
    ("Product advice", 22, [1, 3, 10, 36, 50]),
    ("Praise", 12, [0, 1, 4, 25, 70]),
];

const DEVICES: [(&str, u64); 3] = [("Mobile", 58), ("Desktop", 34), ("Tablet", 8)];

/// Where rows of the demo go, numbered as they come.
pub struct Till<'a, 'b> {
    loader: &'a mut Loader<'b>,
    /// What is sold.
    pub shop: &'a Shop,
    /// When.
    pub calendar: Calendar,
    lines: u64,
    orders: u64,
    interactions: u64,
    sessions: u64,
    value: i64,
}

/// One order to be rung up.
pub struct Order<'a> {
    /// Who orders; nobody for a guest.
    pub customer: Option<&'a str>,
    /// When.
    pub day: Day,
    /// Category the customer likes, where known.
    pub taste: Option<usize>,
    /// Discount in percent.
    pub discount: i64,
}

impl<'a, 'b> Till<'a, 'b> {
    /// A till without orders.
    pub fn new(loader: &'a mut Loader<'b>, shop: &'a Shop, calendar: Calendar) -> Self {
        Self { loader, shop, calendar, lines: 0, orders: 0, interactions: 0, sessions: 0, value: 0 }
    }

    /// The rows' way to the database, for rows that are not numbered here.
    pub fn loader(&mut self) -> &mut Loader<'b> {
        self.loader
    }

    /// Purchase lines so far.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// Net amount in cents since this was last asked.
    pub fn take_value(&mut self) -> i64 {
        std::mem::take(&mut self.value)
    }

    /// The next order's id.
    pub fn order_id(&mut self) -> String {
        self.orders += 1;
        format!("O{:07}", self.orders)
    }

    /// Rings up an order of one or more lines, some of which come back.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn order(&mut self, order: &Order<'_>, dice: &mut Dice) -> Result<()> {
        let order_id = self.order_id();
        for _ in 0..MOST_LINES {
            let category = match order.taste {
                Some(taste) if dice.chance(450) => taste,
                _ => self.shop.category_on(order.day, dice),
            };
            let pick = self.shop.product(category, order.day, dice);
            let quantity = dice.between(1, self.shop.categories[category].most);
            let amount = pick.price * i64::from(quantity) * (100 - order.discount) / 100;
            let mut line = Purchase {
                order_id: order_id.clone(),
                customer_id: order.customer.map(str::to_owned),
                product_id: Some(pick.product_id),
                day: order.day,
                quantity: Some(quantity),
                amount,
                ..Purchase::default()
            };
            self.line(&mut line)?;
            if dice.chance(45) {
                self.give_back(&mut line, dice)?;
            }
            if !dice.chance(self.shop.categories[category].more) {
                break;
            }
        }
        if dice.chance(170) {
            let day = order.day.plus(dice.between(1, 14));
            self.feedback(order.customer, day, dice)?;
        }
        Ok(())
    }

    fn give_back(&mut self, line: &mut Purchase, dice: &mut Dice) -> Result<()> {
        let bought = line.quantity.unwrap_or(1);
        let back = dice.between(1, bought);
        line.day = line.day.plus(dice.between(3, 25));
        line.amount = -(line.amount * i64::from(back) / i64::from(bought));
        line.quantity = Some(-back);
        if self.calendar.has(line.day) { self.line(line) } else { Ok(()) }
    }

    /// Writes a line under the next number.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn line(&mut self, line: &mut Purchase) -> Result<()> {
        self.lines += 1;
        self.value += line.amount;
        line.transaction_id = format!("T{:08}", self.lines);
        self.loader.purchase(line)
    }

    /// A service contact, with a score most of the time; service improves over the years.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn feedback(&mut self, customer: Option<&str>, day: Day, dice: &mut Dice) -> Result<()> {
        let (reason, _, scores) = REASONS[dice.weighted(REASONS.iter().map(|reason| reason.1))];
        let mut score = dice.weighted(scores.into_iter());
        let better = (day.0 - self.calendar.first.0).max(0).unsigned_abs();
        if dice.below(4000) < u64::from(better) {
            score = score.max(dice.weighted(scores.into_iter()));
        }
        let given = (!dice.chance(220)).then_some(score as u8 + 1);
        self.scored(customer, day, reason, given, dice)
    }

    /// A service contact with a given score, or none.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn scored(
        &mut self,
        customer: Option<&str>,
        day: Day,
        reason: &str,
        score: Option<u8>,
        dice: &mut Dice,
    ) -> Result<()> {
        if !self.calendar.has(day) {
            return Ok(());
        }
        self.interactions += 1;
        let channel = CHANNELS[dice.weighted(CHANNELS.iter().map(|channel| channel.1))].0;
        self.loader.interaction(&Interaction {
            interaction_id: format!("S{:07}", self.interactions),
            customer_id: customer.map(str::to_owned),
            day,
            channel: Some(channel.to_owned()),
            reason: Some(reason.to_owned()),
            satisfaction_score: score,
        })
    }

    /// A visit to the website.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn visit(&mut self, customer: Option<&str>, day: Day, dice: &mut Dice) -> Result<()> {
        if !self.calendar.has(day) {
            return Ok(());
        }
        self.sessions += 1;
        let pages = dice.between(1, 14).unsigned_abs();
        let device = DEVICES[dice.weighted(DEVICES.iter().map(|device| device.1))].0;
        self.loader.visit(&Visit {
            session_id: format!("W{:07}", self.sessions),
            customer_id: customer.map(str::to_owned),
            day,
            pages_viewed: Some(pages),
            duration_seconds: Some(pages * 20 + dice.between(0, 200).unsigned_abs()),
            device: Some(device.to_owned()),
        })
    }

    /// A campaign contact.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn contact(&mut self, customer: Option<&str>, campaign: usize, yes: bool) -> Result<()> {
        let row = Contact {
            campaign_id: format!("M{:02}", campaign + 1),
            campaign_name: Some(self.shop.campaigns[campaign].name.clone()),
            customer_id: customer.map(str::to_owned),
            day: self.shop.campaigns[campaign].day,
            responded: yes,
        };
        self.loader.contact(&row)
    }
}
