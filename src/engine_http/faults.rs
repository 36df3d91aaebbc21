//! What the shims report, as typed errors.

use engine::EngineError;
use serde::Deserialize;
use wasm_bindgen::JsValue;

/// A rejection of the shims, or a fault of the transport in the worker.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Fault {
    /// An HTTP status that is no success.
    Status { url: String, status: u16 },
    /// The whole file instead of a part.
    Ranges { url: String },
    /// A part that is compressed.
    Encoding { url: String, encoding: String },
    /// A file of another length.
    Length { url: String, expected: f64, found: f64 },
    /// A part of another length than asked.
    Cut { url: String, asked: f64, found: f64 },
    /// No connection.
    Network { url: String },
    /// No answer of a server in time.
    Time { url: String, limit: f64 },
    /// No answer of the worker in time, with nothing asked of a server.
    Busy { limit: f64 },
    /// The worker's script failed.
    Worker { message: String },
    /// SQLite, or the machine it runs in, threw.
    Sqlite { message: String },
}

/// The error that a rejection of the shims stands for; `url` is the snapshot's.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn explain(url: &str, rejection: JsValue) -> EngineError {
    let told = format!("{rejection:?}");
    let Ok(fault) = serde_wasm_bindgen::from_value::<Fault>(rejection) else {
        return EngineError::WorkerFailed(told);
    };
    match fault {
        Fault::Status { url, status } => EngineError::from_status(&url, status),
        Fault::Ranges { url } => {
            EngineError::NoRanges { url, detail: "it sends the whole file".into() }
        }
        Fault::Encoding { url, encoding } => EngineError::Compressed { url, encoding },
        Fault::Length { url, expected, found } => {
            EngineError::WrongLength { url, expected: expected as u64, found: found as u64 }
        }
        Fault::Cut { url, asked, found } => {
            EngineError::CutAnswer { url, asked: asked as u64, found: found as u64 }
        }
        Fault::Network { url } => EngineError::Offline { url },
        Fault::Time { url, limit } => EngineError::TimedOut { what: url, seconds: seconds(limit) },
        Fault::Busy { limit } => EngineError::TooSlow { seconds: seconds(limit) },
        Fault::Worker { message } => EngineError::WorkerFailed(message),
        Fault::Sqlite { message } => sqlite(url, message),
    }
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
    fn every_report_of_the_shims_has_its_error() {
        for (json, code) in [
            (r#"{"kind":"status","url":"u","status":404}"#, "not-found"),
            (r#"{"kind":"status","url":"u","status":500}"#, "server"),
            (r#"{"kind":"ranges","url":"u"}"#, "no-ranges"),
            (r#"{"kind":"encoding","url":"u","encoding":"gzip"}"#, "compressed"),
            (r#"{"kind":"length","url":"u","expected":9,"found":3}"#, "wrong-length"),
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
