//! How rows flowed from the source tables through the pipeline into `customer_360`.

use crate::figure::Traces;
use plotly::common::Orientation;
use plotly::sankey::{Link, Node, Sankey};
use serde_json::json;
use snapshot::LineageLink;
use words::say;

use crate::figure::{Figure, Module, escape, faded, hover, layout};
use crate::mark::{Mark, Place};
use crate::table::{Cell, Column, Table};
use crate::{Ask, ChartKind, Outcome, Widget};

/// The pipeline as a flow.
pub(crate) struct DataFlow;

impl Widget for DataFlow {
    fn id(&self) -> &'static str {
        "data_flow"
    }

    fn title(&self) -> &'static str {
        "Data Flow"
    }

    fn definition(&self) -> &'static str {
        "Rows read and written by each step of the pipeline when this snapshot was built. Widths \
         follow the logarithm of the rows read, so that small tables stay visible. Filters do \
         not apply."
    }

    fn kinds(&self) -> &'static [ChartKind] {
        &[ChartKind::Sankey]
    }

    fn compute(&self, ask: &Ask) -> Outcome {
        // What the source did not have flows nowhere.
        let links: Vec<LineageLink> =
            ask.facts.meta().lineage.iter().filter(|link| link.flows()).cloned().collect();
        if links.is_empty() && !ask.facts.meta().has_customers() {
            return Outcome::nobody_in_scope(ask);
        }
        if links.is_empty() {
            return Outcome::Absent(say!("This snapshot does not say how it was built."));
        }
        if !crate::DRAWS {
            return Outcome::not_drawn();
        }
        Outcome::ready(Some(figure(ask, &links)), table(ask, &links), summary(ask, &links), None)
            .marked(marks(ask, &links))
    }
}

fn table(ask: &Ask, links: &[LineageLink]) -> Table {
    let mut table = Table::new(
        say!("Steps of the pipeline"),
        vec![
            Column::text(say!("From")),
            Column::text(say!("To")),
            Column::number(say!("Rows read")),
            Column::number(say!("Rows written")),
        ],
    );
    let count = |rows: u64| Cell::count(ask.format, i64::try_from(rows).unwrap_or(i64::MAX));
    table.rows = links
        .iter()
        .map(|link| {
            vec![
                Cell::text(&link.source),
                Cell::text(&link.target),
                count(link.rows_in),
                count(link.rows_out),
            ]
        })
        .collect();
    table
}

fn summary(ask: &Ask, links: &[LineageLink]) -> String {
    let is_target = |name: &str| links.iter().any(|link| link.target == name);
    let mut sources: Vec<(&str, u64)> = links
        .iter()
        .filter(|link| !is_target(&link.source))
        .map(|link| (link.source.as_str(), link.rows_in))
        .collect();
    sources.dedup();
    let rows: u64 = sources.iter().map(|&(_, rows)| rows).sum();
    let last = links.last().map_or("", |link| link.target.as_str());
    let written = ask.facts.meta().rows.get(last).copied().unwrap_or(0);
    let count = |rows: u64| ask.format.count(i64::try_from(rows).unwrap_or(i64::MAX));
    say!(
        "{rows} rows of {tables} source tables become {written} rows of {last}.",
        rows = count(rows),
        tables = sources.len(),
        written = count(written),
        last = last
    )
}

/// Where a table stands in the flow: 0 at its beginning, 2 at its end, 1 between.
fn stage(links: &[LineageLink], name: &str) -> usize {
    let is_read = links.iter().any(|link| link.source == name);
    let is_written = links.iter().any(|link| link.target == name);
    usize::from(is_written) + usize::from(is_written && !is_read)
}

/// Tables in order of first appearance.
fn nodes(links: &[LineageLink]) -> Vec<&str> {
    let mut nodes: Vec<&str> = Vec::new();
    let ends = links.iter().map(|link| &link.source).chain(links.iter().map(|link| &link.target));
    for name in ends {
        if !nodes.contains(&name.as_str()) {
            nodes.push(name);
        }
    }
    nodes
}

/// Tables in the order of the flow, each followed by the links that leave it.
fn marks(ask: &Ask, links: &[LineageLink]) -> Vec<Mark> {
    let nodes = nodes(links);
    let count = |rows: u64| ask.format.count(i64::try_from(rows).unwrap_or(i64::MAX));
    let mut marks = Vec::new();
    for (at, name) in nodes.iter().enumerate() {
        let rows = rows_of(ask, links, name)
            .map_or(String::new(), |rows| say!("{n} rows", n = count(rows)));
        let path = path_of_table(links, &nodes, name);
        marks.push(Mark { path, ..Mark::new(*name, rows, Place::Node(at)) });
        for (link_at, link) in links.iter().enumerate().filter(|(_, link)| link.source == *name) {
            let value = say!(
                "{read} rows read, {written} rows written",
                read = count(link.rows_in),
                written = count(link.rows_out)
            );
            let label = format!("{} → {}", link.source, link.target);
            let mut path = path_of_link(links, &nodes, link);
            path.push(Place::Link(link_at));
            marks.push(Mark { path, ..Mark::new(label, value, Place::Link(link_at)) });
        }
    }
    marks
}

