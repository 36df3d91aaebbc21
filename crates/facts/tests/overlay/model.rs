//! The rows after all events by their plain meaning: slow, short, and like nothing in the crate.

use std::collections::{BTreeMap, BTreeSet};

use facts::Overlay;
use facts::live::{Contact, Decimal, Event, Happening, Order, Profile};
use facts::rules::{UNKNOWN, churn, rank, rfm};
use snapshot::meta::{ChurnRule, SegmentRule};
use snapshot::{Day, Meta};

use crate::events::{Story, campaign, id, order_id};
use crate::shop::{Dated, Line, Person, Shop};

/// Names of classes: of the snapshot, or as somebody said.
#[derive(Clone, Debug, Default)]
struct Said {
    segment: Option<String>,
    churn: Option<String>,
    rfm: Option<String>,
}

#[derive(Clone, Debug)]
struct Sold {
    customer: Option<String>,
    order: String,
    day: Day,
    category: String,
    amount: i64,
    quantity: i32,
}

#[derive(Clone, Debug)]
struct Row {
    customer: Option<String>,
    day: Day,
    value: u8,
    said: [Option<String>; 2],
    campaign: String,
}

/// All rows, by names.
pub struct Model {
    pub refused: Vec<u64>,
    pub last_day: Day,
    people: BTreeMap<String, Said>,
    lines: Vec<Sold>,
    scores: Vec<Row>,
    contacts: Vec<Row>,
}

impl Model {
    pub fn of(story: &Story) -> Self {
        let shop = &story.shop;
        let labels = &shop.meta.labels;
        let day = |day: u16| shop.meta.first_day.plus(day.into());
        let name = |labels: &[String], code: u8| Some(labels[usize::from(code)].clone());
        let person = |(at, person): (usize, &Person)| {
            let said = Said {
                segment: name(&labels.segments, person.segment),
                churn: name(&labels.churn_risks, person.churn),
                rfm: shop.rfm(at).and_then(|code| name(&labels.rfm_segments, code)),
            };
            (id(at), said)
        };
        let line = |line: &Line| Sold {
            customer: line.customer.map(id),
            order: order_id(line.order),
            day: day(line.day),
            category: labels.categories[usize::from(line.category)].clone(),
            amount: line.amount,
            quantity: line.quantity,
        };
        let row = |row: &Dated| Row {
            customer: row.customer.map(id),
            day: day(row.day),
            value: row.value,
            said: [
                row.said[0].and_then(|code| name(&labels.channels, code)),
                row.said[1].and_then(|code| name(&labels.reasons, code)),
            ],
            campaign: campaign(row.day),
        };
        let mut model = Self {
            refused: Vec::new(),
            last_day: shop.meta.last_day,
            people: shop.people.iter().enumerate().map(person).collect(),
            lines: shop.lines.iter().map(line).collect(),
            scores: shop.scores.iter().map(row).collect(),
            contacts: shop.contacts.iter().map(row).collect(),
        };
        // The one that comes again under another number is left out.
        let events = story.batches.iter().flatten().filter(|event| event.seq < 1_000);
        let events: BTreeMap<u64, &Event> = events.map(|event| (event.seq, event)).collect();
        let is_new = |event: &Event| matches!(event.what, Happening::NewCustomer(_));
        for new in [true, false] {
            for (&seq, event) in events.iter().filter(|(_, event)| is_new(event) == new) {
                if !model.take(story, &event.what) {
                    model.refused.push(seq);
                }
            }
        }
        model.refused.sort_unstable();
        for (who, edit) in &story.edits {
            let named =
                model.people.values().any(|said| said.segment.as_ref() == Some(&edit.segment))
                    || labels.segments.contains(&edit.segment);
            if let Some(said) = model.people.get_mut(who).filter(|_| named) {
                said.segment = Some(edit.segment.clone());
            }
        }
        model
    }

