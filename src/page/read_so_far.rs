//! How far reading has come, in words.

use engine::Progress;
use widgets::Format;
use words::say;

/// How much is read of how much: `12 of 34 MB`.
pub fn read_of(progress: Progress, format: &Format) -> String {
    let places = if progress.total < 10_000_000 { 1 } else { 0 };
    let size = |bytes: u64| format.decimals(bytes as f64 / 1e6, places);
    say!("{read} of {all} MB", read = size(progress.loaded), all = size(progress.total))
}

/// How much is read, in percent.
pub fn percent(progress: Progress) -> String {
    let share = u128::from(progress.loaded) * 100 / u128::from(progress.total.max(1));
    format!("{share}%")
}
