//! An error as it is sent from a worker: few fields for all kinds, so that little code reads it.

use std::vec::IntoIter;

use serde::{Deserialize, Serialize};

use crate::error::EngineError;

/// [`EngineError::code`], and the fields of that kind in their order.
#[derive(Serialize, Deserialize)]
pub(crate) struct ErrorRecord {
    code: String,
    texts: Vec<String>,
    numbers: Vec<u64>,
}

use EngineError as E;

impl From<EngineError> for ErrorRecord {
    fn from(error: EngineError) -> Self {
        let code = error.code().to_owned();
        let (texts, numbers) = match error {
            E::NotFound { url }
            | E::Offline { url }
            | E::Undecodable { url }
            | E::WebPage { url }
            | E::NotSqlite { url } => (vec![url], vec![]),
            E::Damaged(text)
            | E::Sql(text)
            | E::WorkerFailed(text)
            // What kinds a column has is not known where the words are not.
            | E::Column { column: text, .. } => (vec![text], vec![]),
            E::Forbidden { url, status } | E::Server { url, status } => {
                (vec![url], vec![status.into()])
            }
            E::NoRanges { url, detail: more } | E::Compressed { url, encoding: more } => {
                (vec![url, more], vec![])
            }
            E::WrongLength { url, expected: wanted, found }
            | E::CutAnswer { url, asked: wanted, found } => (vec![url], vec![wanted, found]),
            E::OtherSnapshot { expected, found, field } => (vec![expected, found, field], vec![]),
            E::Version { found, readable } => (vec![], vec![found.into(), readable.into()]),
            E::TimedOut { what, seconds } => (vec![what], vec![seconds.into()]),
            E::TooSlow { seconds } => (vec![], vec![seconds.into()]),
        };
        Self { code, texts, numbers }
    }
}

impl From<ErrorRecord> for EngineError {
    fn from(ErrorRecord { code, texts, numbers }: ErrorRecord) -> Self {
        let is_compressed = texts.len() > 1;
        let (mut texts, numbers) = (texts.into_iter(), &mut numbers.into_iter());
        let mut text = || texts.next().unwrap_or_default();
        match code.as_str() {
            "not-found" => E::NotFound { url: text() },
            "forbidden" => E::Forbidden { url: text(), status: next(numbers) },
            "server" => E::Server { url: text(), status: next(numbers) },
            "offline" => E::Offline { url: text() },
            "no-ranges" => E::NoRanges { url: text(), detail: text() },
            "compressed" if is_compressed => E::Compressed { url: text(), encoding: text() },
            "compressed" => E::Undecodable { url: text() },
            "web-page" => E::WebPage { url: text() },
            "wrong-length" => {
                E::WrongLength { url: text(), expected: next(numbers), found: next(numbers) }
            }
            "cut-answer" => {
                E::CutAnswer { url: text(), asked: next(numbers), found: next(numbers) }
            }
            "not-sqlite" => E::NotSqlite { url: text() },
            "damaged" => E::Damaged(text()),
            "other-snapshot" => E::OtherSnapshot { expected: text(), found: text(), field: text() },
            "version" => E::Version { found: next(numbers), readable: next(numbers) },
            "timed-out" => E::TimedOut { what: text(), seconds: next(numbers) },
            "too-slow" => E::TooSlow { seconds: next(numbers) },
            "sql" => E::Sql(text()),
            "column" => E::Column { column: text(), wanted: "", found: "" },
            _ => E::WorkerFailed(text()),
        }
    }
}

/// The next number; 0 where there is none, or none of its field.
fn next<T: TryFrom<u64> + Default>(numbers: &mut IntoIter<u64>) -> T {
    numbers.next().and_then(|number| number.try_into().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_survives_being_sent() {
        let url = || "https://shop.example/a.sqlite".to_owned();
        let errors = [
            E::NotFound { url: url() },
            E::Forbidden { url: url(), status: 401 },
            E::Server { url: url(), status: 503 },
            E::Offline { url: url() },
            E::NoRanges { url: url(), detail: "200".to_owned() },
            E::Compressed { url: url(), encoding: "gzip".to_owned() },
            E::Undecodable { url: url() },
            E::WebPage { url: url() },
            E::WrongLength { url: url(), expected: u64::MAX, found: 2 },
            E::CutAnswer { url: url(), asked: 3, found: 4 },
            E::NotSqlite { url: url() },
            E::Damaged("pack".to_owned()),
            E::OtherSnapshot { expected: "a".into(), found: "b".into(), field: "c".into() },
            E::Version { found: 5, readable: 6 },
            E::TimedOut { what: "host".to_owned(), seconds: 7 },
            E::TooSlow { seconds: 8 },
            E::Sql("syntax".to_owned()),
            E::Column { column: "ord".to_owned(), wanted: "", found: "" },
            E::WorkerFailed("gone".to_owned()),
        ];
        for error in errors {
            let sent = serde_json::to_string(&error).unwrap();
            assert_eq!(serde_json::from_str::<EngineError>(&sent).unwrap(), error, "{sent}");
        }
    }
}
