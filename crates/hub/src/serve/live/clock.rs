//! The time at which something is done here.

use std::time::{SystemTime, UNIX_EPOCH};

use snapshot::Day;

const DAY: u64 = 24 * 60 * 60;

/// This instant, as RFC 3339 has it in UTC.
pub fn now() -> String {
    written(seconds())
}

/// This day in UTC.
pub fn today() -> Day {
    day(seconds())
}

#[expect(clippy::disallowed_methods, reason = "events and edits are of here and now")]
fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

fn day(seconds: u64) -> Day {
    Day(i32::try_from(seconds / DAY).unwrap_or(i32::MAX))
}

fn written(seconds: u64) -> String {
    let (day, second) = (day(seconds), seconds % DAY);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{day}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn instants_are_written_in_utc() {
        assert_eq!(written(0), "1970-01-01T00:00:00Z");
        assert_eq!(written(1_782_863_999), "2026-06-30T23:59:59Z");
        assert_eq!(written(1_709_210_096), "2024-02-29T12:34:56Z");
    }
}
