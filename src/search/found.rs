//! What a search has found, and what follows from earlier searches without asking again.

use std::collections::HashMap;

use snapshot::search::{LONGEST_BEST, prefix};

/// Suggestions shown at most.
pub const SHOWN: usize = 8;

/// One term of one customer, as the tables have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The text that was found, folded.
    pub term: String,
    /// Number of the customer, `ord` in the tables.
    pub customer: u32,
    /// The customer's name, or the id where there is none.
    pub label: String,
    /// The customer's id.
    pub id: String,
}

/// What is known of a prefix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The best hits, or all.
    pub hits: Vec<Hit>,
    /// Customers found in all, where that is known.
    pub found: Option<i64>,
    /// True if these are all terms, so that longer texts need not be asked for.
    pub complete: bool,
}

/// What is suggested.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Customers, each once; more than are shown.
    pub suggestions: Vec<Hit>,
    /// Customers found in all; none if there are more and nobody counted them.
    pub total: Option<i64>,
}

/// Everything asked so far, by prefix.
#[derive(Debug, Default)]
pub struct Memory(HashMap<String, Known>);

/// What is to be asked for a folded text.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing: this is the answer.
    Answer(Found),
    /// The table of short prefixes.
    Best(String),
    /// The table of all terms.
    Terms,
}

impl Memory {
    /// What follows from what is known.
    pub fn next(&self, text: &str) -> Next {
        if let Some(known) = self.0.get(text) {
            return Next::Answer(known.about(text));
        }
        let shorter = (1..text.chars().count()).filter_map(|length| prefix(text, length));
        let complete = shorter.filter_map(|prefix| self.0.get(prefix)).find(|known| known.complete);
        if let Some(known) = complete {
            return Next::Answer(known.about(text));
        }
        match prefix(text, LONGEST_BEST) {
            // Longer texts follow from all terms unless the short prefix says enough.
            Some(short) if short.len() < text.len() && self.0.contains_key(short) => Next::Terms,
            Some(short) => Next::Best(short.to_owned()),
            None => Next::Best(text.to_owned()),
        }
    }

    /// Keeps an answer.
    pub fn learn(&mut self, prefix: &str, known: Known) {
        self.0.insert(prefix.to_owned(), known);
    }
}

impl Found {
    /// As many as are shown.
    pub fn shown(mut self) -> Self {
        self.suggestions.truncate(SHOWN);
        self
    }
}

impl Known {
    /// The part of it that a text finds.
    fn about(&self, text: &str) -> Found {
        let mut seen = Vec::new();
        let mut suggestions = Vec::new();
        for hit in self.hits.iter().filter(|hit| hit.term.starts_with(text)) {
            if !seen.contains(&hit.customer) {
                seen.push(hit.customer);
                suggestions.push(hit.clone());
            }
        }
        let all = i64::try_from(suggestions.len()).unwrap_or(i64::MAX);
        Found { suggestions, total: if self.complete { Some(all) } else { self.found } }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn hit(term: &str, customer: u32) -> Hit {
        Hit { term: term.to_owned(), customer, label: "Ada".to_owned(), id: "C1".to_owned() }
    }

    #[wasm_bindgen_test]
    fn what_is_complete_answers_longer_texts() {
        let mut memory = Memory::default();
        assert_eq!(memory.next("ad"), Next::Best("ad".to_owned()));
        let hits = vec![hit("ada lovelace", 1), hit("ada@x.example", 1), hit("adam smith", 2)];
        memory.learn("ad", Known { hits, found: Some(2), complete: true });
        let Next::Answer(found) = memory.next("ada") else { panic!("it is known") };
        assert_eq!(found.suggestions.iter().map(|hit| hit.customer).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(found.total, Some(2));
        let Next::Answer(found) = memory.next("ada lovelace") else { panic!("it is known") };
        assert_eq!((found.suggestions.len(), found.total), (1, Some(1)));
    }

    #[wasm_bindgen_test]
    fn many_are_asked_for_letter_by_letter_and_then_by_term() {
        let mut memory = Memory::default();
        let many = Known { hits: vec![hit("smith anna", 4)], found: Some(900), complete: false };
        memory.learn("smith", many.clone());
        assert_eq!(memory.next("smi"), Next::Best("smi".to_owned()));
        assert_eq!(memory.next("smith a"), Next::Terms);
        assert_eq!(memory.next("schmidt"), Next::Best("schmi".to_owned()));
        assert_eq!(memory.next("smith"), Next::Answer(many.about("smith")));
        assert_eq!(many.about("smith").total, Some(900));
    }
}
