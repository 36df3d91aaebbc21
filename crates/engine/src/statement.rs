//! Tells whether a text is exactly one statement that only reads.
//!
//! This check comes first so that several statements, which the engines treat differently, and
//! writes get one clear answer from both. What begins like a reading statement and writes all the
//! same (`WITH … DELETE`) is found by SQLite: natively when it is prepared, in a browser by
//! `query_only` when it runs. Either way the answer is [`READ_ONLY`].

use crate::error::EngineError;

/// What is said of a statement that writes.
pub const READ_ONLY: &str = "a snapshot can only be read: use SELECT, WITH, VALUES or EXPLAIN";

const READING: [&str; 4] = ["SELECT", "WITH", "VALUES", "EXPLAIN"];

/// Accepts one statement that begins with `SELECT`, `WITH`, `VALUES` or `EXPLAIN`, with or without
/// a final `;`.
///
/// # Errors
/// [`EngineError::Sql`] says what else was found.
pub fn check_reads(sql: &str) -> Result<(), EngineError> {
    let refuse = |reason: &str| Err(EngineError::Sql(reason.to_owned()));
    if sql.contains('\0') {
        return refuse("the statement contains a zero character");
    }
    let statement = skip_blank(sql);
    let word: String = statement.chars().take_while(char::is_ascii_alphabetic).collect();
    if word.is_empty() && statement.is_empty() {
        return refuse("there is no statement");
    }
    if !READING.contains(&word.to_ascii_uppercase().as_str()) {
        return refuse(READ_ONLY);
    }
    match after_first(statement) {
        Some(rest) if !skip_separators(rest).is_empty() => refuse("one statement at a time"),
        _ => Ok(()),
    }
}

/// The first statement as the engine sees it: a blank for each comment, and nothing from the first
/// `;` on. Whoever judges a statement by its words reads these.
pub fn bare(sql: &str) -> String {
    let (mut bare, mut rest) = (String::with_capacity(sql.len()), sql);
    loop {
        let next = skip_blank(rest);
        if next.len() < rest.len() && !bare.is_empty() {
            bare.push(' ');
        }
        rest = next;
        let Some(first) = rest.chars().next().filter(|first| *first != ';') else { break };
        let within = &rest[first.len_utf8()..];
        let left = match first {
            '\'' | '"' | '`' => after(within, first),
            '[' => after(within, ']'),
            _ => within,
        };
        let (taken, _) = rest.split_at(rest.len().saturating_sub(left.len()));
        bare.push_str(taken);
        rest = left;
    }
    bare.truncate(bare.trim_end().len());
    bare
}

/// What follows the first `;` outside quotes and comments.
fn after_first(sql: &str) -> Option<&str> {
    let mut rest = sql;
    loop {
        rest = skip_blank(rest);
        let first = rest.chars().next()?;
        rest = match first {
            ';' => return Some(&rest[1..]),
            '\'' | '"' | '`' => after(&rest[1..], first),
            '[' => after(&rest[1..], ']'),
            _ => &rest[first.len_utf8()..],
        };
    }
}

/// A doubled quote closes and opens again, so looking for the next one is enough.
fn after(text: &str, end: char) -> &str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

fn skip_separators(text: &str) -> &str {
    let mut rest = skip_blank(text);
    while let Some(next) = rest.strip_prefix(';') {
        rest = skip_blank(next);
    }
    rest
}

fn skip_blank(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
        rest = if let Some(comment) = rest.strip_prefix("--") {
            comment.split_once('\n').map_or("", |(_, rest)| rest)
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, rest)| rest)
        } else {
            return rest;
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reading_statement_passes() {
        for sql in [
            "SELECT 1",
            " -- why; not\n select ';' ; ",
            "/* a; b */ WITH a AS (SELECT 'it''s; fine' AS \"x;y\") SELECT [x;y], `;` FROM a;;",
            "values (1), (2)",
            "EXPLAIN QUERY PLAN SELECT 'é;ü'",
            "SELECT 1 -- ; DELETE FROM a",
        ] {
            assert_eq!(check_reads(sql), Ok(()), "{sql}");
        }
    }

    #[test]
    fn a_statement_is_bare_without_comments_and_what_follows_it() {
        for (sql, expected) in [
            ("  SELECT 1 ;; ", "SELECT 1"),
            ("-- all of it\nSELECT 1 -- LIMIT 5", "SELECT 1"),
            (
                "/* a; b */SELECT/**/'--', \"/*\", [;], `é`\n\tFROM a",
                "SELECT '--', \"/*\", [;], `é` FROM a",
            ),
            ("SELECT 'it''s -- so' /* open", "SELECT 'it''s -- so'"),
            ("SELECT 'never closed", "SELECT 'never closed"),
            ("-- words", ""),
        ] {
            assert_eq!(bare(sql), expected, "{sql}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_its_reason() {
        for (sql, reason) in [
            ("", "no statement"),
            (" -- only words", "no statement"),
            ("DELETE FROM a", "only be read"),
            ("PRAGMA query_only = 0", "only be read"),
            ("ATTACH 'x' AS y", "only be read"),
            ("; SELECT 1", "only be read"),
            ("SELECT 1; SELECT 2", "one statement"),
            ("SELECT 1; DROP TABLE a", "one statement"),
            ("SELECT 1 /* x */; -- y\n DELETE FROM a", "one statement"),
            ("SELECT '\0'", "zero character"),
        ] {
            let error = check_reads(sql).unwrap_err().to_string();
            assert!(error.contains(reason), "{sql}: {error}");
        }
    }
}
