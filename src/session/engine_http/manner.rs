//! How a host is asked: how long it may be silent, what caches may answer, when it is asked again.

use engine::EngineError;

use crate::host::again;
use crate::session::access;

/// How long a server may stay silent before a call fails, in milliseconds.
pub const PATIENCE_MS: u32 = 12_000;

/// Wait before a fault is met with a second try, in milliseconds.
pub const BACK_OFF_MS: u32 = 400;

/// Whether what the browser has cached may serve a request.
///
/// A snapshot is immutable, so a host's bad answer would be kept as long as a good one: a second
/// try goes past the caches, and mends them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caches {
    /// It may.
    Used,
    /// The host is asked whether what is cached still holds.
    Confirmed,
    /// The host sends it anew.
    Passed,
}

/// How a host is asked.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Milliseconds for which it may be silent.
    pub patience_ms: u32,
    /// What has been cached.
    pub caches: Caches,
}

/// Asks; if a session is missing, waits for the next sign-in and asks once more.
///
/// # Errors
/// As `ask`.
pub async fn with_access<T>(
    mut ask: impl AsyncFnMut() -> Result<T, EngineError>,
) -> Result<T, EngineError> {
    match ask().await {
        Err(EngineError::Forbidden { status: 401, .. }) if access::regained().await => ask().await,
        outcome => outcome,
    }
}

/// True unless the statement, and not the host or the connection, is at fault, or the host asks to
/// be left alone.
pub fn is_worth_another_try(error: &EngineError) -> bool {
    use EngineError::{Column, Forbidden, OtherSnapshot, Server, Sql, TooSlow, Version};
    let is_final = matches!(
        error,
        Forbidden { status: 401, .. }
            | Server { status: 429, .. }
            | Sql(_)
            | TooSlow { .. }
            | Column { .. }
            | Version { .. }
            | OtherSnapshot { .. }
    );
    !is_final && again::left_to_wait() == 0
}
