//! Keeps the last passes, because several cards ask for parts of the same one.

use std::collections::VecDeque;
use std::sync::Mutex;

use crate::measure::{Grouping, Totals};
use crate::scope::Scope;

/// Passes kept; a dashboard asks about a dozen different ones.
const KEPT: usize = 96;

type Pass = (Scope, Grouping, Over, Vec<Totals>);

/// Which rows a pass looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// Purchase lines: sales and customers.
    Lines,
    /// Feedback and contacts.
    Feedback,
}

/// The last passes, newest last.
#[derive(Debug, Default)]
pub(super) struct Recent(Mutex<VecDeque<Pass>>);

impl Recent {
    /// The groups of an earlier pass, or of a new one, which may bring other groupings along.
    pub fn get_or(
        &self,
        scope: &Scope,
        grouping: Grouping,
        over: Over,
        scan: impl FnOnce() -> Vec<(Grouping, Vec<Totals>)>,
    ) -> Vec<Totals> {
        let of_these = |passes: Vec<(Grouping, Vec<Totals>)>| {
            passes.into_iter().find(|(made, _)| *made == grouping).map(|(_, groups)| groups)
        };
        // Without the lock (a panic elsewhere) answers are computed, only not kept.
        let Ok(mut passes) = self.0.lock() else { return of_these(scan()).unwrap_or_default() };
        let same = |pass: &&Pass| (pass.1, pass.2) == (grouping, over) && pass.0 == *scope;
        if let Some((_, _, _, groups)) = passes.iter().find(same) {
            return groups.clone();
        }
        let made = scan();
        for (grouping, groups) in &made {
            passes.push_back((scope.clone(), *grouping, over, groups.clone()));
        }
        while passes.len() > KEPT {
            passes.pop_front();
        }
        of_these(made).unwrap_or_default()
    }
}
