//! Whatever a guess says has a template in the German catalog, so that no sentence comes to a German
//! page in English.

use std::path::Path;
use std::sync::LazyLock;
use std::{collections::BTreeMap, fs};

use importer_core::guess::found::{Choice, Guess, Question};
use words::Sentences;

static GERMAN: LazyLock<Sentences> = LazyLock::new(|| {
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/words/de/importer.json");
    let texts: BTreeMap<String, String> =
        serde_json::from_str(&fs::read_to_string(catalog).unwrap()).unwrap();
    texts.into_iter().collect()
});

/// Every text that a guess has, as the page shows it.
fn texts(guess: &Guess) -> Vec<&str> {
    let mut all: Vec<&str> = guess.sheets.iter().map(|sheet| sheet.why.as_str()).collect();
    all.extend(guess.export.as_deref());
    all.extend(guess.export_says.as_deref());
    all.extend(guess.settings.iter().map(|setting| setting.why.as_str()));
    all.extend(guess.fields.iter().map(|field| field.why.as_str()));
    for Question { ask, choices, .. } in &guess.questions {
        all.push(ask);
        for Choice { value, says, .. } in choices {
            // A code and the name of a time zone are the same in all languages.
            all.extend(Some(value.as_str()).filter(|value| value.contains(' ')));
            all.extend(says.as_deref());
        }
    }
    all.extend(guess.left_out.iter().map(|left| left.why.as_str()));
    all.extend(guess.unused.iter().map(|unused| unused.says.as_str()));
    for more in [&guess.notes, &guess.doubts, &guess.problems] {
        all.extend(more.iter().map(String::as_str));
    }
    all
}

/// Whatever a guess says can be said in German.
pub fn assert_told(guess: &Guess) {
    texts(guess).into_iter().for_each(assert_known);
}

/// A text has its template, and so has every sentence within it.
pub fn assert_known(text: &str) {
    if let Some(line) = GERMAN.unknown(text) {
        panic!("static/words/de/importer.json has no template for {line:?} of {text:?}");
    }
}
