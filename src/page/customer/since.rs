//! What has happened since the snapshot was made, put together with what its tables say of a customer:
//! while drawing, so that nothing is asked for again.

use std::cmp::Reverse;
use std::collections::HashMap;

use facts::live::{Contact, Event as News, Feedback, Happening, Order};
use facts::overlay::Standing;
use facts::rules::rfm;
use facts::{Overlay, live};
use snapshot::Meta;
use snapshot::meta::NO_CATEGORY;
use widgets::shown::{is_visible, shown};

use super::record::{Dated, Event, History, Line, Profile};

/// What there is of a customer by now.
#[derive(Debug, Default)]
pub struct Now {
    /// Who it is; none if nobody knows.
    pub profile: Option<Profile>,
    /// What has happened, once known.
    pub history: Option<History>,
    /// True if something has happened, or was changed, since the snapshot.
    pub is_touched: bool,
    /// True if the snapshot does not know the customer.
    pub is_new: bool,
}

/// What the tables say, with what lies over them.
pub fn now(
    id: &str,
    profile: Option<&Profile>,
    history: Option<&History>,
    overlay: Option<&Overlay>,
) -> Now {
    let Some(overlay) = overlay else {
        return Now { profile: profile.cloned(), history: history.cloned(), ..Now::default() };
    };
    let standing = overlay.number_of(id).and_then(|number| overlay.customer(number));
    let meta = overlay.meta();
    let mut now = Now {
        profile: profile.cloned(),
        history: history.cloned(),
        is_touched: standing.is_some(),
        is_new: standing.as_ref().is_some_and(|standing| standing.is_new),
    };
    if let Some(standing) = &standing {
        if now.is_new {
            now.profile = Some(Profile::of_nobody(id));
            now.history = Some(History::default());
        }
        if let Some(history) = &mut now.history {
            let since: Vec<&News> = overlay.events_of(id).collect();
            since.iter().for_each(|event| history.add(event, meta));
            history.events.sort_by_key(|dated| Reverse(dated.day));
        }
        if let Some(profile) = &mut now.profile {
            profile.follow(standing, meta);
        }
    }
    if let Some(profile) = &mut now.profile {
        // Days go by for everybody.
        profile.recency_days = profile.last.map(|last| i64::from(meta.as_of.0 - last.0));
        if let Some(history) = now.history.as_ref().filter(|it| now.is_touched && !it.cut) {
            profile.derive(history);
        }
    }
    now
}

impl Profile {
    /// Somebody of whom nothing is known but the id.
    fn of_nobody(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: shown(id).into_owned(),
            names: [None, None],
            email: None,
            place: None,
            places: [None, None],
            registered: None,
            lifetime_value: 0,
            orders: 0,
            last: None,
            favourite: None,
            satisfaction: None,
            response_rate: None,
            visits: None,
            segment: String::new(),
            churn: String::new(),
            rfm_segment: None,
            scores: None,
            scored: None,
            recency_days: None,
        }
    }

    fn follow(&mut self, standing: &Standing<'_>, meta: &Meta) {
        self.scored = self.scores.is_some().then(|| Box::new(self.clone()));
        let labels = &meta.labels;
        let label = |labels: &[String], code: u8| {
            labels.get(usize::from(code)).cloned().unwrap_or_default()
        };
        self.lifetime_value = standing.lifetime_value;
        self.orders = standing.orders.into();
        self.last = standing.last_purchase;
        self.segment = label(&labels.segments, standing.segment);
        self.churn = label(&labels.churn_risks, standing.churn);
        self.call(&standing.profile);
        if self.scores.is_none()
            && let Some(last) = self.last
        {
            // Who bought for the first time since is scored by the cuts of the snapshot.
            let recency = i64::from(meta.as_of.0 - last.0);
            let found = rfm::scores(&meta.rules.rfm, recency, self.orders, self.lifetime_value);
            let scores = [found.recency, found.frequency, found.monetary];
            self.scores = Some(scores.map(i64::from));
            self.rfm_segment = standing.rfm_segment.map(|code| label(&labels.rfm_segments, code));
        }
    }

    /// Takes over what events call the customer.
    fn call(&mut self, called: &live::Profile) {
        let live::Profile { first_name, last_name, email, country, city, .. } = called;
        let text = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let joined = |parts: [Option<String>; 2], between: &str| {
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(between))
        };
        let either = |newer: &Option<String>, older: &Option<String>| match newer {
            Some(_) => text(newer),
            None => older.clone(),
        };
        if first_name.is_some() || last_name.is_some() {
            self.names = [either(first_name, &self.names[0]), either(last_name, &self.names[1])];
            let name = joined(self.names.clone(), " ").filter(|name| is_visible(name));
            self.name = shown(name.as_deref().unwrap_or(&self.id)).into_owned();
        }
        if email.is_some() {
            self.email = text(email);
        }
        if city.is_some() || country.is_some() {
            self.places = [either(city, &self.places[0]), either(country, &self.places[1])];
            self.place = joined(self.places.clone(), ", ");
        }
    }

    /// What follows from all rows of the customer.
    fn derive(&mut self, history: &History) {
        let mean = |values: Vec<f64>| {
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        let scores = history.events.iter().filter_map(|dated| match &dated.event {
            Event::Service { score, .. } => score.map(|score| score as f64),
            _ => None,
        });
        self.satisfaction = mean(scores.collect());
        let answers = history.events.iter().filter_map(|dated| match &dated.event {
            Event::Campaign { responded, .. } => Some(f64::from(u8::from(*responded))),
            _ => None,
        });
        self.response_rate = mean(answers.collect());
        self.favourite = favourite(history);
    }
}

