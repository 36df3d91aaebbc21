//! The language of the page: its words, and how it writes numbers and dates.
//!
//! Chosen by the reader, else by `config.json`, else by the browser. English needs nothing; the
//! words of another language are one file that is fetched before the first view stands. A
//! language without words of ours keeps English words, and has its own numbers only where
//! `config.json` or the reader names it.

mod intl;

use std::cell::RefCell;
use std::collections::HashMap;

use gloo::net::http::Request;
use widgets::Locale;
use words::Catalog;

use crate::host::body::text_within;
use crate::host::place;
use crate::look::prefs;

/// Languages with a catalog in `static/words`, each with its own name for itself.
pub const TRANSLATED: [(&str, &str); 1] = [("de", "Deutsch")];

/// What `config.json` says when the browser shall choose.
pub const AUTO: &str = "auto";

/// Tags that are written as [`Locale::EN`]; the script of the first paint knows the same ones.
const PLAIN_ENGLISH: [&str; 7] = ["en", "en-US", "en-GB", "en-AU", "en-CA", "en-NZ", "en-IE"];

/// Most bytes of a catalog.
const LONGEST: u64 = 1 << 20;

thread_local! {
    static SPOKEN: RefCell<Spoken> = RefCell::new(Spoken { tag: "en-US".to_owned(), locale: Locale::EN });
}

struct Spoken {
    tag: String,
    locale: Locale,
}

/// How numbers and dates are written.
pub fn locale() -> Locale {
    SPOKEN.with_borrow(|spoken| spoken.locale.clone())
}

/// The BCP 47 tag in force, as the browser's own formats take it.
pub fn tag() -> String {
    SPOKEN.with_borrow(|spoken| spoken.tag.clone())
}

/// How long ago something was, in words.
pub fn ago(seconds: f64) -> String {
    let tag = tag();
    intl::ago(&tag, seconds).or_else(|| intl::ago("en", seconds)).unwrap_or_default()
}

/// A moment, in milliseconds since 1970, with day and time where the reader is.
pub fn moment(milliseconds: f64) -> Option<String> {
    intl::moment(&tag(), milliseconds)
}

/// Learns the language in force, given what `config.json` says.
///
/// What cannot be had (a tag nobody knows, a catalog that does not come) leaves English.
pub async fn learn(configured: &str) {
    let tag = chosen(prefs::language().as_deref(), configured, &browser_tags());
    let words = words_of(&tag);
    let texts: Option<Catalog> = match words {
        Some(code) => {
            read_texts(&format!("words-{code}")).await.map(|texts| texts.into_iter().collect())
        }
        None => None,
    };
    // German numbers among English words would be read wrongly.
    let tag = if words.is_some() && texts.is_none() { "en-US".to_owned() } else { tag };
    let plain = PLAIN_ENGLISH.contains(&tag.as_str());
    let locale = if plain { None } else { intl::locale(&tag) };
    name_the_document(if texts.is_some() { &tag } else { "en" });
    words::speak(texts.unwrap_or_default());
    SPOKEN.replace(match locale {
        Some(locale) => Spoken { tag, locale },
        None => Spoken { tag: if plain { tag } else { "en-US".to_owned() }, locale: Locale::EN },
    });
}

/// The tag that wins: the reader's, the host's, the first of the browser's that has words.
fn chosen(reader: Option<&str>, host: &str, browser: &[String]) -> String {
    let named = reader.filter(|tag| !tag.is_empty() && *tag != AUTO);
    if let Some(tag) = named.or((host != AUTO).then_some(host)) {
        return tag.to_owned();
    }
    let spoken = |tag: &&String| {
        let language = language_of(tag);
        language == "en" || TRANSLATED.iter().any(|(code, _)| *code == language)
    };
    browser.iter().find(spoken).map_or_else(|| "en-US".to_owned(), Clone::clone)
}

/// The language of a tag, if there are words of it.
fn words_of(tag: &str) -> Option<&'static str> {
    TRANSLATED.iter().map(|(code, _)| *code).find(|code| *code == language_of(tag))
}

fn language_of(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

fn browser_tags() -> Vec<String> {
    let languages = web_sys::window().map(|window| window.navigator().languages());
    languages.iter().flat_map(|tags| tags.iter()).filter_map(|tag| tag.as_string()).collect()
}

/// Learns the importer's sentences in the language in force; none that can be had leaves English.
pub async fn learn_importer() {
    let texts = match words_of(&tag()) {
        Some(code) => read_texts(&format!("importer-words-{code}")).await,
        None => None,
    };
    words::retell_by(texts.into_iter().flatten().collect());
}

/// The texts of a file of words, by their English.
async fn read_texts(name: &str) -> Option<HashMap<String, String>> {
    let address = format!("{}{name}.json", place::scripts());
    let answer = Request::get(&address).send().await.ok().filter(|answer| answer.ok())?;
    let text = text_within(answer.body(), LONGEST).await?;
    serde_json::from_str(&text).ok()
}

/// Screen readers choose their feedback by this.
fn name_the_document(tag: &str) {
    if let Some(root) = gloo::utils::document().document_element() {
        // An attribute with a fixed, valid name cannot be refused.
        let _ = root.set_attribute("lang", tag);
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn the_reader_comes_before_the_host_and_the_host_before_the_browser() {
        let browser = ["fr-FR".to_owned(), "de-AT".to_owned(), "en-GB".to_owned()];
        assert_eq!(chosen(Some("en-IN"), "de", &browser), "en-IN");
        assert_eq!(chosen(Some(AUTO), "fr-CH", &browser), "fr-CH");
        assert_eq!(chosen(None, AUTO, &browser), "de-AT");
        assert_eq!(chosen(None, AUTO, &["fr".to_owned()]), "en-US");
        assert_eq!(chosen(None, AUTO, &[]), "en-US");
    }
}
