//! The importer as a program of a browser's worker: reads somebody's files where they are, says how
//! they can be read, and builds a snapshot of them, whose bytes are those that `builder build` makes of
//! the same files. Nothing leaves the browser.
//!
//! All of it is `importer_core`; here is what a worker adds: files that JavaScript reads in pieces
//! (`files`), progress that is posted (`progress`), refusals as data ([`answer`]). The worker's script is
//! `static/js/worker/importer.js`; a release build of the page has both as `importer.js` and
//! `importer_bg.wasm` in the folder of its scripts, where nothing asks for them before somebody brings
//! files. `tests/e2e/importer.spec.mjs` holds every byte against the builder's.
//!
//! # What the worker speaks
//!
//! The page starts it as a module (`new Worker(address, { type: "module" })`), one worker for a guess
//! and one for a build: a browser never takes memory back from a program, so it is ended (`terminate`)
//! when the page has what it wants, and also to stop work under way, which cannot be interrupted. `id`
//! is whatever the page likes, and comes back with everything that is said about the order.
//!
//! The page asks:
//!
//! | message | what for |
//! |---|---|
//! | `{ id, ask: "guess", files }` | how these files (`File[]`) can be read |
//! | `{ id, ask: "try", files, mapping, from? }` | what a mapping makes of these files, without building |
//! | `{ id, ask: "build", files, mapping, from? }` | a snapshot of them by a mapping (TOML). `from` is the guess's: the name of the one file that is read, or `.` for all; not given, it is the only file, or all |
//!
//! The worker says, any number of times before the end:
//!
//! | message | what it tells |
//! |---|---|
//! | `{ id, says: "read", file, bytes, of }` | so many bytes of a file are read in this pass; files are read more than once |
//! | `{ id, says: "stage", name, rows, ended, note }` | what it is at, and at which row; `ended` with the last, where `note` says in words what came of it |
//! | `{ id, says: "line", line }` | something that people should read, such as doubts about rows |
//!
//! and one of these at the end:
//!
//! | message | what it tells |
//! |---|---|
//! | `{ id, says: "guess", guess }` | the guess, as `builder guess --json` writes it: `sheets`, `files` of purchases as `[{ name, rows, again }]`, `settings` (encoding, delimiter, date, decimal sign, currency, zone), `fields`, `rows`, `totals`, `questions`, `left_out`, `unused`, `other_columns`, `notes`, `problems`, `sure`, `usable`, `builds`, `from` and the text of the `mapping`. Where no purchases are found in a table `usable` is false, `problems` say what is missing, `other_columns` are all columns, and the mapping is a template to be filled in by hand |
//! | `{ id, says: "tried", tried }` | what comes of a mapping: `files`, `rows`, `totals`, `left_out`, `notes` as in a guess, `first_rejected`, and whether it `builds` |
//! | `{ id, says: "built", files }` | the snapshot: `[{ name, bytes }]`, SQLite file first, manifest last, handed over without a copy |
//! | `{ id, says: "refused", why }` | nothing came of it: `why.message` in words; where rows are the reason `why.rows` of them, `why.limit` that may be, `why.kinds` as `[{ what, rows }]`, and `why.first` as `[{ file, line, column, reason }]`, `column` null where the whole row is wrong |
//! | `{ id, says: "broken", message }` | the program itself failed, for want of memory perhaps; the worker is of no more use |

pub mod answer;
#[cfg(target_arch = "wasm32")]
mod files;
#[cfg(target_arch = "wasm32")]
mod letters;
#[cfg(any(test, target_arch = "wasm32"))]
mod named;
#[cfg(target_arch = "wasm32")]
mod progress;
#[cfg(target_arch = "wasm32")]
mod web;
