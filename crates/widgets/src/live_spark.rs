//! A sparkline that answers: the course of a KPI card with its buckets and values.
//!
//! Drawn when somebody points at a card; until then the card has its path (`spark`).

use plotly::Scatter;
use plotly::common::{Fill, HoverInfo, Line, Marker, Mode};
use serde_json::json;

use crate::curve::{runs, through};
use crate::figure::{Figure, Module, Traces, escape, faded, hover, layout};
use crate::mark::{Mark, point};
use crate::{KpiCard, Rendered, Theme};

/// The course of a card, as its breakdown tells it; none where there is no course.
pub fn live_spark(theme: &Theme, card: &KpiCard) -> Option<Rendered> {
    let rows = &card.breakdown.rows;
    let value = |exact: Option<&str>| exact?.parse().ok().filter(|value: &f64| value.is_finite());
    let values: Vec<Option<f64>> =
        rows.iter().map(|row| value(row.get(1)?.exact.as_deref())).collect();
    let known = || values.iter().copied().flatten();
    known().nth(1)?;
    let (low, high) = known().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let air = ((high - low) * 0.15).max(high.abs() * 0.01).max(f64::MIN_POSITIVE);
    let text =
        |row: &[crate::Cell], at: usize| row.get(at).map_or("", |cell| &cell.text).to_owned();
    let mut traces = Traces::new();
    // A curve for each run: Plotly would fill below what is not known, too.
    for (first, run) in runs(&values) {
        let (places, heights) = through(&run.iter().copied().map(Some).collect::<Vec<_>>());
        traces.push(
            Scatter::new(places.iter().map(|place| place + first as f64).collect(), heights)
                .mode(Mode::Lines)
                .line(Line::new().color(theme.primary).width(2.0))
                .fill(Fill::ToZeroY)
                .fill_color(faded(theme.primary))
                .hover_info(HoverInfo::Skip),
        );
    }
    let told = traces.len();
    let marks: Vec<Mark> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| Mark::new(text(row, 0), text(row, 1), point(told, at)))
        .collect();
    let texts: Vec<String> =
        marks.iter().map(|mark| escape(&format!("{}: {}", mark.label, mark.value))).collect();
    traces.push(
        Scatter::new((0..rows.len()).collect::<Vec<_>>(), values)
            .mode(Mode::Markers)
            .marker(Marker::new().color("rgba(0,0,0,0)").size(6))
            .hover_text_array(texts)
            .hover_info(HoverInfo::Text),
    );
    let figure = Figure::new(traces, layout(theme), Module::Core)
        .layout_also(json!({
            "margin": { "l": 0, "r": 0, "t": 0, "b": 0 },
            "hovermode": "x",
            "hoverdistance": -1,
            "dragmode": false,
            "xaxis": {
                "type": "linear",
                "visible": false,
                "fixedrange": true,
                "range": [0, rows.len().saturating_sub(1)],
            },
            "yaxis": { "visible": false, "fixedrange": true, "range": [low - air, high + air] },
        }))
        .layout_also(hover(theme));
    Some(Rendered {
        figure: Some(figure),
        table: card.breakdown.clone(),
        summary: card.summary.clone(),
        note: None,
        numbers: Vec::new(),
        marks,
    })
}
