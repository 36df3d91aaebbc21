//! Every text that people read, in the language they asked for.
//!
//! The English text is the key: code says [`say!`]`("Reset filters")` and reads naturally. Another
//! language is a [`Catalog`], one file that maps each English text to its own; what a catalog
//! lacks is shown in English. A test finds every key in the sources and demands it of each catalog.
//!
//! Values go into named places, `{shown}`, so that a language may order them as it likes. The
//! language belongs to the thread: a page speaks one at a time, and a program that sets none
//! speaks English.

mod catalog;
mod retell;

use std::cell::RefCell;
use std::fmt::{Display, Write as _};

pub use catalog::Catalog;
pub use retell::Sentences;

thread_local! {
    static SPOKEN: RefCell<Catalog> = RefCell::default();
    static RETOLD: RefCell<Sentences> = RefCell::default();
}

/// From now on this thread speaks the language of a catalog; the empty one is English.
pub fn speak(catalog: Catalog) {
    SPOKEN.replace(catalog);
}

/// From now on this thread retells by these sentences; without any, as they were told.
pub fn retell_by(sentences: Sentences) {
    RETOLD.replace(sentences);
}

/// A text that was made elsewhere, values and all, in the language spoken.
pub fn retell(text: &str) -> String {
    RETOLD.with_borrow(|sentences| sentences.tell(text))
}

/// A text in the language spoken; one that no catalog knows comes back as it is.
///
/// For labels that travel as data, as the names of KPIs and segments; texts written in code go
/// through [`say!`], which the test of completeness reads.
pub fn say(text: &str) -> String {
    SPOKEN.with_borrow(|catalog| catalog.get(text).unwrap_or(text).to_owned())
}

/// A text in the language spoken, with values in its named places.
///
/// A value's own braces are text, and a place without a value stays as it is written.
pub fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let said = say(text);
    let mut filled = String::with_capacity(said.len() + 16);
    for piece in pieces(&said) {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Place(name) => {
                let value = values.iter().find(|(known, _)| *known == name);
                // Writing to a string cannot fail.
                let _ = match value {
                    Some((_, value)) => write!(filled, "{value}"),
                    None => write!(filled, "{{{name}}}"),
                };
            }
        }
    }
    filled
}

/// A piece of a text with places for values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they are.
    Text(&'a str),
    /// The name of a value.
    Place(&'a str),
}

/// A text cut at its places, for those who put in more than text.
pub fn pieces(mut text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    while let Some((before, after)) = text.split_once('{') {
        let Some((name, rest)) = after.split_once('}') else { break };
        pieces.extend([Piece::Text(before), Piece::Place(name)]);
        text = rest;
    }
    pieces.push(Piece::Text(text));
    pieces
}

/// A text in the language spoken: `say!("Reset")`, `say!("{part} of {all}", part = 3, all = 9)`;
/// a variable that has the name of its place stands alone: `say!("{part} of {all}", part, all)`.
#[macro_export]
macro_rules! say {
    ($text:literal $(,)?) => {
        $crate::say($text)
    };
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::fill(
            $text,
            &[$((
                stringify!($name),
                &$crate::say!(@value $name $(= $value)?) as &dyn ::std::fmt::Display,
            )),+],
        )
    };
    (@value $name:ident) => { $name };
    (@value $name:ident = $value:expr) => { $value };
}

/// One text for exactly one, another for all other numbers:
/// `count!(rows, "one row", "{n} rows", n = format.count(rows))`. Without `n = …` the place `{n}`
/// shows the number as it is.
#[macro_export]
macro_rules! count {
    ($count:expr, $one:literal, $many:literal $(,)?) => {{
        let count = $count;
        let text = if count == 1 { $one } else { $many };
        $crate::fill(text, &[("n", &count as &dyn ::std::fmt::Display)])
    }};
    ($count:expr, $one:literal, $many:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        let text = if $count == 1 { $one } else { $many };
        $crate::fill(text, &[$((stringify!($name), &$value as &dyn ::std::fmt::Display)),+])
    }};
}

/// Marks a text that is kept as data and said later by [`say`]: `key!("Total revenue")`.
#[macro_export]
macro_rules! key {
    ($text:literal) => {
        $text
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german() -> Catalog {
        [
            ("Reset", "Zurücksetzen"),
            ("{part} of {all}", "{all}, davon {part}"),
            ("{n} rows", "{n} Zeilen"),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn english_is_the_key_and_a_catalog_overrules_it() {
        speak(Catalog::default());
        assert_eq!(say!("Reset"), "Reset");
        assert_eq!(say!("{part} of {all}", part = 3, all = "9"), "3 of 9");
        speak(german());
        assert_eq!(say!("Reset"), "Zurücksetzen");
        assert_eq!(say!("{part} of {all}", part = 3, all = "9"), "9, davon 3");
        let (part, all) = (1, 2);
        assert_eq!(say!("{part} of {all}", part, all), "2, davon 1");
        assert_eq!(say!("Nobody translated this"), "Nobody translated this");
        assert_eq!(count!(1, "one row", "{n} rows"), "one row");
        assert_eq!(count!(2, "one row", "{n} rows"), "2 Zeilen");
        assert_eq!(count!(2000, "one row", "{n} rows", n = "2.000"), "2.000 Zeilen");
    }

    #[test]
    fn values_are_text_and_unknown_places_stay() {
        speak(Catalog::default());
        assert_eq!(say!("{a} and {b}", a = "{b}", b = "}{"), "{b} and }{");
        assert_eq!(fill("{x} {a", &[("a", &1)]), "{x} {a");
        assert_eq!(fill("", &[]), "");
    }
}
