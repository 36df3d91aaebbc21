//! Why there is no answer, and the body that says so.

use serde_json::json;

/// Why an address has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The snapshot has no such data, or there is no such page: 404.
    #[error("{0}")]
    NotFound(String),
    /// The snapshot is damaged: 500.
    #[error("{0:#}")]
    Damaged(anyhow::Error),
}

impl Problem {
    /// The status to answer with.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound(_) => 404,
            Self::Damaged(_) => 500,
        }
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Self::Damaged(error)
    }
}

impl From<engine::EngineError> for Problem {
    fn from(error: engine::EngineError) -> Self {
        Self::Damaged(error.into())
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.into())
    }
}

/// The body of every answer that is none: `{"error": …}`.
pub fn error_body(why: &str) -> String {
    json!({ "error": why }).to_string()
}
