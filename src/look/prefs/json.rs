//! The preferences as JSON: written whole, read part by part so that one bad part costs only itself.

use facts::KpiId;
use serde_json::{Map, Value, json};
use widgets::ChartKind;

use super::chosen::{ExportPrefs, Layout, Prefs, SavedView};
use crate::look::theme::ThemeChoice;

/// Version of what is written.
pub const VERSION: u64 = 1;

/// Most bytes of the whole text: as much as browsers keep for a page.
pub const MOST_BYTES: usize = 4 << 20;

/// Most views.
pub const MOST_VIEWS: usize = 200;

/// Most characters of a view's name.
pub const LONGEST_NAME: usize = 60;

/// Most bytes of a view's filters: far more than an address that people send holds.
pub const LONGEST_QUERY: usize = 16_000;

/// Most entries of a list.
const MOST_ENTRIES: usize = 200;

/// Most parts that are named because they are left out.
const MOST_NAMED: usize = 20;

/// Most characters of a part's name.
const LONGEST_PART: usize = 80;

/// A part that could not be used: its place, as in `layout.kpis`, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Where it stood.
    pub part: String,
    /// What is wrong with it.
    pub why: &'static str,
}

const FORM: &str = words::key!("it has another form");
const UNKNOWN: &str = words::key!("this page does not know it");
const TWICE: &str = words::key!("it stands there twice");
const NEWER: &str = words::key!("it comes from a newer page");
const NO_JSON: &str = words::key!("it is not JSON");
const TOO_LONG: &str = words::key!("it is too long");
const TOO_MANY: &str = words::key!("there are too many");

/// The preferences as a text.
pub fn write(prefs: &Prefs) -> String {
    to_json(prefs).to_string()
}

/// The preferences as JSON.
pub fn to_json(prefs: &Prefs) -> Value {
    let view = |view: &SavedView| {
        let mut json = json!({ "name": view.name, "query": view.query });
        if let Some(layout) = &view.layout {
            json["layout"] = layout_json(layout);
        }
        json
    };
    json!({
        "version": VERSION,
        "theme": prefs.theme.key(),
        "language": prefs.language,
        "layout": layout_json(&prefs.layout),
        "views": prefs.views.iter().map(view).collect::<Vec<_>>(),
        "export": {
            "header": prefs.export.header,
            "byte_order_mark": prefs.export.byte_order_mark,
        },
    })
}

fn layout_json(layout: &Layout) -> Value {
    let mut json = Map::new();
    if let Some(kpis) = &layout.kpis {
        let keys: Vec<&str> = kpis.iter().map(|kpi| kpi.def().key).collect();
        json.insert("kpis".to_owned(), json!(keys));
    }
    if let Some(cards) = &layout.cards {
        json.insert("cards".to_owned(), json!(cards));
    }
    if !layout.kinds.is_empty() {
        let kinds = layout.kinds.iter().map(|(id, kind)| ((*id).to_owned(), json!(kind.key())));
        json.insert("kinds".to_owned(), Value::Object(kinds.collect()));
    }
    Value::Object(json)
}

/// What of a text can be used, and what cannot.
pub fn read(text: &str) -> (Prefs, Vec<Dropped>) {
    let mut reader = Reader::default();
    if text.len() > MOST_BYTES {
        return (reader.refuse("the file", TOO_LONG), reader.dropped);
    }
    let prefs = match serde_json::from_str(text) {
        Ok(Value::Object(root)) => reader.prefs(root),
        Ok(_) => reader.refuse("the file", FORM),
        Err(_) => reader.refuse("the file", NO_JSON),
    };
    (prefs, reader.dropped)
}

#[derive(Default)]
struct Reader {
    dropped: Vec<Dropped>,
}

impl Reader {
    /// Notes what is left out, and gives what stands in for it.
    fn refuse<T: Default>(&mut self, part: &str, why: &'static str) -> T {
        // The last one stands for all that follow.
        let (part, why) = match self.dropped.len() {
            0..MOST_NAMED => (part.chars().take(LONGEST_PART).collect(), why),
            MOST_NAMED => ("…".to_owned(), TOO_MANY),
            _ => return T::default(),
        };
        self.dropped.push(Dropped { part, why });
        T::default()
    }