    fn take(&mut self, story: &Story, what: &Happening) -> bool {
        let known =
            |who: &Option<String>| who.as_ref().is_none_or(|who| self.people.contains_key(who));
        let came = |day: Day| story.shop.meta.first_day <= day && day <= story.today.plus(1);
        match what {
            Happening::OrderPlaced(order) if known(&order.customer) && came(order.day) => {
                self.sell(order, 1)
            }
            Happening::OrderReturned(order) if known(&order.customer) && came(order.day) => {
                self.sell(order, -1)
            }
            Happening::FeedbackReceived(of) if known(&of.customer) && came(of.day) => {
                self.last_day = self.last_day.max(of.day);
                self.scores.push(Row {
                    customer: of.customer.clone(),
                    day: of.day,
                    value: of.score,
                    said: [of.channel.clone(), of.reason.clone()],
                    campaign: String::new(),
                });
            }
            Happening::CampaignResponse(of) if known(&of.customer) && came(of.day) => {
                self.contact(of)
            }
            Happening::NewCustomer(profile) if !self.people.contains_key(&profile.customer) => {
                self.people.insert(profile.customer.clone(), Said::default());
                self.called(profile);
            }
            Happening::CustomerChanged(profile) if self.people.contains_key(&profile.customer) => {
                self.called(profile);
            }
            _ => return false,
        }
        true
    }

    fn called(&mut self, profile: &Profile) {
        let said = self.people.get_mut(&profile.customer).unwrap();
        said.segment = profile.segment.clone().or(said.segment.take());
        said.churn = profile.churn_risk.clone().or(said.churn.take());
    }

    fn sell(&mut self, order: &Order, sign: i64) {
        self.last_day = self.last_day.max(order.day);
        for line in &order.lines {
            let quantity = line.quantity.as_ref().map_or(0, |quantity| units(quantity, 0));
            self.lines.push(Sold {
                customer: order.customer.clone(),
                order: order.order.clone(),
                day: order.day,
                category: line.category.clone().unwrap(),
                amount: sign * units(&line.amount, 2),
                quantity: (sign * quantity) as i32,
            });
        }
    }

    fn contact(&mut self, of: &Contact) {
        let open = |row: &&mut Row| {
            row.customer.is_some()
                && row.customer == of.customer
                && row.campaign == of.campaign
                && row.value == 0
                && row.day <= of.day
        };
        let latest = self.contacts.iter_mut().filter(open).max_by_key(|row| row.day);
        if let Some(row) = latest.filter(|_| of.responded) {
            row.value = 1;
            return;
        }
        self.last_day = self.last_day.max(of.day);
        self.contacts.push(Row {
            customer: of.customer.clone(),
            day: of.day,
            value: of.responded.into(),
            said: [None, None],
            campaign: of.campaign.clone(),
        });
    }

