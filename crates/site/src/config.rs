//! The configuration of a site, as far as its files depend on it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

/// The file's name.
pub const CONFIG: &str = "config.json";

/// The text of a `config.json`, and what is in it.
#[derive(Clone, Debug)]
pub struct Config {
    text: String,
    root: Map<String, Value>,
}

impl Config {
    /// Reads the configuration of a site's folder.
    ///
    /// # Errors
    /// If there is none, or it is no object of JSON.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(CONFIG);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Self::of(text).with_context(|| path.display().to_string())
    }

    /// The configuration in a text.
    ///
    /// # Errors
    /// If it is no object of JSON.
    pub fn of(text: String) -> Result<Self> {
        let root = serde_json::from_str(&text).context("not an object of JSON")?;
        Ok(Self { text, root })
    }

    /// All settings.
    pub fn root(&self) -> &Map<String, Value> {
        &self.root
    }

    /// The same with other settings, as a file's text.
    ///
    /// # Errors
    /// Never, as all that is in there was JSON.
    pub fn with(root: Map<String, Value>) -> Result<Self> {
        let text = format!("{}\n", serde_json::to_string_pretty(&root)?);
        Ok(Self { text, root })
    }

    /// The file's text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether something in there was probably meant to ask for a sign-in.
    pub fn asks_for_sign_in(&self) -> bool {
        !door::asking(&self.root, "").is_empty()
    }

    /// Whether everybody may come in, and surely so.
    pub fn is_open(&self) -> bool {
        door::demand_open(&self.text).is_ok()
    }

    /// Whether readers' browsers may keep a copy of the page.
    pub fn may_be_kept(&self) -> bool {
        door::may_be_kept(&self.text)
    }

    /// The manifest's address.
    pub fn snapshot(&self) -> &str {
        self.text_at("/snapshot").unwrap_or("data/manifest.json")
    }

    /// The text at a place, as in `/brand/name`.
    pub fn text_at(&self, place: &str) -> Option<&str> {
        let mut names = place.split('/').skip(1);
        let first = self.root.get(names.next()?)?;
        names.try_fold(first, |value, name| value.get(name))?.as_str()
    }

    /// The same with the sign-in of a client id of Google's and, if given, of one domain.
    ///
    /// # Errors
    /// If the client id is none.
    pub fn with_sign_in(&self, client_id: &str, domain: Option<&str>) -> Result<Self> {
        const END: &str = ".apps.googleusercontent.com";
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let is_id = client_id.strip_suffix(END).is_some_and(|name| !name.is_empty())
            && client_id.bytes().all(plain);
        anyhow::ensure!(is_id, "{client_id} is no client id of Google's console (…{END})");
        let mut root = self.root.clone();
        let before = root.remove("signIn").and_then(|value| value.as_object().cloned());
        let mut sign_in = before.unwrap_or_default();
        sign_in.insert("clientId".to_owned(), client_id.into());
        if let Some(domain) = domain.filter(|domain| !domain.is_empty()) {
            sign_in.insert("hostedDomain".to_owned(), domain.into());
        }
        root.insert("signIn".to_owned(), sign_in.into());
        Self::with(root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Config {
        Config::of(text.to_owned()).unwrap()
    }

    #[test]
    fn a_sign_in_is_put_beside_what_is_there() {
        let id = "1-a.apps.googleusercontent.com";
        let plain = config(r#"{"locale": "de", "signIn": {"nonceEndpoint": "n"}}"#);
        let asked = plain.with_sign_in(id, Some("shop.example")).unwrap();
        assert!(asked.asks_for_sign_in() && !asked.is_open());
        let root: Value = serde_json::from_str(asked.text()).unwrap();
        let sign_in = serde_json::json!({
            "clientId": id, "hostedDomain": "shop.example", "nonceEndpoint": "n",
        });
        assert_eq!(root, serde_json::json!({ "locale": "de", "signIn": sign_in }));
        for wrong in ["", "1-a", ".apps.googleusercontent.com", "a b.apps.googleusercontent.com"] {
            assert!(plain.with_sign_in(wrong, None).is_err(), "{wrong}");
        }
    }

    #[test]
    fn settings_are_found_by_their_place() {
        let some = config(r#"{"brand": {"name": "A"}, "snapshot": "x/manifest.json"}"#);
        assert_eq!(some.text_at("/brand/name"), Some("A"));
        assert_eq!(some.text_at("/brand/logo"), None);
        assert_eq!(some.snapshot(), "x/manifest.json");
        assert_eq!(config("{}").snapshot(), "data/manifest.json");
        assert!(Config::of("[]".to_owned()).is_err());
    }
}
