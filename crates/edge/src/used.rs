//! The nonces that have signed somebody in, so that a copied token and cookie serve once.
//!
//! Each running instance remembers its own: a second line behind the nonce cookie, which the
//! answer to a sign-in clears.

use std::collections::{HashSet, VecDeque};

const MOST: usize = 10_000;

/// The nonces of the last minutes, oldest first.
#[derive(Debug, Default)]
pub struct UsedNonces {
    order: VecDeque<(u64, String)>,
    known: HashSet<String>,
}

impl UsedNonces {
    /// Remembers a nonce until a time; false if it was known already.
    pub fn remember(&mut self, nonce: &str, until: u64, now: u64) -> bool {
        while let Some((ends, _)) = self.order.front() {
            if *ends > now && self.order.len() < MOST {
                break;
            }
            if let Some((_, old)) = self.order.pop_front() {
                self.known.remove(&old);
            }
        }
        let new = self.known.insert(nonce.to_owned());
        if new {
            self.order.push_back((until, nonce.to_owned()));
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_serves_once_while_it_lasts() {
        let mut used = UsedNonces::default();
        assert!(used.remember("a", 100, 0));
        assert!(!used.remember("a", 100, 99));
        assert!(used.remember("b", 300, 100));
        assert!(used.remember("a", 300, 100), "its cookie has ended by then");
    }

    #[test]
    fn memory_is_bounded() {
        let mut used = UsedNonces::default();
        for number in 0..MOST + 5 {
            assert!(used.remember(&number.to_string(), 100, 0));
        }
        assert_eq!((used.order.len(), used.known.len()), (MOST, MOST));
    }
}
