//! Names of months in languages that chrono does not know.

use std::borrow::Cow;

/// Each month in English, and its names in German, French, Spanish, Italian, Dutch, Portuguese and
/// Polish, in small letters, set apart by `|`.
const MONTHS: [(&str, &str); 12] = [
    (
        "Jan",
        "januar|jänner|jaenner|jan|jän|janvier|janv|enero|ene|gennaio|gen|januari|janeiro|stycznia",
    ),
    (
        "Feb",
        "februar|feber|feb|février|fevrier|févr|fevr|fév|febrero|febbraio|februari|fevereiro|fev|lutego",
    ),
    ("Mar", "märz|maerz|mär|mrz|mars|marzo|maart|mrt|março|marco|marca"),
    ("Apr", "april|apr|avril|avr|abril|abr|aprile|kwietnia"),
    ("May", "mai|mayo|maggio|mag|mei|maio|maja"),
    ("Jun", "juni|jun|juin|junio|giugno|giu|junho|czerwca"),
    ("Jul", "juli|jul|juillet|juil|julio|luglio|lug|julho|lipca"),
    ("Aug", "august|aug|août|aout|agosto|ago|augustus|sierpnia"),
    (
        "Sep",
        "september|sept|sep|septembre|septiembre|setiembre|settembre|set|setembro|września|wrzesnia",
    ),
    ("Oct", "oktober|okt|octobre|octubre|ottobre|ott|outubro|out|października|pazdziernika"),
    ("Nov", "november|nov|novembre|noviembre|novembro|listopada"),
    ("Dec", "dezember|dez|décembre|decembre|déc|diciembre|dic|dicembre|december|dezembro|grudnia"),
];

/// A text with the English name in the place of another one.
pub fn in_english(text: &str) -> Cow<'_, str> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    for word in words {
        let small = word.to_lowercase();
        let month = MONTHS.iter().find(|(_, names)| names.split('|').any(|name| name == small));
        if let Some((english, _)) = month {
            return text.replacen(word, english, 1).into();
        }
    }
    text.into()
}
