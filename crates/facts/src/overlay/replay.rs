//! From events to changed rows: what each customer, and guests, have more than the snapshot says.

use std::collections::BTreeMap;
use std::sync::Arc;

use snapshot::bounds::MOST_SUM;
use snapshot::{Day, Meta};

use super::held::{Held, Sums};
use super::labels::Codes;
use super::pace::Pace;
use super::refusal::Refusal;
use super::rows::{ByKey, Contact, Key, Line, Read, Score, day_code};
use crate::live::{self, Happening, Order, Profile};
use crate::narrow;

/// Rows of events at most, of each kind.
const MOST_ROWS: usize = 1 << 20;

/// Most that the amounts of all events add up to, signs left out: so the sums of the snapshot and
/// the events stay where sums may be.
const MOST_NEW: i64 = MOST_SUM >> 4;

/// Customers whose rows were looked for, by id; none of whom the snapshot does not know.
pub(super) type Known = BTreeMap<Arc<str>, Option<Arc<Read>>>;

/// Whom an event is about: an id, and what it is found by; nobody known.
pub(super) type Who<'a> = Option<(&'a str, Key)>;

/// Changes of customers, found by their ids.
#[derive(Default)]
pub(super) struct People {
    at: ByKey<usize>,
    pub all: Vec<(Arc<str>, Changed)>,
}

impl People {
    fn insert(&mut self, id: &Arc<str>, changed: Changed) {
        self.at.insert(Key::of(id), self.all.len());
        self.all.push((id.clone(), changed));
    }

    fn get_mut(&mut self, id: Key) -> Option<&mut Changed> {
        let at = *self.at.get(&id)?;
        self.all.get_mut(at).map(|(_, changed)| changed)
    }
}

/// What is replayed.
pub(super) struct Replay<'a> {
    pub meta: &'a Meta,
    pub known: &'a Known,
    pub events: &'a BTreeMap<u64, Arc<Held>>,
    pub edits: &'a BTreeMap<String, super::Edit>,
    pub today: Day,
}

/// What has changed.
pub(super) struct Changes {
    /// Everybody whose rows were read, and who is new, by id.
    pub people: People,
    /// Rows of nobody known.
    pub guests: Changed,
    /// Names as they are now.
    pub codes: Codes,
    /// Numbers of new customers, once they had one.
    pub numbers: BTreeMap<Arc<str>, u32>,
    /// The last day on which something happened.
    pub last: Option<Day>,
    /// What does not count.
    pub refused: BTreeMap<u64, Refusal>,
    /// Edits that do not count, by customer.
    pub refused_edits: BTreeMap<String, Refusal>,
    /// Amounts that may still come.
    room: i64,
    /// Rows that came, of each kind.
    pub lines: usize,
    pub scores: usize,
    pub contacts: usize,
}

/// What one customer has more than the snapshot says.
#[derive(Clone, Debug, Default)]
pub(super) struct Changed {
    pub number: u32,
    /// What the snapshot says; nothing of who is new.
    pub read: Option<Arc<Read>>,
    pub lines: Vec<Line>,
    pub scores: Vec<Score>,
    pub contacts: Vec<Contact>,
    /// Contacts of the snapshot that were answered since, by place.
    pub answered: Vec<usize>,
    /// What is called otherwise.
    pub profile: Option<Box<Profile>>,
    pub segment: Option<u8>,
    pub churn: Option<u8>,
}

impl Changes {
    /// Replays all events in their order; those who are new are known from the beginning, so that
    /// their orders may overtake them. `codes` and `numbers` are those given before, which stay.
    pub async fn of(
        replay: &Replay<'_>,
        codes: Codes,
        numbers: BTreeMap<Arc<str>, u32>,
        pace: &mut Pace<'_>,
    ) -> Self {
        let mut people = People::default();
        let mut size = Some(0_i64);
        for (id, read) in replay.known {
            pace.step().await;
            if let Some(read) = read {
                size = size.zip(read.size()).and_then(|(all, one)| all.checked_add(one));
                let (number, read) = (read.number, Some(read.clone()));
                people.insert(id, Changed { number, read, ..Changed::default() });
            }
        }
        let left = MOST_SUM.saturating_sub(size.unwrap_or(MOST_SUM));
        let mut changes = Self {
            people,
            guests: Changed::default(),
            codes,
            numbers,
            last: None,
            refused: BTreeMap::new(),
            refused_edits: BTreeMap::new(),
            room: left.clamp(0, MOST_NEW),
            lines: 0,
            scores: 0,
            contacts: 0,
        };
        let is_new = |held: &Held| matches!(held.event.what, Happening::NewCustomer(_));
        for new in [true, false] {
            for (&seq, held) in replay.events.iter().filter(|(_, held)| is_new(held) == new) {
                pace.step().await;
                if let Err(refusal) = changes.take(replay, held) {
                    changes.refused.insert(seq, refusal);
                }
            }
        }
        for (id, edit) in replay.edits {
            pace.step().await;
            if let Err(refusal) = changes.edit(replay, id, &edit.segment) {
                changes.refused_edits.insert(id.clone(), refusal);
            }
        }
        changes
    }

