//! Sentences that were made elsewhere, values and all, in the language spoken.
//!
//! A program beside the page makes its sentences in English and hands them over whole. Its
//! templates, with a place for every value, are the keys of a catalog of their own: a sentence is
//! held against them, and what stands in the places goes into the text of the other language.
//!
//! A place is data and stays as it is, but for three kinds: `{n}`, `{n2}` and so on take a number
//! alone, `{why…}` a sentence, which is told by these templates in turn, and `{field~}` a name of the
//! program's own, such as `amount`, whose text has the key `~amount`: columns may be called so, too.
//!
//! The page carries this for everybody, so it is written to be small: it sorts and searches by hand.

use std::cell::{Cell, RefCell};

use crate::{Piece, pieces};

/// How often a text may be held against a template: names that somebody gave his columns may look
/// like many sentences in one.
const PATIENCE: u32 = 100_000;

/// Bytes of its own that a template has if it says something itself.
const FEW: usize = 10;

/// The templates of one language, each with its text; none for English itself.
#[derive(Clone, Debug, Default)]
pub struct Sentences(Vec<Template>);

#[derive(Clone, Debug)]
struct Template {
    /// Whether it takes some of a text as data.
    has_data: bool,
    /// Bytes of it beside its places.
    own: usize,
    key: String,
    said: String,
}

impl FromIterator<(String, String)> for Sentences {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(texts: I) -> Self {
        let mut all: Vec<Template> = Vec::new();
        for (key, said) in texts {
            let one = Template::new(key, said);
            let before = all.iter().take_while(|other| other.is_before(&one)).count();
            all.insert(before, one);
        }
        Self(all)
    }
}

impl Template {
    fn new(key: String, said: String) -> Self {
        let (mut has_data, mut own) = (false, 0);
        for piece in pieces(&key) {
            match piece {
                Piece::Text(text) => own += text.len(),
                Piece::Place(name) => has_data |= takes(name) == Takes::Data,
            }
        }
        Self { has_data, own, key, said }
    }

    /// One that knows all that stands within comes before one that takes some as data, and of two
    /// the one with more words of its own: it is the one that was meant.
    fn is_before(&self, other: &Self) -> bool {
        if self.has_data != other.has_data {
            return other.has_data;
        }
        self.own > other.own || self.own == other.own && self.key < other.key
    }
}

/// What a place takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Data,
    Number,
    Sentence,
    Name,
}

fn takes(name: &str) -> Takes {
    match name.strip_prefix('n') {
        _ if name.ends_with('…') => Takes::Sentence,
        _ if name.ends_with('~') => Takes::Name,
        Some(more) if is_of_digits(more) => Takes::Number,
        _ => Takes::Data,
    }
}

fn is_of_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a sentence ends within a text, and another follows.
fn has_end(text: &str) -> bool {
    text.as_bytes().windows(3).any(|signs| match signs {
        [b';' | b':', b' ', _] => true,
        [b'.', b' ', next] => next.is_ascii_uppercase(),
        _ => false,
    })
}

impl Sentences {
    /// A text of one or more lines in the language of the templates; a line that none knows stays.
    pub fn tell(&self, text: &str) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        let mut told = String::new();
        for line in text.split('\n') {
            if !told.is_empty() {
                told.push('\n');
            }
            let words = line.trim_start_matches(' ');
            let known = [false, true].into_iter().find_map(|lax| self.line(words, lax));
            told.push_str(&line[..line.len() - words.len()]);
            told.push_str(known.as_deref().unwrap_or(words));
        }
        told
    }

    /// The first line of a text of which no template knows every part.
    pub fn unknown<'a>(&self, text: &'a str) -> Option<&'a str> {
        let is_unknown = |line: &&str| !line.is_empty() && self.line(line, false).is_none();
        text.lines().map(str::trim).find(is_unknown)
    }

    fn line(&self, line: &str, lax: bool) -> Option<String> {
        let told =
            Told { all: &self.0, patience: Cell::new(PATIENCE), lax, parts: RefCell::default() };
        told.told(line)
    }
}

/// One line that is looked up.
struct Told<'a> {
    all: &'a [Template],
    /// How often it may still be held against a template.
    patience: Cell<u32>,
    /// True if a sentence within may stay as it is.
    lax: bool,
    /// What came of each part of it.
    parts: RefCell<Vec<(String, Option<String>)>>,
}

/// What stands in the places of a template, as it is to be told; the last first.
type Caught<'a> = Vec<(&'a str, String)>;

impl Told<'_> {
    fn told(&self, text: &str) -> Option<String> {
        if let Some((_, told)) = self.parts.borrow().iter().find(|(part, _)| part == text) {
            return told.clone();
        }
        let mut told = None;
        for Template { own, key, said, .. } in self.all {
            let begin = key.as_bytes().first();
            let may_begin = begin == text.as_bytes().first() || begin == Some(&b'{');
            // Of few words, it is one only if it knows all that stands within.
            let may_be = may_begin && (!self.lax || *own >= FEW);
            let caught = if may_be { self.caught(key, text) } else { None };
            if let Some(caught) = caught {
                told = Some(filled(said, &caught));
                break;
            }
        }
        self.parts.borrow_mut().push((text.to_owned(), told.clone()));
        told
    }

    /// What a text has in the places of a template, if it says that; from some place of it on.
    fn caught<'k>(&self, key: &'k str, text: &str) -> Option<Caught<'k>> {
        let Some((before, place)) = key.split_once('{') else {
            return (key == text).then(Vec::new);
        };
        let text = text.strip_prefix(before)?;
        let (name, key) = place.split_once('}')?;
        self.patience.set(self.patience.get().checked_sub(1)?);
        let is_marked = before.ends_with(['"', '\'', '`', '(']);
        let next = key.split('{').next().unwrap_or_default();
        // A place has something in it, and what follows it begins where a character does.
        let first = if next.is_empty() { text.len() } else { 1 };
        (first..=text.len()).find_map(|end| {
            let (value, text) = (text.get(..end)?, text.get(end..)?);
            if value.is_empty() || !text.starts_with(next) {
                return None;
            }
            let told = self.value(name, value, is_marked)?;
            let mut caught = self.caught(key, text)?;
            caught.push((name, told));
            Some(caught)
        })
    }

    /// What a place has, as it is to be told; `is_marked` where signs set it apart.
    fn value(&self, name: &str, value: &str, is_marked: bool) -> Option<String> {
        let is_it = match takes(name) {
            Takes::Sentence => match self.told(value) {
                None => self.lax,
                told => return told,
            },
            Takes::Name => return self.told(&format!("~{value}")),
            Takes::Number => is_of_digits(value),
            // What nothing sets apart ends where the next sentence begins.
            Takes::Data => is_marked || !has_end(value),
        };
        is_it.then(|| value.to_owned())
    }
}

fn filled(said: &str, caught: &[(&str, String)]) -> String {
    let mut filled = String::new();
    for piece in pieces(said) {
        filled.push_str(match piece {
            Piece::Text(text) => text,
            Piece::Place(name) => {
                caught.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
            }
        });
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences() -> Sentences {
        [
            ("sure", "sicher"),
            ("{n} rows", "{n} Zeilen"),
            ("~amount", "Betrag"),
            ("no {field~}, only {columns}", "kein {field~}, nur {columns}"),
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
        assert_eq!(german.tell("no amount, only day, amount"), "kein Betrag, nur day, amount");
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
