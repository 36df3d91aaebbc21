//! How far each change has come: a value, and the steps that change it.

use std::collections::BTreeMap;
use std::rc::Rc;

use facts::overlay::Edit;

use super::edited::{Accepted, Edited, Edits, Wanted, next, put};
use super::kept::{self, Kept, Refusal, Refusals, Refused};

/// Customers whose changes are held at most; a newer snapshot is due by then.
pub const MOST: usize = 1_000;

/// A customer who is to have another segment than is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The customer's id.
    pub customer: String,
    /// What the customer is called, while the page is open.
    pub name: String,
    /// The segment that the data has.
    pub shown: String,
    /// The segment wanted.
    pub segment: String,
}

/// What the other side says to a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The customer has this segment now, and everybody hears of it by an event.
    Accepted {
        /// The segment.
        segment: String,
        /// The number of the event.
        seq: u64,
    },
    /// Somebody else was faster: the customer has this segment.
    Differs(String),
    /// It will not have it.
    Refused(Refusal),
    /// Nothing yet: it is asked again.
    Later,
}

/// The last step of the reader, which can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// What it made of whom: key, what was there before, and the segment shown then.
    steps: Vec<(String, String, Option<Edited>, String)>,
    /// What the only one is called.
    pub name: Option<String>,
    /// The segment that they were given.
    pub segment: Option<String>,
    /// Customers for whom there was no room.
    pub left: usize,
    /// Tells it from others.
    pub place: u32,
}

impl Undo {
    /// Customers that were changed.
    pub fn count(&self) -> usize {
        self.steps.len()
    }
}

/// What the data says without what the reader changed.
pub trait Base {
    /// The open snapshot's id.
    fn snapshot(&self) -> &str;
    /// True if an event counts, or is in the snapshot.
    fn covers(&self, seq: u64) -> bool;
    /// The segment of a customer, as far as it is known here.
    fn segment(&self, customer: &str) -> Option<&str>;
}

/// All changes, and what became of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// Changes that lie over the data.
    pub edits: Rc<Edits>,
    /// What does not stand, and was not read yet.
    pub refused: Rc<Refusals>,
    /// What the browser keeps of both, as far as this page knows.
    pub stored: Rc<Kept>,
    /// What can be taken back.
    pub undo: Option<Rc<Undo>>,
    /// What the browser refused to keep: it is not asked again for the same.
    unkept: Option<Rc<Kept>>,
    places: u32,
}

impl Ledger {
    /// What is to lie over the data.
    pub fn laid(&self) -> BTreeMap<String, Edit> {
        let laid = |(customer, edited): (&String, &Edited)| {
            Some((customer.clone(), Edit { segment: edited.segment()?.to_owned() }))
        };
        self.edits.iter().filter_map(laid).collect()
    }

    /// The segments that the reader gives customers. `local` if there is nobody to send it to.
    pub fn change(&mut self, steps: &[Step], local: bool, mut key: impl FnMut() -> String) {
        let edits = Rc::make_mut(&mut self.edits);
        let (mut done, mut left) = (Vec::new(), 0);
        for Step { customer, shown, segment, .. } in steps {
            let before = edits.get(customer).cloned();
            let is_full = before.is_none() && edits.len() >= MOST;
            let edited = before.clone().unwrap_or_default();
            let back = edited.segment().unwrap_or(shown).to_owned();
            if back == *segment {
                continue;
            }
            if is_full {
                left += 1;
                continue;
            }
            let key = key();
            let wanted = next(&edited, shown, segment, &key, local);
            put(edits, customer, Edited { wanted, ..edited });
            done.push((customer.clone(), key, before, back));
        }
        if !done.is_empty() || left > 0 {
            let segment = steps.first().map(|step| step.segment.clone());
            let name = match &done[..] {
                [(only, ..)] => steps.iter().find(|step| step.customer == *only),
                _ => None,
            };
            self.remember(done, name.map(|step| step.name.clone()), segment, left);
        }
    }

    /// Takes the last step back.
    pub fn undo(&mut self, local: bool, mut new_key: impl FnMut() -> String) {
        let Some(undo) = self.undo.take() else { return };
        let edits = Rc::make_mut(&mut self.edits);
        for (customer, key, before, back) in &undo.steps {
            let edited = edits.get(customer).cloned().unwrap_or_default();
            let own = edited.wanted.as_ref().filter(|wanted| wanted.key == *key);
            if own.is_some_and(|wanted| !wanted.tried) {
                put(edits, customer, before.clone().unwrap_or_default());
            } else {
                // What was heard, or is in the data by now, is changed once more.
                let shown = edited.segment().or(undo.segment.as_deref()).unwrap_or(back).to_owned();
                let wanted = next(&edited, &shown, back, &new_key(), local);
                put(edits, customer, Edited { wanted, ..edited });
            }
        }
    }

