//! Sentences that were made elsewhere, values and all, in the language spoken.
//!
//! A program beside the page makes its sentences in English and hands them over whole. Its
//! templates, with a place for every value, are the keys of a catalog of their own: a sentence is
//! held against them, and what stands in the places goes into the text of the other language.
//!
//! A place is data and stays as it is, but for two kinds: `{n}`, `{n2}` and so on take a number
//! alone, and `{why…}` a sentence, which is told by these templates in turn.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::HashMap;

use crate::{Piece, pieces};

/// How often a text may be held against a template: names that somebody gave his columns may look
/// like many sentences in one.
const PATIENCE: u32 = 100_000;

/// Bytes of its own that a template has if it says something itself.
const FEW: usize = 10;

/// What a sentence ends with where another follows.
const ENDS: [&str; 3] = ["; ", ": ", ". "];

/// The templates of one language, each with its text; none for English itself.
#[derive(Clone, Debug, Default)]
pub struct Sentences(Vec<(String, String)>);

impl FromIterator<(String, String)> for Sentences {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(texts: I) -> Self {
        let mut all: Vec<(String, String)> = texts.into_iter().collect();
        // A template that knows all that stands within comes before one that takes some as data,
        // and of two the one with more words of its own: it is the one that was meant.
        all.sort_by_cached_key(|(key, _)| (has_data(key), Reverse(literal(key)), key.clone()));
        Self(all)
    }
}

/// What a place takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Data,
    Number,
    Sentence,
}

fn takes(name: &str) -> Takes {
    match name.strip_prefix('n') {
        _ if name.ends_with('…') => Takes::Sentence,
        Some(more) if is_of_digits(more) => Takes::Number,
        _ => Takes::Data,
    }
}

fn is_of_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_data(key: &str) -> bool {
    let is_data = |piece| matches!(piece, Piece::Place(name) if takes(name) == Takes::Data);
    pieces(key).into_iter().any(is_data)
}

/// Bytes of a template beside its places.
fn literal(key: &str) -> usize {
    let length = |piece| if let Piece::Text(text) = piece { text.len() } else { 0 };
    pieces(key).into_iter().map(length).sum()
}

impl Sentences {
    /// A text of one or more lines in the language of the templates; a line that none knows stays.
    pub fn tell(&self, text: &str) -> String {
        let line = |line: &str| self.known(line).or_else(|| Told::new(self, true).told(line));
        lines(text, |text| line(text).unwrap_or_else(|| text.to_owned()))
    }

    /// The first line of a text of which no template knows every part.
    pub fn unknown<'a>(&self, text: &'a str) -> Option<&'a str> {
        text.lines().map(str::trim).find(|line| !line.is_empty() && self.known(line).is_none())
    }

    fn known(&self, line: &str) -> Option<String> {
        Told::new(self, false).told(line)
    }
}

/// A text of which each line is another, indented as before.
fn lines(text: &str, tell: impl Fn(&str) -> String) -> String {
    let line = |line: &str| {
        let words = line.trim_start();
        let (indent, _) = line.split_at(line.len() - words.len());
        format!("{indent}{}", tell(words))
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// One line that is looked up.
struct Told<'a> {
    all: &'a Sentences,
    /// How often it may still be held against a template.
    patience: Cell<u32>,
    /// True if a sentence within may stay as it is.
    lax: bool,
    /// What came of each part of it.
    parts: RefCell<HashMap<String, Option<String>>>,
}

/// What stands in the places of a template, as it is to be told.
type Caught<'a> = Vec<(&'a str, String)>;

impl<'a> Told<'a> {
    fn new(all: &'a Sentences, lax: bool) -> Self {
        Self { all, patience: Cell::new(PATIENCE), lax, parts: RefCell::default() }
    }

    fn told(&self, text: &str) -> Option<String> {
        let known = self.parts.borrow().get(text).cloned();
        known.unwrap_or_else(|| {
            let told = self.all.0.iter().find_map(|(key, said)| {
                let mut caught = Vec::new();
                let may_be = key.starts_with('{') || key.bytes().next() == text.bytes().next();
                // Of few words, it is one only if it knows all that stands within.
                let may_be = may_be && (!self.lax || literal(key) >= FEW);
                (may_be && self.fits(key, text, &mut caught)).then(|| filled(said, &caught))
            });
            self.parts.borrow_mut().insert(text.to_owned(), told.clone());
            told
        })
    }

