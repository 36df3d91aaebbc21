//! Why something could not be read, as a reader understands it.

use engine::EngineError;
use words::say;

use crate::host::keeper::Host;

/// The reason in words. Where the host cannot be reached and everybody knows it, what is missing was
/// not kept, and that is all there is to say of it.
pub fn why(error: &EngineError) -> String {
    match error {
        EngineError::Offline { .. } if Host::now().is_lost() => say!("Not kept for offline use"),
        error => error.to_string(),
    }
}
