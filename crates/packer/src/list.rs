//! The list of others' work in the program, with the terms under which it may be passed on.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use anyhow::{Context, Result, bail};

use crate::part::Part;
use crate::{licence, texts};

/// Packages that hold no text of their licence, and those of the same hand that do.
const TEXT_ELSEWHERE: [(&str, &str); 2] =
    [("alloc-stdlib", "alloc-no-stdlib"), ("rsqlite-vfs", "sqlite-wasm-rs")];

/// What packages hold of others again, and do not tell in a form of their own.
const HOLDS: [(&str, &str); 5] = [
    ("libsqlite3-sys", "SQLite, which its authors have put into the public domain"),
    (
        "plotly.js",
        "modules of the projects stack.gl and ndarray in its folder stackgl_modules, MIT unless its \
         texts say otherwise",
    ),
    (
        "sql.js-httpvfs",
        "SQLite, which is in the public domain, and sql.js, MIT, of the sql.js authors",
    ),
    (
        "sqlite-wasm-rs",
        "SQLite, which is in the public domain, parts of musl, MIT, Copyright 2005-2020 Rich Felker and \
         others, and printf, MIT, Copyright Eyal Rozenberg and Marco Paland",
    ),
    ("swagger-ui-dist", "what its texts name"),
];

const PREFACE: &str = "\
It is made with the work of others. Each part stands here with its version, its licence as an SPDX
expression, and the numbers of its texts, which follow the last part. Where people are named, the part
came without its licence's text: it may be passed on under the terms of LICENSE-MIT or LICENSE-APACHE,
which lie beside this list, the rights being those of these people.
";

/// A list under a heading.
pub struct Group {
    /// What these parts have in common.
    pub heading: &'static str,
    /// The parts, in the order in which they are told.
    pub parts: Vec<Part>,
}

/// Writes the list of all parts of a program.
///
/// # Errors
/// If a part is under a licence that may not be in the program, or its terms are not to be had; the
/// part is named.
pub fn write(program: &str, groups: &[Group]) -> Result<String> {
    let mut texts = Texts::default();
    let mut list = format!("What of others is in {program}\n\n{PREFACE}");
    for Group { heading, parts } in groups {
        write!(list, "\n\n{heading} ({})\n\n", parts.len())?;
        for part in parts {
            licence::demand(part)?;
            let terms = terms(part, groups)?;
            let by = terms.is_empty();
            let all = terms.into_iter().chain(part.remarks.iter().cloned());
            let numbers = all.map(|text| texts.number(text, part)).collect::<Result<_>>()?;
            list.push_str(&line(part, by, &numbers)?);
        }
    }
    list.push_str("\n\nTexts\n");
    for (number, (text, holders)) in (1_u32..).zip(&texts.all) {
        write!(list, "\n\n[{number}] {}\n\n{text}\n", holders.join(", "))?;
    }
    Ok(list)
}

/// The line of a part, with those who made it if it has no text that does.
fn line(part: &Part, by: bool, numbers: &BTreeSet<usize>) -> Result<String> {
    let license = part.license.as_deref().unwrap_or_default();
    let mut line = format!("{}: {license}", part.title());
    if by && part.authors.is_empty() {
        write!(line, ", by the authors of {}", part.name)?;
    } else if by {
        write!(line, ", by {}", part.authors.join(", "))?;
    }
    for number in numbers {
        write!(line, " [{number}]")?;
    }
    for (_, what) in HOLDS.iter().filter(|(name, _)| *name == part.name) {
        write!(line, "\n    holds {what}")?;
    }
    line.push('\n');
    Ok(line)
}

/// The texts of a part's licence.
fn terms(part: &Part, groups: &[Group]) -> Result<Vec<String>> {
    let mut found = held(part)?;
    if let Some((_, other)) = TEXT_ELSEWHERE.iter().find(|(name, _)| *name == part.name) {
        let all = groups.iter().flat_map(|group| &group.parts);
        for other in all.filter(|part| part.name == *other) {
            found.extend(held(other)?);
        }
    }
    if found.is_empty() && !licence::is_beside(part)? {
        bail!(
            "{}: it holds no text of its licence ({}); name in {} a part of the same hand that does",
            part.title(),
            part.license.as_deref().unwrap_or_default(),
            file!()
        );
    }
    Ok(found)
}

