//! A customer that was changed: what is wanted, and what the other side has said.

use std::collections::BTreeMap;

/// A segment that the reader wants a customer to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The segment.
    pub segment: String,
    /// The one that was shown before.
    pub before: String,
    /// The one that the other side should still have, where that is known.
    pub was: Option<String>,
    /// What the other side knows this very change by, so that it counts once.
    pub key: String,
    /// True once it was on its way: the other side may have heard it.
    pub tried: bool,
    /// True if it stays here, since there is nobody to send it to.
    pub local: bool,
}

/// What the other side has said of a customer, and the data does not say yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The segment.
    pub segment: String,
    /// The one that was shown before.
    pub before: String,
    /// The event by which everybody hears of it, if it is known.
    pub seq: Option<u64>,
    /// The snapshot that was open then.
    pub snapshot: String,
}

/// A customer that was changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// What is wanted.
    pub wanted: Option<Wanted>,
    /// What was heard.
    pub accepted: Option<Accepted>,
}

impl Edited {
    /// The segment that is shown.
    pub fn segment(&self) -> Option<&str> {
        let wanted = self.wanted.as_ref().map(|wanted| wanted.segment.as_str());
        wanted.or(self.accepted.as_ref().map(|accepted| accepted.segment.as_str()))
    }

    /// The segment that was shown before the reader changed it.
    pub fn before(&self) -> Option<&str> {
        let accepted = self.accepted.as_ref().map(|accepted| accepted.before.as_str());
        accepted.or(self.wanted.as_ref().map(|wanted| wanted.before.as_str()))
    }

    fn is_empty(&self) -> bool {
        self.wanted.is_none() && self.accepted.is_none()
    }
}

/// Changed customers, by id.
pub type Edits = BTreeMap<String, Edited>;

/// What is wanted of a customer next; nothing if that is what the data has.
pub(super) fn next(
    edited: &Edited,
    shown: &str,
    segment: &str,
    key: &str,
    local: bool,
) -> Option<Wanted> {
    let of = |before: &str, was: Option<&str>| {
        let (before, was) = (before.to_owned(), was.map(str::to_owned));
        let (segment, key) = (segment.to_owned(), key.to_owned());
        Some(Wanted { segment, before, was, key, tried: false, local })
    };
    match (&edited.wanted, &edited.accepted) {
        // It was never on its way, and what it would be sent for is there.
        (Some(wanted), _) if !wanted.tried && wanted.was.as_deref() == Some(segment) => None,
        (Some(wanted), _) if !wanted.tried => of(&wanted.before, wanted.was.as_deref()),
        // Whether it was heard nobody knows.
        (Some(wanted), _) => of(&wanted.before, None),
        (None, Some(accepted)) if accepted.segment == segment => None,
        (None, Some(accepted)) => of(&accepted.segment, Some(&accepted.segment)),
        (None, None) => of(shown, Some(shown)),
    }
}

/// Keeps it, unless nothing is left of it.
pub(super) fn put(edits: &mut Edits, customer: &str, edited: Edited) {
    if edited.is_empty() {
        edits.remove(customer);
    } else {
        edits.insert(customer.to_owned(), edited);
    }
}