    /// Whether a text is what a template says, from some place of it on.
    fn fits<'k>(&self, key: &'k str, text: &str, caught: &mut Caught<'k>) -> bool {
        let Some(patience) = self.patience.get().checked_sub(1) else { return false };
        self.patience.set(patience);
        let Some((before, place)) = key.split_once('{') else { return key == text };
        let Some(text) = text.strip_prefix(before) else { return false };
        let Some((name, key)) = place.split_once('}') else { return false };
        let is_marked = before.ends_with(['"', '\'', '`', '(']);
        let mut ends_at = |end: usize| {
            let (value, text) = text.split_at(end);
            let Some(told) = self.value(name, value, is_marked) else { return false };
            let known = caught.len();
            caught.push((name, told));
            let fits = self.fits(key, text, caught);
            if !fits {
                caught.truncate(known);
            }
            fits
        };
        match key.split('{').next() {
            None | Some("") => ends_at(text.len()),
            Some(next) => text.match_indices(next).any(|(at, _)| ends_at(at)),
        }
    }

    /// What a place has, as it is to be told; `is_marked` where signs set it apart.
    fn value(&self, name: &str, value: &str, is_marked: bool) -> Option<String> {
        let own = || Some(value.to_owned());
        match takes(name) {
            _ if value.is_empty() => None,
            Takes::Sentence => self.told(value).or_else(|| own().filter(|_| self.lax)),
            Takes::Number => own().filter(|value| is_of_digits(value)),
            // What nothing sets apart ends where the next sentence begins.
            Takes::Data => {
                own().filter(|value| is_marked || !ENDS.iter().any(|end| value.contains(end)))
            }
        }
    }
}

fn filled(said: &str, caught: &[(&str, String)]) -> String {
    let text = |piece| match piece {
        Piece::Text(text) => text,
        Piece::Place(name) => {
            caught.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
        }
    };
    pieces(said).into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences() -> Sentences {
        [
            ("sure", "sicher"),
            ("{n} rows", "{n} Zeilen"),
            ("\"{a}\"", "„{a}“"),
            ("{a…}, {b…}", "{a…}, {b…}"),
            (
                "{n} rows say {values…} in \"{column}\"",
                "In „{column}“ steht in {n} Zeilen {values…}",
            ),
            ("{a…}; {b…}", "{a…}; {b…}"),
            ("the first of them:", "die ersten:"),
        ]
        .map(|(key, text)| (key.to_owned(), text.to_owned()))
        .into_iter()
        .collect()
    }

    #[test]
    fn values_go_into_the_places_of_the_other_language() {
        let german = sentences();
        let told = german.tell("3 rows say \"x\", \"y\" in \"a; \"b\" in c\"");
        assert_eq!(told, "In „a; \"b\" in c“ steht in 3 Zeilen „x“, „y“");
        assert_eq!(german.tell("many rows"), "many rows", "a number is one");
        assert_eq!(german.tell("sure; 3 rows; sure"), "sicher; 3 Zeilen; sicher");
        assert_eq!(german.tell("2 rows say perhaps in \"c\""), "In „c“ steht in 2 Zeilen perhaps");
        assert_eq!(german.tell("sure; perhaps"), "sure; perhaps", "half of it is no sentence");
        assert_eq!(german.tell("Nobody knows this"), "Nobody knows this");
        assert_eq!(Sentences::default().tell("sure"), "sure");
    }

    #[test]
    fn lines_are_told_each() {
        let german = sentences();
        assert_eq!(german.tell("the first of them:\n  2 rows\n"), "die ersten:\n  2 Zeilen\n");
        assert_eq!(german.unknown("sure\n  sure; perhaps\nwell"), Some("sure; perhaps"));
        assert_eq!(german.unknown("sure; 3 rows\n  the first of them:"), None);
    }

    #[test]
    fn names_that_look_like_many_sentences_take_no_time() {
        let name = "sure; perhaps; ".repeat(200);
        assert_eq!(sentences().unknown(&name), Some(name.trim()));
    }
}
