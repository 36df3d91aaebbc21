//! Google's keys as kept between requests: when to use them, when to fetch, when to wait.
//!
//! Tokens with made-up key names must not make the edge hammer Google: at most one fetch is under
//! way, and after each one there is a pause, also when nothing has been fetched yet.

use crate::Refusal;
use crate::jwks::{self, RsaKey};

/// Milliseconds after which a fetch under way is given up.
pub const FETCH_MS: u64 = 5_000;

const PAUSE_AFTER_SUCCESS_MS: u64 = 30_000;
const PAUSE_AFTER_FAILURE_MS: u64 = 5_000;
const LONGEST_KEPT_MS: u64 = jwks::LONGEST_KEPT * 1_000;
/// For how long keys that should be renewed still serve while Google cannot be reached.
const GRACE_MS: u64 = 3_600_000;

/// What a request that needs a key should do.
#[derive(Debug, PartialEq, Eq)]
pub enum Plan {
    /// Verify with this key.
    Use(RsaKey),
    /// Fetch the keys, then call [`KeyCache::settle`] and ask again.
    Fetch,
    /// Another request fetches them: ask again a little later.
    Wait,
    /// Give up.
    Refuse(Refusal),
}

/// The keys and the times that decide about them, in milliseconds.
#[derive(Debug, Default)]
pub struct KeyCache {
    keys: Vec<RsaKey>,
    fresh_until: u64,
    fetching_since: Option<u64>,
    next_fetch: u64,
}

impl KeyCache {
    /// Nothing fetched yet.
    pub const fn new() -> Self {
        Self { keys: Vec::new(), fresh_until: 0, fetching_since: None, next_fetch: 0 }
    }

    /// What a request that needs the key of that name should do now.
    pub fn plan(&mut self, kid: &str, now: u64) -> Plan {
        self.follow_clock(now);
        let known = self.keys.iter().find(|key| key.kid == kid).cloned();
        let fresh = now < self.fresh_until;
        let serves = |key: Option<RsaKey>| key.filter(|_| now < self.fresh_until + GRACE_MS);
        match known {
            Some(key) if fresh => Plan::Use(key),
            known if self.fetch_under_way(now) => serves(known).map_or(Plan::Wait, Plan::Use),
            known if now < self.next_fetch => {
                let nothing = if fresh { Refusal::UnknownKey } else { Refusal::KeysUnavailable };
                serves(known).map_or(Plan::Refuse(nothing), Plan::Use)
            }
            _ => {
                self.fetching_since = Some(now);
                Plan::Fetch
            }
        }
    }

    /// Takes what a fetch brought: keys and the seconds to keep them, or nothing.
    pub fn settle(&mut self, fetched: Option<(Vec<RsaKey>, u64)>, now: u64) {
        self.fetching_since = None;
        match fetched {
            Some((keys, seconds)) => {
                self.keys = keys;
                self.fresh_until = now.saturating_add(seconds.saturating_mul(1_000));
                self.next_fetch = now + PAUSE_AFTER_SUCCESS_MS;
            }
            None => self.next_fetch = now + PAUSE_AFTER_FAILURE_MS,
        }
    }

    /// Waits for nothing that a clock set back has moved into the far future.
    fn follow_clock(&mut self, now: u64) {
        self.fetching_since = self.fetching_since.filter(|since| *since <= now);
        self.next_fetch = self.next_fetch.min(now.saturating_add(PAUSE_AFTER_SUCCESS_MS));
        self.fresh_until = self.fresh_until.min(now.saturating_add(LONGEST_KEPT_MS));
    }

    fn fetch_under_way(&self, now: u64) -> bool {
        // A request that was cancelled never settles; after the limit another one may try.
        self.fetching_since.is_some_and(|since| now < since + FETCH_MS + 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000_000;

    fn key(kid: &str) -> RsaKey {
        RsaKey { kid: kid.to_owned(), n: "n".to_owned(), e: "e".to_owned() }
    }

    fn loaded() -> KeyCache {
        let mut cache = KeyCache::new();
        assert_eq!(cache.plan("a", NOW), Plan::Fetch);
        cache.settle(Some((vec![key("a")], 3_600)), NOW);
        cache
    }

    #[test]
    fn a_storm_of_unknown_names_fetches_once_a_pause() {
        let mut cache = loaded();
        for second in 0..30 {
            let refused = Plan::Refuse(Refusal::UnknownKey);
            assert_eq!(cache.plan(&format!("x{second}"), NOW + second * 1_000), refused);
        }
        assert_eq!(cache.plan("y", NOW + 30_000), Plan::Fetch);
        assert_eq!(cache.plan("z", NOW + 30_001), Plan::Wait);
        assert_eq!(cache.plan("a", NOW + 30_001), Plan::Use(key("a")));
    }

    #[test]
    fn a_cold_start_has_a_pause_too() {
        let mut cache = KeyCache::new();
        assert_eq!(cache.plan("a", NOW), Plan::Fetch);
        assert_eq!(cache.plan("b", NOW), Plan::Wait);
        cache.settle(None, NOW + 100);
        assert_eq!(cache.plan("a", NOW + 200), Plan::Refuse(Refusal::KeysUnavailable));
        assert_eq!(cache.plan("a", NOW + 5_100), Plan::Fetch);
    }

    #[test]
    fn a_cancelled_fetch_does_not_block_for_ever() {
        let mut cache = KeyCache::new();
        assert_eq!(cache.plan("a", NOW), Plan::Fetch);
        assert_eq!(cache.plan("a", NOW + 5_999), Plan::Wait);
        assert_eq!(cache.plan("a", NOW + 6_000), Plan::Fetch);
    }

    #[test]
    fn a_clock_set_back_keeps_no_new_key_out() {
        let day = 86_400_000;
        let mut cache = KeyCache::new();
        assert_eq!(cache.plan("a", NOW + 30 * day), Plan::Fetch);
        assert_eq!(cache.plan("a", NOW), Plan::Fetch, "a fetch that began in the future");
        cache.settle(Some((vec![key("a")], 3_600)), NOW + 30 * day);
        assert_eq!(cache.plan("b", NOW), Plan::Refuse(Refusal::UnknownKey));
        assert_eq!(cache.plan("b", NOW + 30_000), Plan::Fetch);
        cache.settle(None, NOW + 30_000);
        let late = NOW + day + GRACE_MS;
        assert_eq!(cache.plan("a", late), Plan::Fetch, "keys older than a day");
        cache.settle(None, late);
        assert_eq!(cache.plan("a", late + 1), Plan::Refuse(Refusal::KeysUnavailable));
    }

    #[test]
    fn keys_rotate_and_outlive_an_outage_for_an_hour() {
        let mut cache = loaded();
        assert_eq!(cache.plan("b", NOW + 40_000), Plan::Fetch);
        cache.settle(Some((vec![key("b")], 3_600)), NOW + 40_000);
        assert_eq!(cache.plan("b", NOW + 40_001), Plan::Use(key("b")));
        assert_eq!(cache.plan("a", NOW + 40_001), Plan::Refuse(Refusal::UnknownKey));
        let stale = NOW + 40_000 + 3_600_000;
        assert_eq!(cache.plan("b", stale), Plan::Fetch);
        cache.settle(None, stale);
        assert_eq!(cache.plan("b", stale + 1), Plan::Use(key("b")));
        let late = stale + GRACE_MS;
        assert_eq!(cache.plan("b", late), Plan::Fetch);
        cache.settle(None, late);
        assert_eq!(cache.plan("b", late + 1), Plan::Refuse(Refusal::KeysUnavailable));
    }
}
