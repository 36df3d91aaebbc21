//! Says in plain words what is wrong with a mapping file, and on which line.

use anyhow::{Error, anyhow};

use super::near::nearest;
use super::visible::visible;

/// What the reader of TOML expects, in its words and in plain ones.
const EXPECTED: [(&str, &str); 10] = [
    ("a string", "a text in quotes"),
    ("a character", "one character in quotes"),
    ("a char", "one character in quotes"),
    ("a boolean", "true or false"),
    ("a sequence", "a list in square brackets"),
    ("a map", "a section"),
    ("struct", "a section"),
    ("enum", "one of its names in quotes"),
    ("u64", "a whole number, 0 or more"),
    ("u8", "a whole number, 0 or more"),
];

/// What was found, in the words of the reader of TOML and in plain ones.
const FOUND: [(&str, &str); 8] = [
    ("string", "the text"),
    ("character", "the text"),
    ("integer", "the number"),
    ("floating point", "the number"),
    ("boolean", "the word"),
    ("sequence", "a list"),
    ("datetime", "a date without quotes"),
    ("map", "a section"),
];

/// What is wrong with how a line is written.
const WRITTEN: [(&str, &str); 7] = [
    ("string values must be quoted", "a text must stand in quotes, as in name = \"Total\""),
    ("invalid boolean", "a text must stand in quotes, as in name = \"Total\""),
    ("missing value", "there is nothing behind the ="),
    ("key with no value", "there is no = behind the name"),
    ("duplicate key", "this name stands there twice; leave one of them out"),
    ("extra `=`", "there is one = too many"),
    ("unclosed", "a bracket is opened and never closed"),
];

/// An error of the reader of TOML as people say it.
pub fn explain(text: &str, error: &toml::de::Error) -> Error {
    let message = error.message().lines().next().unwrap_or_default();
    let line = error.span().map(|span| line_at(text, span.start));
    // What is missing is missing from the file as a whole, or from a section.
    if let Some(key) = named(message, "missing field ") {
        return anyhow!("'{key}' is missing{}", example(key));
    }
    let Some((number, content)) = line else { return anyhow!("{}", plain(message)) };
    let is_type = message.starts_with("invalid type") || message.contains("FileNames");
    let what = Some(content).filter(|_| is_type).and_then(slip).map(str::to_owned);
    let what = what.unwrap_or_else(|| plain(message));
    anyhow!("line {number}, '{}': {what}", visible(content.trim()))
}

/// What a line of another kind than expected was meant as.
fn slip(content: &str) -> Option<&'static str> {
    let (key, value) = content.split_once('=').unwrap_or((content, ""));
    let (key, value) = (key.trim(), value.trim());
    let is_date = value.len() >= 10 && value.starts_with(|c: char| c.is_ascii_digit());
    if key.starts_with("[[") {
        Some("a section is written with one bracket on each side, as in [format]")
    } else if is_date && value.contains('-') {
        Some("a date must stand in quotes, as in as_of = \"2026-06-30\"")
    } else if key == "currency" {
        Some("say which currency with its code, as in currency.code = \"EUR\"")
    } else {
        None
    }
}

/// Where a key is given: `line 7: `, or nothing where it is not found.
pub fn place(text: &str, section: &str, key: &str) -> String {
    let is_key = |line: &str| {
        let bare = line.trim_start().trim_start_matches(['"', '\'']);
        let starts = |name: &str| {
            let rest =
                bare.strip_prefix(name).map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
            rest.is_some_and(|rest| rest.starts_with('='))
        };
        starts(key) || starts(&format!("{section}.{key}")) || inline(line, key)
    };
    // A section may have a key of the same name as one before it.
    let heading =
        text.lines().position(|line| line.trim_start().starts_with(&format!("[{section}")));
    let lines = || text.lines().enumerate();
    let found = lines().skip(heading.unwrap_or(0)).find(|(_, line)| is_key(line));
    let found = found.or_else(|| lines().find(|(_, line)| is_key(line)));
    found.map(|(at, _)| format!("line {}: ", at.saturating_add(1))).unwrap_or_default()
}

/// Whether a key stands among others on one line, as in `columns = { amount = "Total" }`.
fn inline(line: &str, key: &str) -> bool {
    line.match_indices(key).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at..].strip_prefix(key).map(str::trim_start);
        before.is_some_and(|c| "{, .".contains(c))
            && after.is_some_and(|rest| rest.starts_with('='))
    })
}

fn line_at(text: &str, at: usize) -> (usize, &str) {
    let before = text.get(..at).unwrap_or(text);
    let number = before.matches('\n').count();
    (number.saturating_add(1), text.lines().nth(number).unwrap_or_default())
}

