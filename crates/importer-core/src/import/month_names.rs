//! Names of months in German, which chrono does not know.

use std::borrow::Cow;

/// Each month in English, and its names in German, in small letters.
const MONTHS: [(&str, &[&str]); 12] = [
    ("Jan", &["januar", "jänner", "jaenner", "jan", "jän"]),
    ("Feb", &["februar", "feber", "feb"]),
    ("Mar", &["märz", "maerz", "mär", "mrz"]),
    ("Apr", &["april", "apr"]),
    ("May", &["mai"]),
    ("Jun", &["juni", "jun"]),
    ("Jul", &["juli", "jul"]),
    ("Aug", &["august", "aug"]),
    ("Sep", &["september", "sept", "sep"]),
    ("Oct", &["oktober", "okt"]),
    ("Nov", &["november", "nov"]),
    ("Dec", &["dezember", "dez"]),
];

/// A text with the English name in the place of a German one.
pub fn in_english(text: &str) -> Cow<'_, str> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    for word in words {
        let small = word.to_lowercase();
        let month = MONTHS.iter().find(|(_, names)| names.contains(&small.as_str()));
        if let Some((english, _)) = month {
            return text.replacen(word, english, 1).into();
        }
    }
    text.into()
}
