//! The sentences of the errors, in the language spoken.

use std::fmt;

use words::say;

use crate::error::EngineError;

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::NotFound { url } => say!(
                "nothing was found at {url} (404); check that the snapshot was published there",
                url
            ),
            Self::Forbidden { url, status } => say!(
                "{url} refuses access ({status}); make the snapshot readable for visitors of \
                 this page",
                url,
                status
            ),
            Self::Server { url, status } => say!(
                "the server answered {status} for {url}; try again, and tell its owner if it \
                 stays so",
                url,
                status
            ),
            Self::Offline { url } => {
                say!("{url} cannot be reached; check the network connection and try again", url)
            }
            Self::NoRanges { url, detail } => say!(
                "the host does not serve byte ranges of {url} ({detail}); switch range requests \
                 on there, or publish the snapshot as chunks",
                url,
                detail
            ),
            Self::Compressed { url, encoding } => say!(
                "the host compresses ({encoding}) byte ranges of {url}; switch compression off \
                 for snapshot files, or publish the snapshot as chunks",
                url,
                encoding
            ),
            Self::Undecodable { url } => say!(
                "byte ranges of {url} arrive unreadable, while the host can be reached; it \
                 probably compresses them: switch compression off for snapshot files, or \
                 publish the snapshot as chunks",
                url
            ),
            Self::WebPage { url } => say!(
                "a web page came instead of {url}; this network may want you to sign in first, or \
                 the file is not on its host",
                url
            ),
            Self::WrongLength { url, expected, found } => say!(
                "{url} has {found} bytes, the manifest says {expected}; the upload was cut \
                 short or is of another snapshot: publish the snapshot again",
                url,
                expected,
                found
            ),
            Self::CutAnswer { url, asked, found } => say!(
                "{url} sent {found} bytes where {asked} were asked for; try again",
                url,
                asked,
                found
            ),
            Self::NotSqlite { url } => say!(
                "{url} is not a snapshot (not a SQLite file); check what was published there",
                url
            ),
            Self::Damaged(detail) => {
                say!("this snapshot is damaged: {detail}; publish it again", detail)
            }
            Self::OtherSnapshot { expected, found, field } => say!(
                "the manifest describes snapshot {expected}, the file says it is {found}: their \
                 {field} differ; publish both again",
                expected,
                found,
                field
            ),
            Self::Version { found, readable } => say!(
                "this snapshot has format {found}, this page reads format {readable}; reload \
                 the page, or publish a snapshot made for it",
                found,
                readable
            ),
            Self::TimedOut { what, seconds } => say!(
                "{what} did not answer within {seconds} s; check the connection and try again",
                what,
                seconds
            ),
            Self::TooSlow { seconds } => say!(
                "the statement was stopped after {seconds} s; ask for less, or for indexed \
                 columns",
                seconds
            ),
            Self::Sql(detail) => say!("SQL: {detail}", detail),
            Self::Column { column, wanted, found } => {
                say!("column '{column}' is {found}, not {wanted}", column, wanted, found)
            }
            Self::WorkerFailed(detail) => {
                say!("the database part of this page failed ({detail}); reload the page", detail)
            }
        })
    }
}

impl std::error::Error for EngineError {}
