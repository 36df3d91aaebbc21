//! Walks the list of widgets on demo data: well-formed, exact, safe, and as last agreed.
//!
//! What each widget gives is kept in `tests/golden`; after an intended change, run this test
//! with `UPDATE_GOLDEN=1` and read the difference.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::Command;

use facts::{Dimension, Facts, Set, View};
use serde_json::{Value, json};
use widgets::{
    Ask, Cell, ChartKind, Figure, Format, Locale, Outcome, People, Person, Pick, Place, Rendered,
    Theme, Widget,
};

struct Fixture {
    facts: Facts,
    people: People,
    format: Format,
}

impl Fixture {
    fn build() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_builder"))
            .args(["demo", "--customers", "100", "--seed", "1", "--out"])
            .arg(dir.path())
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let opened = builder::open::open(dir.path()).unwrap();
        let facts = opened.facts().unwrap();
        let views = [View::default_for(facts.meta()), chosen(&facts)];
        let mut wanted: Vec<u32> = views
            .iter()
            .flat_map(|view| widgets::ALL.iter().flat_map(|w| w.people(&facts, view)))
            .collect();
        wanted.sort_unstable();
        let people = people(&opened.path, &wanted);
        let format = Format::new(Locale::EN, facts.meta().currency.clone());
        Self { facts, people, format }
    }

    fn outcome(&self, widget: &dyn Widget, view: &View, kind: ChartKind, theme: &Theme) -> Outcome {
        let ask = Ask {
            facts: &self.facts,
            view,
            format: &self.format,
            theme,
            people: &self.people,
            kind: Some(kind),
        };
        widget.compute(&ask)
    }
}

fn people(file: &Path, customers: &[u32]) -> People {
    let connection = rusqlite::Connection::open(file).unwrap();
    let sql = "SELECT customer_id, coalesce(first_name, ''), coalesce(last_name, ''), \
               coalesce(email, '') FROM customer_360 WHERE ord = ?1";
    let mut people = People::default();
    for &customer in customers {
        let person = connection.query_row(sql, [customer], |row| {
            Ok(Person {
                customer_id: row.get(0)?,
                first_name: row.get(1)?,
                last_name: row.get(2)?,
                email: row.get(3)?,
            })
        });
        people.insert(customer, person.unwrap());
    }
    people
}

/// A view with a choice in the dimensions that charts highlight.
fn chosen(facts: &Facts) -> View {
    let mut view = View::default_for(facts.meta());
    view.scope = view.scope.with(Dimension::Segment, Set::of([0, 1]));
    view.scope = view.scope.with(Dimension::Category, Set::of([0, 2]));
    view
}

fn rendered(outcome: Outcome) -> Rendered {
    match outcome {
        Outcome::Ready(rendered) => *rendered,
        other => panic!("not ready: {other:?}"),
    }
}

#[test]
fn every_widget_is_well_formed_in_every_kind_view_and_theme() {
    let fixture = Fixture::build();
    for widget in widgets::ALL {
        assert!(widgets::by_id(widget.id()).is_some());
        assert!(widget.definition().ends_with('.'), "{}", widget.id());
        for &kind in widget.kinds() {
            for view in [View::default_for(fixture.facts.meta()), chosen(&fixture.facts)] {
                for theme in [Theme::LIGHT, Theme::DARK] {
                    check(widget.id(), &rendered(fixture.outcome(widget, &view, kind, &theme)));
                }
            }
        }
    }
}

fn check(id: &str, rendered: &Rendered) {
    assert!(rendered.summary.ends_with('.'), "{id}: {}", rendered.summary);
    assert!(!rendered.table.rows.is_empty(), "{id}");
    for row in &rendered.table.rows {
        assert_eq!(row.len(), rendered.table.columns.len(), "{id}");
        for (cell, column) in row.iter().zip(&rendered.table.columns) {
            let number = cell.exact.as_deref().map(str::parse::<f64>);
            assert!(number.is_none_or(|number| number.is_ok_and(f64::is_finite)), "{id}: {cell:?}");
            assert!(column.numeric || cell.exact.is_none(), "{id}: {cell:?} in {}", column.title);
        }
    }
    if let Some(figure) = &rendered.figure {
        assert!(figure.data.as_array().is_some_and(|data| !data.is_empty()), "{id}");
        assert!(figure.layout.is_object(), "{id}");
        texts(&figure.data, &mut |text| assert_is_safe(id, text));
        assert!(!rendered.marks.is_empty(), "{id}");
        for mark in &rendered.marks {
            assert!(!mark.label.is_empty() && !mark.value.is_empty(), "{id}: {mark:?}");
            for place in mark.path.iter().chain([&mark.place]) {
                assert!(stands_in(figure, *place), "{id}: {place:?}");
            }
        }
    }
}

/// True if the figure has such a place.
fn stands_in(figure: &Figure, place: Place) -> bool {
    let lengths = |value: &Value, keys: &[&str]| {
        keys.iter().filter_map(|key| value.get(key)).filter_map(Value::as_array).map(Vec::len).max()
    };
    match place {
        Place::Whole => true,
        Place::Trace(trace) => figure.data.get(trace).is_some(),
        Place::Point { trace, point } => figure.data.get(trace).is_some_and(|trace| {
            lengths(trace, &["x", "values"]).is_some_and(|length| point < length)
        }),
        Place::Node(node) => {
            lengths(&figure.data[0]["node"], &["label"]).is_some_and(|length| node < length)
        }
        Place::Link(link) => {
            lengths(&figure.data[0]["link"], &["value"]).is_some_and(|length| link < length)
        }
    }
}