    /// The entries of a list as far as there may be any.
    fn entries<T>(
        &mut self,
        place: &str,
        list: Vec<T>,
        most: usize,
    ) -> impl Iterator<Item = T> + use<T> {
        if list.len() > most {
            self.refuse::<()>(&format!("{place}.{}", most + 1), TOO_MANY);
        }
        list.into_iter().take(most)
    }

    fn prefs(&mut self, root: Map<String, Value>) -> Prefs {
        let mut prefs = Prefs::default();
        for (key, value) in root {
            match (key.as_str(), value) {
                ("version", Value::Number(version)) => {
                    if version.as_u64().is_none_or(|version| version > VERSION) {
                        self.refuse("version", NEWER)
                    }
                }
                ("theme", Value::String(theme)) => match ThemeChoice::from_key(&theme) {
                    Some(theme) => prefs.theme = theme,
                    None => self.refuse("theme", UNKNOWN),
                },
                ("language", Value::String(tag)) if is_tag(&tag) => prefs.language = Some(tag),
                ("language", Value::Null) => {}
                ("layout", Value::Object(layout)) => prefs.layout = self.layout("layout", layout),
                ("views", Value::Array(views)) => prefs.views = self.views(views),
                ("export", Value::Object(export)) => prefs.export = self.export(export),
                ("version" | "theme" | "language" | "layout" | "views" | "export", _) => {
                    self.refuse(&key, FORM)
                }
                _ => self.refuse(&key, UNKNOWN),
            }
        }
        prefs
    }

    fn layout(&mut self, place: &str, json: Map<String, Value>) -> Layout {
        let mut layout = Layout::default();
        for (key, value) in json {
            let place = format!("{place}.{key}");
            match (key.as_str(), value) {
                ("kpis", Value::Array(keys)) => {
                    let kpis = self.list(&place, keys, KpiId::from_key);
                    // A row without any figure is no choice that the page offers.
                    layout.kpis = (!kpis.is_empty()).then_some(kpis);
                }
                ("cards", Value::Array(ids)) => {
                    layout.cards = Some(self.list(&place, ids, known_widget));
                }
                ("kinds", Value::Object(kinds)) => layout.kinds = self.kinds(&place, kinds),
                ("kpis" | "cards" | "kinds", _) => self.refuse(&place, FORM),
                _ => self.refuse(&place, UNKNOWN),
            }
        }
        layout
    }

    /// Names that are known, each once.
    fn list<T: PartialEq>(
        &mut self,
        place: &str,
        items: Vec<Value>,
        known: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let mut list = Vec::new();
        for item in self.entries(place, items, MOST_ENTRIES) {
            let name = item.as_str().unwrap_or_default();
            match known(name) {
                Some(value) if list.contains(&value) => {
                    self.refuse(&format!("{place}: {name}"), TWICE)
                }
                Some(value) => list.push(value),
                None => self.refuse(&format!("{place}: {}", shortened(&item)), UNKNOWN),
            }
        }
        list
    }

    fn kinds(&mut self, place: &str, json: Map<String, Value>) -> Vec<(&'static str, ChartKind)> {
        let mut kinds = Vec::new();
        for (id, kind) in self.entries(place, json.into_iter().collect(), MOST_ENTRIES) {
            let widget = widgets::known(&id);
            let taken = kind.as_str().and_then(ChartKind::from_key);
            match (widget, taken) {
                (Some((id, taken)), Some(kind)) if taken.contains(&kind) => {
                    kinds.push((id, kind));
                }
                _ => self.refuse(&format!("{place}.{id}"), UNKNOWN),
            }
        }
        kinds
    }