/// The category of most purchase lines, then of most money, then by name.
fn favourite(history: &History) -> Option<String> {
    let mut counts = HashMap::<&str, (i64, i64)>::new();
    for line in history.lines() {
        if let Some(category) = line.category.as_deref() {
            let (lines, amount) = counts.entry(category).or_default();
            *lines += 1;
            *amount += line.amount;
        }
    }
    let most =
        counts.into_iter().max_by_key(|&(name, (lines, amount))| (lines, amount, Reverse(name)));
    most.map(|(name, _)| name.to_owned())
}

impl History {
    /// Adds what an event says, the newest first.
    fn add(&mut self, event: &News, meta: &Meta) {
        let dated = match &event.what {
            Happening::OrderPlaced(order) => return self.order(order, 1, meta),
            Happening::OrderReturned(order) => return self.order(order, -1, meta),
            Happening::FeedbackReceived(feedback) => feedback_of(feedback),
            Happening::CampaignResponse(contact) => {
                if contact.responded && self.answer(contact) {
                    return;
                }
                contact_of(contact)
            }
            _ => return,
        };
        self.events.insert(0, dated);
    }

    /// Adds the lines of an order, as tables have them: those of one order stand together, the newest
    /// first, and its day is that of its first line.
    fn order(&mut self, order: &Order, sign: i64, meta: &Meta) {
        let mut came: Vec<Line> = lines_of(order, sign, meta).collect();
        came.reverse();
        for Dated { day, event } in &mut self.events {
            if let Event::Order { id, lines } = event
                && *id == order.order
            {
                *day = order.day.min(*day);
                lines.splice(0..0, came);
                return;
            }
        }
        let event = Event::Order { id: order.order.clone(), lines: came };
        self.events.insert(0, Dated { day: order.day, event });
    }

    /// Marks the latest open contact of a campaign as answered, if there is one.
    fn answer(&mut self, answer: &Contact) -> bool {
        let open = self.events.iter_mut().filter_map(|dated| match &mut dated.event {
            Event::Campaign { id, responded, .. }
                if *id == answer.campaign && !*responded && dated.day <= answer.day =>
            {
                Some((dated.day, responded))
            }
            _ => None,
        });
        // Of several on a day the first here is the newest.
        let latest = open.reduce(|one, next| if next.0 > one.0 { next } else { one });
        latest.map(|(_, responded)| *responded = true).is_some()
    }
}

fn lines_of(order: &Order, sign: i64, meta: &Meta) -> impl Iterator<Item = Line> {
    let units = |decimal: &live::Decimal, exponent: u8| decimal.units(exponent).unwrap_or_default();
    order.lines.iter().map(move |line| {
        let category = line.category.clone().filter(|name| name != NO_CATEGORY);
        let quantity = line.quantity.as_ref().map(|it| sign * units(it, meta.quantity_exponent));
        Line {
            product: category.clone().unwrap_or_else(|| "–".to_owned()),
            category,
            quantity,
            amount: sign * units(&line.amount, meta.currency.exponent),
            day: order.day,
        }
    })
}

fn feedback_of(feedback: &Feedback) -> Dated {
    let Feedback { day, score, channel, reason, .. } = feedback;
    let score = Some(i64::from(*score));
    Dated {
        day: *day,
        event: Event::Service { channel: channel.clone(), reason: reason.clone(), score },
    }
}

fn contact_of(contact: &Contact) -> Dated {
    let Contact { day, campaign, responded, .. } = contact;
    let event =
        Event::Campaign { id: campaign.clone(), name: campaign.clone(), responded: *responded };
    Dated { day: *day, event }
}

#[cfg(test)]
mod tests {
    use facts::live::{Decimal, OrderLine};
    use snapshot::Day;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn order(id: &str, day: &str, amounts: &[&str]) -> Order {
        let line = |amount: &&str| OrderLine {
            category: Some("Books".to_owned()),
            amount: Decimal::of(amount).unwrap(),
            quantity: None,
        };
        let (customer, order, day) = (Some("C1".to_owned()), id.to_owned(), day.parse().unwrap());
        Order { customer, order, day, lines: amounts.iter().map(line).collect() }
    }

    #[wasm_bindgen_test]
    fn an_order_that_goes_on_is_one_as_in_the_tables() {
        let meta = crate::session::testing::manifest().meta;
        let mut history = History::default();
        history.order(&order("A", "2026-01-05", &["10", "20.5"]), 1, &meta);
        history.order(&order("B", "2026-01-07", &["1"]), 1, &meta);
        history.order(&order("A", "2026-01-09", &["10"]), -1, &meta);
        let told: Vec<(Day, &str, Vec<i64>)> = history
            .events
            .iter()
            .map(|dated| match &dated.event {
                Event::Order { id, lines } => {
                    (dated.day, id.as_str(), lines.iter().map(|line| line.amount).collect())
                }
                _ => panic!("no order"),
            })
            .collect();
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert_eq!(
            told,
            [
                (day("2026-01-07"), "B", vec![100]),
                (day("2026-01-05"), "A", vec![-1_000, 2_050, 1_000]),
            ]
        );
    }
}
