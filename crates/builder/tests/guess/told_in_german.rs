//! Whatever a guess says can be said in German.

use importer_core::guess::found::{Choice, Guess, Question};

use crate::german::assert_known;

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
