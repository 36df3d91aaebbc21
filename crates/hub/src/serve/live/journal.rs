//! What the channel has told and which edits were made, in a file: what was acknowledged is on the
//! disk, whatever becomes of this program or its machine.

use std::path::Path;

use anyhow::{Context, Error, Result, ensure};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, params};
use serde_json::{Map, Value};
use snapshot::Meta;

use super::told::{Told, Written};

/// Says in the file's header what it is: "ECIJ".
const APPLICATION_ID: i32 = 0x4543_494A;

/// Version of the tables.
const VERSION: i32 = 1;

/// Events that are kept; as many as a page lays over a snapshot.
const MOST_EVENTS: u64 = 1 << 17;

/// Answers to edits that are kept, in case somebody asks again.
const MOST_ANSWERS: i64 = 100_000;

/// A commit waits until the disk has it; nobody else may write meanwhile.
const SAFE: &str = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;";

const SCHEMA: &str = "
  CREATE TABLE channel (
    name TEXT NOT NULL,
    began INTEGER NOT NULL,    -- the last event that the first snapshot held
    snapshot TEXT NOT NULL,    -- the snapshot that was told of last
    recorded TEXT NOT NULL,    -- the file of recorded events, and how many of them were told
    told INTEGER NOT NULL
  );
  CREATE TABLE events (seq INTEGER PRIMARY KEY, event TEXT NOT NULL);
  -- Whom events made known or put into another segment, the last event that did, and the segment.
  CREATE TABLE people (
    customer_id TEXT PRIMARY KEY, seq INTEGER NOT NULL, segment TEXT
  ) WITHOUT ROWID;
  CREATE TABLE answers (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, asked TEXT NOT NULL, answer TEXT NOT NULL
  );";

const PERSON: &str = "INSERT INTO people VALUES (?1, ?2, ?3) ON CONFLICT (customer_id)
  DO UPDATE SET seq = ?2, segment = coalesce(?3, segment)";

/// The file.
pub struct Journal {
    file: Connection,
    /// The name of the numbering.
    pub name: String,
    /// The snapshot that was told of last.
    pub snapshot: String,
    first: u64,
    last: u64,
}

impl Journal {
    /// Opens a journal for a snapshot, or begins one after the events that the snapshot holds.
    ///
    /// # Errors
    /// If the file cannot be read or written, another program has it, or it is no journal of this
    /// snapshot's channel.
    pub fn open(path: &Path, meta: &Meta) -> Result<Self> {
        Self::opened(path, meta).with_context(|| format!("--journal {}", path.display()))
    }

    fn opened(path: &Path, meta: &Meta) -> Result<Self> {
        let mut file = Connection::open(path)?;
        let about = |sql: &str| {
            let number = file.query_row(sql, [], |row| row.get::<_, i64>(0));
            number.context("it cannot be read, or another program is at it")
        };
        let id = about("PRAGMA application_id")?;
        let tables = about("SELECT count(*) FROM sqlite_schema")?;
        ensure!(
            id == i64::from(APPLICATION_ID) || tables == 0,
            "it is another file, and not a channel's journal"
        );
        file.execute_batch(SAFE).context("another program is at it")?;
        if tables == 0 {
            let begin = file.transaction()?;
            begin.execute_batch(SCHEMA)?;
            let first = "INSERT INTO channel VALUES (lower(hex(randomblob(12))), ?, ?, '', 0)";
            begin.execute(first, params![meta.covers, meta.snapshot_id])?;
            begin.pragma_update(None, "application_id", APPLICATION_ID)?;
            begin.pragma_update(None, "user_version", VERSION)?;
            begin.commit()?;
        }
        let version: i32 = file.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        ensure!(version == VERSION, "it has version {version}, this program reads {VERSION}");
        let channel = "SELECT name, began, snapshot FROM channel";
        let (name, began, snapshot): (_, u64, _) =
            file.query_row(channel, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let ends: (Option<u64>, Option<u64>) =
            file.query_row("SELECT min(seq), max(seq) FROM events", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let last = ends.1.unwrap_or(began);
        let first = ends.0.unwrap_or(last.saturating_add(1));
        ensure!(
            meta.covers <= last,
            "it ends with event {last}, and the snapshot holds those up to {}: it is the journal of \
             another channel, or an old copy",
            meta.covers
        );
        Ok(Self { file, name, snapshot, first, last })
    }

    /// The first event that is kept.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// The last event; that which the first snapshot held if there is none yet.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// Events after one, as many as are asked for.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn after(&self, seq: u64, most: usize) -> Result<Vec<Told>> {
        let sql = "SELECT seq, event FROM events WHERE seq > ? ORDER BY seq LIMIT ?";
        let mut events = self.file.prepare_cached(sql)?;
        let told = |row: &rusqlite::Row<'_>| {
            Ok(Told { seq: row.get(0)?, text: row.get::<_, String>(1)?.into() })
        };
        Ok(events.query_map(params![seq, most], told)?.collect::<rusqlite::Result<_>>()?)
    }