    /// What was offered to be taken back is not any more.
    pub fn seen(&mut self, place: u32) {
        self.undo.take_if(|undo| undo.place == place);
    }

    /// Puts a customer back to what was shown before; what was never on its way is simply gone.
    pub fn withdraw(&mut self, customer: &str, local: bool, mut key: impl FnMut() -> String) {
        self.withdraw_one(customer, local, &mut key);
    }

    /// The same for all.
    pub fn withdraw_all(&mut self, local: bool, mut key: impl FnMut() -> String) {
        let all: Vec<String> = self.edits.keys().cloned().collect();
        all.iter().for_each(|customer| self.withdraw_one(customer, local, &mut key));
        self.undo = None;
    }

    fn withdraw_one(&mut self, customer: &str, local: bool, key: &mut impl FnMut() -> String) {
        let Some(edited) = self.edits.get(customer).cloned() else { return };
        let Some(before) = edited.before().map(str::to_owned) else { return };
        let edits = Rc::make_mut(&mut self.edits);
        let is_heard = edited.accepted.is_some();
        let wanted = match &edited.wanted {
            Some(wanted) if !wanted.tried && !is_heard => None,
            _ => next(&edited, &before, &before, &key(), local),
        };
        put(edits, customer, Edited { wanted, ..edited });
        self.undo = None;
    }

    /// What is to be sent, in the order of the customers.
    pub fn due(&self) -> Vec<(String, Wanted)> {
        let due = self.edits.iter().filter_map(|(customer, edited)| {
            let wanted = edited.wanted.as_ref().filter(|wanted| !wanted.local)?;
            Some((customer.clone(), wanted.clone()))
        });
        due.collect()
    }

    /// A change is on its way; false if it is not wanted any more.
    pub fn tried(&mut self, customer: &str, key: &str) -> bool {
        let is_own = |edited: &Edited| edited.wanted.as_ref().is_some_and(|it| it.key == key);
        if !self.edits.get(customer).is_some_and(is_own) {
            return false;
        }
        let edits = Rc::make_mut(&mut self.edits);
        if let Some(wanted) = edits.get_mut(customer).and_then(|edited| edited.wanted.as_mut()) {
            wanted.tried = true;
        }
        true
    }

    /// What was said to a change, while this snapshot was open, whose segments are `known`. A change
    /// that was answered before, or taken back meanwhile, changes nothing any more.
    pub fn answered(
        &mut self,
        customer: &str,
        asked: &Wanted,
        answer: Answer,
        (snapshot, known): (&str, &[String]),
    ) {
        let Some(edited) = self.edits.get(customer).cloned() else { return };
        let Some(wanted) = edited.wanted.clone() else { return };
        let is_last = wanted.key == asked.key;
        let heard = |segment: &str, seq| {
            let before = edited.before().unwrap_or(&asked.before).to_owned();
            let accepted = Accepted {
                segment: segment.to_owned(),
                before,
                seq,
                snapshot: snapshot.to_owned(),
            };
            // A name that the data does not have cannot be shown: until the data tells, what was shown
            // before is.
            let is_known = known.iter().any(|name| name == segment);
            is_known.then_some(accepted).or_else(|| edited.accepted.clone())
        };
        let (accepted, why) = match answer {
            Answer::Later => return,
            Answer::Refused(_) if !is_last => return,
            Answer::Refused(why) => (edited.accepted.clone(), Some(why)),
            Answer::Accepted { segment, seq } => {
                let other = (segment != asked.segment).then(|| Refusal::Other(segment.clone()));
                (heard(&segment, Some(seq)), other)
            }
            // What was wanted is there already.
            Answer::Differs(present) if present == asked.segment => (heard(&present, None), None),
            Answer::Differs(present) => (heard(&present, None), Some(Refusal::Other(present))),
        };
        let wanted = (!is_last).then(|| {
            let was = accepted.as_ref().map(|accepted| accepted.segment.clone());
            Wanted { was, ..wanted }
        });
        let next = Edited { wanted, accepted };
        if let Some(why) = why.filter(|_| is_last) {
            let stands = next.segment().unwrap_or(&asked.before).to_owned();
            self.refuse(customer, asked, stands, why);
        }
        put(Rc::make_mut(&mut self.edits), customer, next);
    }

