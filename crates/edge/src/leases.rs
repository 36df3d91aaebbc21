//! How much memory all requests together may hold at a time.
//!
//! A lease ends by itself: a runtime may drop a request whose client has gone without another
//! word, and what it held must not be missing for ever.

/// Most bytes held at a time.
pub const MOST: u64 = 16 * 1024 * 1024;

/// Milliseconds after which a lease has ended, returned or not.
pub const LONGEST_MS: u64 = 6_000;

/// The leases that are out.
#[derive(Debug, Default)]
pub struct Leases {
    out: Vec<Lease>,
    last: u64,
}

/// Leave to hold some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    id: u64,
    bytes: u64,
    until: u64,
}

impl Leases {
    /// Nothing held yet.
    pub const fn new() -> Self {
        Self { out: Vec::new(), last: 0 }
    }

    /// A lease of that many bytes; none while too many are held.
    pub fn take(&mut self, bytes: u64, now: u64) -> Option<Lease> {
        // One that would last longer was given before the clock was set back.
        self.out.retain(|lease| (now + 1..=now.saturating_add(LONGEST_MS)).contains(&lease.until));
        let held: u64 = self.out.iter().map(|lease| lease.bytes).sum();
        (held.saturating_add(bytes) <= MOST).then(|| {
            self.last += 1;
            let lease = Lease { id: self.last, bytes, until: now.saturating_add(LONGEST_MS) };
            self.out.push(lease);
            lease
        })
    }

    /// Takes one back.
    pub fn give_back(&mut self, lease: Lease) {
        self.out.retain(|other| other.id != lease.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_given_back_or_forgotten_can_be_had_again() {
        let mut leases = Leases::new();
        let all = leases.take(MOST, 0).unwrap();
        assert_eq!(leases.take(1, LONGEST_MS - 1), None);
        leases.give_back(all);
        leases.take(MOST, 0).unwrap();
        assert!(leases.take(MOST, LONGEST_MS).is_some(), "forgotten");
        assert_eq!(leases.take(MOST + 1, 100 * LONGEST_MS), None);
        leases.take(MOST, 200 * LONGEST_MS).unwrap();
        assert!(leases.take(MOST, LONGEST_MS).is_some(), "the clock was set back");
    }

    proptest! {
        #[test]
        fn never_more_than_most(steps in proptest::collection::vec((0..=MOST, 0..3_000_u64, any::<bool>()), 0..50)) {
            let (mut leases, mut now, mut out) = (Leases::new(), 0, Vec::new());
            for (bytes, later, back) in steps {
                now += later;
                out.extend(leases.take(bytes, now));
                out.retain(|lease| lease.until > now);
                prop_assert!(out.iter().map(|lease| lease.bytes).sum::<u64>() <= MOST);
                if back && let Some(lease) = out.pop() {
                    leases.give_back(lease);
                }
            }
        }
    }
}
