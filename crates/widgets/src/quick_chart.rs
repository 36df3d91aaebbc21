//! A chart of any two columns: a line over days and months, else bars.

use plotly::common::{HoverInfo, Line, Marker, Mode};
use plotly::{Bar, Scatter};
use serde_json::json;

use crate::figure::{Figure, Module, Traces, axis, escape, hover, layout};
use crate::mark::{Mark, point};
use crate::table::Table;
use crate::{Rendered, Theme};

/// Draws names and values in the order given; `None` leaves a gap.
pub fn quick_chart(theme: &Theme, name: &str, points: Vec<(String, Option<f64>)>) -> Rendered {
    let over_time = points.iter().all(|(label, _)| is_time(label));
    let marks: Vec<Mark> = points
        .iter()
        .enumerate()
        .map(|(at, (label, value))| {
            let value = value.map_or_else(|| "–".to_owned(), |value| value.to_string());
            Mark::new(label, value, point(0, at))
        })
        .collect();
    let hovers: Vec<String> =
        marks.iter().map(|mark| escape(&format!("{}: {}", mark.label, mark.value))).collect();
    let (labels, values): (Vec<String>, Vec<Option<f64>>) =
        points.into_iter().map(|(label, value)| (escape(&label), value)).unzip();
    let mut traces = Traces::new();
    if over_time {
        traces.push(
            Scatter::new(labels, values)
                .mode(Mode::LinesMarkers)
                .line(Line::new().color(theme.primary).width(2.0))
                .hover_text_array(hovers)
                .hover_info(HoverInfo::Text),
        );
    } else {
        traces.push(
            Bar::new(labels, values)
                .marker(Marker::new().color(theme.primary))
                .hover_text_array(hovers)
                .hover_info(HoverInfo::Text),
        );
    }
    let figure = Figure::new(
        traces,
        layout(theme).x_axis(axis(theme).show_grid(false)).y_axis(axis(theme)),
        Module::Core,
    )
    .layout_also(json!({
        "showlegend": false,
        "hovermode": "closest",
        "xaxis": { "type": "category", "nticks": 12 },
        "yaxis": { "tickformat": "~s", "title": { "text": escape(name) } },
    }))
    .layout_also(hover(theme));
    Rendered {
        figure: Some(figure),
        table: Table::default(),
        summary: name.to_owned(),
        note: None,
        numbers: Vec::new(),
        marks,
    }
}

/// A year, a month or a day, as SQL writes them.
fn is_time(label: &str) -> bool {
    let parts: Vec<&str> = label.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    digits && matches!(lengths[..], [4] | [4, 2] | [4, 2, 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_from_names() {
        assert!(is_time("2026-06") && is_time("2026-06-30") && is_time("2026"));
        assert!(!is_time("Grocery") && !is_time("20-06") && !is_time("") && !is_time("2026-6"));
    }
}
