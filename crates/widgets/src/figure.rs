//! Figures for Plotly, built with the plotly crate and themed in one place.

use plotly::Layout;
use plotly::common::Font;
use plotly::layout::{Axis, Margin};
use serde::Serialize;
use serde_json::{Value, json};

use crate::theme::{FONT, Theme};

/// What Plotly draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Traces, an array.
    pub data: Value,
    /// Layout, an object.
    pub layout: Value,
    /// The part of Plotly that must be loaded.
    pub module: Module,
}

/// A part of Plotly that is loaded on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Module {
    /// Bars, lines, pies, indicators.
    Core,
    /// Flows.
    Sankey,
    /// Points in space; needs WebGL.
    Scatter3d,
}

/// The traces of a figure, in the form in which they are drawn.
///
/// The plotly crate's own list holds trait objects, which bring a second way to write every type
/// of the crate into the page; here each trace is written once, where it is added.
#[derive(Default)]
pub(crate) struct Traces(Vec<Value>);

impl Traces {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    #[expect(clippy::boxed_local, reason = "the crate's builders give boxes")]
    pub(crate) fn push<T: Serialize>(&mut self, trace: Box<T>) {
        self.0.push(to_value(&*trace));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl Figure {
    pub(crate) fn new(traces: Traces, layout: Layout, module: Module) -> Self {
        let mut layout = to_value(&layout);
        for axis in ["xaxis", "yaxis"] {
            if let Some(axis) = layout.get_mut(axis) {
                // Margins leave room for every label; to look whether one passes the edge, Plotly
                // measures all of them at each drawing.
                merge(axis, json!({ "ticklabeloverflow": "allow" }));
            }
        }
        Self { data: Value::Array(traces.0), layout, module }
    }

    /// Puts in what the crate cannot say, into the trace at an index.
    #[must_use]
    pub(crate) fn trace_also(mut self, index: usize, extra: Value) -> Self {
        if let Some(trace) = self.data.get_mut(index) {
            merge(trace, extra);
        }
        self
    }

    /// Puts in what the crate cannot say, into the layout.
    #[must_use]
    pub(crate) fn layout_also(mut self, extra: Value) -> Self {
        merge(&mut self.layout, extra);
        self
    }
}

fn merge(into: &mut Value, extra: Value) {
    match (into, extra) {
        (Value::Object(into), Value::Object(extra)) => {
            for (key, value) in extra {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, extra) => *into = extra,
    }
}

fn to_value(part: &impl Serialize) -> Value {
    serde_json::to_value(part).unwrap_or(Value::Null)
}

/// The layout every figure starts from: transparent, themed, without Plotly's own margins.
pub(crate) fn layout(theme: &Theme) -> Layout {
    Layout::new()
        .auto_size(true)
        .paper_background_color("rgba(0,0,0,0)")
        .plot_background_color("rgba(0,0,0,0)")
        .font(Font::new().family(FONT).size(12).color(theme.text))
        .margin(Margin::new().left(8).right(8).top(8).bottom(8))
        .show_legend(false)
}

/// What every layout also has: hover labels and buttons on the surface, in the theme's colours.
pub(crate) fn hover(theme: &Theme) -> Value {
    json!({
        "hoverlabel": {
            "bgcolor": theme.surface,
            "bordercolor": theme.muted,
            "font": { "color": theme.text, "size": 12, "family": FONT },
            "align": "left",
        },
        "modebar": {
            "bgcolor": "rgba(0,0,0,0)",
            "color": theme.muted,
            "activecolor": theme.primary,
        },
    })
}

/// An axis with quiet lines and room for its labels.
pub(crate) fn axis(theme: &Theme) -> Axis {
    Axis::new()
        .auto_margin(true)
        .grid_color(theme.grid)
        .zero_line_color(theme.grid)
        .tick_font(Font::new().color(theme.muted).size(12))
        .fixed_range(true)
}

/// Where something stands on an axis of categories: its identity there. What it is called is
/// written beside it; names may be alike, and Plotly would take some for numbers or dates.
pub(crate) fn place(code: impl std::fmt::Display) -> String {
    format!("#{code}")
}

/// Where the text of each horizontal bar is written, of bars that reach so far: on those that are
/// long, beside others. Plotly would find out by measuring each text twice at every drawing.
pub(crate) fn beside_or_inside(values: impl Iterator<Item = f64>) -> Vec<&'static str> {
    let values: Vec<f64> = values.collect();
    let (low, high) = values
        .iter()
        .fold((0.0_f64, 0.0_f64), |(low, high), &value| (low.min(value), high.max(value)));
    let is_long = |value: f64| value.abs() >= LONG * (high - low) && value != 0.0;
    let place = |&value: &f64| if is_long(value) { "inside" } else { "outside" };
    values.iter().map(place).collect()
}

/// The part of the axis from which on a bar has room for its text.
const LONG: f64 = 0.5;

/// Text from the snapshot, made safe for Plotly, which reads a subset of HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A colour with less presence, for what is not chosen.
pub(crate) fn faded(color: &str) -> String {
    format!("{color}55")
}

/// A gauge: the one trace the plotly crate lacks.
#[derive(Clone, Serialize)]
pub(crate) struct Indicator {
    /// Always "indicator".
    pub r#type: &'static str,
    /// Always "gauge+number".
    pub mode: &'static str,
    /// What the needle shows.
    pub value: f64,
    /// Format of the number.
    pub number: Value,
    /// Axis, bar and steps.
    pub gauge: Value,
    /// Part of the figure it fills.
    pub domain: Value,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_cannot_become_markup() {
        assert_eq!(escape("<b>&</b>"), "&lt;b&gt;&amp;&lt;/b&gt;");
    }

    #[test]
    fn texts_stand_on_long_bars_and_beside_short_ones() {
        let places = beside_or_inside([100.0, 50.0, 49.0, 0.0].into_iter());
        assert_eq!(places, ["inside", "inside", "outside", "outside"]);
        // Both ways count.
        let places = beside_or_inside([60.0, -40.0, -60.0].into_iter());
        assert_eq!(places, ["inside", "outside", "inside"]);
        assert_eq!(beside_or_inside([0.0, 0.0].into_iter()), ["outside"; 2]);
    }

    #[test]
    fn extras_are_merged_deeply() {
        let mut value = json!({ "a": { "b": 1 }, "c": 2 });
        merge(&mut value, json!({ "a": { "d": 3 }, "c": [4] }));
        assert_eq!(value, json!({ "a": { "b": 1, "d": 3 }, "c": [4] }));
    }
}
