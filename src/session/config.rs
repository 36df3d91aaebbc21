//! `config.json`: brand, locale, snapshot address, links and sign-in, read and checked key by key.

mod once;
mod sign_in;

use serde_json::{Map, Value};

use crate::look::accent::Accent;
pub use sign_in::{GoogleConfig, SignInConfig};

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
    /// Whether the reader is asked who they are.
    pub sign_in: SignInConfig,
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
            sign_in: SignInConfig::Off,
        }
    }
}

/// A key that was not taken as written; its default stands in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("config.json, {key}: expected {expected}, found {found}")]
pub struct ConfigProblem {
    /// Path of the key, as in `brand.name`.
    pub key: String,
    /// What may stand there.
    pub expected: &'static str,
    /// What stands there.
    pub found: String,
}

impl Config {
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
        let mut links = root.section("links");
        links.text("documentation", LINK, &mut config.links.documentation, link);
        links.text("support", LINK, &mut config.links.support, link);
        let (sign_in, mut problems) = SignInConfig::read(&mut root);
        config.sign_in = if misplaced.is_empty() { sign_in } else { SignInConfig::Broken };
        problems.extend([root, brand, links].into_iter().flat_map(Section::close));
        problems.retain(|problem| misplaced.iter().all(|other| other.key != problem.key));
        problems.extend(misplaced);
        (config, problems)
    }
}

const PICTURE: &str = "the path of a picture beside the page, or a data:image address";
const ADDRESS: &str = "a path, or an https address";
const LINK: &str = "a path, or an https, http or mailto address";

fn filled(text: &str) -> bool {
    !text.trim().is_empty()
}

/// The form of a BCP 47 tag; whether the browser knows the language shows when it is asked.
fn language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let fits = |part: &str| part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let language = parts.next().unwrap_or_default();
    let named =
        (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
    text == "auto" || named && parts.all(|part| !part.is_empty() && fits(part))
}

/// The scheme of an address, if it has one; a path has none.
fn scheme(text: &str) -> Option<String> {
    let (head, _) = text.split_once(':')?;
    // Browsers skip control characters in a scheme; so does the check.
    let name: String = head.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let named = name.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    named.then(|| name.to_ascii_lowercase())
}

fn address(text: &str) -> bool {
    filled(text) && matches!(scheme(text).as_deref(), None | Some("https" | "http"))
}

fn link(text: &str) -> bool {
    filled(text) && matches!(scheme(text).as_deref(), None | Some("https" | "http" | "mailto"))
}

fn picture(text: &str) -> bool {
    // Browsers read a backslash as a slash.
    let path = scheme(text).is_none() && !text.trim_start().replace('\\', "/").starts_with("//");
    filled(text) && (path || text.starts_with("data:image/"))
}

/// One object of the file; keys are taken out as they are read.
struct Section {
    path: String,
    map: Map<String, Value>,
    problems: Vec<ConfigProblem>,
}

impl Section {
    fn new(path: &str, map: Map<String, Value>) -> Self {
        Self { path: path.to_owned(), map, problems: Vec::new() }
    }

    fn section(&mut self, key: &str) -> Self {
        let path = self.key(key);
        match self.map.remove(key) {
            Some(Value::Object(map)) => Self::new(&path, map),
            Some(other) => {
                self.problems.push(problem(&path, "an object", &other));
                Self::new(&path, Map::new())
            }
            None => Self::new(&path, Map::new()),
        }
    }

    fn text(
        &mut self,
        key: &str,
        expected: &'static str,
        into: &mut String,
        good: fn(&str) -> bool,
    ) {
        let read = |text: &str| good(text).then(|| text.to_owned());
        if let Some(text) = self.parsed(key, expected, read) {
            *into = text;
        }
    }

    fn parsed<T>(
        &mut self,
        key: &str,
        expected: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.map.remove(key)?;
        let parsed = value.as_str().and_then(read);
        if parsed.is_none() {
            self.problems.push(problem(&self.key(key), expected, &value));
        }
        parsed
    }

    /// Names what was wrong and what nobody asked for.
    fn close(mut self) -> Vec<ConfigProblem> {
        for (key, value) in std::mem::take(&mut self.map) {
            self.problems.push(problem(&self.key(&key), "no such key", &value));
        }
        self.problems
    }

    fn key(&self, key: &str) -> String {
        inside(&self.path, key)
    }
}

fn inside(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn problem(key: &str, expected: &'static str, found: &Value) -> ConfigProblem {
    let found: String = found.to_string().chars().take(80).collect();
    ConfigProblem { key: key.to_owned(), expected, found }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn problems(text: &str) -> Vec<String> {
        Config::read(text).1.iter().map(ToString::to_string).collect()
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
                "links": {"documentation": "https://docs.example", "support": "mailto:help@shop.example"}}"##,
        );
        assert_eq!(problems, []);
        assert_eq!((config.brand.name.as_str(), config.locale.as_str()), ("Shop", "en-GB"));
        assert!(config.brand.accent.is_some());
        assert_eq!(config.links.support, "mailto:help@shop.example");
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
    fn addresses_that_run_scripts_are_refused() {
        for bad in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:1",
            "data:text/html,x",
            "",
        ] {
            assert!(!link(bad) && !address(bad) && !picture(bad), "{bad}");
        }
        assert!(link("help#support") && link("/docs/a:b") && link("mailto:a@b.example"));
        assert!(
            picture("icons/logo.svg")
                && picture("data:image/png;base64,AA")
                && !picture("//x/y.png")
                && !picture(" \\/x/y.png")
        );
    }
}
