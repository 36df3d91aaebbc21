//! Chance that is the same each time, and what it does to bytes.

use oorandom::Rand64;

/// Numbers at which arithmetic breaks.
pub const EXTREMES: [i64; 24] = [
    0,
    1,
    -1,
    2,
    3,
    5,
    19,
    127,
    128,
    255,
    256,
    65_534,
    65_535,
    65_536,
    3_000_000_000,
    i32::MAX as i64,
    i32::MIN as i64,
    u32::MAX as i64,
    1 << 32,
    1 << 53,
    1 << 60,
    i64::MAX,
    i64::MIN,
    -65_536,
];

pub struct Chance(Rand64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(Rand64::new(seed.into()))
    }

    /// A number below another.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.rand_range(0..(end as u64).max(1)) as usize
    }

    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    pub fn extreme(&mut self) -> i64 {
        *self.one_of(&EXTREMES)
    }

    /// Flips bits, cuts, doubles and moves parts, one or a few at once.
    pub fn spoil(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(3) {
            if bytes.is_empty() {
                return;
            }
            let at = self.below(bytes.len());
            let end = (at + 1 + self.below(16)).min(bytes.len());
            match self.below(8) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let (part, into) = (bytes[at..end].to_vec(), self.below(bytes.len()));
                    bytes.splice(into..into, part);
                }
                3 => bytes[at] = *self.one_of(&[0, 1, 0x7f, 0x80, 0xff]),
                4 => bytes[at..end].fill(0xff),
                _ => bytes[at] ^= 1 << self.below(8),
            }
        }
    }
}
