//! Asking until there is an answer.

use engine::EngineError;

use crate::host::{again, faults};

/// Asks until there is an answer, or an error that no waiting ends: later each time, at once when the
/// connection is back, and for as long as somebody looks at the page. `told` hears of every error
/// after which it is asked again.
///
/// # Errors
/// The first that does not pass by itself.
pub async fn insist<T>(
    passes: fn(&EngineError) -> bool,
    mut ask: impl AsyncFnMut() -> Result<T, EngineError>,
    mut told: impl FnMut(&EngineError),
) -> Result<T, EngineError> {
    let mut failures = 0;
    loop {
        let error = match ask().await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        note(&error);
        if !passes(&error) {
            return Err(error);
        }
        told(&error);
        failures += 1;
        again::due(failures).await;
    }
}

/// Remembers an error of this visit.
pub fn note(error: &EngineError) {
    faults::note(error.code(), &error.to_string());
}