/// Rows of a table: as the snapshot counts them, else as they were written on the way.
fn rows_of(ask: &Ask, links: &[LineageLink], name: &str) -> Option<u64> {
    let written =
        || links.iter().filter(|link| link.target == name).map(|link| link.rows_out).max();
    ask.facts.meta().rows.get(name).copied().or_else(written)
}

/// All that flows into a link and out of it.
fn path_of_link(links: &[LineageLink], nodes: &[&str], link: &LineageLink) -> Vec<Place> {
    let mut path = reached(links, nodes, &link.source, false);
    path.extend(reached(links, nodes, &link.target, true));
    path
}

/// All that flows into a table and out of it.
fn path_of_table(links: &[LineageLink], nodes: &[&str], name: &str) -> Vec<Place> {
    let mut path = reached(links, nodes, name, true);
    path.extend(reached(links, nodes, name, false));
    path
}

/// A table and what lies beyond it, downstream or upstream.
fn reached(links: &[LineageLink], nodes: &[&str], from: &str, downstream: bool) -> Vec<Place> {
    let (mut names, mut places, mut next) = (vec![from], Vec::new(), 0);
    while let Some(name) = names.get(next).copied() {
        next += 1;
        places.extend(nodes.iter().position(|node| *node == name).map(Place::Node));
        for (at, link) in links.iter().enumerate() {
            let (near, far) = if downstream {
                (&link.source, &link.target)
            } else {
                (&link.target, &link.source)
            };
            if near == name {
                places.push(Place::Link(at));
                if !names.contains(&far.as_str()) {
                    names.push(far);
                }
            }
        }
    }
    places
}

/// A name in two lines, cut behind the underscore nearest to its middle.
fn fold(name: &str) -> String {
    let middle = name.len() / 2;
    let cuts = name.match_indices('_').map(|(at, _)| at + 1);
    match cuts.min_by_key(|at| at.abs_diff(middle)).filter(|_| name.len() > 12) {
        Some(at) => format!("{}\n{}", &name[..at], &name[at..]),
        None => name.to_owned(),
    }
}

fn figure(ask: &Ask, links: &[LineageLink]) -> Figure {
    let nodes = nodes(links);
    let index = |name: &str| nodes.iter().position(|&node| node == name).unwrap_or(0);
    let color_of = |name: &str| ask.theme.color(stage(links, name));
    let width = |link: &LineageLink| ((link.rows_in + 1) as f64).log10().max(0.3);
    let colors = |of: &dyn Fn(&LineageLink) -> String| links.iter().map(of).collect::<Vec<_>>();
    let hover_links = colors(&|link| {
        let count = |rows: u64| ask.format.count(i64::try_from(rows).unwrap_or(i64::MAX));
        format!(
            "<b>{} → {}</b><br>{}<br>{}",
            escape(&link.source),
            escape(&link.target),
            say!("{n} rows read", n = count(link.rows_in)),
            say!("{n} rows written", n = count(link.rows_out))
        )
    });
    let labels: Vec<String> = nodes.iter().map(|name| escape(name)).collect();
    let folded: Vec<String> =
        nodes.iter().map(|name| escape(&fold(name)).replace('\n', "<br>")).collect();
    let node = Node::new()
        .label(labels.iter().map(String::as_str).collect())
        .color_array(nodes.iter().map(|name| color_of(name)).collect())
        .pad(14)
        .thickness(16);
    let link = Link::new()
        .source(links.iter().map(|link| index(&link.source)).collect())
        .target(links.iter().map(|link| index(&link.target)).collect())
        .value(links.iter().map(width).collect())
        .color_array(colors(&|link| faded(color_of(&link.source))));
    let mut traces = Traces::new();
    traces.push(Sankey::new().orientation(Orientation::Horizontal).node(node).link(link));
    Figure::new(traces, layout(ask.theme), Module::Sankey)
        .trace_also(
            0,
            json!({
                "node": { "line": { "width": 0 }, "hovertemplate": "<b>%{label}</b><extra></extra>" },
                "link": { "customdata": hover_links, "hovertemplate": "%{customdata}<extra></extra>" },
                "textfont": { "color": ask.theme.text, "size": 12 },
            }),
        )
        .layout_also(json!({ "meta": { "narrow": { "data": [{
            "node": { "label": folded, "thickness": 12, "pad": 18 },
            "textfont": { "size": 10 },
        }] } } }))
        .layout_also(json!({ "margin": { "l": 8, "r": 8, "t": 8, "b": 16 } }))
        .layout_also(hover(ask.theme))
}
