//! The purchase lines in a scope, found in one pass that all questions about the scope share.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "numbers of rows, which are at most `MOST_ROWS`, and bytes in memory"
)]

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use super::Columns;
use super::lens::Lens;
use crate::narrow;
use crate::scope::Scope;

/// Bytes that kept selections may take; the last one is kept at any size.
const KEPT_BYTES: usize = 32 << 20;

/// The purchase lines in a scope, customer by customer.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// Numbers of the lines, ascending.
    lines: Vec<u32>,
    /// Each customer who has such lines, and where they end in `lines`; guests' lines follow.
    buyers: Vec<(u32, u32)>,
}

impl Selection {
    /// Each customer with a line in scope, ascending, and these lines.
    pub fn buyers(&self) -> impl Iterator<Item = (usize, &[u32])> {
        let mut start = 0;
        self.buyers.iter().map(move |&(customer, end)| {
            let lines = &self.lines[start as usize..end as usize];
            start = end;
            (customer as usize, lines)
        })
    }

    /// Customers with a line in scope, ascending.
    pub fn customers(&self) -> impl ExactSizeIterator<Item = u32> {
        self.buyers.iter().map(|&(customer, _)| customer)
    }

    /// Lines in scope of nobody known.
    pub fn guests(&self) -> &[u32] {
        let start = self.buyers.last().map_or(0, |&(_, end)| end);
        &self.lines[start as usize..]
    }

    fn bytes(&self) -> usize {
        self.lines.capacity() * 4 + self.buyers.capacity() * 8
    }
}

/// The last selections, newest last.
#[derive(Debug, Default)]
pub(super) struct Selections(Mutex<VecDeque<(Scope, Arc<Selection>)>>);

impl Selections {
    fn get_or(&self, scope: &Scope, select: impl FnOnce() -> Selection) -> Arc<Selection> {
        // Without the lock (a panic elsewhere) selections are made, only not kept.
        let Ok(mut kept) = self.0.lock() else { return Arc::new(select()) };
        if let Some((_, selection)) = kept.iter().find(|(known, _)| known == scope) {
            return selection.clone();
        }
        let selection = Arc::new(select());
        kept.push_back((scope.clone(), selection.clone()));
        while kept.len() > 1
            && kept.iter().map(|(_, selection)| selection.bytes()).sum::<usize>() > KEPT_BYTES
        {
            kept.pop_front();
        }
        selection
    }
}

impl Columns {
    /// The lines in a scope.
    pub(super) fn selection(&self, scope: &Scope) -> Arc<Selection> {
        self.selections.get_or(scope, || self.select(&Lens::new(self, scope)))
    }

    fn select(&self, lens: &Lens) -> Selection {
        let mut lines = Lines::default();
        let mut buyers = Vec::new();
        for customer in 0..self.customers.len() {
            // Most have no line in a short period, and need not be looked at for it.
            if !lens.meets(self.spans[customer]) || !lens.customer(self, customer) {
                continue;
            }
            let before = lines.kept;
            lines.keep(self, lens, self.lines_of(customer));
            if lines.kept > before {
                buyers.push((narrow::row(customer), narrow::row(lines.kept)));
            }
        }
        if lens.guests() {
            lines.keep(self, lens, self.guest_lines());
        }
        buyers.shrink_to_fit();
        Selection { lines: lines.done(), buyers }
    }

    /// The lines of a customer.
    pub(super) fn lines_of(&self, customer: usize) -> Range<usize> {
        self.offsets[customer] as usize..self.offsets[customer + 1] as usize
    }

    /// The lines of nobody known.
    pub(super) fn guest_lines(&self) -> Range<usize> {
        self.offsets.last().copied().unwrap_or(0) as usize..self.purchases.len()
    }
}

/// Numbers of lines, with room for more.
#[derive(Default)]
struct Lines {
    numbers: Vec<u32>,
    kept: usize,
}

impl Lines {
    /// Keeps those of some lines that are in scope. Each is written down, and overwritten by the
    /// next if it is not: nobody can foresee which are, so a branch would be slower.
    #[inline]
    fn keep(&mut self, columns: &Columns, lens: &Lens, lines: Range<usize>) {
        if self.numbers.len() < self.kept + lines.len() {
            let more = (self.numbers.len() / 2).max(lines.len()).max(1 << 16);
            self.numbers.resize(self.numbers.len() + more, 0);
        }
        let into = &mut self.numbers[self.kept..];
        let days = &columns.purchases.day[lines.clone()];
        let categories = &columns.purchases.category[lines.clone()];
        let mut kept = 0;
        for ((line, &day), &category) in lines.zip(days).zip(categories) {
            into[kept] = narrow::row(line);
            kept += usize::from(lens.day(day) & lens.category(category));
        }
        self.kept += kept;
    }

    fn done(mut self) -> Vec<u32> {
        self.numbers.truncate(self.kept);
        self.numbers.shrink_to_fit();
        self.numbers
    }
}