    fn take(&mut self, replay: &Replay<'_>, held: &Held) -> Result<(), Refusal> {
        match &held.event.what {
            Happening::OrderPlaced(order) | Happening::OrderReturned(order) => {
                self.order(replay, held.who(), order, held.sums.as_ref().map_err(Refusal::clone)?)
            }
            Happening::FeedbackReceived(feedback) => self.feedback(replay, held.who(), feedback),
            Happening::CampaignResponse(contact) => self.contact(replay, held.who(), contact),
            Happening::NewCustomer(profile) => self.new_customer(replay, profile),
            Happening::CustomerChanged(profile) => {
                self.customer_changed(replay, held.who(), profile)
            }
            // No row follows from these.
            Happening::KpiUpdate { .. } | Happening::SnapshotPublished(_) => Ok(()),
        }
    }

    fn order(
        &mut self,
        replay: &Replay<'_>,
        who: Who<'_>,
        order: &Order,
        sums: &Sums,
    ) -> Result<(), Refusal> {
        let day = day_of(replay, order.day)?;
        let people = (&mut self.people, &mut self.guests);
        let changed = whose(replay, people, who)?;
        if sums.size > self.room {
            return Err(Refusal::TooMuch);
        }
        let count = at_most("purchase lines", self.lines.saturating_add(sums.lines.len()))?;
        let before = changed.lines.len();
        for (line, &(amount, quantity)) in order.lines.iter().zip(&sums.lines) {
            match self.codes.new_category(line.category.as_deref()) {
                Ok(category) => {
                    changed.lines.push(Line { order: sums.order, day, category, amount, quantity });
                }
                // All of an order, or nothing.
                Err(refusal) => {
                    changed.lines.truncate(before);
                    return Err(refusal);
                }
            }
        }
        (self.room, self.lines) = (self.room.saturating_sub(sums.size), count);
        self.happened(order.day);
        Ok(())
    }

    fn feedback(
        &mut self,
        replay: &Replay<'_>,
        who: Who<'_>,
        from: &live::Feedback,
    ) -> Result<(), Refusal> {
        let day = day_of(replay, from.day)?;
        let people = (&mut self.people, &mut self.guests);
        let changed = whose(replay, people, who)?;
        let count = at_most("scores", self.scores.saturating_add(1))?;
        let channel = self.codes.new_channel(from.channel.as_deref())?;
        let reason = self.codes.new_reason(from.reason.as_deref())?;
        changed.scores.push(Score { day, score: from.score.clamp(1, 5), channel, reason });
        self.scores = count;
        self.happened(from.day);
        Ok(())
    }

    fn contact(
        &mut self,
        replay: &Replay<'_>,
        who: Who<'_>,
        from: &live::Contact,
    ) -> Result<(), Refusal> {
        let day = day_of(replay, from.day)?;
        let count = at_most("contacts", self.contacts.saturating_add(1))?;
        let campaign = Key::of(&from.campaign);
        let contact = Contact { day, campaign, responded: from.responded };
        let people = (&mut self.people, &mut self.guests);
        let changed = whose(replay, people, who)?;
        if from.customer.is_some() && from.responded && changed.answers(&contact) {
            return Ok(());
        }
        changed.contacts.push(contact);
        self.contacts = count;
        self.happened(from.day);
        Ok(())
    }

    fn new_customer(&mut self, replay: &Replay<'_>, profile: &Profile) -> Result<(), Refusal> {
        let id = profile.customer.as_str();
        let known = replay.known.get_key_value(id);
        let (id, _) = known.ok_or_else(|| Refusal::NotRead(id.to_owned()))?;
        if self.people.get_mut(Key::of(id)).is_some() {
            return Err(Refusal::KnownCustomer(id.to_string()));
        }
        let (segment, churn) = classes(&mut self.codes, profile)?;
        let next = first_new(replay.meta).saturating_add(narrow::row(self.numbers.len()));
        let number = *self.numbers.entry(id.clone()).or_insert(next);
        let profile = Some(Box::new(profile.clone()));
        let new = Changed { number, profile, segment, churn, ..Changed::default() };
        self.people.insert(id, new);
        Ok(())
    }

