//! `config.json`: brand, locale, snapshot address, links and sign-in, read and checked key by key.

mod section;
mod sign_in;
mod values;

use serde_json::Value;

use crate::look::accent::Accent;
pub use section::ConfigProblem;
use section::{Section, problem};
pub use sign_in::{GoogleConfig, SignInConfig};
use values::*;

/// What whoever hosts the page may change without a rebuild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Whose page this is.
    pub brand: Brand,
    /// BCP 47 tag by which numbers and dates are written.
    pub locale: String,
    /// Address of the manifest, relative to the page or absolute.
    pub snapshot: String,
    /// Where the footer leads.
    pub links: Links,
    /// Who is told how visits go, and nothing else; nobody unless the host says so.
    pub beacon: Option<String>,
    /// What readers' browsers keep for later visits: what was read where nobody has to sign in
    /// (`open`), behind a sign-in, too (`always`), nothing (`never`).
    pub keep: String,
    /// Whether the reader is asked who they are.
    pub sign_in: SignInConfig,
    /// Seconds between two looks for newer data; nobody looks without.
    pub refresh: Option<u32>,
    /// Hours after which data that nothing newer followed is late; it never is without.
    pub freshness: Option<u32>,
    /// Where events come from that have happened since the snapshot was made.
    pub live: LiveConfig,
    /// Where what the reader changes is sent; it stays with the reader without.
    pub edits: Option<String>,
    /// True if the data is the reader's own, in this tab alone; no file says so.
    pub is_own: bool,
}

/// Where events come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LiveConfig {
    /// From nowhere.
    #[default]
    Off,
    /// From the recording of a demo, if there is one.
    Demo,
    /// From a WebSocket at an address, or at a path beside the page.
    Address(String),
}

impl LiveConfig {
    fn read(text: &str) -> Option<Self> {
        match text {
            "demo" => Some(Self::Demo),
            "off" => Some(Self::Off),
            address => socket(address).then(|| Self::Address(address.to_owned())),
        }
    }
}

/// Whose page this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    /// Name in the header, on the entry page and in the title.
    pub name: String,
    /// Address of a picture beside the name.
    pub logo: String,
    /// Colour of buttons, links and selections.
    pub accent: Option<Accent>,
}

/// Where the footer leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// How to read the page.
    pub documentation: String,
    /// Whom to ask.
    pub support: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            brand: Brand {
                name: "E-Commerce Insights Hub".to_owned(),
                logo: "icons/logo.svg".to_owned(),
                accent: None,
            },
            locale: crate::look::language::AUTO.to_owned(),
            snapshot: "data/manifest.json".to_owned(),
            links: Links { documentation: "help".to_owned(), support: "help#support".to_owned() },
            beacon: None,
            keep: "open".to_owned(),
            sign_in: SignInConfig::Off,
            refresh: Some(300),
            freshness: None,
            live: LiveConfig::default(),
            edits: None,
            is_own: false,
        }
    }
}

impl Config {
    /// The same page over data of the reader's own at an address: nobody is told of it, nothing newer
    /// is looked for, and nothing of it is kept.
    #[must_use]
    pub fn over_own(&self, snapshot: String) -> Self {
        Self {
            snapshot,
            beacon: None,
            keep: "never".to_owned(),
            refresh: None,
            freshness: None,
            live: LiveConfig::Off,
            edits: None,
            is_own: true,
            ..self.clone()
        }
    }

    /// Most bytes of the file, with a logo written out in it.
    pub const MOST_BYTES: u64 = 1 << 20;

