//! The native engine: kinds, refusals and files that are not snapshots.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::PathBuf;

use engine::{Engine, EngineError, NativeEngine, Query, Value};

/// A path of our own, removed when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let name = format!("engine-{}-{name}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    fn with_sql(name: &str, sql: &str) -> Self {
        let scratch = Self::new(name);
        rusqlite::Connection::open(&scratch.0).unwrap().execute_batch(sql).unwrap();
        scratch
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn values_have_the_kinds_that_both_engines_give() {
    let file = Scratch::with_sql("kinds", "CREATE TABLE t (a)");
    let engine = NativeEngine::open(&file.0).unwrap();
    let sql = "SELECT 3.0 AS whole, 2.5 AS real, 9007199254740993 AS big, NULL AS none, \
               x'00ff' AS bytes, 'a' || char(128512) AS text, typeof(?1) AS kind, -9e999 AS beyond";
    let rows = engine.ask(Query::new(sql).bind(5_000_000_000_i64)).unwrap();
    assert_eq!(rows.columns, ["whole", "real", "big", "none", "bytes", "text", "kind", "beyond"]);
    let expected = [
        Value::Integer(3),
        Value::Real(2.5),
        Value::Real(9_007_199_254_740_992.0),
        Value::Null,
        Value::Blob(vec![0, 255]),
        Value::Text("a\u{1f600}".into()),
        Value::Text("real".into()),
        Value::Text("-Inf".into()),
    ];
    assert_eq!(rows.rows, [expected]);
}

#[test]
fn nothing_is_written_and_errors_are_sqlites_own_words() {
    let file = Scratch::with_sql("refusals", "CREATE TABLE t (a)");
    let engine = NativeEngine::open(&file.0).unwrap();
    for (sql, words) in [
        ("INSERT INTO t VALUES (1)", "can only be read"),
        ("WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x", "can only be read"),
        ("WITH x AS (SELECT 1) DELETE FROM t", "can only be read"),
        ("SELECT nope FROM t", "no such column: nope"),
        ("SELEC 1", "can only be read"),
        ("SELECT FROM", "syntax error"),
    ] {
        let error = engine.ask(Query::new(sql)).unwrap_err();
        assert!(matches!(&error, EngineError::Sql(text) if text.contains(words)), "{sql}: {error}");
    }
    assert_eq!(
        engine.ask(Query::new("SELECT count(*) AS n FROM t")).unwrap().rows,
        [[Value::Integer(0)]]
    );
}

#[test]
fn missing_parameters_are_null_and_empty_answers_name_their_columns() {
    let file = Scratch::with_sql("params", "CREATE TABLE t (a, b)");
    let engine = NativeEngine::open(&file.0).unwrap();
    let rows = engine::native::block_on(engine.query(Query::new("SELECT ?1, ?2").bind(1))).unwrap();
    assert_eq!(rows.rows, [[Value::Integer(1), Value::Null]]);
    let rows = engine.ask(Query::new("SELECT a, b AS c FROM t")).unwrap();
    assert_eq!((rows.columns, rows.rows.len()), (vec!["a".into(), "c".into()], 0));
    let error = engine.ask(Query::new("SELECT ?1").bind(1).bind(2)).unwrap_err();
    assert_eq!(error, EngineError::Sql("column index out of range".into()));
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let missing = Scratch::new("missing");
    let code = |path: &PathBuf| NativeEngine::open(path).err().map(|error| error.code());
    assert_eq!(code(&missing.0), Some("not-found"));
    let text = Scratch::new("text");
    std::fs::write(&text.0, "<!doctype html>".repeat(50)).unwrap();
    assert_eq!(code(&text.0), Some("not-sqlite"));
    let cut =
        Scratch::with_sql("cut", "CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(90000))");
    let bytes = std::fs::read(&cut.0).unwrap();
    std::fs::write(&cut.0, &bytes[..8192]).unwrap();
    let read = NativeEngine::open(&cut.0)
        .and_then(|engine| engine.ask(Query::new("SELECT hex(a) FROM t")));
    assert_eq!(read.unwrap_err().code(), "damaged");
}