fn plain(message: &str) -> String {
    if let Some(key) = named(message, "unknown field ") {
        return not_among("there is no setting", key, &quoted(message)[1..]);
    }
    if let Some(word) = named(message, "unknown variant ") {
        return not_among("it cannot be", word, &quoted(message)[1..]);
    }
    if message.contains("OneOrMore") {
        return "a text in quotes is expected here, or a list of them".to_owned();
    }
    if message.contains("FileNames") {
        return "the name of a file in quotes is expected here, or a list of them; one that is cut \
                in its own way stands there as { name = \"a.csv\", encoding = \"windows-1252\" }, \
                with delimiter, quote or skip_rows where they differ"
            .to_owned();
    }
    for kind in ["invalid type: ", "invalid value: "] {
        if let Some((found, expected)) =
            message.strip_prefix(kind).and_then(|rest| rest.rsplit_once(", expected "))
        {
            let expected = in_words(expected, &EXPECTED).unwrap_or(expected.to_owned());
            let found = in_words(found, &FOUND).unwrap_or(found.to_owned());
            return format!("{found} stands where {expected} is expected");
        }
    }
    let known = WRITTEN.iter().find(|(part, _)| message.contains(part));
    known.map_or_else(|| message.replace('`', "'"), |&(_, words)| words.to_owned())
}

/// The word in backticks behind the beginning of a message.
fn named<'a>(message: &'a str, beginning: &str) -> Option<&'a str> {
    message.strip_prefix(beginning)?.strip_prefix('`')?.split('`').next()
}

/// All words in backticks.
fn quoted(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

fn not_among(what: &str, word: &str, known: &[&str]) -> String {
    let meant = nearest(word, known.iter().copied());
    let meant = meant.map_or(".".to_owned(), |near| format!("; did you mean '{near}'?"));
    format!("{what} '{}'{meant} There are: {}", visible(word), known.join(", "))
}

fn in_words(text: &str, words: &[(&str, &str)]) -> Option<String> {
    let &(known, plain) = words.iter().find(|(known, _)| text.starts_with(known))?;
    let value = text.strip_prefix(known).unwrap_or_default().trim().replace('`', "");
    let has_value = plain.starts_with("the ");
    Some(if has_value { format!("{plain} {value}") } else { plain.to_owned() })
}

/// How a key that must be there is written.
fn example(key: &str) -> &'static str {
    match key {
        "source" => ": a name of the data, as in source = \"My shop\"",
        "currency" | "code" => ": the currency of all amounts, as in currency.code = \"EUR\"",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::mapping::Mapping;

    fn said(text: &str) -> String {
        explain(text, &toml::from_str::<Mapping>(text).unwrap_err()).to_string()
    }

    #[test]
    fn what_is_wrong_is_said_in_plain_words_with_its_line() {
        let whole = "source = 'S'\ncurrency.code = 'EUR'\n";
        for (line, words) in [
            ("[purchase_transaction]", "did you mean 'purchase_transactions'?"),
            ("tim_zone = 'UTC'", "there is no setting 'tim_zone'; did you mean 'time_zone'?"),
            ("[format]\ndecimalcomma = true", "did you mean 'decimal_comma'?"),
            ("[format]\namount_unit = 'minr'", "it cannot be 'minr'; did you mean 'minor'?"),
            ("reject_limit = 'many'", "the text \"many\" stands where a whole number"),
            ("reject_limit = -1", "the number -1 stands where a whole number"),
            ("strict = 'yes'", "the text \"yes\" stands where true or false is expected"),
            ("[format]\ndelimiter = ';;'", "the text \";;\" stands where one character"),
            ("[format]\ndate = 5", "a text in quotes is expected here, or a list of them"),
            ("[purchase_transactions]\nfile = 5", "the name of a file in quotes is expected here"),
            ("[purchase_transactions]\nfile = [{ nam = 'a' }]", "{ name = \"a.csv\""),
            ("[purchase_transactions]\noverlap = 'once'", "it cannot be 'once'"),
            ("as_of = Friday", "a text must stand in quotes"),
            ("as_of = 2026-06-30", "a date must stand in quotes"),
            ("[[purchase_transactions]]", "one bracket on each side"),
            ("source = 'T'", "this name stands there twice"),
            ("strict true", "there is no = behind the name"),
        ] {
            let said = said(&format!("{whole}{line}\n"));
            let number = whole.lines().count() + line.lines().count();
            assert!(
                said.contains(words) && said.contains(&format!("line {number}")),
                "{line}: {said}"
            );
            for jargon in ["serde", "expected one of", "untagged", "u64", "invalid type", "`"] {
                assert!(!said.contains(jargon), "{line}: {said}");
            }
        }
        assert!(said("source = 'S'\ncurrency = 'EUR'").contains("currency.code = \"EUR\""));
        assert!(said("currency.code = 'EUR'").contains("'source' is missing: a name of the data"));
    }

    #[test]
    fn the_line_of_a_key_is_found() {
        let text = "[customer_info.columns]\nname = 'x'\n[purchase_transactions]\n\
                    columns = { amont = 'Total', name = 'y' }\n";
        assert_eq!(place(text, "purchase_transactions", "amont"), "line 4: ");
        assert_eq!(place(text, "purchase_transactions", "name"), "line 4: ");
        assert_eq!(place(text, "customer_info", "name"), "line 2: ");
        assert_eq!(place(text, "customer_info", "city"), "");
    }
}