#[test]
fn marks_and_rows_lead_where_they_say() {
    let fixture = Fixture::build();
    let view = chosen(&fixture.facts);
    let of = |id: &str, kind: ChartKind| {
        let widget = widgets::by_id(id).unwrap();
        rendered(fixture.outcome(widget, &view, kind, &Theme::LIGHT))
    };
    for kind in [ChartKind::Pie, ChartKind::Bar] {
        let pie = of("segment_distribution", kind);
        let chosen: Vec<bool> = pie.marks.iter().map(|mark| mark.chosen).collect();
        assert_eq!(chosen, [true, true, false]);
        let picks: Vec<Option<Pick>> = pie.marks.iter().map(|mark| mark.pick).collect();
        assert_eq!(picks, pie.table.picks);
        assert_eq!(picks[2], Some(Pick::Code(Dimension::Segment, 2)));
    }
    let months = of("monthly_revenue", ChartKind::Line);
    assert_eq!(months.marks.len(), 12);
    let Some(Pick::Days(last)) = months.marks[11].pick else { panic!("a month has days") };
    assert_eq!(last.to, view.scope.range.to);
    let cloud = of("rfm_segmentation", ChartKind::Scatter3d);
    let points = cloud.marks.iter().filter(|mark| matches!(mark.pick, Some(Pick::Customer(_))));
    let drawn: usize = (0..3)
        .map(|at| cloud.figure.as_ref().unwrap().data[at]["x"].as_array().unwrap().len())
        .sum();
    assert_eq!(points.count(), drawn);
    let flow = of("data_flow", ChartKind::Sankey);
    let links = flow.table.rows.len();
    let last = flow.marks.iter().find(|mark| mark.label == "customer_360").unwrap();
    let upstream = last.path.iter().filter(|place| matches!(place, Place::Link(_)));
    assert_eq!(upstream.count(), links, "everything flows into the last table");
}

/// Only the markup that widgets write themselves may stand in a figure's texts.
fn assert_is_safe(id: &str, text: &str) {
    let plain = ["<b>", "</b>", "<br>", "<extra></extra>"]
        .iter()
        .fold(text.to_owned(), |text, tag| text.replace(tag, ""));
    assert!(!plain.contains('<'), "{id}: {text}");
}

fn texts(value: &Value, see: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => see(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, see)),
        Value::Object(fields) => fields.values().for_each(|item| texts(item, see)),
        _ => {}
    }
}

#[test]
fn a_snapshot_without_a_part_says_so_instead_of_inventing_it() {
    let fixture = Fixture::build();
    let view = View::default_for(fixture.facts.meta());
    let mut nobody = view.clone();
    let before = facts::edges(fixture.facts.meta()).days_before();
    nobody.scope = nobody.scope.over(before);
    for widget in widgets::ALL {
        for &kind in widget.kinds() {
            match fixture.outcome(widget, &nobody, kind, &Theme::LIGHT) {
                Outcome::Absent(reason) => assert!(reason.ends_with('.'), "{}", widget.id()),
                Outcome::Ready(rendered) => check(widget.id(), &rendered),
                Outcome::Loading(why) => panic!("{}: {why}", widget.id()),
            }
        }
    }
}

#[test]
fn widgets_give_what_was_agreed() {
    let fixture = Fixture::build();
    let view = View::default_for(fixture.facts.meta());
    let ask = Ask {
        facts: &fixture.facts,
        view: &view,
        format: &fixture.format,
        theme: &Theme::LIGHT,
        people: &fixture.people,
        kind: None,
    };
    let cards = widgets::kpi_cards(&ask).ready().unwrap();
    let cards: Vec<Value> = cards
        .iter()
        .map(|card| {
            json!({
                "id": card.id, "text": card.text, "exact": card.exact, "summary": card.summary,
                "previous": cell(&card.previous), "breakdown": rows(&card.breakdown.rows),
                "spark": card.spark,
            })
        })
        .collect();
    golden("kpi_cards", &json!(cards));
    for widget in widgets::ALL {
        for &kind in widget.kinds() {
            let rendered = rendered(fixture.outcome(widget, &view, kind, &Theme::LIGHT));
            let name = format!("{}.{}", widget.id(), kind.label().to_lowercase().replace(' ', "_"));
            golden(
                &name,
                &json!({
                    "summary": rendered.summary,
                    "note": rendered.note,
                    "table": rows(&rendered.table.rows),
                    "data": rendered.figure.as_ref().map(|figure| &figure.data),
                    "layout": rendered.figure.as_ref().map(|figure| &figure.layout),
                }),
            );
        }
    }
}

fn rows(rows: &[Vec<Cell>]) -> Vec<Vec<Value>> {
    rows.iter().map(|row| row.iter().map(cell).collect()).collect()
}

fn cell(cell: &Cell) -> Value {
    match &cell.exact {
        Some(exact) => json!([cell.text, exact]),
        None => json!(cell.text),
    }
}

fn golden(name: &str, value: &Value) {
    let path: PathBuf =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{name}.json"));
    let now = format!("{}\n", compact(value));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &now).unwrap();
    }
    let agreed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        agreed == now,
        "{name} differs from {}; if that is meant, run with UPDATE_GOLDEN=1",
        path.display()
    );
}

/// JSON with one field a line at the top and arrays of arrays one item a line: small and readable.
fn compact(value: &Value) -> String {
    let Value::Object(fields) = value else { return value.to_string().replace("},{", "},\n{") };
    let line = |(key, value): (&String, &Value)| {
        let text = value.to_string().replace("],[", "],\n  [");
        format!("{}: {text}", Value::String(key.clone()))
    };
    format!("{{\n{}\n}}", fields.iter().map(line).collect::<Vec<_>>().join(",\n"))
}
