//! Why a snapshot could not be read, in words that tell the reader or the host what to do.

use serde::{Deserialize, Serialize};
use snapshot::PackError;
use snapshot::manifest::ManifestError;

use crate::error_record::ErrorRecord;

/// What can go wrong between a query and its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "ErrorRecord", into = "ErrorRecord")]
pub enum EngineError {
    /// Nothing lies at the address.
    NotFound {
        /// Address asked for.
        url: String,
    },
    /// The server knows the address and refuses.
    Forbidden {
        /// Address asked for.
        url: String,
        /// HTTP status.
        status: u16,
    },
    /// The server failed, or answered something that is no file.
    Server {
        /// Address asked for.
        url: String,
        /// HTTP status.
        status: u16,
    },
    /// No connection at all.
    Offline {
        /// Address asked for.
        url: String,
    },
    /// The host does not serve parts of a file.
    NoRanges {
        /// Address asked for.
        url: String,
        /// What was seen instead.
        detail: String,
    },
    /// The host compresses parts of a file, which makes their offsets meaningless.
    Compressed {
        /// Address asked for.
        url: String,
        /// Content coding seen.
        encoding: String,
    },
    /// Whole files come through, parts of them do not.
    Undecodable {
        /// Address asked for.
        url: String,
    },
    /// A web page came instead of a file: a network that wants a sign-in first, or a host that answers
    /// so for what it does not have.
    WebPage {
        /// Address asked for.
        url: String,
    },
    /// The file is not as long as the manifest says.
    WrongLength {
        /// Address asked for.
        url: String,
        /// Length in the manifest, in bytes.
        expected: u64,
        /// Length found, in bytes.
        found: u64,
    },
    /// Fewer or more bytes came than were asked for.
    CutAnswer {
        /// Address asked for.
        url: String,
        /// Bytes asked for.
        asked: u64,
        /// Bytes that came.
        found: u64,
    },
    /// The bytes are no SQLite file.
    NotSqlite {
        /// Address asked for.
        url: String,
    },
    /// The bytes are a snapshot's, but not whole.
    Damaged(String),
    /// The file is a good snapshot, but not the one the manifest describes.
    OtherSnapshot {
        /// Id in the manifest.
        expected: String,
        /// Id in the file.
        found: String,
        /// First part of the description that differs.
        field: String,
    },
    /// Written for another version of the page.
    Version {
        /// Format version found.
        found: u32,
        /// Format version this page reads.
        readable: u32,
    },
    /// No answer in time.
    TimedOut {
        /// Who was asked.
        what: String,
        /// How long it was waited for.
        seconds: u32,
    },
    /// A statement that ran too long and was stopped.
    TooSlow {
        /// How long it ran.
        seconds: u32,
    },
    /// SQLite refused the statement.
    Sql(String),
    /// A column is not there or not of the kind that was asked for.
    Column {
        /// Name of the column.
        column: String,
        /// Kind that was asked for.
        #[serde(skip)]
        wanted: &'static str,
        /// What is there.
        #[serde(skip)]
        found: &'static str,
    },
    /// The database worker did not start or died.
    WorkerFailed(String),
}

impl EngineError {
    /// The error of an HTTP status that is not a success.
    pub fn from_status(url: &str, status: u16) -> Self {
        let url = url.to_owned();
        match status {
            404 | 410 => Self::NotFound { url },
            401 | 403 => Self::Forbidden { url, status },
            _ => Self::Server { url, status },
        }
    }

    /// True if asking again, with a fresh connection, may help without anybody doing anything.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Server { status, .. } => *status >= 500 || *status == 429,
            Self::Offline { .. }
            | Self::Undecodable { .. }
            | Self::WebPage { .. }
            | Self::CutAnswer { .. }
            | Self::Damaged(_)
            | Self::TimedOut { .. }
            | Self::WorkerFailed(_) => true,
            _ => false,
        }
    }

    /// True if the line to the host, or the host for the moment, is at fault, and not what was asked.
    pub fn is_of_the_line(&self) -> bool {
        use EngineError::{CutAnswer, Offline, Server, TimedOut, Undecodable};
        self.may_pass()
            && matches!(
                self,
                Server { .. }
                    | Offline { .. }
                    | Undecodable { .. }
                    | CutAnswer { .. }
                    | TimedOut { .. }
            )
    }

    /// True if asking again may help some time: what the host has wrong today may be mended there.
    pub fn is_tried_again(&self) -> bool {
        use EngineError::{Column, Forbidden, Sql, TooSlow};
        !matches!(self, Forbidden { status: 401, .. } | Sql(_) | TooSlow { .. } | Column { .. })
    }

    /// A short stable name, for tests and attributes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not-found",
            Self::Forbidden { .. } => "forbidden",
            Self::Server { .. } => "server",
            Self::Offline { .. } => "offline",
            Self::NoRanges { .. } => "no-ranges",
            Self::Compressed { .. } | Self::Undecodable { .. } => "compressed",
            Self::WebPage { .. } => "web-page",
            Self::WrongLength { .. } => "wrong-length",
            Self::CutAnswer { .. } => "cut-answer",
            Self::NotSqlite { .. } => "not-sqlite",
            Self::Damaged(_) => "damaged",
            Self::OtherSnapshot { .. } => "other-snapshot",
            Self::Version { .. } => "version",
            Self::TimedOut { .. } => "timed-out",
            Self::TooSlow { .. } => "too-slow",
            Self::Sql(_) => "sql",
            Self::Column { .. } => "column",
            Self::WorkerFailed(_) => "worker-failed",
        }
    }
}

impl From<PackError> for EngineError {
    fn from(error: PackError) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl From<ManifestError> for EngineError {
    fn from(error: ManifestError) -> Self {
        match error {
            ManifestError::Version { found } => {
                Self::Version { found, readable: snapshot::FORMAT_VERSION }
            }
            ManifestError::Damaged(_) => Self::Damaged(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_become_what_they_mean() {
        for (status, code, may_pass) in [
            (404, "not-found", false),
            (410, "not-found", false),
            (401, "forbidden", false),
            (403, "forbidden", false),
            (429, "server", true),
            (500, "server", true),
            (503, "server", true),
            (302, "server", false),
        ] {
            let error = EngineError::from_status("https://shop.example/a.sqlite", status);
            assert_eq!((error.code(), error.may_pass()), (code, may_pass), "{status}");
            let text = error.to_string();
            assert!(text.contains("https://shop.example/a.sqlite"), "{text}");
            assert!(text.contains(&status.to_string()) || status == 410, "{text}");
        }
    }

    #[test]
    fn what_a_host_can_mend_is_asked_for_again() {
        let url = || "https://shop.example/a.sqlite".to_owned();
        for (error, again) in [
            (EngineError::NotFound { url: url() }, true),
            (EngineError::Forbidden { url: url(), status: 403 }, true),
            (EngineError::Forbidden { url: url(), status: 401 }, false),
            (EngineError::WebPage { url: url() }, true),
            (EngineError::Version { found: 99, readable: 1 }, true),
            (EngineError::TooSlow { seconds: 1 }, false),
            (EngineError::Sql("syntax".to_owned()), false),
        ] {
            assert_eq!(error.is_tried_again(), again, "{error}");
        }
    }

    #[test]
    fn a_newer_snapshot_names_both_versions() {
        let error = EngineError::from(ManifestError::Version { found: 99 });
        let readable = snapshot::FORMAT_VERSION;
        let both = format!("format 99, this page reads format {readable}");
        assert!(error.to_string().contains(&both), "{error}");
    }
}