    fn views(&mut self, json: Vec<Value>) -> Vec<SavedView> {
        let mut views: Vec<SavedView> = Vec::new();
        for (at, view) in self.entries("views", json, MOST_VIEWS).enumerate() {
            let place = format!("views.{}", at + 1);
            let text = |key: &str| view.get(key).and_then(Value::as_str).map(str::to_owned);
            let (Some(name), Some(query)) = (text("name"), text("query")) else {
                self.refuse::<()>(&place, FORM);
                continue;
            };
            if name.chars().count() > LONGEST_NAME || query.len() > LONGEST_QUERY {
                self.refuse::<()>(&place, TOO_LONG);
                continue;
            }
            if views.iter().any(|known| known.name == name) {
                self.refuse::<()>(&place, TWICE);
                continue;
            }
            let layout = match view.get("layout") {
                None | Some(Value::Null) => None,
                Some(Value::Object(layout)) => {
                    Some(self.layout(&format!("{place}.layout"), layout.clone()))
                }
                Some(_) => self.refuse(&format!("{place}.layout"), FORM),
            };
            views.push(SavedView { name, query, layout });
        }
        views
    }

    fn export(&mut self, json: Map<String, Value>) -> ExportPrefs {
        let mut export = ExportPrefs::default();
        for (key, value) in json {
            let place = match key.as_str() {
                "header" => Some(&mut export.header),
                "byte_order_mark" => Some(&mut export.byte_order_mark),
                _ => None,
            };
            match (place, value) {
                (Some(place), Value::Bool(on)) => *place = on,
                (Some(_), _) => self.refuse(&format!("export.{key}"), FORM),
                (None, _) => self.refuse(&format!("export.{key}"), UNKNOWN),
            }
        }
        export
    }
}

/// Longest tag of a language.
const LONGEST_TAG: usize = 100;

/// Letters and digits in parts of at most eight, as tags of languages are.
fn is_tag(text: &str) -> bool {
    let fits = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    text.len() <= LONGEST_TAG && text.split('-').all(fits)
}

fn known_widget(id: &str) -> Option<&'static str> {
    widgets::known(id).map(|(id, _)| id)
}

