//! The engine on a local file, through rusqlite.

use std::future::ready;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement, params_from_iter};

/// Runs a future to its end, for programs that have no other use for futures.
pub use pollster::block_on;

use crate::error::EngineError;
use crate::statement::READ_ONLY;
use crate::{Answer, Engine, Query, Rows, Traffic, Value};

/// A snapshot file opened for reading.
pub struct NativeEngine {
    connection: Connection,
    path: String,
}

impl NativeEngine {
    /// Opens a snapshot file; nothing is ever written to it.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] without the file, [`EngineError::NotSqlite`] if it is another
    /// kind of file, [`EngineError::Damaged`] if SQLite cannot read it.
    pub fn open(path: &Path) -> Result<Self, EngineError> {
        let name = path.display().to_string();
        if !path.is_file() {
            return Err(EngineError::NotFound { url: name });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags);
        Self::of(opened.map_err(|error| explain(&name, error))?, &name)
    }

    /// Takes a snapshot that is open already, in memory for instance; messages call it by a name.
    ///
    /// # Errors
    /// As [`NativeEngine::open`], but that it is there.
    pub fn of(connection: Connection, name: &str) -> Result<Self, EngineError> {
        let engine = Self { connection, path: name.to_owned() };
        engine.prepare().map_err(|error| explain(&engine.path, error))?;
        Ok(engine)
    }

    fn prepare(&self) -> rusqlite::Result<()> {
        self.connection.pragma_update(None, "query_only", true)?;
        self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
    }

    /// Answers at once, without a future.
    ///
    /// # Errors
    /// As [`Engine::query`].
    pub fn ask(&self, query: Query) -> Result<Rows, EngineError> {
        let query = query.checked()?;
        let failed = |error| explain(&self.path, error);
        let statement = self.connection.prepare(&query.sql).map_err(failed)?;
        if !statement.readonly() {
            return Err(EngineError::Sql(READ_ONLY.to_owned()));
        }
        run(statement, &query).map_err(failed)
    }
}

impl Engine for NativeEngine {
    fn query(&self, query: Query) -> Answer<'_, Rows> {
        Box::pin(ready(self.ask(query)))
    }

    fn traffic(&self) -> Traffic {
        Traffic::default()
    }
}

fn run(mut statement: Statement<'_>, query: &Query) -> rusqlite::Result<Rows> {
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    // As in the browser: a parameter without a value is NULL, a value without one an error.
    let wanted = statement.parameter_count().max(query.params.len());
    let params = query.params.iter().chain(std::iter::repeat(&Value::Null)).take(wanted);
    let mut answer = statement.query(params_from_iter(params))?;
    let mut rows = Vec::new();
    while let Some(row) = answer.next()? {
        let value = |at| row.get_ref(at).map(from_sqlite);
        rows.push((0..columns.len()).map(value).collect::<rusqlite::Result<_>>()?);
    }
    Ok(Rows { columns, rows })
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(rusqlite::types::ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(whole) => ValueRef::Integer(*whole),
            Self::Real(real) => ValueRef::Real(*real),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn from_sqlite(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(whole) => Value::integer(whole),
        ValueRef::Real(real) => Value::number(real),
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}

fn explain(path: &str, error: rusqlite::Error) -> EngineError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => EngineError::NotSqlite { url: path.to_owned() },
        Some(ErrorCode::DatabaseCorrupt) => EngineError::Damaged(error.to_string()),
        _ => EngineError::Sql(match error {
            rusqlite::Error::SqliteFailure(_, Some(message)) => message,
            rusqlite::Error::SqlInputError { msg, .. } => msg,
            rusqlite::Error::InvalidParameterCount(..) => "column index out of range".to_owned(),
            other => other.to_string(),
        }),
    }
}
