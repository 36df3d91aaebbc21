//! Whatever the importer says has a template in the German catalog, so that no sentence comes to a
//! German page in English.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use words::Sentences;

static GERMAN: LazyLock<Sentences> = LazyLock::new(|| {
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/words/de/importer.json");
    let texts: BTreeMap<String, String> =
        serde_json::from_str(&fs::read_to_string(catalog).unwrap()).unwrap();
    texts.into_iter().collect()
});

/// A text has its template, and so has every sentence within it.
pub fn assert_known(text: &str) {
    if let Some(line) = GERMAN.unknown(text) {
        panic!("static/words/de/importer.json has no template for {line:?} of {text:?}");
    }
}