    fn customer_changed(
        &mut self,
        replay: &Replay<'_>,
        who: Who<'_>,
        profile: &Profile,
    ) -> Result<(), Refusal> {
        let people = (&mut self.people, &mut self.guests);
        let changed = whose(replay, people, who)?;
        let (segment, churn) = classes(&mut self.codes, profile)?;
        let called = changed.profile.take().unwrap_or_default();
        changed.profile = Some(Box::new(called.changed_by(profile)));
        changed.segment = segment.or(changed.segment);
        changed.churn = churn.or(changed.churn);
        Ok(())
    }

    fn edit(&mut self, replay: &Replay<'_>, id: &str, segment: &str) -> Result<(), Refusal> {
        let known = self.codes.segment(segment);
        let code = known.ok_or_else(|| Refusal::UnknownSegment(segment.to_owned()))?;
        let people = (&mut self.people, &mut self.guests);
        whose(replay, people, Some((id, Key::of(id))))?.segment = Some(code);
        Ok(())
    }

    fn happened(&mut self, day: Day) {
        self.last = self.last.max(Some(day));
    }
}

impl Changed {
    /// Marks the customer's latest open contact of the same campaign as answered, if there is one.
    fn answers(&mut self, answer: &Contact) -> bool {
        let open = |contact: &Contact| {
            contact.campaign == answer.campaign && !contact.responded && contact.day <= answer.day
        };
        let read = self.read.as_ref().map_or(&[][..], |read| &read.contacts);
        let read = read
            .iter()
            .enumerate()
            .filter(|(at, contact)| open(contact) && !self.answered.contains(at));
        let read = read.map(|(at, contact)| (contact.day, at)).max();
        let new = self.contacts.iter().enumerate().filter(|(_, contact)| open(contact));
        let new = new.map(|(at, contact)| (contact.day, at)).max();
        match (read, new) {
            (Some((day, at)), new) if new.is_none_or(|(later, _)| later < day) => {
                self.answered.push(at);
            }
            (_, Some((_, at))) => self.contacts[at].responded = true,
            (_, None) => return false,
        }
        true
    }
}

/// Number of the first customer whom the snapshot does not know.
pub(super) fn first_new(meta: &Meta) -> u32 {
    let customers = meta.rows.get(snapshot::tables::CUSTOMER_360).copied();
    let customers = customers.and_then(|customers| u32::try_from(customers).ok());
    customers.unwrap_or(snapshot::bounds::MOST_ROWS)
}

/// The code of an event's day, which there is data of and which has come.
fn day_of(replay: &Replay<'_>, day: Day) -> Result<u16, Refusal> {
    let first = replay.meta.first_day;
    if day < first {
        return Err(Refusal::BeforeData { day, first });
    }
    let come = day <= replay.today.plus(1);
    day_code(day, replay.meta).filter(|_| come).ok_or(Refusal::Future { day })
}

/// The changes of a customer, or of nobody known.
fn whose<'a>(
    replay: &Replay<'_>,
    (people, guests): (&'a mut People, &'a mut Changed),
    who: Who<'_>,
) -> Result<&'a mut Changed, Refusal> {
    let Some((id, key)) = who else { return Ok(guests) };
    people.get_mut(key).ok_or_else(|| match replay.known.contains_key(id) {
        true => Refusal::UnknownCustomer(id.to_owned()),
        false => Refusal::NotRead(id.to_owned()),
    })
}

/// Codes of the segment and the churn risk that somebody is given.
fn classes(codes: &mut Codes, profile: &Profile) -> Result<(Option<u8>, Option<u8>), Refusal> {
    let segment = profile.segment.as_deref().map(|name| codes.new_segment(name)).transpose()?;
    let churn = profile.churn_risk.as_deref().map(|name| codes.new_churn(name)).transpose()?;
    Ok((segment, churn))
}

fn at_most(what: &'static str, rows: usize) -> Result<usize, Refusal> {
    if rows <= MOST_ROWS { Ok(rows) } else { Err(Refusal::TooManyRows { what, most: MOST_ROWS }) }
}
