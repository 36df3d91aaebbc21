//! Answers questions about a snapshot file, one JSON object a line in, one a line out.
//!
//! `ask FILE MANIFEST < questions > answers`: a question is `{"sql": …, "params": […]}`, or
//! `{"load": true}` for a fingerprint of all columns; an answer is `{"rows": …}` or
//! `{"code": …, "message": …}`, its rows as Rust writes them. The browser's answers to the same
//! questions must be the same, letter by letter.

use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};
use std::path::Path;

use engine::native::block_on;
use engine::{Engine, EngineError, NativeEngine, Query, Value, load_columns};
use serde::Deserialize;
use serde_json::json;
use snapshot::Manifest;

#[derive(Deserialize)]
struct Question {
    #[serde(default)]
    load: bool,
    #[serde(default)]
    sql: String,
    #[serde(default)]
    params: Vec<Value>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, manifest] = arguments.as_slice() else { return Err("ask FILE MANIFEST".into()) };
    let engine = NativeEngine::open(Path::new(file))?;
    let manifest = Manifest::from_json(&std::fs::read_to_string(manifest)?)?;
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let question: Question = serde_json::from_str(&line?)?;
        let answer = match answer(&engine, &manifest, question) {
            Ok(rows) => json!({ "rows": rows }),
            Err(error) => json!({ "code": error.code(), "message": error.to_string() }),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

fn answer(
    engine: &NativeEngine,
    manifest: &Manifest,
    question: Question,
) -> Result<String, EngineError> {
    if question.load {
        let columns = block_on(load_columns(engine, &manifest.meta, |_| {}))?;
        return Ok(columns.fingerprint());
    }
    let query = Query { sql: question.sql, params: question.params };
    Ok(format!("{:?}", block_on(engine.query(query))?))
}
