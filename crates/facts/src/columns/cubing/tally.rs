//! Counts by key, of more keys than can be held as cells.

use std::ops::AddAssign;

/// Keys that wait to be put in order, at most.
const WAITING: usize = 1 << 20;

/// Sums by key; in order once it is asked for them.
#[derive(Debug)]
pub(super) struct Tally<S = Sum> {
    sums: Vec<(u64, S)>,
    waiting: Vec<(u64, S)>,
}

impl<S> Default for Tally<S> {
    fn default() -> Self {
        Self { sums: Vec::new(), waiting: Vec::new() }
    }
}

/// How many, and where that is summed too their lifetime value, recency and orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub count: i64,
    pub values: [i64; 3],
}

impl Sum {
    pub fn of(count: i64) -> Self {
        Self { count, values: [0; 3] }
    }
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.values.iter_mut().zip(other.values).for_each(|(into, value)| *into += value);
    }
}

impl<S: AddAssign + Copy> Tally<S> {
    pub fn add(&mut self, key: u64, sum: S) {
        self.waiting.push((key, sum));
        if self.waiting.len() == WAITING {
            self.settle();
        }
    }

    /// All sums by key, ascending.
    pub fn take(&mut self) -> Vec<(u64, S)> {
        self.settle();
        std::mem::take(&mut self.sums)
    }

    fn settle(&mut self) {
        self.waiting.sort_unstable_by_key(|&(key, _)| key);
        self.waiting.dedup_by(together);
        self.sums.append(&mut self.waiting);
        // Two runs in order, which a stable sort only has to merge.
        self.sums.sort_by_key(|&(key, _)| key);
        self.sums.dedup_by(together);
    }
}

/// Adds a sum to the one before it, if they have the same key.
fn together<S: AddAssign + Copy>(next: &mut (u64, S), kept: &mut (u64, S)) -> bool {
    let same = next.0 == kept.0;
    if same {
        kept.1 += next.1;
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_come_by_key_and_the_tally_is_empty_then() {
        let mut tally = Tally::default();
        for key in [5, 1, 5, 1, 9] {
            tally.add(key, Sum { count: 1, values: [-2, 5, 0] });
            tally.settle();
        }
        let sum = |count| Sum { count, values: [-2 * count, 5 * count, 0] };
        assert_eq!(tally.take(), [(1, sum(2)), (5, sum(2)), (9, sum(1))]);
        assert_eq!(tally.take(), []);
    }
}