    /// Lets go of what the data says by now.
    pub fn settle(&mut self, base: &impl Base) {
        let says = |customer: &str, segment: &str| base.segment(customer) == Some(segment);
        let settled = |customer: &String, edited: &Edited| {
            let mut next = edited.clone();
            next.accepted.take_if(|accepted| {
                let is_newer = accepted.snapshot != base.snapshot();
                match accepted.seq {
                    Some(seq) => base.covers(seq) || is_newer && says(customer, &accepted.segment),
                    None => is_newer || says(customer, &accepted.segment),
                }
            });
            let alone = edited.accepted.is_none();
            next.wanted.take_if(|it| {
                alone && !it.tried && it.was.is_some() && says(customer, &it.segment)
            });
            next
        };
        let changed: Vec<(String, Edited)> = self
            .edits
            .iter()
            .map(|(customer, edited)| (customer, edited, settled(customer, edited)))
            .filter(|(_, before, after)| *before != after)
            .map(|(customer, _, after)| (customer.clone(), after))
            .collect();
        if !changed.is_empty() {
            let edits = Rc::make_mut(&mut self.edits);
            changed.into_iter().for_each(|(customer, after)| put(edits, &customer, after));
        }
    }

    /// What does not stand, with the key of each, newest first.
    pub fn refusals(&self) -> Vec<(&String, &Refused)> {
        kept::newest_first(&self.refused)
    }

    /// True if the browser keeps what there is, or will not.
    pub fn is_stored(&self) -> bool {
        let is = |kept: &Kept| *self.edits == kept.edits && *self.refused == kept.refused;
        is(&self.stored) || self.unkept.as_ref().is_some_and(|unkept| is(unkept))
    }

    /// True once the browser refused to keep them: they last as long as the page.
    pub fn is_unkept(&self) -> bool {
        self.unkept.is_some()
    }

    /// The browser keeps these: what was changed here since stands, the rest is as it is there.
    pub fn join(&mut self, kept: Kept) {
        let joined = Kept::joined(&self.stored, (&self.edits, &self.refused), &kept);
        self.outdated(&joined);
        if *self.edits != joined.edits {
            self.edits = Rc::new(joined.edits);
        }
        if *self.refused != joined.refused {
            self.refused = Rc::new(joined.refused);
        }
        if *self.stored != kept {
            self.stored = Rc::new(kept);
        }
    }

    /// What another window has changed once more, taken back or heard refused is nothing that can be
    /// taken back here: it would take back what is not this step.
    fn outdated(&mut self, joined: &Kept) {
        let Some(undo) = &mut self.undo else { return };
        let is_own = |edits: &Edits, customer: &str, key: &str| {
            let wanted = edits.get(customer).and_then(|edited| edited.wanted.as_ref());
            wanted.map(|wanted| wanted.key == key)
        };
        let segment = undo.segment.clone();
        let stands = |(customer, key, ..): &(String, String, Option<Edited>, String)| {
            if joined.refused.contains_key(key) {
                return false;
            }
            match (is_own(&joined.edits, customer, key), joined.edits.get(customer)) {
                (Some(own), _) => own,
                (None, Some(heard)) => heard.segment() == segment.as_deref(),
                // Settled by the data, unless it waited for its answer here: then it was taken back.
                (None, None) => is_own(&self.edits, customer, key) != Some(true),
            }
        };
        if undo.steps.iter().all(stands) {
            return;
        }
        Rc::make_mut(undo).steps.retain(stands);
        self.undo.take_if(|undo| undo.steps.is_empty());
    }

    /// The browser keeps what there is now, or refused to.
    pub fn kept(&mut self, kept: Option<Kept>) {
        match kept {
            Some(kept) => {
                self.unkept = None;
                self.join(kept);
            }
            // What it keeps stays what it was, so that all of this is still this page's own.
            None => {
                let (edits, refused) = ((*self.edits).clone(), (*self.refused).clone());
                self.unkept = Some(Rc::new(Kept { edits, refused }));
            }
        }
    }

    /// The reader has seen a refusal.
    pub fn dismiss(&mut self, key: &str) {
        Rc::make_mut(&mut self.refused).remove(key);
    }

    fn refuse(&mut self, customer: &str, asked: &Wanted, stands: String, why: Refusal) {
        let (customer, segment) = (customer.to_owned(), asked.segment.clone());
        if let Some(undo) = &mut self.undo {
            // It is taken back already.
            Rc::make_mut(undo).steps.retain(|(changed, ..)| *changed != customer);
        }
        self.undo.take_if(|undo| undo.steps.is_empty());
        let refused = Refused { customer, segment, stands, why, order: 0 };
        kept::remember(Rc::make_mut(&mut self.refused), asked.key.clone(), refused);
    }

    fn remember(
        &mut self,
        steps: Vec<(String, String, Option<Edited>, String)>,
        name: Option<String>,
        segment: Option<String>,
        left: usize,
    ) {
        let place = self.place();
        self.undo = Some(Rc::new(Undo { steps, name, segment, left, place }));
    }

    fn place(&mut self) -> u32 {
        self.places = self.places.wrapping_add(1);
        self.places
    }
}

#[cfg(test)]
mod tests;
