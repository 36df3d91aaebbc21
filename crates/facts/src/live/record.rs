//! One event as it is written: all fields of all kinds, of which a kind needs some.

use serde::Deserialize;
use serde_json::value::RawValue;
use snapshot::Day;
use snapshot::bounds::{LONGEST_TEXT, MOST_SEQ};

use super::event::{
    Contact, Decimal, Event, Feedback, Happening, Order, OrderLine, Profile, SnapshotNews,
};
use super::note::Note;

/// Most lines of an order.
const MOST_LINES: usize = 1_000;

/// Longest text of an instant.
const LONGEST_INSTANT: usize = 40;

#[derive(Deserialize)]
pub(super) struct EventRecord<'a> {
    #[serde(rename = "type")]
    kind: String,
    seq: u64,
    at: Option<String>,
    id: Option<String>,
    date: Option<Day>,
    customer_id: Option<String>,
    order_id: Option<String>,
    #[serde(borrow)]
    lines: Option<Vec<LineRecord<'a>>>,
    score: Option<u8>,
    channel: Option<String>,
    reason: Option<String>,
    campaign_id: Option<String>,
    responded: Option<bool>,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
    country: Option<String>,
    city: Option<String>,
    segment: Option<String>,
    churn_risk: Option<String>,
    kpi: Option<String>,
    #[serde(borrow)]
    value: Option<&'a RawValue>,
    snapshot_id: Option<String>,
    covers: Option<u64>,
    from: Option<u64>,
}

/// True of what has the number of an event without being one.
pub(super) fn is_note(kind: &str) -> bool {
    matches!(kind, "hello" | "tick")
}

#[derive(Deserialize)]
struct LineRecord<'a> {
    category: Option<String>,
    #[serde(borrow)]
    amount: &'a RawValue,
    #[serde(borrow)]
    quantity: Option<&'a RawValue>,
}

