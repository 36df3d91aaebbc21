//! Events: each is a change of source rows, or news about the snapshot.

use snapshot::Day;
use snapshot::money::{self, MoneyError};

/// Something that happened, as the channel numbers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Place among all events of the channel; the next one has one more.
    pub seq: u64,
    /// What the sender calls it: what is sent twice under one name counts once.
    pub id: Option<String>,
    /// The instant, as it was written.
    pub at: String,
    /// What happened.
    pub what: Happening,
}

impl Event {
    /// The customer it is about.
    pub fn customer(&self) -> Option<&str> {
        match &self.what {
            Happening::OrderPlaced(order) | Happening::OrderReturned(order) => {
                order.customer.as_deref()
            }
            Happening::FeedbackReceived(feedback) => feedback.customer.as_deref(),
            Happening::CampaignResponse(contact) => contact.customer.as_deref(),
            Happening::NewCustomer(profile) | Happening::CustomerChanged(profile) => {
                Some(&profile.customer)
            }
            Happening::KpiUpdate { .. } | Happening::SnapshotPublished(_) => None,
        }
    }

    /// The calendar day on which it happened; none of what has no day of its own.
    pub fn day(&self) -> Option<Day> {
        match &self.what {
            Happening::OrderPlaced(order) | Happening::OrderReturned(order) => Some(order.day),
            Happening::FeedbackReceived(feedback) => Some(feedback.day),
            Happening::CampaignResponse(contact) => Some(contact.day),
            _ => None,
        }
    }

    /// Bytes of its texts, and of its lines, about.
    pub(super) fn text_bytes(&self) -> usize {
        let texts = |texts: &[&Option<String>]| {
            texts.iter().filter_map(|text| text.as_deref()).map(str::len).sum::<usize>()
        };
        let own = self.at.len().saturating_add(texts(&[&self.id]));
        own.saturating_add(match &self.what {
            Happening::OrderPlaced(order) | Happening::OrderReturned(order) => {
                let lines = order.lines.iter().map(|line| {
                    std::mem::size_of::<OrderLine>().saturating_add(texts(&[&line.category]))
                });
                let lines = lines.fold(0, usize::saturating_add);
                lines.saturating_add(order.order.len()).saturating_add(texts(&[&order.customer]))
            }
            Happening::FeedbackReceived(from) => {
                texts(&[&from.customer, &from.channel, &from.reason])
            }
            Happening::CampaignResponse(from) => {
                texts(&[&from.customer]).saturating_add(from.campaign.len())
            }
            Happening::NewCustomer(who) | Happening::CustomerChanged(who) => {
                let Profile { customer, first_name, last_name, email, .. } = who;
                let Profile { country, city, segment, churn_risk, .. } = who;
                let told = [first_name, last_name, email, country, city, segment, churn_risk];
                texts(&told).saturating_add(customer.len())
            }
            Happening::KpiUpdate { kpi, .. } => kpi.len(),
            Happening::SnapshotPublished(news) => news.snapshot_id.len(),
        })
    }
}

/// What an event tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// Purchase lines came in.
    OrderPlaced(Order),
    /// Something was sent back: lines below zero.
    OrderReturned(Order),
    /// A satisfaction score came in.
    FeedbackReceived(Feedback),
    /// A campaign's contact was made, or answered.
    CampaignResponse(Contact),
    /// Somebody who was not known.
    NewCustomer(Profile),
    /// Somebody known is called otherwise, or has other classes; what is none stays.
    CustomerChanged(Profile),
    /// A figure of the sender's own; no row follows from it.
    KpiUpdate {
        /// Its name.
        kpi: String,
        /// Its value.
        value: Decimal,
    },
    /// There is a newer snapshot.
    SnapshotPublished(SnapshotNews),
}

/// Lines of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Whose; a guest's has none.
    pub customer: Option<String>,
    /// The order's id.
    pub order: String,
    /// The calendar day, in the shop's time zone.
    pub day: Day,
    /// The lines: as sold, or (of what was sent back) the amounts that were given back.
    pub lines: Vec<OrderLine>,
}

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    /// The product's category, if it has one.
    pub category: Option<String>,
    /// Net amount, in whole currency units.
    pub amount: Decimal,
    /// How many.
    pub quantity: Option<Decimal>,
}

/// A satisfaction score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// Whose, if that is known.
    pub customer: Option<String>,
    /// The calendar day.
    pub day: Day,
    /// 1 to 5.
    pub score: u8,
    /// The way by which it came.
    pub channel: Option<String>,
    /// What it was about.
    pub reason: Option<String>,
}

/// A contact of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Who was contacted, if that is known.
    pub customer: Option<String>,
    /// The calendar day.
    pub day: Day,
    /// The campaign's id.
    pub campaign: String,
    /// True if it was answered: the customer's open contact of the campaign then is, if there is
    /// one.
    pub responded: bool,
}

/// Who a customer is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The customer's id.
    pub customer: String,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Name of the customer segment.
    pub segment: Option<String>,
    /// Name of the churn risk.
    pub churn_risk: Option<String>,
}

impl Profile {
    /// This one with what another says.
    #[must_use]
    pub fn changed_by(&self, newer: &Self) -> Self {
        let either = |newer: &Option<String>, older: &Option<String>| {
            newer.as_ref().or(older.as_ref()).cloned()
        };
        Self {
            customer: newer.customer.clone(),
            first_name: either(&newer.first_name, &self.first_name),
            last_name: either(&newer.last_name, &self.last_name),
            email: either(&newer.email, &self.email),
            country: either(&newer.country, &self.country),
            city: either(&newer.city, &self.city),
            segment: either(&newer.segment, &self.segment),
            churn_risk: either(&newer.churn_risk, &self.churn_risk),
        }
    }
}

/// A newer snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotNews {
    /// Its id.
    pub snapshot_id: String,
    /// The last event that it holds; all before are in it, too.
    pub covers: u64,
}

/// A decimal number as it was written, so that nothing of it is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal(pub(super) String);

impl Decimal {
    /// Longest text of one.
    pub(super) const LONGEST: usize = 40;

    /// A number, if the text is one: digits, with a sign and a point at most.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn of(text: &str) -> Result<Self, MoneyError> {
        if text.len() > Self::LONGEST {
            return Err(MoneyError::TooLarge(text.chars().take(Self::LONGEST).collect()));
        }
        // As many decimals as there may be: whether they are too many, the snapshot decides.
        money::parse(text, u8::MAX).or_else(|error| match error {
            MoneyError::TooLarge(_) => Ok(0),
            error => Err(error),
        })?;
        Ok(Self(text.to_owned()))
    }

    /// Units of `10^-exponent`.
    ///
    /// # Errors
    /// If it has more decimals, or does not fit.
    pub fn units(&self, exponent: u8) -> Result<i64, MoneyError> {
        money::parse(&self.0, exponent)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
