//! What the tables say of one customer: the row of `customer_360` and everything dated.

use std::collections::BTreeMap;

use engine::{EngineError, Query, Row, Rows, questions};
use snapshot::Day;
use widgets::shown::{is_visible, shown};

use crate::host::shared::Shared;
use crate::session::data::Data;

/// Rows of a kind that are read at most, newest first.
pub const MOST: usize = 2000;

/// The row of `customer_360`.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The customer's id.
    pub id: String,
    /// First and last name, or the id.
    pub name: String,
    /// First and last name.
    pub names: [Option<String>; 2],
    /// E-mail address.
    pub email: Option<String>,
    /// City and country, as they are shown.
    pub place: Option<String>,
    /// City and country.
    pub places: [Option<String>; 2],
    /// Day of registration.
    pub registered: Option<Day>,
    /// Net amount of all time, in money units.
    pub lifetime_value: i64,
    /// Orders of all time.
    pub orders: i64,
    /// Day of the last purchase.
    pub last: Option<Day>,
    /// Category bought most.
    pub favourite: Option<String>,
    /// Mean satisfaction score.
    pub satisfaction: Option<f64>,
    /// Share of campaign contacts that were answered.
    pub response_rate: Option<f64>,
    /// Website visits.
    pub visits: Option<i64>,
    /// Customer segment.
    pub segment: String,
    /// Churn risk.
    pub churn: String,
    /// RFM segment; none for who never bought.
    pub rfm_segment: Option<String>,
    /// R, F and M.
    pub scores: Option<[i64; 3]>,
    /// The profile that the scores are of, where it is another one.
    pub scored: Option<Box<Profile>>,
    /// Days since the last purchase.
    pub recency_days: Option<i64>,
}

/// A purchase line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What was bought.
    pub product: String,
    /// In which category.
    pub category: Option<String>,
    /// How many.
    pub quantity: Option<i64>,
    /// Net amount, in money units.
    pub amount: i64,
    /// On which day.
    pub day: Day,
}

/// What happened on a day.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// An order with its lines.
    Order {
        /// Its id.
        id: String,
        /// Its lines.
        lines: Vec<Line>,
    },
    /// A service contact.
    Service {
        /// By which way.
        channel: Option<String>,
        /// About what.
        reason: Option<String>,
        /// The score given, 1 to 5.
        score: Option<i64>,
    },
    /// A campaign contact.
    Campaign {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// True if it was answered.
        responded: bool,
    },
    /// A website visit.
    Visit {
        /// Pages seen.
        pages: Option<i64>,
        /// How long, in seconds.
        seconds: Option<i64>,
        /// On what.
        device: Option<String>,
    },
}

/// An event and its day.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// The day.
    pub day: Day,
    /// What happened.
    pub event: Event,
}

/// Everything dated, newest first.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The events.
    pub events: Vec<Dated>,
    /// True if there are older ones that were not read.
    pub cut: bool,
}

