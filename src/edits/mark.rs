//! How far a change has come, in words.

use facts::Overlay;
use words::say;

use crate::session::edits::{Edited, Refusal, Refused};
use crate::ui::sentence;

/// How far a change has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// For whoever reads the page by program.
    pub key: &'static str,
    /// In a word or two.
    pub label: String,
    /// In full.
    pub sentence: String,
}

/// How far the change of a customer has come; `overlay` is what lies over the data.
pub fn mark(customer: &str, edited: &Edited, overlay: Option<&Overlay>) -> Mark {
    let of = |key, label, sentence| Mark { key, label, sentence };
    let refusal = overlay.and_then(|overlay| overlay.refused_edits().get(customer));
    if let Some(refusal) = refusal {
        let why = sentence(&refusal.to_string());
        return of(
            "uncounted",
            say!("Not counted"),
            say!("It does not count: {reason}", reason = why),
        );
    }
    match &edited.wanted {
        Some(wanted) if wanted.local => of(
            "local",
            say!("Only here"),
            say!("Changed in this browser alone: nobody else sees it."),
        ),
        Some(wanted) if wanted.tried => of(
            "sending",
            say!("Being sent"),
            say!("On its way, and sent again until it is answered."),
        ),
        Some(_) => of("waiting", say!("Not sent yet"), say!("Waits until it can be sent.")),
        None => of("sent", say!("Sent"), say!("Taken over; the data does not say so yet.")),
    }
}

/// Why a change does not stand, in words.
pub(super) fn reason(refused: &Refused) -> String {
    match &refused.why {
        Refusal::Reason(reason) => sentence(reason),
        Refusal::Status(status) => say!("It was answered with status {status}.", status = status),
        Refusal::Unclear => say!("What was answered could not be understood."),
        Refusal::Other(segment) if *segment != refused.stands => say!(
            "It is {segment} there. The data here does not know that segment; newer data will show it.",
            segment = words::say(segment)
        ),
        Refusal::Other(segment) => {
            say!("It is {segment} there, which counts.", segment = words::say(segment))
        }
    }
}
