//! What the shims report, as typed errors.

use engine::EngineError;
use engine::statement::READ_ONLY;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// A rejection of the shims, or a fault of the transport in the worker: `{ kind, ... }`.
///
/// Read key by key: a derived reader of all its kinds is among the largest functions of the page.
struct Fault(JsValue);

impl Fault {
    fn get(&self, key: &str) -> Option<JsValue> {
        Reflect::get(&self.0, &JsValue::from_str(key)).ok()
    }

    fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.as_string()
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.get(key)?.as_f64()
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn whole(&self, key: &str) -> Option<u64> {
        self.number(key).map(|number| number as u64)
    }

    /// The error it stands for; none if it is not of the known kinds.
    fn error(&self, snapshot: &str) -> Option<EngineError> {
        let url = || self.text("url");
        Some(match self.text("kind")?.as_str() {
            // An HTTP status that is no success.
            "status" => {
                EngineError::from_status(&url()?, u16::try_from(self.whole("status")?).ok()?)
            }
            // The whole file instead of a part.
            "ranges" => {
                EngineError::NoRanges { url: url()?, detail: "it sends the whole file".into() }
            }
            // A part that is refused.
            "refused" => refused(&url()?, self.whole("expected")?, self.whole("found")),
            // A web page instead of a part.
            "page" => EngineError::WebPage { url: url()? },
            // A part that is compressed.
            "encoding" => EngineError::Compressed { url: url()?, encoding: self.text("encoding")? },
            // A file of another length.
            "length" => EngineError::WrongLength {
                url: url()?,
                expected: self.whole("expected")?,
                found: self.whole("found")?,
            },
            // A part of another length than asked.
            "cut" => EngineError::CutAnswer {
                url: url()?,
                asked: self.whole("asked")?,
                found: self.whole("found")?,
            },
            // No connection.
            "network" => EngineError::Offline { url: url()? },
            // No answer of a server in time.
            "time" => {
                EngineError::TimedOut { what: url()?, seconds: seconds(self.number("limit")?) }
            }
            // No answer of the worker in time, with nothing asked of a server.
            "busy" => EngineError::TooSlow { seconds: seconds(self.number("limit")?) },
            // The worker's script failed.
            "worker" => EngineError::WorkerFailed(self.text("message")?),
            // SQLite, or the machine it runs in, threw.
            "sqlite" => sqlite(snapshot, self.text("message")?),
            _ => return None,
        })
    }
}

/// What a range that is refused (416) says of a file that should have `expected` bytes: it ends before
/// the range begins, if the host tells how many it `found`; else the host knows no ranges.
pub(super) fn refused(url: &str, expected: u64, found: Option<u64>) -> EngineError {
    let url = url.to_owned();
    match found {
        Some(found) if found != expected => EngineError::WrongLength { url, expected, found },
        _ => EngineError::NoRanges { url, detail: "it answers 416".to_owned() },
    }
}

/// The error that a rejection of the shims stands for; `url` is the snapshot's.
pub(super) fn explain(url: &str, rejection: JsValue) -> EngineError {
    let told = format!("{rejection:?}");
    Fault(rejection).error(url).unwrap_or(EngineError::WorkerFailed(told))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn seconds(milliseconds: f64) -> u32 {
    (milliseconds / 1000.0).ceil() as u32
}

/// SQLite's own words, sorted into what is wrong with the file, the machine or the statement.
fn sqlite(url: &str, message: String) -> EngineError {
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if says(&["file is not a database"]) {
        EngineError::NotSqlite { url: url.to_owned() }
    } else if says(&["malformed", "disk I/O error", "unable to open database"]) {
        EngineError::Damaged(format!("{url}: {message}"))
    } else if says(&[
        "memory access out of bounds",
        "unreachable",
        "out of memory",
        "call stack",
        "table index is out of bounds",
        "abort(",
        "wasm",
        "snapshot transport",
    ]) {
        EngineError::WorkerFailed(message)
    } else if says(&["attempt to write a readonly database"]) {
        EngineError::Sql(READ_ONLY.to_owned())
    } else {
        EngineError::Sql(message.strip_prefix("SQLite: ").unwrap_or(&message).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn rejection(json: &str) -> JsValue {
        js_sys::JSON::parse(json).unwrap()
    }

    #[wasm_bindgen_test]
    fn a_write_is_told_as_natively() {
        let told = r#"{"kind":"sqlite","message":"SQLite: attempt to write a readonly database"}"#;
        assert_eq!(explain("u", rejection(told)), EngineError::Sql(READ_ONLY.to_owned()));
    }

    #[wasm_bindgen_test]
    fn every_report_of_the_shims_has_its_error() {
        for (json, code) in [
            (r#"{"kind":"status","url":"u","status":404}"#, "not-found"),
            (r#"{"kind":"status","url":"u","status":500}"#, "server"),
            (r#"{"kind":"ranges","url":"u"}"#, "no-ranges"),
            (r#"{"kind":"page","url":"u"}"#, "web-page"),
            (r#"{"kind":"encoding","url":"u","encoding":"gzip"}"#, "compressed"),
            (r#"{"kind":"length","url":"u","expected":9,"found":3}"#, "wrong-length"),
            (r#"{"kind":"refused","url":"u","expected":9,"found":3}"#, "wrong-length"),
            (r#"{"kind":"refused","url":"u","expected":9}"#, "no-ranges"),
            (r#"{"kind":"cut","url":"u","asked":9,"found":3}"#, "cut-answer"),
            (r#"{"kind":"network","url":"u"}"#, "offline"),
            (r#"{"kind":"time","url":"u","limit":1500}"#, "timed-out"),
            (r#"{"kind":"busy","limit":1500}"#, "too-slow"),
            (r#"{"kind":"worker","message":"x"}"#, "worker-failed"),
            (r#"{"kind":"sqlite","message":"file is not a database"}"#, "not-sqlite"),
            (r#"{"kind":"sqlite","message":"database disk image is malformed"}"#, "damaged"),
            (r#"{"kind":"sqlite","message":"memory access out of bounds"}"#, "worker-failed"),
            (r#"{"kind":"sqlite","message":"no such table: x"}"#, "sql"),
            (r#""a bare string""#, "worker-failed"),
            (r#"{"kind":"of another day"}"#, "worker-failed"),
        ] {
            assert_eq!(explain("u", rejection(json)).code(), code, "{json}");
        }
    }
}