impl History {
    /// All purchase lines, newest order first.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.events.iter().flat_map(|dated| match &dated.event {
            Event::Order { lines, .. } => &lines[..],
            _ => &[],
        })
    }

    /// Net amounts by category, greatest first.
    pub fn categories(&self) -> Vec<(String, i64)> {
        let mut sums = BTreeMap::<&str, i64>::new();
        for line in self.lines() {
            *sums.entry(line.category.as_deref().unwrap_or_default()).or_default() += line.amount;
        }
        let mut sums: Vec<_> = sums.into_iter().map(|(name, sum)| (name.to_owned(), sum)).collect();
        sums.sort_by_key(|(name, sum)| (-sum, name.clone()));
        sums
    }

    /// Days with a purchase, ascending, each once.
    pub fn purchase_days(&self) -> Vec<Day> {
        let mut days: Vec<Day> =
            self.lines().filter(|line| line.amount > 0).map(|line| line.day).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// The row of an id; `None` if there is no such customer.
///
/// # Errors
/// Whatever the engine answers.
pub async fn profile(data: Shared<Data>, id: String) -> Result<Option<Profile>, EngineError> {
    let rows = data.ask(Query::new(questions::PROFILE).bind(id.as_str())).await?;
    rows.first().map(read_profile).transpose()
}

fn read_profile(row: Row<'_>) -> Result<Profile, EngineError> {
    let text = |column| -> Result<Option<String>, EngineError> {
        let text = row.get::<Option<&str>>(column)?.map(str::trim);
        Ok(text.filter(|text| !text.is_empty()).map(str::to_owned))
    };
    let id = text("customer_id")?.unwrap_or_default();
    let parts = |one: Option<String>, two: Option<String>, between| {
        let parts: Vec<String> = one.into_iter().chain(two).collect();
        (!parts.is_empty()).then(|| parts.join(between))
    };
    let score = |column| row.get::<Option<i64>>(column);
    let scores = [score("rfm_recency")?, score("rfm_frequency")?, score("rfm_monetary")?];
    let real = |column| row.get::<Option<f64>>(column);
    Ok(Profile {
        name: {
            let name = parts(text("first_name")?, text("last_name")?, " ");
            let seen = name.filter(|name| is_visible(name)).unwrap_or_else(|| id.clone());
            shown(&seen).into_owned()
        },
        names: [text("first_name")?, text("last_name")?],
        email: text("email")?,
        places: [text("city")?, text("country")?],
        place: parts(text("city")?, text("country")?, ", "),
        registered: day(&row, "registration_date")?,
        lifetime_value: row.get("total_lifetime_value")?,
        orders: row.get("total_orders")?,
        last: day(&row, "last_purchase_date")?,
        favourite: text("favorite_category")?,
        satisfaction: real("avg_satisfaction_score")?,
        response_rate: real("campaign_response_rate")?,
        visits: row.get("visits")?,
        segment: text("customer_segment")?.unwrap_or_default(),
        churn: text("churn_risk")?.unwrap_or_default(),
        rfm_segment: text("rfm_segment")?,
        scores: match scores {
            [Some(recency), Some(frequency), Some(monetary)] => {
                Some([recency, frequency, monetary])
            }
            _ => None,
        },
        scored: None,
        recency_days: row.get("days_since_last_purchase")?,
        id,
    })
}

/// Everything dated of one customer.
///
/// # Errors
/// Whatever the engine answers.
pub async fn history(data: Shared<Data>, id: String) -> Result<History, EngineError> {
    let ask = async |sql: &str| -> Result<Rows, EngineError> {
        data.ask(Query::new(sql).bind(id.as_str()).bind(MOST as i64)).await
    };
    let mut history = History::default();
    let mut take = |rows: &Rows, read: fn(&Row<'_>) -> Result<Option<Dated>, EngineError>| {
        history.cut |= rows.len() == MOST;
        for row in rows.iter() {
            history.events.extend(read(&row)?);
        }
        Ok::<_, EngineError>(())
    };
    let purchases = ask(questions::PURCHASES_OF).await?;
    let features = data.facts.meta().features;
    if features.feedback {
        take(&ask(questions::SERVICE_OF).await?, service)?;
    }
    if features.campaigns {
        take(&ask(questions::CAMPAIGNS_OF).await?, campaign)?;
    }
    if features.visits {
        take(&ask(questions::VISITS_OF).await?, visit)?;
    }
    history.cut |= purchases.len() == MOST;
    history.events.extend(orders(&purchases)?);
    history.events.sort_by_key(|dated| std::cmp::Reverse(dated.day));
    Ok(history)
}

/// Lines of one order stand together; its day is that of its first line.
fn orders(rows: &Rows) -> Result<Vec<Dated>, EngineError> {
    let mut orders: Vec<Dated> = Vec::new();
    for row in rows.iter() {
        let text = |column| row.get::<Option<&str>>(column);
        let id: &str = row.get("order_id")?;
        let Some(day) = day(&row, "transaction_date")? else { continue };
        let product = text("product_name")?.or(text("product_id")?).unwrap_or("–").to_owned();
        let line = Line {
            product,
            category: text("category")?.map(str::to_owned),
            quantity: row.get("quantity")?,
            amount: row.get("amount")?,
            day,
        };
        match orders.last_mut() {
            Some(Dated { event: Event::Order { id: last, lines }, day: first }) if last == id => {
                *first = (*first).min(day);
                lines.push(line);
            }
            _ => orders
                .push(Dated { day, event: Event::Order { id: id.to_owned(), lines: vec![line] } }),
        }
    }
    Ok(orders)
}

fn service(row: &Row<'_>) -> Result<Option<Dated>, EngineError> {
    let text = |column| row.get::<Option<&str>>(column).map(|text| text.map(str::to_owned));
    let event = Event::Service {
        channel: text("channel")?,
        reason: text("reason")?,
        score: row.get("satisfaction_score")?,
    };
    dated(row, "interaction_date", event)
}

fn campaign(row: &Row<'_>) -> Result<Option<Dated>, EngineError> {
    let id: &str = row.get("campaign_id")?;
    let name = row.get::<Option<&str>>("campaign_name")?.unwrap_or(id);
    let responded = row.get::<i64>("responded")? != 0;
    let (id, name) = (id.to_owned(), name.to_owned());
    dated(row, "contact_date", Event::Campaign { id, name, responded })
}

fn visit(row: &Row<'_>) -> Result<Option<Dated>, EngineError> {
    let event = Event::Visit {
        pages: row.get("pages_viewed")?,
        seconds: row.get("duration_seconds")?,
        device: row.get::<Option<&str>>("device")?.map(str::to_owned),
    };
    dated(row, "visit_date", event)
}

fn dated(row: &Row<'_>, column: &str, event: Event) -> Result<Option<Dated>, EngineError> {
    Ok(day(row, column)?.map(|day| Dated { day, event }))
}

fn day(row: &Row<'_>, column: &str) -> Result<Option<Day>, EngineError> {
    Ok(row.get::<Option<&str>>(column)?.and_then(|text| text.parse().ok()))
}
