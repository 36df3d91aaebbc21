//! Rows of purchases by what one of their columns calls them: sales, what was given back, and what
//! came to nothing.

use serde::Deserialize;

/// Which rows count, and how, by the words of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    /// Name of the column.
    pub column: String,
    /// What rows say that are left out.
    #[serde(default)]
    pub leave_out: Vec<String>,
    /// What rows say of what was given back: amounts above zero are taken off.
    #[serde(default)]
    pub returns: Vec<String>,
    /// What rows say that count; all others are left out that say something.
    #[serde(default)]
    pub keep: Vec<String>,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// It counts as it is.
    #[default]
    Sale,
    /// Its amount is taken off.
    Return,
    /// It does not count.
    LeftOut,
}

impl Kinds {
    /// What becomes of rows that say so.
    pub fn of(&self, says: &str) -> Kind {
        let has = |words: &[String]| words.iter().any(|word| word == says);
        if says.is_empty() {
            Kind::Sale
        } else if has(&self.returns) {
            Kind::Return
        } else if has(&self.leave_out) || !self.keep.is_empty() && !has(&self.keep) {
            Kind::LeftOut
        } else {
            Kind::Sale
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Kinds};

    #[test]
    fn rows_are_of_the_kind_that_they_say() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let kinds = Kinds {
            column: "status".to_owned(),
            leave_out: words(&["void"]),
            returns: words(&["refund"]),
            keep: Vec::new(),
        };
        assert_eq!(kinds.of("paid"), Kind::Sale);
        assert_eq!(kinds.of("void"), Kind::LeftOut);
        assert_eq!(kinds.of("refund"), Kind::Return);
        assert_eq!(kinds.of("Void"), Kind::Sale, "words are as they are written");
        assert_eq!(kinds.of(""), Kind::Sale);
        let kept = Kinds { keep: words(&["no"]), returns: words(&["back"]), ..kinds };
        assert_eq!(kept.of("2024-01-02"), Kind::LeftOut);
        assert_eq!(kept.of("no"), Kind::Sale);
        assert_eq!(kept.of("back"), Kind::Return);
        assert_eq!(kept.of(""), Kind::Sale);
    }
}
