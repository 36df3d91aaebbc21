//! A chart of any two columns: a line over days and months, else bars.

use plotly::common::{HoverInfo, Line, Marker, Mode};
use plotly::{Bar, Scatter};
use serde_json::{Value, json};

use crate::figure::{Figure, Module, Traces, axis, hover, layout, place};
use crate::mark::{Mark, point};
use crate::scale::{Of, value_axis};
use crate::shown::{cut_in_figure, in_figure, shown};
use crate::table::Table;
use crate::{Format, Rendered, Theme};

/// Names below the axis at most.
const MOST_NAMED: usize = 12;

/// Draws names and values in the order given; `None` leaves a gap.
pub fn quick_chart(
    theme: &Theme,
    format: &Format,
    name: &str,
    points: Vec<(String, Option<f64>)>,
) -> Rendered {
    let over_time = points.iter().all(|(label, _)| is_time(label));
    let marks: Vec<Mark> = points
        .iter()
        .enumerate()
        .map(|(at, (label, value))| {
            let value = value.map_or_else(|| "–".to_owned(), |value| value.to_string());
            Mark::new(shown(label), value, point(0, at))
        })
        .collect();
    let hovers: Vec<String> =
        marks.iter().map(|mark| format!("{}: {}", in_figure(&mark.label), mark.value)).collect();
    // Places are the rows of the answer, whatever stands in them; names may come twice.
    let places: Vec<String> = (0..points.len()).map(place).collect();
    let values: Vec<Option<f64>> = points.iter().map(|(_, value)| *value).collect();
    let heights = value_axis(format, Of::Plain, values.iter().copied().flatten());
    let mut traces = Traces::new();
    if over_time {
        traces.push(
            Scatter::new(places, values)
                .mode(Mode::LinesMarkers)
                .line(Line::new().color(theme.primary).width(2.0))
                .hover_text_array(hovers)
                .hover_info(HoverInfo::Text),
        );
    } else {
        traces.push(
            Bar::new(places, values)
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
        "xaxis": ticks(&marks),
        "yaxis": named(heights, name),
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

/// The axis of rows, as many of which are named as have room.
fn ticks(marks: &[Mark]) -> Value {
    let stride = marks.len().div_ceil(MOST_NAMED).max(1);
    let named = || marks.iter().enumerate().step_by(stride);
    json!({
        "type": "category",
        "tickmode": "array",
        "tickvals": named().map(|(at, _)| place(at)).collect::<Vec<_>>(),
        "ticktext": named().map(|(_, mark)| cut_in_figure(&mark.label, 22)).collect::<Vec<_>>(),
    })
}

fn named(mut axis: Value, name: &str) -> Value {
    axis["title"] = json!({ "text": in_figure(&shown(name)) });
    axis
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