/// A value as it is named to the reader, who may have been sent the file by somebody else.
fn shortened(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned).chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn rich() -> Prefs {
        let layout = Layout {
            kpis: Some(vec![KpiId::UnitsSold, KpiId::TotalRevenue]),
            cards: Some(vec!["data_flow", "churn_risk"]),
            kinds: vec![("churn_risk", ChartKind::Bar), ("rfm_segmentation", ChartKind::Scatter2d)],
        };
        let view = SavedView {
            name: "“Mine” <b>".to_owned(),
            query: "segment=High%20Value".to_owned(),
            layout: Some(layout.clone()),
        };
        Prefs {
            theme: ThemeChoice::Dark,
            language: Some("de-CH".to_owned()),
            layout,
            views: vec![view, SavedView { name: "Plain".to_owned(), ..SavedView::default() }],
            export: ExportPrefs { header: false, byte_order_mark: true },
        }
    }

    #[wasm_bindgen_test]
    fn what_is_written_is_read_again() {
        for prefs in [Prefs::default(), rich()] {
            assert_eq!(read(&write(&prefs)), (prefs, Vec::new()));
        }
    }

    #[wasm_bindgen_test]
    fn the_valid_part_is_used_and_the_rest_is_named() {
        let text = r#"{
            "version": 9, "theme": "sepia", "extra": 1, "export": { "header": "no" },
            "layout": {
                "kpis": ["units_sold", "sold_units", "units_sold"],
                "cards": ["churn_risk", 7],
                "kinds": { "churn_risk": "bar", "segment_distribution": "gauge" }
            },
            "views": [{ "name": "A", "query": "" }, { "name": "B" }]
        }"#;
        let (prefs, dropped) = read(text);
        assert_eq!(prefs.layout.kpis, Some(vec![KpiId::UnitsSold]));
        assert_eq!(prefs.layout.cards, Some(vec!["churn_risk"]));
        assert_eq!(prefs.layout.kind("churn_risk"), Some(ChartKind::Bar));
        assert_eq!(prefs.views.len(), 1);
        assert_eq!(prefs.theme, ThemeChoice::default());
        let mut parts: Vec<&str> = dropped.iter().map(|dropped| dropped.part.as_str()).collect();
        parts.sort_unstable();
        let expected = [
            "export.header",
            "extra",
            "layout.cards: 7",
            "layout.kinds.segment_distribution",
            "layout.kpis: sold_units",
            "layout.kpis: units_sold",
            "theme",
            "version",
            "views.2",
        ];
        assert_eq!(parts, expected);
    }

    #[wasm_bindgen_test]
    fn what_is_too_much_is_named_and_left_out() {
        let view = |name: &str, query: &str| json!({ "name": name, "query": query });
        let mut views: Vec<Value> = (0..5_000).map(|at| view(&format!("V{at}"), "")).collect();
        views[0] = view(&"é".repeat(LONGEST_NAME), "");
        views[1] = view(&"é".repeat(LONGEST_NAME + 1), "");
        views[2] = view("Long", &"a".repeat(LONGEST_QUERY + 1));
        let (prefs, dropped) = read(&json!({ "views": views }).to_string());
        assert_eq!(prefs.views.len(), MOST_VIEWS - 2);
        let parts: Vec<&str> = dropped.iter().map(|dropped| dropped.part.as_str()).collect();
        assert_eq!(parts, ["views.201", "views.2", "views.3"]);
        let mut cards = vec![json!("churn_risk"); 100_000];
        cards[0] = json!("data_flow");
        let (prefs, dropped) = read(&json!({ "layout": { "cards": cards } }).to_string());
        assert_eq!(prefs.layout.cards, Some(vec!["data_flow", "churn_risk"]));
        assert_eq!((dropped[0].part.as_str(), dropped[0].why), ("layout.cards.201", TOO_MANY));
        assert_eq!(dropped.len(), MOST_NAMED + 1, "{dropped:?}");
        let keys = (0..9_000).map(|at| (format!("{at}{}", "x".repeat(300)), json!(1)));
        let (prefs, dropped) = read(&Value::Object(keys.collect()).to_string());
        assert_eq!((prefs, dropped.len()), (Prefs::default(), MOST_NAMED + 1));
        assert!(dropped.iter().all(|dropped| dropped.part.chars().count() <= LONGEST_PART));
        let (prefs, dropped) = read(&" ".repeat(MOST_BYTES + 1));
        assert_eq!((prefs, dropped[0].why), (Prefs::default(), TOO_LONG));
    }

    #[wasm_bindgen_test]
    fn no_number_is_beyond_numbers() {
        for number in ["1e999", "-1e999", "NaN", "Infinity", "-Infinity"] {
            let (prefs, dropped) = read(&format!(r#"{{"theme": "dark", "version": {number}}}"#));
            assert_eq!((prefs, dropped[0].why), (Prefs::default(), NO_JSON), "{number}");
        }
        for number in ["1e300", "-1", "0.5", "18446744073709551615"] {
            let (prefs, dropped) = read(&format!(r#"{{"theme": "dark", "version": {number}}}"#));
            assert_eq!((prefs.theme, dropped[0].why), (ThemeChoice::Dark, NEWER), "{number}");
        }
    }

    #[wasm_bindgen_test]
    fn what_is_no_preferences_at_all_changes_nothing() {
        for text in ["", "nonsense", "[]", "12", "{\"layout\": {\"kpis\": []}}"] {
            assert_eq!(read(text).0, Prefs::default(), "{text}");
        }
        assert_eq!(read("[]").1.len(), 1);
    }

    #[wasm_bindgen_test]
    fn cards_not_named_follow_in_their_order() {
        let layout = Layout { cards: Some(vec!["c", "a", "gone"]), ..Layout::default() };
        assert_eq!(layout.ordered(["a", "b", "c", "d"].into_iter()), ["c", "a", "b", "d"]);
    }
}