    /// The segment into which events put a customer, and the last event about it; what is none was
    /// not said. Nothing of whom no event was about.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn person(&self, customer: &str) -> Result<Option<(u64, Option<String>)>> {
        let sql = "SELECT seq, segment FROM people WHERE customer_id = ?";
        let mut person = self.file.prepare_cached(sql)?;
        Ok(person.query_row([customer], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// What was asked and answered under a key.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn answer(&self, key: &str) -> Result<Option<(String, String)>> {
        let mut answer =
            self.file.prepare_cached("SELECT asked, answer FROM answers WHERE key = ?")?;
        Ok(answer.query_row([key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// How many events of a file of recorded ones were told.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn told(&self, recorded: &str) -> Result<u64> {
        let sql = "SELECT told FROM channel WHERE recorded = ?";
        let told = self.file.query_row(sql, [recorded], |row| row.get(0)).optional()?;
        Ok(told.unwrap_or_default())
    }

    /// Moves what was written lately to its place in the file.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn settle(&self) -> Result<()> {
        self.file.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Writes that there is another snapshot.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn published(&mut self, event: Value, snapshot: &str) -> Result<Written> {
        let written = self.write(vec![event], |write, _| {
            write.execute("UPDATE channel SET snapshot = ?", [snapshot])?;
            Ok(())
        })?;
        snapshot.clone_into(&mut self.snapshot);
        Ok(written)
    }

    /// Writes recorded events, and how many of the file's are told then.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn recorded(&mut self, events: Vec<Value>, file: &str, told: u64) -> Result<Written> {
        self.write(events, |write, _| {
            write.execute("UPDATE channel SET recorded = ?, told = ?", params![file, told])?;
            Ok(())
        })
    }

    /// Writes an edit, and its answer, which the event's number makes.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn edited(
        &mut self,
        event: Value,
        (key, asked): (&str, &str),
        answer: impl Fn(u64) -> String,
    ) -> Result<Written> {
        self.write(vec![event], |write, seq| {
            let row = params![key, asked, answer(seq)];
            write.execute("INSERT INTO answers (key, asked, answer) VALUES (?, ?, ?)", row)?;
            let old = write.last_insert_rowid().saturating_sub(MOST_ANSWERS);
            write.execute("DELETE FROM answers WHERE number <= ?", [old])?;
            Ok(())
        })
    }

    /// Writes events under the next numbers, and what belongs to them: all of it, or nothing.
    fn write(
        &mut self,
        events: Vec<Value>,
        also: impl FnOnce(&Transaction<'_>, u64) -> Result<()>,
    ) -> Result<Written> {
        let write = self.file.transaction()?;
        let mut told = Vec::with_capacity(events.len());
        for (event, seq) in events.into_iter().zip(self.last.saturating_add(1)..) {
            let Value::Object(mut event) = event else { continue };
            event.insert("seq".to_owned(), seq.into());
            if let Some((customer, segment)) = about(&event) {
                write.prepare_cached(PERSON)?.execute(params![customer, seq, segment])?;
            }
            let text = Value::Object(event).to_string();
            write
                .prepare_cached("INSERT INTO events VALUES (?, ?)")?
                .execute(params![seq, text])?;
            told.push(Told { seq, text: text.into() });
        }
        let last = told.last().map_or(self.last, |told| told.seq);
        also(&write, last)?;
        let first = self.first.max(last.saturating_sub(MOST_EVENTS).saturating_add(1));
        if first > self.first {
            write.execute("DELETE FROM events WHERE seq < ?", [first])?;
        }
        write.commit()?;
        (self.first, self.last) = (first, last);
        Ok(Written(told))
    }
}

/// Whether something failed because the disk is full, or takes no writing any more.
pub fn takes_no_more(error: &Error) -> bool {
    let code = error.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code);
    matches!(code, Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::ReadOnly))
}

/// Whom an event makes known or puts into another segment.
fn about(event: &Map<String, Value>) -> Option<(&str, Option<&str>)> {
    let text = |field: &str| event.get(field).and_then(Value::as_str);
    match text("type") {
        Some("new_customer" | "customer_changed") => Some((text("customer_id")?, text("segment"))),
        _ => None,
    }
}
