//! Whatever things are called: every row and bar has something to see, is itself, stands in the
//! table's order, and has the number of its own lines.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod shop;

use std::collections::HashSet;

use facts::{Dimension, View};
use proptest::prelude::*;
use serde_json::Value;
use widgets::shown::is_visible;
use widgets::{ALL, Ask, Format, Locale, Outcome, People, Pick, Rendered, Theme, Widget};

use shop::{Shop, person};

/// Names that figures and tables have gone wrong on, or might.
const AWKWARD: [&str; 34] = [
    "",
    " ",
    "\u{200b}",
    "\u{200b}\u{200b}",
    "\u{2800}",
    "\u{3164}",
    "\u{ad}",
    "\u{301}",
    "\u{202e}",
    "2023",
    "10",
    "9",
    "1e3",
    "1000",
    "0x64",
    "2024-01",
    "2024-01-15",
    "007",
    "7",
    "-5",
    "1,000",
    "$5",
    "TRUE",
    "NaN",
    "Infinity",
    "12:30",
    "1/2",
    "\u{202e}evil.exe",
    "أثاث منزلي",
    "שלום (1)",
    "<b>&</b>",
    "=1+1",
    "👩🏽‍🚀 kit",
    "A very long name of a category that begins as its neighbour does, and ends otherwise 1",
];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(AWKWARD.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => any::<String>(),
        1 => (0..9_u8).prop_map(|n| format!("A very long name of a category that begins alike, {n}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_row_and_mark_stands_for_itself(
        categories in prop::collection::vec(name(), 1..20),
        groups in prop::collection::vec(name(), 1..6),
        called in prop::collection::vec((name(), name()), 9),
    ) {
        let shop = Shop::of(&categories, &groups);
        let facts = shop.facts();
        let view = View::default_for(facts.meta());
        let format = Format::new(Locale::EN, facts.meta().currency.clone());
        let mut people = People::default();
        for (at, (id, name)) in called.iter().enumerate() {
            people.insert(at as u32, person(id, name));
        }
        for widget in ALL {
            for &kind in widget.kinds() {
                let ask = Ask {
                    facts: &facts,
                    view: &view,
                    format: &format,
                    theme: &Theme::LIGHT,
                    people: &people,
                    kind: Some(kind),
                };
                match widget.compute(&ask) {
                    Outcome::Ready(rendered) => check(widget, &rendered, &shop),
                    Outcome::Absent(_) => {}
                    Outcome::Loading(why) => panic!("{}: {why}", widget.id()),
                }
            }
        }
    }
}

fn check(widget: &dyn Widget, rendered: &Rendered, shop: &Shop) {
    let id = widget.id();
    for row in &rendered.table.rows {
        assert_shown(id, &row[0].text);
    }
    for mark in &rendered.marks {
        assert_shown(id, &mark.label);
    }
    assert!(is_visible(&rendered.summary), "{id}");
    let picks: Vec<_> = rendered.table.picks.iter().flatten().collect();
    assert_eq!(picks.len(), picks.iter().collect::<HashSet<_>>().len(), "{id}: a row twice");
    if let Some(figure) = &rendered.figure {
        texts(&figure.data, &mut |text| assert_is_plain(id, text));
        texts(&figure.layout, &mut |text| assert_is_plain(id, text));
        for axis in ["xaxis", "yaxis"] {
            assert_names_its_places(id, axis, figure);
        }
    }
    if id == "category_performance" {
        assert_categories(rendered, shop);
    }
}

/// Something to see, and nothing that turns or breaks the line.
fn assert_shown(id: &str, text: &str) {
    assert!(is_visible(text), "{id}: {text:?}");
    let steers = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.chars().any(|c| steers(c) || c.is_control()), "{id}: {text:?}");
}

