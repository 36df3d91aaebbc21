//! The touched customers as the snapshot has them, and as they are now, each as columns that can be
//! asked like those of all customers.
//!
//! An order of several customers counts once, and does not add up over them: so other customers
//! (and guests) stand on both sides with the lines of such orders alone. All that is counted of
//! them is the same on both sides, and cancels, but for orders that only one side has of the
//! touched customers too.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use snapshot::columns::{NO_CUSTOMER, NO_DAY, NOT_SCORED};
use snapshot::{ContactColumns, CustomerColumns, Day, FeedbackColumns, Meta, PurchaseColumns};

use super::classes::{self, Bought, Classes};
use super::labels::Codes;
use super::pace::Pace;
use super::replay::{Changed, People};
use super::rows::{ByKey, Contact, Line, Read, Score, SharedWith};
use crate::columns::{Columns, FactsError};
use crate::narrow;

/// Lines of others in orders of touched customers, by number of the line.
pub(super) type Shared = BTreeMap<u32, (Option<SharedWith>, Line)>;

/// Some customers as columns.
#[derive(Debug)]
pub(super) struct Side {
    pub columns: Columns,
    /// Numbers of the touched customers, ascending; those who stand behind them are others.
    pub numbers: Vec<u32>,
}

impl Side {
    /// The number of a row of the columns; none of those who are no touched customers.
    pub fn number(&self, row: u32) -> Option<u32> {
        self.numbers.get(row as usize).copied()
    }

    /// Rows of others, behind those of touched customers.
    pub fn others(&self) -> usize {
        self.columns.customer_count().saturating_sub(self.numbers.len())
    }

    /// What the snapshot has.
    pub async fn before(
        meta: &Arc<Meta>,
        read: impl Iterator<Item = Arc<Read>>,
        shared: &Shared,
        pace: &mut Pace<'_>,
    ) -> Result<Self, FactsError> {
        let mut read: Vec<Arc<Read>> = read.collect();
        read.sort_unstable_by_key(|read| read.number);
        if !read.is_sorted_by(|one, next| one.number < next.number) {
            return Err(FactsError::Damaged("rows of a customer under two ids".to_owned()));
        }
        let mut maker = Maker::default();
        for read in &read {
            pace.step().await;
            let Read { segment, churn, rfm_segment, .. } = **read;
            let bought = Bought::of(&read.lines);
            maker.customer(Classes { segment, churn, rfm_segment }, &read.lines, &bought);
            maker.scores(&read.scores);
            maker.contacts(read.contacts.iter().copied());
        }
        let numbers: Vec<u32> = read.iter().map(|read| read.number).collect();
        pace.rest().await;
        maker.shared(shared, &numbers);
        maker.done(meta, numbers)
    }

    /// What there is now, by number.
    pub async fn after(
        meta: &Arc<Meta>,
        people: &[Now<'_>],
        guests: &Changed,
        shared: &Shared,
        pace: &mut Pace<'_>,
    ) -> Result<Self, FactsError> {
        let mut maker = Maker::default();
        for Now { changed, lines, classes, bought } in people {
            pace.step().await;
            maker.customer(*classes, lines, bought);
            let read = changed.read.as_deref();
            maker.scores(read.map_or(&[], |read| &read.scores));
            maker.scores(&changed.scores);
            maker.contacts(changed.all_contacts());
        }
        let numbers: Vec<u32> = people.iter().map(|now| now.changed.number).collect();
        pace.rest().await;
        maker.shared(shared, &numbers);
        maker.guests(guests);
        pace.rest().await;
        maker.done(meta, numbers)
    }
}

/// A touched customer with all events.
pub(super) struct Now<'a> {
    pub changed: &'a Changed,
    pub lines: Cow<'a, [Line]>,
    pub classes: Classes,
    pub bought: Bought,
}

impl<'a> Now<'a> {
    /// Everybody by number, classified. `as_of` is the last day of the data.
    pub async fn of(
        people: &'a People,
        codes: &mut Codes,
        meta: &Meta,
        as_of: Day,
        pace: &mut Pace<'_>,
    ) -> Vec<Self> {
        let as_of = super::rows::day_code(as_of, meta).unwrap_or(NO_DAY);
        let mut now = |changed: &'a Changed| {
            let lines = changed.all_lines();
            let bought = Bought::of(&lines);
            let classes = classes::of(changed, &bought, as_of, meta, codes);
            Self { changed, lines, classes, bought }
        };
        let mut all = Vec::with_capacity(people.all.len());
        for (_, changed) in &people.all {
            pace.step().await;
            all.push(now(changed));
        }
        all.sort_unstable_by_key(|now| now.changed.number);
        all
    }
}

