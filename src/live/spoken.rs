//! The channel and its events in words.

use facts::KpiId;
use facts::live::{Decimal, Happening, Order};
use widgets::Format;
use words::say;

use crate::look::language;
use crate::session::live::{Came, Live, Standing};
use crate::ui::sentence;

/// How the channel stands.
pub struct State {
    /// For whoever reads the page by program.
    pub key: &'static str,
    /// For the button.
    pub label: String,
    /// In full.
    pub sentence: String,
}

/// How the channel stands, in words.
pub fn state(live: &Live) -> State {
    let of = |key, label, sentence| State { key, label, sentence };
    if live.paused {
        let paused = say!("Paused: events wait, numbers stay as they are.");
        // What comes later than it should is said all the same.
        let told = match live.standing {
            Standing::Open | Standing::Over => paused,
            _ => format!("{paused} {}", state(&Live { paused: false, ..live.clone() }).sentence),
        };
        return of("paused", say!("Paused"), told);
    }
    match &live.standing {
        Standing::Off => of("off", say!("Off"), say!("There is no live channel.")),
        Standing::Connecting => {
            of("connecting", say!("Connecting"), say!("The live channel is being opened."))
        }
        Standing::Open if live.simulated => of(
            "simulated",
            say!("Simulated"),
            say!("Simulated: recorded events of the sample shop are replayed as if they came now."),
        ),
        Standing::Open => {
            of("connected", say!("Live"), say!("Connected: events count as soon as they come."))
        }
        Standing::Behind => of(
            "behind",
            say!("Behind"),
            say!(
                "Some events are missing and were asked for again; numbers are those before them."
            ),
        ),
        Standing::Broken => of(
            "broken",
            say!("No connection"),
            say!(
                "The live channel is broken and is tried again; numbers are those of the last event."
            ),
        ),
        Standing::Lost(from, to) => of(
            "lost",
            say!("Behind"),
            say!(
                "The channel does not have the events {from} to {to} any more; numbers go on with the next snapshot.",
                from = from,
                to = to
            ),
        ),
        Standing::Unread(why) => of(
            "behind",
            say!("Behind"),
            say!("What the events are about cannot be read yet. {why}", why = sentence(why)),
        ),
        Standing::Over => {
            of("over", say!("Replayed"), say!("Simulated: all recorded events were replayed."))
        }
    }
}

/// What is worth saying aloud from time to time.
pub fn aloud(live: &Live) -> String {
    let state = state(live);
    match live.counted {
        0 => state.sentence,
        n => say!("{state} {n} events counted.", state = state.sentence, n = n),
    }
}

/// An event in words.
pub struct Spoken {
    /// What happened.
    pub what: String,
    /// When.
    pub when: String,
}

/// What an event says.
pub fn event(came: &Came, format: &Format) -> Spoken {
    let what = match &came.event.what {
        Happening::OrderPlaced(order) => {
            say!("Order of {amount}", amount = amount_of(order, format))
        }
        Happening::OrderReturned(order) => {
            say!("Return of {amount}", amount = amount_of(order, format))
        }
        Happening::FeedbackReceived(feedback) => {
            say!("Satisfaction score of {score}", score = feedback.score)
        }
        Happening::CampaignResponse(contact) if contact.responded => {
            say!("Campaign answered")
        }
        Happening::CampaignResponse(_) => say!("Campaign contact"),
        Happening::NewCustomer(_) => say!("New customer"),
        Happening::CustomerChanged(profile) => match &profile.segment {
            Some(segment) => {
                say!("Segment changed to {segment}", segment = words::say(segment))
            }
            None => say!("Customer changed"),
        },
        Happening::KpiUpdate { kpi, value } => {
            let name =
                KpiId::from_key(kpi).map_or_else(|| kpi.clone(), |id| words::say(id.def().label));
            say!("{kpi}, as the sender counts it: {value}", kpi = name, value = value.as_str())
        }
        Happening::SnapshotPublished(_) => say!("A newer snapshot is there"),
    };
    Spoken { what, when: when(&came.event.at) }
}

fn amount_of(order: &Order, format: &Format) -> String {
    let exponent = format.currency.exponent;
    let units = |amount: &Decimal| amount.units(exponent).ok();
    let sum = order
        .lines
        .iter()
        .map(|line| units(&line.amount))
        .try_fold(0_i64, |sum, one| sum.checked_add(one?));
    sum.map_or_else(|| "?".to_owned(), |sum| format.money(sum))
}

/// The instant as the reader's language writes it, or as it came.
fn when(instant: &str) -> String {
    let parsed = js_sys::Date::parse(instant);
    let moment = parsed.is_finite().then(|| language::moment(parsed)).flatten();
    moment.unwrap_or_else(|| instant.to_owned())
}