/// Only the widgets' own markup, and every turn of direction begun and ended.
fn assert_is_plain(id: &str, text: &str) {
    let own = ["<b>", "</b>", "<br>", "<extra></extra>"];
    let bare = own.iter().fold(text.to_owned(), |text, tag| text.replace(tag, ""));
    assert!(!bare.contains('<'), "{id}: {text:?}");
    let (begun, ended) = (text.matches('\u{2068}').count(), text.matches('\u{2069}').count());
    assert_eq!(begun, ended, "{id}: {text:?}");
    assert!(!text.contains('\u{202e}'), "{id}: {text:?}");
    let turns = |c: char| matches!(c, '\u{590}'..='\u{8ff}');
    assert!(!text.chars().any(turns) || begun > 0, "{id}: {text:?}");
}

/// An axis of names says of each place what it is called.
fn assert_names_its_places(id: &str, axis: &str, figure: &widgets::Figure) {
    let of = &figure.layout[axis];
    let places = figure.data[0][&axis[..1]].as_array();
    let Some(places) = places.filter(|places| places.iter().any(Value::is_string)) else { return };
    assert_eq!(of["type"], "category", "{id}");
    let own: HashSet<String> = places.iter().map(Value::to_string).collect();
    assert_eq!(own.len(), places.len(), "{id}: two bars in one place");
    for text in of["ticktext"].as_array().into_iter().flatten() {
        assert!(is_visible(text.as_str().unwrap()), "{id}: {text:?}");
    }
}

fn assert_categories(rendered: &Rendered, shop: &Shop) {
    let code = |pick: &Option<Pick>| match pick {
        Some(Pick::Code(Dimension::Category, code)) => usize::from(*code),
        other => panic!("a category's row leads to it, not to {other:?}"),
    };
    let codes: Vec<usize> = rendered.table.picks.iter().map(code).collect();
    assert_eq!(codes.len(), shop.revenue.len());
    for (row, &code) in rendered.table.rows.iter().zip(&codes) {
        let exact: f64 = row[1].exact.as_deref().unwrap().parse().unwrap();
        assert_eq!((exact * 100.0).round() as i64, shop.revenue[code], "{:?}", row[0].text);
    }
    let data = &rendered.figure.as_ref().unwrap().data[0];
    let drawn: Vec<String> =
        data["y"].as_array().unwrap().iter().map(|y| y.as_str().unwrap().to_owned()).collect();
    let wanted: Vec<String> = codes.iter().take(12).map(|code| format!("#{code}")).collect();
    assert_eq!(drawn, wanted, "bars in the table's order");
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
fn what_the_snapshot_does_not_have_is_nowhere() {
    let guests = Shop::guests_only();
    let facts = guests.facts();
    let meta = facts.meta();
    let there: Vec<&str> =
        ALL.iter().map(|widget| widget.id()).filter(|id| widgets::is_in(id, meta)).collect();
    assert_eq!(there, ["monthly_revenue", "category_performance"]);
    let kpis: Vec<&str> =
        facts::KPIS.iter().filter(|def| facts.has(def.id)).map(|def| def.key).collect();
    assert_eq!(kpis, ["total_revenue", "total_orders", "average_order_value", "units_sold"]);
    let view = View::default_for(meta);
    let format = Format::new(Locale::EN, meta.currency.clone());
    let people = People::default();
    let ask = Ask {
        facts: &facts,
        view: &view,
        format: &format,
        theme: &Theme::LIGHT,
        people: &people,
        kind: None,
    };
    for id in ["segment_distribution", "top_customers", "churn_risk", "rfm_segmentation"] {
        let Outcome::Absent(reason) = widgets::by_id(id).unwrap().compute(&ask) else {
            panic!("{id} shows customers")
        };
        assert!(reason.contains("no customers"), "{id}: {reason}");
    }
    let Outcome::Ready(bars) = widgets::by_id("category_performance").unwrap().compute(&ask) else {
        panic!("guests buy of categories")
    };
    assert!(bars.table.columns.iter().all(|column| column.title != "Customers"));
}
