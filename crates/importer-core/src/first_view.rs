//! Records the default view: its headline in words, the answers behind it, the names in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use api::asking::{ask, format_of, people};
use engine::native::NativeEngine;
use facts::{Facts, KPIS, Question, Recorder, Reply, Source, View, kpi::SHOWN_BY_DEFAULT};
use snapshot::Meta;
use snapshot::first_view::{
    Answers, FirstView, Headline, HeadlineTrend, More, NamedCustomer, PeriodText,
};
use widgets::{Direction, Format, KpiCard, Outcome, People, against};

use crate::side_file::Beside;

/// Language of the recorded texts.
const LOCALE: &str = "en-US";

/// A first view, and what goes into the file beside the manifest.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What goes into the manifest; where the rest is, is not known yet.
    pub view: FirstView,
    /// The rest.
    pub more: More,
}

/// Computes the default view from a source that can answer everything, and writes down what it
/// was asked.
///
/// # Errors
/// If the source cannot answer, or a customer has no row.
pub fn record(source: Arc<dyn Source>, meta: &Meta, engine: &NativeEngine) -> Result<Record> {
    let recorder = Arc::new(Recorder::new(source));
    let facts = Facts::of(Arc::new(meta.clone())).with(recorder.clone());
    let (view, format) = (View::default_for(meta), format_of(&facts));
    let nobody = People::default();
    let cards = widgets::kpi_cards(&ask(&facts, &view, &format, &nobody)).ready();
    let cards = cards.context("the default view has no KPIs")?;
    let mut named = BTreeMap::new();
    for widget in widgets::ALL {
        let people = people(widget, &facts, &view, engine)?;
        let outcome = widget.compute(&ask(&facts, &view, &format, &people));
        if let Outcome::Loading(reason) = outcome {
            anyhow::bail!("{}: {reason}", widget.id());
        }
        for ord in widget.people(&facts, &view) {
            named.extend(people.get(ord).map(|person| (ord, person.clone())));
        }
    }
    let (large, small): (Vec<_>, Vec<_>) =
        recorder.heard().into_iter().partition(|(_, reply)| matches!(reply, Reply::Points(_)));
    Ok(Record {
        view: FirstView {
            snapshot_id: meta.snapshot_id.clone(),
            locale: LOCALE.to_owned(),
            period: period(meta, &format, &view),
            headline: headline(&facts, &cards),
            answers: written(&small)?,
            more: None,
        },
        more: More {
            answers: written(&large)?,
            people: named.into_iter().map(|(ord, person)| customer(ord, person)).collect(),
        },
    })
}

fn written(answers: &[(Question, Reply)]) -> Result<Answers> {
    Ok(Answers::write(&answers)?)
}

fn customer(ord: u32, person: widgets::Person) -> NamedCustomer {
    let widgets::Person { customer_id, first_name, last_name, email } = person;
    NamedCustomer { ord, customer_id, first_name, last_name, email }
}

fn period(meta: &Meta, format: &Format, view: &View) -> PeriodText {
    PeriodText {
        range: format.range(view.scope.range),
        against: against::behind_period(view, meta, format),
        partial: against::running_month(view, meta, format),
        as_of: format.day(meta.as_of),
    }
}

/// The cards that are shown by default, in the order of the page.
fn headline(facts: &Facts, cards: &[KpiCard]) -> Vec<Headline> {
    let shown = KPIS.iter().filter(|def| facts.has(def.id)).take(SHOWN_BY_DEFAULT);
    shown.filter_map(|def| cards.iter().find(|card| card.id == def.key)).map(of_card).collect()
}

fn of_card(card: &KpiCard) -> Headline {
    let trend = card.trend.as_ref().map(|trend| HeadlineTrend {
        text: trend.text.clone(),
        exact: trend.exact.clone().unwrap_or_default(),
        direction: match trend.direction {
            Direction::Up => "up",
            Direction::Down => "down",
            Direction::Level => "level",
        }
        .to_owned(),
    });
    Headline {
        kpi: card.id.to_owned(),
        label: card.label.to_owned(),
        text: card.text.clone(),
        exact: card.exact.clone(),
        trend,
        spark: card.spark.clone(),
    }
}

/// A first view as the manifest has it, and the rest as a file beside.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn written_apart(record: Record) -> Result<(FirstView, Beside)> {
    let more = Beside::of("first-view", &record.more)?;
    Ok((FirstView { more: Some(more.file.clone()), ..record.view }, more))
}
