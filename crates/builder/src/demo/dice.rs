//! Randomness that gives the same sequence on every machine: integers only, one stream a customer.

use oorandom::Rand64;

/// Independent sources of randomness, so that a change to one part of the demo leaves the others.
#[derive(Clone, Copy, Debug)]
pub enum Stream {
    /// The life of a customer.
    Customer = 1,
    /// Orders without a customer.
    Guest = 2,
    /// The tied customers.
    Ties = 3,
    /// What goes on after the last day.
    Later = 4,
    /// Small files in the shape of other programs' exports.
    Sample = 5,
}

/// A stream of random numbers.
pub struct Dice(Rand64);

impl Dice {
    /// The stream of one customer (or guest) under a seed.
    pub fn new(seed: u64, stream: Stream, index: u64) -> Self {
        let low = mix(seed ^ mix(index));
        let high = mix(low ^ stream as u64);
        Self(Rand64::new(u128::from(high) << 64 | u128::from(low)))
    }

    /// 0 up to and without `limit`; 0 if the limit is.
    pub fn below(&mut self, limit: u64) -> u64 {
        if limit == 0 { 0 } else { self.0.rand_range(0..limit) }
    }

    /// From `least` to `most`, both included.
    pub fn between(&mut self, least: i32, most: i32) -> i32 {
        let width = u64::from(most.abs_diff(least)) + 1;
        least + i32::try_from(self.below(width)).unwrap_or(0)
    }

    /// True so often in a thousand.
    pub fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    /// One of the items; the items must not be empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }

    /// An index, by weight.
    pub fn weighted(&mut self, weights: impl Iterator<Item = u64> + Clone) -> usize {
        let mut at = self.below(weights.clone().sum());
        for (index, weight) in weights.enumerate() {
            if at < weight {
                return index;
            }
            at -= weight;
        }
        0
    }
}

/// SplitMix64's finisher: neighbouring numbers become far ones.
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_never_change() {
        let mut dice = Dice::new(1, Stream::Customer, 7);
        let rolled: Vec<u64> = (0..4).map(|_| dice.below(1000)).collect();
        assert_eq!(rolled, SEVENTH);
    }

    const SEVENTH: [u64; 4] = [474, 957, 658, 838];

    #[test]
    fn weights_are_respected() {
        let mut dice = Dice::new(1, Stream::Guest, 0);
        let mut seen = [0; 3];
        for _ in 0..3000 {
            seen[dice.weighted([1, 0, 2].into_iter())] += 1;
        }
        assert!(seen[1] == 0 && seen[2] > seen[0] * 3 / 2, "{seen:?}");
    }
}
