//! Shares as a pie or a donut: slices by code, labels only where there is room for them.

use facts::Set;
use plotly::Pie;
use plotly::common::HoverInfo;
use serde_json::json;
use words::say;

use crate::Ask;
use crate::figure::{Figure, Module, Traces, hover, layout, place};
use crate::share::{Share, colors_of, hover_texts};
use crate::shown::{cut, in_figure};

/// Characters of a name, and of a line of it, that fit beside a pie; hovering shows all.
const LONGEST_LABEL: usize = 24;
const LONGEST_LINE: usize = 10;

/// Pixels of a line of a label, and of a small pie's radius up to its labels.
const LINE: usize = 15;
const RADIUS: f64 = 84.0;

/// Why parts cannot be drawn as a pie, where they cannot.
pub(crate) fn no_pie(parts: &[i64]) -> Option<String> {
    let negative = parts.iter().any(|&part| part < 0);
    negative.then(|| say!("Drawn as bars: a part below zero has no slice in a pie."))
}

/// The pie, and what must be said of it.
pub(crate) fn pie(
    ask: &Ask,
    shares: &[Share],
    total: i64,
    chosen: &Set,
    donut: bool,
) -> (Figure, Option<String>) {
    let lines: Vec<Vec<String>> = shares.iter().map(|share| label_lines(&share.name)).collect();
    let sizes: Vec<f64> =
        shares.iter().map(|share| share.customers as f64 / total as f64).collect();
    let heights: Vec<usize> = lines.iter().map(|lines| (lines.len() + 1) * LINE).collect();
    let labelled = labelled(&sizes, &heights);
    let texts = lines.iter().zip(&sizes).zip(&labelled).map(|((lines, &size), &labelled)| {
        if !labelled {
            return String::new();
        }
        let name: Vec<String> = lines.iter().map(|line| in_figure(line)).collect();
        format!("{}<br>{}", name.join("<br>"), ask.format.percent(size))
    });
    let trace = Pie::new(shares.iter().map(|share| share.customers).collect())
        // Slices of one name would be one slice.
        .labels((0..shares.len()).map(place).collect::<Vec<_>>())
        .text_array(texts.collect::<Vec<_>>())
        .text_info("text")
        .hover_text_array(hover_texts(ask, shares, total))
        .hover_info(HoverInfo::Text)
        .hole(if donut { 0.62 } else { 0.0 })
        .sort(false);
    let mut traces = Traces::new();
    traces.push(trace);
    let center = if donut { donut_center(ask, shares, total, chosen) } else { json!([]) };
    let drawn: Vec<&Vec<String>> =
        lines.iter().zip(&labelled).filter_map(|(lines, &drawn)| drawn.then_some(lines)).collect();
    let figure = Figure::new(traces, layout(ask.theme), Module::Core)
        .trace_also(
            0,
            json!({
                "marker": {
                    "colors": colors_of(shares, chosen),
                    "line": { "color": ask.theme.surface, "width": 2 },
                },
                "textposition": "outside",
                "direction": "clockwise",
                "rotation": 0,
            }),
        )
        .layout_also(json!({ "annotations": center, "margin": room(&drawn) }))
        .layout_also(hover(ask.theme));
    let left_out = sizes.iter().zip(&labelled).any(|(&size, &labelled)| size > 0.0 && !labelled);
    let note =
        left_out.then(|| say!("The smallest parts have no room for a label; the table has all."));
    (figure, note)
}

/// Which slices are labelled: the larger first, none that would stand upon another's label, and
/// none of nothing.
fn labelled(sizes: &[f64], heights: &[usize]) -> Vec<bool> {
    let mut from = 0.0;
    let places: Vec<(bool, f64)> = sizes
        .iter()
        .map(|size| {
            let angle = (from + size / 2.0) * std::f64::consts::TAU;
            from += size;
            (angle.sin() >= 0.0, -angle.cos() * RADIUS)
        })
        .collect();
    let mut order: Vec<usize> = (0..sizes.len()).filter(|&at| sizes[at] > 0.0).collect();
    order.sort_by(|&a, &b| sizes[b].total_cmp(&sizes[a]));
    let mut labelled = vec![false; sizes.len()];
    for at in order {
        let (side, y) = places[at];
        labelled[at] = (0..sizes.len()).filter(|&other| labelled[other]).all(|other| {
            let (other_side, other_y) = places[other];
            let apart = (heights[at] + heights[other]) as f64 / 2.0;
            side != other_side || (y - other_y).abs() >= apart
        });
    }
    labelled
}

/// A name as it stands beside a pie: one or two short lines.
fn label_lines(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in cut(name, LONGEST_LABEL).split_whitespace() {
        let word = cut(word, LONGEST_LABEL * 2 / 3);
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LONGEST_LINE => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// Room for the labels outside; Plotly's own search for it does not settle in narrow cards.
fn room(lines: &[&Vec<String>]) -> serde_json::Value {
    // The percentage counts as a line, and as six characters.
    let longest =
        lines.iter().copied().flatten().map(|line| line.chars().count()).max().unwrap_or(0).max(6);
    let most_lines = lines.iter().map(|lines| lines.len()).max().unwrap_or(0) + 1;
    let (side, above) = (12 + longest * 7, 16 + most_lines * LINE);
    json!({ "l": side, "r": side, "t": above, "b": above })
}

/// How many customers the filter leaves, and of how many: a chart's own filter narrows no slice.
fn donut_center(ask: &Ask, shares: &[Share], total: i64, chosen: &Set) -> serde_json::Value {
    let of = (0..).zip(shares).filter(|(code, _)| chosen.allows(*code));
    let left = of.map(|(_, share)| share.customers).sum();
    let below = match chosen.is_all() {
        true => say!("customers"),
        false => say!("of {all} customers", all = ask.format.count(total)),
    };
    json!([{
        "text": format!("<b>{}</b><br>{below}", ask.format.count(left)),
        "showarrow": false,
        "x": 0.5,
        "y": 0.5,
        "font": { "size": 14, "color": ask.theme.text },
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_apart_and_nothing_has_none() {
        let of = |sizes: &[f64]| labelled(sizes, &vec![45; sizes.len()]);
        assert_eq!(of(&[1.0, 0.0, 0.0]), [true, false, false]);
        assert_eq!(of(&[0.0, 0.0, 0.0]), [false; 3]);
        assert_eq!(of(&[0.5, 0.3, 0.2]), [true; 3]);
        assert_eq!(of(&[0.9, 0.02, 0.05, 0.03]), [true, false, true, false]);
    }

    #[test]
    fn a_part_below_zero_forbids_the_pie() {
        assert!(no_pie(&[3, -1]).is_some());
        assert_eq!(no_pie(&[3, 0]), None);
    }

    #[test]
    fn names_fold_into_short_lines() {
        assert_eq!(label_lines("Medium Value"), ["Medium", "Value"]);
        assert_eq!(label_lines("New in 24"), ["New in 24"]);
        assert_eq!(label_lines(&"A".repeat(90)), [format!("{}…", "A".repeat(15))]);
    }
}
