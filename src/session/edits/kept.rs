//! What the browser keeps of the changes, so that every window and a later visit tell the same.

use std::collections::BTreeMap;

use super::edited::Edits;

/// Refusals that are remembered at most, the newest ones.
const REMEMBERED: usize = 50;

/// Why a change does not stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The other side gave a reason.
    Reason(String),
    /// It gave a status alone.
    Status(u16),
    /// What it said is no answer.
    Unclear,
    /// It has another segment.
    Other(String),
}

/// A change that does not stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Whose.
    pub customer: String,
    /// What was wanted.
    pub segment: String,
    /// What the customer has again, or has instead.
    pub stands: String,
    /// Why.
    pub why: Refusal,
    /// Where it stands among the others: larger is newer.
    pub order: u32,
}

/// Changes that do not stand, by the key of each, until the reader has read why.
pub type Refusals = BTreeMap<String, Refused>;

/// What the browser keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Changes that lie over the data.
    pub edits: Edits,
    /// Changes that do not stand.
    pub refused: Refusals,
}

impl Kept {
    /// True if there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.refused.is_empty()
    }

    /// What this page and another have made of what both began with.
    #[must_use]
    pub fn joined(before: &Self, ours: (&Edits, &Refusals), theirs: &Self) -> Self {
        let refused = joined(&before.refused, ours.1, &theirs.refused);
        let mut kept = Self { edits: joined(&before.edits, ours.0, &theirs.edits), refused };
        kept.forget_oldest();
        kept
    }

    /// Lets go of the oldest refusals beyond those that are remembered.
    pub(super) fn forget_oldest(&mut self) {
        forget_oldest(&mut self.refused);
    }
}

/// Adds a refusal as the newest one.
pub(super) fn remember(refusals: &mut Refusals, key: String, refused: Refused) {
    let newest = refusals.values().map(|refused| refused.order).max().unwrap_or_default();
    refusals.insert(key, Refused { order: newest.saturating_add(1), ..refused });
    forget_oldest(refusals);
}

/// Refusals with their keys, newest first.
pub(super) fn newest_first(refusals: &Refusals) -> Vec<(&String, &Refused)> {
    let mut all: Vec<_> = refusals.iter().collect();
    all.sort_by_key(|(_, refused)| std::cmp::Reverse(refused.order));
    all
}

fn forget_oldest(refusals: &mut Refusals) {
    while refusals.len() > REMEMBERED {
        let oldest = refusals.iter().min_by_key(|(_, refused)| refused.order);
        let Some(key) = oldest.map(|(key, _)| key.clone()) else { return };
        refusals.remove(&key);
    }
}

/// Of a key whose value both changed since `before`, the value of this page.
fn joined<T: Clone + PartialEq>(
    before: &BTreeMap<String, T>,
    ours: &BTreeMap<String, T>,
    theirs: &BTreeMap<String, T>,
) -> BTreeMap<String, T> {
    let mut joined = theirs.clone();
    let all = before.keys().chain(ours.keys());
    for key in all.filter(|key| before.get(*key) != ours.get(*key)) {
        match ours.get(key) {
            Some(value) => joined.insert(key.clone(), value.clone()),
            None => joined.remove(key),
        };
    }
    joined
}