impl Changed {
    /// The lines of the snapshot and those since; of one order they stand together.
    pub(super) fn all_lines(&self) -> Cow<'_, [Line]> {
        let read = self.read.as_ref().map_or(&[][..], |read| &read.lines);
        if self.lines.is_empty() {
            return Cow::Borrowed(read);
        }
        let mut lines = [read, &self.lines].concat();
        lines.sort_by_key(|line| line.order);
        Cow::Owned(lines)
    }

    pub(super) fn all_contacts(&self) -> impl Iterator<Item = Contact> {
        let read = self.read.as_ref().map_or(&[][..], |read| &read.contacts).iter().enumerate();
        let read = read.map(|(at, contact)| Contact {
            responded: contact.responded || self.answered.contains(&at),
            ..*contact
        });
        read.chain(self.contacts.iter().copied())
    }
}

/// Columns as they are filled.
#[derive(Default)]
struct Maker {
    customers: CustomerColumns,
    purchases: PurchaseColumns,
    feedback: FeedbackColumns,
    contacts: ContactColumns,
    orders: ByKey<u32>,
    /// Lines of guests, which come last.
    guests: Vec<Line>,
}

impl Maker {
    fn customer(&mut self, classes: Classes, lines: &[Line], bought: &Bought) {
        let into = &mut self.customers;
        into.segment.push(classes.segment);
        into.churn.push(classes.churn);
        into.rfm_segment.push(classes.rfm_segment.unwrap_or(NOT_SCORED));
        into.first_purchase.push(bought.days.first().copied().unwrap_or(NO_DAY));
        into.last_purchase.push(bought.days.last().copied().unwrap_or(NO_DAY));
        into.orders.push(bought.orders);
        into.lifetime_value.push(bought.value);
        into.lines.push(narrow::row(lines.len()));
        self.lines(lines);
    }

    fn lines(&mut self, lines: &[Line]) {
        for line in lines {
            let next = narrow::row(self.orders.len());
            self.purchases.day.push(line.day);
            self.purchases.category.push(line.category);
            self.purchases.amount.push(line.amount);
            self.purchases.quantity.push(line.quantity);
            self.purchases.order.push(*self.orders.entry(line.order).or_insert(next));
        }
    }

    /// Others with their lines in orders of touched customers. They have never bought, so that they
    /// are no points, and nobody is new.
    fn shared(&mut self, shared: &Shared, touched: &[u32]) {
        let mut others: BTreeMap<SharedWith, Vec<Line>> = BTreeMap::new();
        for (of, line) in shared.values() {
            match of {
                Some(of) if touched.binary_search(&of.number).is_err() => {
                    others.entry(*of).or_default().push(*line);
                }
                // All that the touched have is there.
                Some(_) => {}
                None => self.guests.push(*line),
            }
        }
        for (SharedWith { segment, churn, rfm_segment, .. }, mut lines) in others {
            lines.sort_by_key(|line| line.order);
            self.customer(Classes { segment, churn, rfm_segment }, &lines, &Bought::default());
        }
    }

    fn guests(&mut self, guests: &Changed) {
        self.guests.extend(&guests.lines);
        for Score { day, score, channel, reason } in &guests.scores {
            self.feedback.customer.push(NO_CUSTOMER);
            self.feedback.day.push(*day);
            self.feedback.score.push(*score);
            self.feedback.channel.push(*channel);
            self.feedback.reason.push(*reason);
        }
        for contact in &guests.contacts {
            self.contacts.customer.push(NO_CUSTOMER);
            self.contacts.day.push(contact.day);
            self.contacts.responded.push(contact.responded.into());
        }
    }

    /// Scores of the last customer.
    fn scores(&mut self, scores: &[Score]) {
        let customer = narrow::row(self.customers.len().saturating_sub(1));
        for score in scores {
            self.feedback.customer.push(customer);
            self.feedback.day.push(score.day);
            self.feedback.score.push(score.score);
            self.feedback.channel.push(score.channel);
            self.feedback.reason.push(score.reason);
        }
    }

    /// Contacts of the last customer.
    fn contacts(&mut self, contacts: impl Iterator<Item = Contact>) {
        let customer = narrow::row(self.customers.len().saturating_sub(1));
        for contact in contacts {
            self.contacts.customer.push(customer);
            self.contacts.day.push(contact.day);
            self.contacts.responded.push(contact.responded.into());
        }
    }

    fn done(mut self, meta: &Arc<Meta>, numbers: Vec<u32>) -> Result<Side, FactsError> {
        let mut guests = std::mem::take(&mut self.guests);
        guests.sort_by_key(|line| line.order);
        self.lines(&guests);
        let Self { customers, purchases, feedback, contacts, .. } = self;
        let (feedback, contacts) = (Some(feedback), Some(contacts));
        let columns = Columns::new(meta.clone(), customers, purchases, feedback, contacts)?;
        Ok(Side { columns, numbers })
    }
}