fn held(part: &Part) -> Result<Vec<String>> {
    part.folder.as_deref().map_or(Ok(Vec::new()), texts::of)
}

/// All texts, each once, with those who hold it.
#[derive(Default)]
struct Texts {
    all: Vec<(String, Vec<String>)>,
    places: HashMap<String, usize>,
}

impl Texts {
    /// The number of a text that a part holds, counted from one.
    fn number(&mut self, text: String, part: &Part) -> Result<usize> {
        // Where lines break says nothing.
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = *self.places.entry(words).or_insert(self.all.len());
        if place == self.all.len() {
            self.all.push((text, Vec::new()));
        }
        let (_, holders) = self.all.get_mut(place).context("a text has a place")?;
        if holders.last() != Some(&part.title()) {
            holders.push(part.title());
        }
        Ok(place.saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn part(root: &Path, name: &str, license: &str, text: Option<&str>) -> Part {
        let folder = root.join(name);
        fs::create_dir_all(&folder).unwrap();
        if let Some(text) = text {
            fs::write(folder.join("LICENSE"), text).unwrap();
        }
        let authors = vec!["A Person".to_owned()];
        let (name, license) = (name.to_owned(), Some(license.to_owned()));
        let (folder, version) = (Some(folder), "1.0.0".to_owned());
        Part { name, version, license, authors, folder, remarks: Vec::new() }
    }

    fn group(parts: Vec<Part>) -> [Group; 1] {
        [Group { heading: "Crates", parts }]
    }

    #[test]
    fn every_part_stands_there_with_its_terms_each_text_once() {
        let root = tempfile::tempdir().unwrap();
        let mut said = part(root.path(), "c", "MIT", None);
        said.remarks.push("Copyright of somebody else".to_owned());
        let parts = vec![
            part(root.path(), "a", "ISC", Some("do as\nyou like")),
            part(root.path(), "b", "ISC", Some("do as you\nlike")),
            said,
            part(root.path(), "d", "MIT", None),
        ];
        let list = write("hub 1", &group(parts)).unwrap();
        for line in [
            "Crates (4)",
            "a 1.0.0: ISC [1]",
            "b 1.0.0: ISC [1]",
            "c 1.0.0: MIT, by A Person [2]",
            "d 1.0.0: MIT, by A Person",
            "[1] a 1.0.0, b 1.0.0",
            "[2] c 1.0.0",
            "Copyright of somebody else",
        ] {
            assert!(list.lines().any(|found| found == line), "{line} in\n{list}");
        }
        assert_eq!(list.matches("you").count(), 1, "{list}");
    }

    #[test]
    fn a_licence_that_may_not_be_in_it_ends_the_list() {
        let root = tempfile::tempdir().unwrap();
        let parts = vec![
            part(root.path(), "a", "MIT", None),
            part(root.path(), "b", "GPL-3.0-or-later", Some("share alike")),
        ];
        let error = write("hub 1", &group(parts)).unwrap_err().to_string();
        assert!(error.starts_with("b 1.0.0: its licence is GPL-3.0-or-later"), "{error}");
    }

    #[test]
    fn terms_that_are_nowhere_end_the_list() {
        let root = tempfile::tempdir().unwrap();
        let parts = vec![part(root.path(), "a", "BSD-3-Clause", None)];
        let error = write("hub 1", &group(parts)).unwrap_err().to_string();
        assert!(error.starts_with("a 1.0.0: it holds no text"), "{error}");
        let parts = vec![
            part(root.path(), "alloc-no-stdlib", "BSD-3-Clause", Some("keep this")),
            part(root.path(), "alloc-stdlib", "BSD-3-Clause", None),
        ];
        let list = write("hub 1", &group(parts)).unwrap();
        assert!(list.contains("alloc-stdlib 1.0.0: BSD-3-Clause [1]\n"), "{list}");
    }
}
