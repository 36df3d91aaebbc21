//! KPI cards: value, trend, sparkline and the detail behind them.

use std::cmp::Ordering;

use facts::{Answer, KPIS, Kpi, KpiDef, KpiId, Number, NumberKind, Trend};
use words::say;

use crate::against::against;
use crate::kpi_detail::course_note;
use crate::spark;
use crate::table::{Cell, Column, Table};
use crate::ticks::bucket_name;
use crate::{Ask, Format};

/// A KPI as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiCard {
    /// Its name in markup.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it counts.
    pub definition: &'static str,
    /// The value as people read it; "No data" for nothing over nothing.
    pub text: String,
    /// The exact value; none for "No data".
    pub exact: Option<String>,
    /// The value with all its digits.
    pub full: String,
    /// How it moved against the period compared with.
    pub trend: Option<CardTrend>,
    /// Its value in the period compared with.
    pub previous: Cell,
    /// Its course over the period as the path of an SVG; none without at least two values.
    pub spark: Option<String>,
    /// Its value in each bucket of the period.
    pub breakdown: Table,
    /// What the course tells beside the value, where that is not plain.
    pub note: Option<String>,
    /// One sentence that states value and movement.
    pub summary: String,
}

/// How a KPI moved, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct CardTrend {
    /// `+5.0%`.
    pub text: String,
    /// The change as a plain decimal: a fraction, or points; none where only the direction is
    /// known.
    pub exact: Option<String>,
    /// Which way.
    pub direction: Direction,
    /// Whether that is good news; none for what is level.
    pub good: Option<bool>,
}

/// Which way a KPI moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More than before.
    Up,
    /// Less than before.
    Down,
    /// As before.
    Level,
}

/// All KPIs that the snapshot can answer, ready to be shown; loading while any of them is.
pub fn kpi_cards(ask: &Ask) -> Answer<Vec<KpiCard>> {
    let mut cards = Vec::new();
    for def in KPIS.iter().filter(|def| ask.facts.has(def.id)) {
        match kpi_card(ask, def) {
            Answer::Ready(card) => cards.push(card),
            Answer::Loading(why) => return Answer::Loading(why),
        }
    }
    Answer::Ready(cards)
}

/// One KPI, ready to be shown.
pub fn kpi_card(ask: &Ask, def: &'static KpiDef) -> Answer<KpiCard> {
    ask.facts.kpi(def, ask.view).map(|kpi| card(ask, &kpi))
}

/// How a value of a KPI is written as a headline, for values on their way to another.
pub fn headline_of(id: KpiId, format: &Format, value: f64) -> String {
    /// Parts of a whole, fine enough for every digit that is written.
    const WHOLE: i64 = 1_000_000;
    let parts = |value: f64| (value * WHOLE as f64).round() as i64;
    let scale = 10_f64.powi(i32::from(format.currency.exponent));
    format.headline(match id.def().kind {
        NumberKind::Money => Number::Money((value * scale).round() as i64),
        NumberKind::Count => Number::Count(value.round() as i64),
        NumberKind::Rate => Number::Rate { part: parts(value), whole: WHOLE },
        NumberKind::Score => Number::Score { sum: parts(value), count: WHOLE },
    })
}

fn card(ask: &Ask, kpi: &Kpi) -> KpiCard {
    let format = ask.format;
    let text = kpi.value.map_or_else(|| say!("No data"), |value| format.headline(value));
    let trend = kpi.trend.map(|trend| card_trend(ask, kpi, trend));
    let movement = trend
        .as_ref()
        .map_or(String::new(), |trend| format!(", {}", against(ask.view, &trend.text)));
    KpiCard {
        id: kpi.def.key,
        label: kpi.def.label,
        definition: kpi.def.definition,
        summary: format!("{}: {text}{movement}.", words::say(kpi.def.label)),
        text,
        exact: kpi.value.map(|value| value.exact(format.currency.exponent)),
        full: kpi.value.map_or_else(|| say!("No data"), |value| format.full(value)),
        trend,
        previous: Cell::number(format, kpi.previous),
        spark: spark(ask, kpi),
        breakdown: breakdown(ask, kpi),
        note: course_note(kpi.def, kpi.series.first().map(|(bucket, _)| bucket.size)),
    }
}

fn card_trend(ask: &Ask, kpi: &Kpi, trend: Trend) -> CardTrend {
    let text = ask.format.trend(trend, kpi.value);
    // A change too small to be written is level.
    let written = text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let exact = trend.exact();
    let way = if written || exact.is_none() { trend.way() } else { Ordering::Equal };
    let direction = match way {
        Ordering::Greater => Direction::Up,
        Ordering::Less => Direction::Down,
        Ordering::Equal => Direction::Level,
    };
    let good = kpi.def.good.is(way);
    CardTrend { text, exact: exact.map(|exact| format!("{exact}")), direction, good }
}

fn breakdown(ask: &Ask, kpi: &Kpi) -> Table {
    let mut table = Table::new(
        words::say(kpi.def.label),
        vec![Column::text(say!("Period")), Column::number(say!("Value"))],
    );
    table.rows = kpi
        .series
        .iter()
        .map(|(bucket, value)| {
            vec![Cell::text(bucket_name(ask.format, *bucket)), Cell::number(ask.format, *value)]
        })
        .collect();
    table
}

fn spark(ask: &Ask, kpi: &Kpi) -> Option<String> {
    let exponent = ask.format.currency.exponent;
    let values: Vec<Option<f64>> =
        kpi.series.iter().map(|(_, value)| value.map(|value| value.to_f64(exponent))).collect();
    spark::path(&values, range(kpi, exponent)?)
}

/// The values' range with some air, so that small movements of a large number are seen.
fn range(kpi: &Kpi, exponent: u8) -> Option<(f64, f64)> {
    let values = || {
        kpi.series.iter().filter_map(|(_, value)| value.map(|value: Number| value.to_f64(exponent)))
    };
    let low = values().min_by(f64::total_cmp)?;
    let high = values().max_by(f64::total_cmp)?;
    let air = ((high - low) * 0.15).max(high.abs() * 0.01).max(f64::MIN_POSITIVE);
    Some((low - air, high + air))
}