impl EventRecord<'_> {
    /// Whether it is about the channel itself.
    pub(super) fn is_note(&self) -> bool {
        is_note(&self.kind)
    }

    pub(super) fn note(self) -> Result<Note, String> {
        self.check_texts()?;
        let seq = self.seq;
        within("seq", seq, 0, MOST_SEQ)?;
        if self.kind == "tick" {
            return Ok(Note::Tick { seq });
        }
        let channel = self.channel.ok_or("channel is missing")?;
        if channel.is_empty() {
            return Err("channel is empty".to_owned());
        }
        let from = self.from.ok_or("from is missing")?;
        within("from", from, 1, seq.saturating_add(1))?;
        Ok(Note::Hello { channel, seq, from })
    }

    pub(super) fn event(self) -> Result<Event, String> {
        self.check_texts()?;
        within("seq", self.seq, 1, MOST_SEQ)?;
        let (seq, id) = (self.seq, self.id.clone());
        let at = self.at.clone().ok_or("at is missing")?;
        Ok(Event { seq, id, at, what: self.happening()? })
    }

    fn happening(self) -> Result<Happening, String> {
        let kind = self.kind.clone();
        Ok(match kind.as_str() {
            "order_placed" => Happening::OrderPlaced(self.order()?),
            "order_returned" => Happening::OrderReturned(self.order()?),
            "feedback_received" => Happening::FeedbackReceived(Feedback {
                day: self.day()?,
                score: self.score.filter(|score| (1..=5).contains(score)).ok_or("score: 1 to 5")?,
                customer: self.customer_id,
                channel: self.channel,
                reason: self.reason,
            }),
            "campaign_response" => Happening::CampaignResponse(Contact {
                day: self.day()?,
                customer: self.customer_id,
                campaign: self.campaign_id.ok_or("campaign_id is missing")?,
                responded: self.responded.unwrap_or(true),
            }),
            "new_customer" => Happening::NewCustomer(self.profile()?),
            "customer_changed" => Happening::CustomerChanged(self.profile()?),
            "kpi_update" => Happening::KpiUpdate {
                kpi: self.kpi.ok_or("kpi is missing")?,
                value: decimal("value", self.value.ok_or("value is missing")?)?,
            },
            "snapshot_published" => Happening::SnapshotPublished(SnapshotNews {
                snapshot_id: self.snapshot_id.ok_or("snapshot_id is missing")?,
                covers: self.covers.ok_or("covers is missing")?,
            }),
            other => return Err(format!("an event of an unknown type, {other:?}")),
        })
    }

    /// The day that is said, or that of the instant as it is written.
    fn day(&self) -> Result<Day, String> {
        if let Some(day) = self.date {
            return Ok(day);
        }
        let at = self.at.as_deref().unwrap_or_default();
        let instant = at.split_once('T').ok_or("at is no instant, and there is no date")?;
        instant.0.parse().map_err(|error| format!("at: {error}"))
    }

    fn order(self) -> Result<Order, String> {
        let day = self.day()?;
        let lines = self.lines.ok_or("lines are missing")?;
        if !(1..=MOST_LINES).contains(&lines.len()) {
            return Err(format!("{} lines, it must be 1 to {MOST_LINES}", lines.len()));
        }
        Ok(Order {
            customer: self.customer_id,
            order: self.order_id.ok_or("order_id is missing")?,
            day,
            lines: lines.into_iter().map(LineRecord::line).collect::<Result<_, _>>()?,
        })
    }

    fn profile(self) -> Result<Profile, String> {
        Ok(Profile {
            customer: self.customer_id.ok_or("customer_id is missing")?,
            first_name: self.first_name,
            last_name: self.last_name,
            email: self.email,
            country: self.country,
            city: self.city,
            segment: self.segment,
            churn_risk: self.churn_risk,
        })
    }

    fn check_texts(&self) -> Result<(), String> {
        short("at", self.at.as_deref().unwrap_or_default(), LONGEST_INSTANT)?;
        short("type", &self.kind, LONGEST_TEXT)?;
        for (field, text) in [
            ("id", &self.id),
            ("customer_id", &self.customer_id),
            ("order_id", &self.order_id),
            ("channel", &self.channel),
            ("reason", &self.reason),
            ("campaign_id", &self.campaign_id),
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("email", &self.email),
            ("country", &self.country),
            ("city", &self.city),
            ("segment", &self.segment),
            ("churn_risk", &self.churn_risk),
            ("kpi", &self.kpi),
            ("snapshot_id", &self.snapshot_id),
        ] {
            text.as_ref().map_or(Ok(()), |text| short(field, text, LONGEST_TEXT))?;
        }
        // An id of no letters names nobody; a guest has none.
        match [&self.customer_id, &self.order_id, &self.id]
            .into_iter()
            .flatten()
            .any(String::is_empty)
        {
            true => Err("an id is empty".to_owned()),
            false => Ok(()),
        }
    }
}

impl LineRecord<'_> {
    fn line(self) -> Result<OrderLine, String> {
        let category = self.category;
        category.as_ref().map_or(Ok(()), |text| short("category", text, LONGEST_TEXT))?;
        let quantity = self.quantity.map(|quantity| decimal("quantity", quantity)).transpose()?;
        Ok(OrderLine { category, amount: decimal("amount", self.amount)?, quantity })
    }
}

fn within(field: &str, number: u64, first: u64, last: u64) -> Result<(), String> {
    match (first..=last).contains(&number) {
        true => Ok(()),
        false => Err(format!("{field} is {number}, it must be {first} to {last}")),
    }
}

fn short(field: &str, text: &str, most: usize) -> Result<(), String> {
    match text.len() {
        length if length > most => Err(format!("{field} has {length} bytes, at most {most}")),
        _ => Ok(()),
    }
}

/// A number, or a text that is one.
fn decimal(field: &str, raw: &RawValue) -> Result<Decimal, String> {
    let written = raw.get();
    let said = match written.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(text) => text,
        None => written,
    };
    Decimal::of(said).map_err(|error| format!("{field}: {error}"))
}
