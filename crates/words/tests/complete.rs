//! Every text in the sources has its line in every catalog, with the same places for values.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use facts::rules::{UNKNOWN, churn, rfm, segments};
use proc_macro2::{TokenStream, TokenTree};

/// The folders whose texts people read.
const SOURCES: [&str; 4] = ["src", "crates/engine/src", "crates/widgets/src", "crates/facts/src"];

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// Every Rust file below a folder.
fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// Collects the keys of `say!`, `count!` and `key!`, inside other macros too.
fn collect(tokens: TokenStream, keys: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let name = match at.checked_sub(2).map(|before| &tokens[before..at]) {
            Some([TokenTree::Ident(name), TokenTree::Punct(mark)]) if mark.as_char() == '!' => {
                name.to_string()
            }
            _ => String::new(),
        };
        match name.as_str() {
            "say" | "key" => keys.extend(literals(group.stream()).into_iter().take(1)),
            "count" => keys.extend(literals(group.stream()).into_iter().take(2)),
            _ => {}
        }
        collect(group.stream(), keys);
    }
}

/// The string literals that stand alone between commas.
fn literals(tokens: TokenStream) -> Vec<String> {
    let literal = |token| match token {
        TokenTree::Literal(literal) => {
            syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value())
        }
        _ => None,
    };
    tokens.into_iter().filter_map(literal).collect()
}

/// Texts that the layers below the page keep as data and the page says.
fn labels() -> impl Iterator<Item = &'static str> {
    let kpis = facts::KPIS.iter().flat_map(|kpi| [kpi.label, kpi.definition]);
    let widgets = widgets::ALL.iter().flat_map(|widget| [widget.title(), widget.definition()]);
    let kinds = widgets::ALL.iter().flat_map(|widget| widget.kinds()).map(|kind| kind.label());
    let ranks = segments::SEGMENTS
        .into_iter()
        .chain(churn::RISKS)
        .chain(rfm::RFM_SEGMENTS)
        .chain([UNKNOWN]);
    kpis.chain(widgets).chain(kinds).chain(ranks)
}

fn keys() -> BTreeSet<String> {
    let mut files = Vec::new();
    for folder in SOURCES {
        rust_files(&project().join(folder), &mut files);
    }
    let mut keys: BTreeSet<String> = labels().map(str::to_owned).collect();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let tokens = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        collect(tokens, &mut keys);
    }
    keys
}

/// The file of a language with the templates of the importer's sentences, which is a catalog apart.
const IMPORTER: &str = "importer.json";

/// The texts of a file.
fn texts(path: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The texts of each language, from all the files of its folder.
fn catalogs() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut catalogs = BTreeMap::<_, BTreeMap<String, String>>::new();
    for language in fs::read_dir(project().join("static/words")).unwrap() {
        let folder = language.unwrap().path();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let all = catalogs.entry(name).or_default();
        for file in fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            if path.ends_with(IMPORTER) {
                continue;
            }
            for (key, text) in texts(&path) {
                let earlier = all.insert(key.clone(), text.clone());
                let same = earlier.is_none_or(|earlier| earlier == text);
                assert!(same, "{}: {key:?} is said otherwise in another file", path.display());
            }
        }
    }
    catalogs
}

/// The named places of a text.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn no_catalog_lacks_a_text() {
    let keys = keys();
    for (file, texts) in catalogs() {
        let missing: Vec<_> = keys.iter().filter(|key| !texts.contains_key(*key)).collect();
        assert!(missing.is_empty(), "static/words/{file} lacks {missing:#?}");
    }
}

#[test]
fn no_catalog_has_texts_that_nobody_says() {
    let keys = keys();
    for (file, texts) in catalogs() {
        let idle: Vec<_> = texts.keys().filter(|key| !keys.contains(*key)).collect();
        assert!(idle.is_empty(), "static/words/{file} has texts that nothing says: {idle:#?}");
    }
}

#[test]
fn translations_have_the_places_of_their_texts() {
    for (file, texts) in catalogs() {
        for (key, text) in texts {
            assert_eq!(places(&key), places(&text), "static/words/{file}: {key:?}");
        }
    }
}

#[test]
fn sentences_of_the_importer_can_be_told_from_each_other() {
    for language in fs::read_dir(project().join("static/words")).unwrap() {
        let path = language.unwrap().path().join(IMPORTER);
        let texts = texts(&path);
        for (key, text) in &texts {
            assert!(places(text).is_subset(&places(key)), "{}: {key:?}", path.display());
            assert_eq!(key.matches('{').count(), places(key).len(), "a place twice: {key:?}");
            assert!(!key.contains("}{"), "where a value ends is not told: {key:?}");
            let is_all = key.starts_with('{') && key.find('}') == Some(key.len() - 1);
            assert!(!is_all, "everything is {key:?}");
        }
        let sentences: words::Sentences = texts.into_iter().collect();
        let told = sentences.tell("sales.csv: no column has the dates of purchases");
        assert_ne!(told, "sales.csv: no column has the dates of purchases", "{}", path.display());
    }
}