    /// The shop of these rows, with numbers and codes as an overlay gave them.
    pub fn shop(&self, overlay: &Overlay) -> Shop {
        let meta = overlay.meta().clone();
        let count = overlay.published().rows["customer_360"] as usize;
        let mut new: Vec<(u32, &String)> = self
            .people
            .keys()
            .filter_map(|who| {
                let old = (0..count).any(|at| id(at) == *who);
                (!old).then(|| (overlay.number_of(who).unwrap(), who))
            })
            .collect();
        new.sort_unstable();
        assert!((count as u32..).zip(&new).all(|(at, (number, _))| at == *number), "{new:?}");
        let ids: Vec<String> =
            (0..count).map(id).chain(new.into_iter().map(|(_, who)| who.clone())).collect();
        let place = |who: &Option<String>| {
            who.as_ref().map(|who| ids.iter().position(|id| id == who).unwrap())
        };
        let code =
            |labels: &[String], name: &str| labels.iter().position(|label| label == name).unwrap();
        let day = |day: Day| (day.0 - meta.first_day.0) as u16;
        let orders: BTreeSet<&String> = self.lines.iter().map(|line| &line.order).collect();
        let order = |id: &String| orders.iter().position(|known| *known == id).unwrap() as u32;
        let mut lines: Vec<Line> = (self.lines.iter())
            .map(|line| Line {
                customer: place(&line.customer),
                order: order(&line.order),
                day: day(line.day),
                category: code(&meta.labels.categories, &line.category) as u16,
                amount: line.amount,
                quantity: line.quantity,
            })
            .collect();
        lines.sort_by_key(|line| (line.customer.is_none(), line.customer, line.order, line.day));
        let dated = |rows: &[Row]| {
            let said = |labels: &[String], name: &Option<String>| {
                name.as_ref().map(|name| code(labels, name) as u8)
            };
            let mut rows: Vec<Dated> = rows
                .iter()
                .map(|row| Dated {
                    customer: place(&row.customer),
                    day: day(row.day),
                    value: row.value,
                    said: [
                        said(&meta.labels.channels, &row.said[0]),
                        said(&meta.labels.reasons, &row.said[1]),
                    ],
                })
                .collect();
            rows.sort_by_key(|row| (row.customer.is_none(), row.customer, row.day));
            rows
        };
        let person = |who: &String| {
            let said = self.classes(who, &meta);
            let labels = &meta.labels;
            Person {
                segment: code(&labels.segments, &said.segment.unwrap()) as u8,
                churn: code(&labels.churn_risks, &said.churn.unwrap()) as u8,
                rfm: said.rfm.map_or(0, |name| code(&labels.rfm_segments, &name) as u8),
            }
        };
        let people = ids.iter().map(person).collect();
        let (scores, contacts) = (dated(&self.scores), dated(&self.contacts));
        Shop { meta: meta.clone(), people, lines, scores, contacts }
    }

    /// What somebody is now: as said, else by the snapshot's cuts.
    fn classes(&self, who: &str, meta: &Meta) -> Said {
        let mut said = self.people[who].clone();
        let lines: Vec<&Sold> =
            self.lines.iter().filter(|line| line.customer.as_deref() == Some(who)).collect();
        let bought = || lines.iter().filter(|line| line.amount > 0);
        let value: i64 = lines.iter().map(|line| line.amount).sum();
        let orders: BTreeSet<&String> = bought().map(|line| &line.order).collect();
        let days: Vec<Day> =
            bought().map(|line| line.day).collect::<BTreeSet<_>>().into_iter().collect();
        let recency = days.last().map(|last| (meta.as_of.0 - last.0) as u32);
        let labels = &meta.labels;
        said.segment = said.segment.or_else(|| {
            Some(match &meta.rules.segments {
                SegmentRule::TopShares { cuts, .. } => {
                    labels.segments[usize::from(value < cuts[0])].clone()
                }
                SegmentRule::Imported => UNKNOWN.to_owned(),
            })
        });
        said.churn = said.churn.or_else(|| {
            Some(match &meta.rules.churn {
                ChurnRule::GapMultiples { percent, population_gap_doubled } => {
                    let mut gaps: Vec<u32> =
                        days.windows(2).map(|two| (two[1].0 - two[0].0) as u32).collect();
                    let gap = rank::median_doubled(&mut gaps).or(*population_gap_doubled).unwrap();
                    labels.churn_risks[usize::from(churn::risk(recency, gap, percent))].clone()
                }
                ChurnRule::Imported => UNKNOWN.to_owned(),
            })
        });
        said.rfm = said.rfm.or_else(|| {
            recency.map(|recency| {
                let scores =
                    rfm::scores(&meta.rules.rfm, recency.into(), orders.len() as i64, value);
                rfm::RFM_SEGMENTS[usize::from(rfm::segment(scores))].to_owned()
            })
        });
        said
    }
}

fn units(decimal: &Decimal, exponent: u8) -> i64 {
    decimal.units(exponent).unwrap()
}
