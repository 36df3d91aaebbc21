//! How far a file has come, and how long the rest will take.

use widgets::Format;
use words::say;

/// How far a file has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Come {
    /// Rows written.
    pub rows: u32,
    /// Bytes read for it.
    pub bytes: u64,
    /// Seconds that the rest will take; none as long as nothing tells.
    pub seconds_left: Option<u32>,
}

/// Watches a file grow.
pub struct Pace {
    /// Rows of the whole file.
    rows: u32,
    /// When the first piece was written, in milliseconds, and its rows.
    first: Option<(f64, u32)>,
}

impl Pace {
    /// Of a file of so many rows.
    pub fn of(rows: u32) -> Self {
        Self { rows, first: None }
    }

    /// So many rows are written by a moment in milliseconds: the seconds that the rest takes if
    /// it goes on like this. The first piece waits for what others find read, so it is no measure.
    pub fn seconds_left(&mut self, written: u32, now: f64) -> Option<u32> {
        let (begun, rows) = *self.first.get_or_insert((now, written));
        let (done, left) = (written.saturating_sub(rows), self.rows.saturating_sub(written));
        if done == 0 {
            return None;
        }
        let seconds = (now - begun).max(0.0) / 1_000.0 / f64::from(done) * f64::from(left);
        Some(seconds.ceil() as u32)
    }
}

impl Come {
    /// In words, of a file of so many rows.
    pub fn words(self, rows: u32, format: &Format) -> String {
        let size = format.decimals(self.bytes as f64 / 1e6, 1);
        let (written, all) = (format.count(self.rows.into()), format.count(rows.into()));
        match self.seconds_left {
            None => say!("{written} of {all} written, {size} MB read", written, all, size),
            Some(seconds @ ..=90) => say!(
                "{written} of {all} written, {size} MB read, {seconds} s left",
                written,
                all,
                size,
                seconds
            ),
            Some(seconds) => say!(
                "{written} of {all} written, {size} MB read, {minutes} min left",
                written,
                all,
                size,
                minutes = seconds.div_ceil(60)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn what_is_left_follows_from_the_pieces_behind_the_first() {
        let mut pace = Pace::of(10_000);
        assert_eq!(pace.seconds_left(2_000, 60_000.0), None);
        assert_eq!(pace.seconds_left(4_000, 61_000.0), Some(3));
        assert_eq!(pace.seconds_left(8_000, 63_000.0), Some(1));
        assert_eq!(pace.seconds_left(10_000, 64_000.0), Some(0));
        // A clock that was set back makes nobody wait for ever.
        assert_eq!(pace.seconds_left(9_000, 0.0), Some(0));
    }
}
