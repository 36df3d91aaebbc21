//! Sizes and places in lists, as the numbers in which they are kept.

/// The number of a row; there are at most [`snapshot::bounds::MOST_ROWS`] of a kind.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "at most `MOST_ROWS`, which has 32 bits")]
pub(crate) fn row(at: usize) -> u32 {
    at as u32
}

/// How many there are, among what is summed.
#[inline]
pub(crate) fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

/// The code of a class; there are at most [`snapshot::bounds::MOST_CLASSES`].
pub(crate) fn class(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(u8::MAX)
}