    /// Reads the text of `config.json`; what is wrong is named and its default kept. What a file
    /// asked for that cannot be read nobody knows: it lets nobody in.
    pub fn read(text: &str) -> (Self, Vec<ConfigProblem>) {
        let mut config = Self::default();
        let mut root = match serde_json::from_str(text) {
            Ok(Value::Object(map)) => Section::new("", map),
            Ok(other) => {
                config.sign_in = SignInConfig::Broken;
                return (config, vec![problem("the file", "an object", &other)]);
            }
            Err(error) => {
                config.sign_in = SignInConfig::Broken;
                let (key, found) = ("the file".to_owned(), error.to_string());
                return (config, vec![ConfigProblem { key, expected: "JSON", found }]);
            }
        };
        let misplaced = sign_in::misplaced(text, &root.map);
        let mut brand = root.section("brand");
        brand.text("name", "a name that is not empty", &mut config.brand.name, filled);
        brand.text("logo", PICTURE, &mut config.brand.logo, picture);
        config.brand.accent = brand.parsed("accent", Accent::EXPECTED, Accent::parse);
        root.text(
            "locale",
            "auto, or the tag of a language, as in en-GB or de",
            &mut config.locale,
            language_tag,
        );
        root.text("snapshot", ADDRESS, &mut config.snapshot, address);
        if let Some(refresh) = root.read("refresh", SECONDS, seconds) {
            config.refresh = refresh;
        }
        config.freshness = root.read("freshness", HOURS, hours);
        config.live = root.parsed("live", SOCKET, LiveConfig::read).unwrap_or_default();
        config.edits = root.parsed("edits", BEACON, |text| beacon(text).then(|| text.to_owned()));
        let mut links = root.section("links");
        links.text("documentation", LINK, &mut config.links.documentation, link);
        links.text("support", LINK, &mut config.links.support, link);
        let mut diagnostics = root.section("diagnostics");
        config.beacon =
            diagnostics.parsed("beacon", BEACON, |text| beacon(text).then(|| text.to_owned()));
        let mut offline = root.section("offline");
        offline.text("keep", KEEP, &mut config.keep, keeps);
        let (sign_in, mut problems) = SignInConfig::read(&mut root);
        config.sign_in = if misplaced.is_empty() { sign_in } else { SignInConfig::Broken };
        let sections = [root, brand, links, diagnostics, offline];
        problems.extend(sections.into_iter().flat_map(Section::close));
        problems.retain(|problem| misplaced.iter().all(|other| other.key != problem.key));
        problems.extend(misplaced);
        (config, problems)
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn problems(text: &str) -> Vec<String> {
        Config::read(text).1.iter().map(ToString::to_string).collect()
    }

    fn problems_of_keep() -> String {
        problems(r#"{"offline": {"keep": true}}"#).concat()
    }

    #[wasm_bindgen_test]
    fn the_file_that_ships_has_no_problem() {
        assert_eq!(problems(include_str!("../../static/config.json")), Vec::<String>::new());
    }

    #[wasm_bindgen_test]
    fn every_key_is_read() {
        let (config, problems) = Config::read(
            r##"{"brand": {"name": "Shop", "logo": "shop.svg", "accent": "#0a7d55"}, "locale": "en-GB",
                "snapshot": "https://data.example/m.json",
                "links": {"documentation": "https://docs.example", "support": "mailto:help@shop.example"},
                "diagnostics": {"beacon": "https://logs.example/hub"},
                "offline": {"keep": "always"}}"##,
        );
        assert_eq!(problems, []);
        assert_eq!((config.brand.name.as_str(), config.locale.as_str()), ("Shop", "en-GB"));
        assert!(config.brand.accent.is_some());
        assert_eq!(config.links.support, "mailto:help@shop.example");
        assert_eq!(config.beacon.as_deref(), Some("https://logs.example/hub"));
        assert_eq!(config.keep, "always");
        assert_eq!(
            problems_of_keep(),
            "config.json, offline.keep: expected open, always or never, found true"
        );
    }

    #[wasm_bindgen_test]
    fn what_is_wrong_is_named_and_the_default_kept() {
        let text =
            r#"{"brand": {"name": " ", "accent": "blue", "colour": 1}, "locale": 7, "links": []}"#;
        assert_eq!(Config::read(text).0, Config::default());
        assert_eq!(
            problems(text),
            [
                "config.json, locale: expected auto, or the tag of a language, as in en-GB or de, found 7",
                "config.json, links: expected an object, found []",
                "config.json, brand.name: expected a name that is not empty, found \" \"",
                "config.json, brand.accent: expected a colour as in #1677ff that stands out 3:1 from white and from the dark cards, found \"blue\"",
                "config.json, brand.colour: expected no such key, found 1",
            ]
        );
        assert!(problems("{").iter().all(|text| text.contains("expected JSON")));
        assert_eq!(problems("[]"), ["config.json, the file: expected an object, found []"]);
    }

    #[wasm_bindgen_test]
    fn how_often_is_looked_and_what_is_late_are_whole_numbers() {
        let read = |text: &str| Config::read(text).0;
        let config = read(r#"{"refresh": 60, "freshness": 26}"#);
        assert_eq!((config.refresh, config.freshness), (Some(60), Some(26)));
        assert_eq!(read(r#"{"refresh": false}"#).refresh, None);
        for wrong in ["0", "86401", "1.5", "-1", "true", "\"60\"", "null"] {
            let text = format!(r#"{{"refresh": {wrong}, "freshness": {wrong}}}"#);
            assert_eq!(read(&text), Config::default(), "{wrong}");
            let named = problems(&text);
            assert!(named[0].starts_with("config.json, refresh: expected a whole number of sec"));
            assert_eq!(named.len(), 2, "{named:?}");
        }
    }
}
