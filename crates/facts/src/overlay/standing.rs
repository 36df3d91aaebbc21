//! How touched customers stand now: what a profile, a search and a list of names say of them.

use snapshot::Day;
use snapshot::columns::NO_DAY;

use super::Overlay;
use super::rows::Read;
use crate::live::{Event, Happening, Profile};

/// A touched customer, with the events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Number of the customer; beyond those of the snapshot for who is new.
    pub number: u32,
    /// The customer's id.
    pub id: &'a str,
    /// True if the snapshot does not know the customer.
    pub is_new: bool,
    /// What the customer is called now, where an event says so.
    pub profile: Profile,
    /// Code of the customer segment.
    pub segment: u8,
    /// Code of the churn risk.
    pub churn: u8,
    /// Code of the RFM segment; none for who never bought.
    pub rfm_segment: Option<u8>,
    /// Net amount of all time, in money units.
    pub lifetime_value: i64,
    /// Orders of all time.
    pub orders: u32,
    /// Day of the first purchase.
    pub first_purchase: Option<Day>,
    /// Day of the last purchase.
    pub last_purchase: Option<Day>,
}

impl Overlay {
    /// A touched customer by number.
    pub fn customer(&self, number: u32) -> Option<Standing<'_>> {
        let (classes, bought) = self.0.standing.get(&number)?;
        let id = self.0.ids.get(&number)?;
        let day = |code: Option<&u16>| {
            let code = code.copied().filter(|&code| code != NO_DAY)?;
            Some(self.0.published.first_day.plus(code.into()))
        };
        Some(Standing {
            number,
            id,
            is_new: self.0.numbers.contains_key(id),
            profile: self.0.profiles.get(&number).cloned().unwrap_or_default(),
            segment: classes.segment,
            churn: classes.churn,
            rfm_segment: classes.rfm_segment,
            lifetime_value: bought.value,
            orders: bought.orders,
            first_purchase: day(bought.days.first()),
            last_purchase: day(bought.days.last()),
        })
    }

    /// The number of a touched customer.
    pub fn number_of(&self, id: &str) -> Option<u32> {
        let read = self.0.known.get(id)?.as_deref().map(|Read { number, .. }| *number);
        read.or_else(|| self.0.numbers.get(id).copied().filter(|at| self.0.ids.contains_key(at)))
    }

    /// Name of the segment that a touched customer has without the edits; none of who is judged by
    /// the snapshot's cuts alone.
    pub fn unedited_segment(&self, id: &str) -> Option<&str> {
        let told = self.events_of(id).filter_map(|event| match &event.what {
            Happening::NewCustomer(profile) | Happening::CustomerChanged(profile) => {
                profile.segment.as_deref()
            }
            _ => None,
        });
        told.last().or_else(|| {
            let read = self.0.known.get(id)?.as_deref()?;
            let labels = &self.0.published.labels.segments;
            labels.get(usize::from(read.segment)).map(String::as_str)
        })
    }

    /// All customers whom the snapshot does not know, by number.
    pub fn new_customers(&self) -> impl Iterator<Item = Standing<'_>> {
        let mut numbers: Vec<u32> = self.0.numbers.values().copied().collect();
        numbers.sort_unstable();
        numbers.into_iter().filter_map(|number| self.customer(number))
    }

    /// Customers whom an event calls something: who is new, and who is called otherwise.
    pub fn renamed(&self) -> impl Iterator<Item = Standing<'_>> {
        self.0.profiles.keys().filter_map(|&number| self.customer(number))
    }

    /// Those of some customers whom an event calls something.
    pub fn renamed_of(
        &self,
        numbers: impl Iterator<Item = u32>,
    ) -> impl Iterator<Item = Standing<'_>> {
        let called = numbers.filter(|number| self.0.profiles.contains_key(number));
        called.filter_map(|number| self.customer(number))
    }

    /// Numbers of the touched customers.
    pub fn touched(&self) -> impl Iterator<Item = u32> {
        self.0.ids.keys().copied()
    }

    /// The events that count about a customer, in their order.
    pub fn events_of<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Event> {
        let counted = |event: &&Event| !self.0.refused.contains_key(&event.seq);
        self.events().filter(move |event| event.customer() == Some(id)).filter(counted)
    }
}
