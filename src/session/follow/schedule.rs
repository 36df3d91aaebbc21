//! When the host is asked for something newer: pure arithmetic on milliseconds.

/// How things stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule {
    /// From one look to the next while all is well; none if nobody looks by himself.
    pub every: Option<u32>,
    /// Failures in a row.
    pub failures: u32,
    /// Since the last look ended.
    pub since: u32,
}

/// First wait after a failure; it doubles with each one more.
const FIRST: u32 = 5_000;

/// Longest wait after failures, where looks are not rarer anyway.
const LONGEST: u32 = 300_000;

/// Least time between two looks that the reader's coming and going brings about.
const REST: u32 = 10_000;

impl Schedule {
    /// Until the next look, if nothing happens before.
    pub fn due(self) -> Option<u32> {
        let every = self.every?;
        let wait = match self.failures.checked_sub(1) {
            None => every,
            Some(more) => {
                let first = FIRST.min(every);
                first.saturating_mul(1 << more.min(16)).min(every.max(LONGEST))
            }
        };
        Some(wait.saturating_sub(self.since))
    }

    /// Until a look that is wanted because the reader is back, or the network is.
    pub fn soon(self) -> Option<u32> {
        Some(self.every?.min(REST).saturating_sub(self.since))
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn due(every: u32, failures: u32, since: u32) -> u32 {
        Schedule { every: Some(every), failures, since }.due().unwrap()
    }

    #[wasm_bindgen_test]
    fn looks_come_at_intervals_and_rarer_while_they_fail() {
        assert_eq!(due(300_000, 0, 0), 300_000);
        assert_eq!(due(300_000, 0, 299_000), 1_000);
        assert_eq!(due(300_000, 0, 400_000), 0, "it was due while nobody looked");
        let waits: Vec<u32> = (1..=8).map(|failures| due(300_000, failures, 0)).collect();
        let doubled = [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000];
        assert_eq!(waits, doubled);
        assert_eq!(due(1_000, 1, 0), 1_000, "no rarer at first than while all is well");
        assert_eq!(due(1_000, u32::MAX, 0), LONGEST);
        assert_eq!(due(86_400_000, 30, 0), 86_400_000);
    }

    #[wasm_bindgen_test]
    fn who_comes_and_goes_does_not_ask_each_time() {
        let soon = |every, since| Schedule { every, failures: 7, since }.soon();
        assert_eq!(soon(Some(300_000), 0), Some(10_000));
        assert_eq!(soon(Some(300_000), 10_000), Some(0));
        assert_eq!(soon(Some(1_000), 400), Some(600));
        assert_eq!(soon(None, 60_000), None);
    }

    #[wasm_bindgen_test]
    fn who_is_not_to_look_does_not() {
        assert_eq!(Schedule { every: None, failures: 3, since: 9 }.due(), None);
    }
}
