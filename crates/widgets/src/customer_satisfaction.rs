//! Mean satisfaction as a gauge, with the scores behind it.

use crate::figure::Traces;
use facts::{Number, Part, Totals};
use plotly::Bar;
use plotly::common::{HoverInfo, Marker};
use plotly::layout::{Axis, Layout};
use serde_json::json;
use words::say;

use crate::figure::{Figure, Indicator, Module, axis, faded, hover, layout};
use crate::mark::{Mark, Pick, Place, point};
use crate::table::{Cell, Column, Table};
use crate::{Ask, ChartKind, Outcome, Widget};

/// Where the gauge turns from red to yellow, and from yellow to green.
const BANDS: [f64; 2] = [2.5, 3.5];

/// The satisfaction score.
pub(crate) struct CustomerSatisfaction;

impl Widget for CustomerSatisfaction {
    fn id(&self) -> &'static str {
        "customer_satisfaction"
    }

    fn title(&self) -> &'static str {
        "Customer Satisfaction Score"
    }

    fn definition(&self) -> &'static str {
        "Mean of the satisfaction scores (1 to 5) given in scope; CSAT is the share of 4 and 5."
    }

    fn kinds(&self) -> &'static [ChartKind] {
        &[ChartKind::Gauge, ChartKind::Bar]
    }

    fn compute(&self, ask: &Ask) -> Outcome {
        if !ask.facts.meta().features.feedback {
            return Outcome::Absent(words::say(crate::absent::SATISFACTION));
        }
        let answer = ask.facts.totals(&ask.view.scope, &[Part::Feedback]).map(|totals| {
            let Some(mean) = Number::score(totals.score_sum(), totals.score_count()) else {
                return Outcome::Absent(say!(
                    "No satisfaction scores in this period and selection."
                ));
            };
            if !crate::DRAWS {
                return Outcome::not_drawn();
            }
            let figure = figure(ask, ask.kind_of(self), &totals, mean);
            Outcome::ready(
                Some(figure),
                table(ask, &totals, mean),
                summary(ask, &totals, mean),
                None,
            )
            .marked(marks(ask, ask.kind_of(self), &totals, mean))
        });
        answer.into()
    }
}

fn table(ask: &Ask, totals: &Totals, mean: Number) -> Table {
    let mut table = Table::new(
        say!("Satisfaction scores"),
        vec![
            Column::text(say!("Score")),
            Column::number(say!("Responses")),
            Column::number(say!("Share of total")),
        ],
    );
    let count = totals.score_count();
    for (score, &responses) in (1..=5_u8).zip(&totals.scores).rev() {
        table.rows.push(vec![
            Cell::text(score.to_string()),
            Cell::count(ask.format, responses),
            Cell::number(ask.format, Number::rate(responses, count)),
        ]);
    }
    table.rows.push(vec![
        Cell::text(say!("Mean")),
        Cell::number(ask.format, Some(mean)),
        Cell::text(""),
    ]);
    table.rows.push(vec![
        Cell::text(say!("CSAT (4 and 5)")),
        Cell::count(ask.format, totals.satisfied()),
        Cell::number(ask.format, Number::rate(totals.satisfied(), count)),
    ]);
    table.picks = table.rows.iter().map(|_| Some(Pick::Satisfaction)).collect();
    table
}

fn marks(ask: &Ask, kind: ChartKind, totals: &Totals, mean: Number) -> Vec<Mark> {
    let count = totals.score_count();
    let gauge = kind == ChartKind::Gauge;
    let whole = gauge.then(|| {
        let value = say!(
            "{score} of 5 from {n} responses",
            score = ask.format.headline(mean),
            n = ask.format.count(count)
        );
        Mark::new(say!("Mean score"), value, Place::Whole)
    });
    let bars = usize::from(gauge);
    let score = |(at, &responses): (usize, &i64)| {
        let share = ask.format.percent(responses as f64 / count as f64);
        let value = say!("{n} responses, {share}", n = ask.format.count(responses), share = share);
        Mark::new(say!("Score {score}", score = at + 1), value, point(bars, at))
    };
    let scores = totals.scores.iter().enumerate().map(score);
    whole.into_iter().chain(scores).map(|mark| mark.leads(Pick::Satisfaction)).collect()
}

fn summary(ask: &Ask, totals: &Totals, mean: Number) -> String {
    let satisfied = totals.satisfied() as f64 / totals.score_count() as f64;
    say!(
        "Mean score {score} of 5 from {n} responses; {share} gave 4 or 5.",
        score = ask.format.headline(mean),
        n = ask.format.count(totals.score_count()),
        share = ask.format.percent(satisfied),
    )
}

