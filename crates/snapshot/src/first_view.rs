//! The record of the default view: what a page shows before it has read anything but the manifest.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::bounds::{
    LONGEST_SHOWN, LONGEST_SPARK, MOST_HEADLINES, OutOfBounds, decimal, entries, text, within,
};
use crate::side_file::SideFile;

/// The default view, computed when the snapshot was built.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirstView {
    /// Id of the snapshot it was computed from.
    pub snapshot_id: String,
    /// Language of its texts, as a BCP 47 tag.
    pub locale: String,
    /// The period shown, in words.
    pub period: PeriodText,
    /// The KPIs shown by default, ready to be put on the page.
    pub headline: Vec<Headline>,
    /// Questions and replies, `[[question, reply], …]`, as crate `facts` writes them.
    pub answers: Answers,
    /// The file with the rest, if there is any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<SideFile>,
}

impl FirstView {
    pub(crate) fn check(&self) -> Result<(), OutOfBounds> {
        text("first_view.snapshot_id", &self.snapshot_id)?;
        let PeriodText { range, against, partial, as_of } = &self.period;
        for found in [&self.locale, range, against, as_of].into_iter().chain(partial) {
            shown("first_view.period", found)?;
        }
        entries("first_view.headline", &self.headline, 0..=MOST_HEADLINES)?;
        self.headline.iter().try_for_each(Headline::check)?;
        self.more.as_ref().map_or(Ok(()), |file| file.check("first_view.more"))
    }
}

/// Demands a text that is short enough to be shown as it is.
fn shown(field: &str, found: &str) -> Result<(), OutOfBounds> {
    let length = found.encode_utf16().count() as u64;
    within(&format!("the length of a text of {field}"), length, 0..=LONGEST_SHOWN as u64)
}

impl Headline {
    fn check(&self) -> Result<(), OutOfBounds> {
        let Self { kpi, label, text, exact, trend, spark } = self;
        let moved = trend.iter().flat_map(|trend| {
            let HeadlineTrend { text, exact, direction } = trend;
            [text, exact, direction]
        });
        for found in [kpi, label, text].into_iter().chain(exact).chain(moved) {
            shown("first_view.headline", found)?;
        }
        // How far a number moved is not always known.
        let moved = trend.iter().map(|trend| &trend.exact).filter(|exact| !exact.is_empty());
        for found in exact.iter().chain(moved) {
            decimal("first_view.headline.exact", found)?;
        }
        let length = spark.as_ref().map_or(0, String::len) as u64;
        within("the length of first_view.headline.spark", length, 0..=LONGEST_SPARK as u64)
    }
}

/// Something that another crate knows how to read, as it stands in the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(Box<RawValue>);

impl Answers {
    /// Writes it down.
    ///
    /// # Errors
    /// If it cannot be written as JSON.
    pub fn write(answers: &impl Serialize) -> Result<Self, serde_json::Error> {
        serde_json::value::to_raw_value(answers).map(Self)
    }

    /// Reads it.
    ///
    /// # Errors
    /// If it is something else.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.0.get())
    }
}

impl PartialEq for Answers {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}

/// The period of the default view, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodText {
    /// First to last day.
    pub range: String,
    /// What it is compared with, as the end of that sentence.
    #[serde(default)]
    pub against: String,
    /// The month that is not over, if one is.
    pub partial: Option<String>,
    /// The as-of day.
    pub as_of: String,
}

/// A KPI as it stands on its card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    /// Its name in markup.
    pub kpi: String,
    /// Its name for people.
    pub label: String,
    /// The value as people read it.
    pub text: String,
    /// The exact value; none where there is no data.
    pub exact: Option<String>,
    /// How it moved; none where there is nothing to compare with.
    pub trend: Option<HeadlineTrend>,
    /// Its sparkline, as the path of an SVG; none for fewer than two values.
    pub spark: Option<String>,
}

/// How a KPI moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadlineTrend {
    /// The change as people read it.
    pub text: String,
    /// The change as a plain decimal; empty where only the direction is known.
    pub exact: String,
    /// Which way: `up`, `down` or `level`.
    pub direction: String,
}

/// The content of that file: what is too large for a manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct More {
    /// Questions and replies, as [`FirstView::answers`].
    pub answers: Answers,
    /// The customers whom the view names.
    pub people: Vec<NamedCustomer>,
}

/// Who a customer is, as table `customer_360` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedCustomer {
    /// Number of the customer.
    pub ord: u32,
    /// Id in the source.
    pub customer_id: String,
    /// First name, empty if unknown.
    pub first_name: String,
    /// Last name, empty if unknown.
    pub last_name: String,
    /// E-mail address, empty if unknown.
    pub email: String,
}