fn figure(ask: &Ask, kind: ChartKind, totals: &Totals, mean: Number) -> Figure {
    let gauge = kind == ChartKind::Gauge;
    let mut traces = Traces::new();
    if gauge {
        traces.push(Box::new(indicator(ask, mean)));
    }
    traces.push(scores(ask, totals));
    let bars = traces.len() - 1;
    let figure = Figure::new(traces, score_layout(ask), Module::Core);
    let figure = if gauge {
        // What the page shows over the gauge, which has no hover of its own.
        figure.trace_also(0, json!({ "meta": breakdown(ask, totals) }))
    } else {
        figure
    };
    figure
        .trace_also(bars, json!({ "textposition": "outside", "cliponaxis": false }))
        .layout_also(json!({
            "bargap": 0.35,
            "margin": { "l": 8, "r": 8, "t": if gauge { 22 } else { 16 }, "b": 26 },
            "xaxis": { "type": "category" },
            "yaxis": { "domain": if gauge { [0.0, 0.24] } else { [0.0, 1.0] } },
        }))
        .layout_also(hover(ask.theme))
}

fn score_layout(ask: &Ask) -> Layout {
    let hidden: Axis = axis(ask.theme).show_tick_labels(false).show_grid(false).zero_line(false);
    layout(ask.theme).x_axis(axis(ask.theme).show_grid(false)).y_axis(hidden)
}

fn indicator(ask: &Ask, mean: Number) -> Indicator {
    let theme = ask.theme;
    let step =
        |from: f64, to: f64, color: &str| json!({ "range": [from, to], "color": faded(color) });
    let value = mean.to_f64(0);
    Indicator {
        r#type: "indicator",
        mode: "gauge+number",
        value,
        number: json!({ "valueformat": ".2f", "suffix": " / 5", "font": { "size": 28, "color": theme.text } }),
        gauge: json!({
            "shape": "angular",
            "axis": { "range": [1, 5], "tickvals": [1, 2, 3, 4, 5], "tickcolor": theme.muted, "tickfont": { "color": theme.muted } },
            "bar": { "color": band_color(ask, value), "thickness": 0.55 },
            "borderwidth": 0,
            "steps": [
                step(1.0, BANDS[0], theme.bad),
                step(BANDS[0], BANDS[1], theme.fair),
                step(BANDS[1], 5.0, theme.good),
            ],
        }),
        domain: json!({ "x": [0.05, 0.95], "y": [0.36, 1] }),
    }
}

fn breakdown(ask: &Ask, totals: &Totals) -> String {
    let count = totals.score_count();
    let line = |(score, &responses): (u8, &i64)| {
        let share = ask.format.percent(responses as f64 / count as f64);
        format!("{score}: {} · {share}", ask.format.count(responses))
    };
    let lines: Vec<String> = (1..=5_u8).zip(&totals.scores).rev().map(line).collect();
    format!(
        "<b>{}</b><br>{}",
        say!("{n} responses", n = ask.format.count(count)),
        lines.join("<br>")
    )
}

fn band_color(ask: &Ask, score: f64) -> &'static str {
    match BANDS.iter().filter(|&&limit| score >= limit).count() {
        0 => ask.theme.bad,
        1 => ask.theme.fair,
        _ => ask.theme.good,
    }
}

fn scores(ask: &Ask, totals: &Totals) -> Box<Bar<String, i64>> {
    let count = totals.score_count();
    let share = |responses: i64| ask.format.percent(responses as f64 / count as f64);
    let hover: Vec<String> = (1..=5)
        .zip(totals.scores)
        .map(|(score, responses)| {
            format!(
                "<b>{}</b><br>{} · {}",
                say!("Score {score}", score = score),
                say!("{n} responses", n = ask.format.count(responses)),
                share(responses)
            )
        })
        .collect();
    let colors: Vec<&'static str> =
        (1..=5).map(|score| band_color(ask, f64::from(score))).collect();
    let labels: Vec<String> = (1..=5).map(|score| score.to_string()).collect();
    Bar::new(labels, totals.scores.to_vec())
        .marker(Marker::new().color_array(colors))
        .text_array(totals.scores.iter().map(|&responses| share(responses)).collect::<Vec<_>>())
        .hover_text_array(hover)
        .hover_info(HoverInfo::Text)
}
