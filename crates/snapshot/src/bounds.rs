//! How large the parts of a snapshot may be: the builder makes nothing larger, and readers take
//! nothing larger in, so that what is computed from a snapshot stays within its integers.
//!
//! - The amounts of all lines, and the lifetime values of all customers, add up to at most
//!   [`MOST_SUM`] when their signs are left out. So does any choice of them; the difference of
//!   two sums, and five times a count of rows, still fit 64 bits with room to spare.
//! - There are at most [`MOST_ROWS`] rows of a kind: a number of one fits 32 bits, and as many
//!   quantities of 32 bits, or orders of a customer, stay below [`MOST_SUM`].
//! - A pack takes at most [`MOST_PACK_BYTES`] when it is unpacked, the cubes that are read together at
//!   most [`MOST_LAYER_BYTES`], see [`crate::cubes::Shape::check`]: numbers of cells fit 32 bits.

use std::fmt::Display;
use std::ops::RangeInclusive;

/// Most that amounts may add up to, signs left out, in money units.
pub const MOST_SUM: i64 = 1 << 60;

/// Most customers, purchase lines, scores or contacts.
pub const MOST_ROWS: u32 = 1 << 28;

/// Most rows of any table.
pub const MOST_TABLE_ROWS: u64 = 1 << 40;

/// Most values of a code of 8 bits; one more stands for none.
pub const MOST_CLASSES: usize = 254;

/// Most categories: a code of 16 bits, of which one stands for none.
pub const MOST_CATEGORIES: usize = 65_534;

/// Most days from the first to the last.
pub const MOST_DAYS: i32 = 65_535;

/// Most bytes of a pack before it was packed.
pub const MOST_PACK_BYTES: u32 = 512 << 20;

/// Most bytes of a block of customers' names before it was packed.
pub const MOST_PEOPLE_BYTES: u32 = 64 << 20;

/// Most bytes of the cubes that are read together.
pub const MOST_LAYER_BYTES: u64 = 1 << 30;

/// Most bytes of all cubes of coarse strata, which are made and read one after the other.
pub const MOST_CUBE_BYTES: u64 = 2 << 30;

/// Rows that a pack may have beyond its bytes: where all are alike they take none.
pub const MOST_ROWS_ALIKE: u32 = 1 << 18;

/// Most bytes of a file beside the manifest.
pub const MOST_SIDE_BYTES: u64 = 64 << 20;

/// Greatest number of an event: the numbers of JavaScript are whole up to there.
pub const MOST_SEQ: u64 = 1 << 53;

/// Most bytes of a manifest.
pub const MOST_MANIFEST_BYTES: u64 = 16 << 20;

/// Most bytes of a SQLite file.
pub const MOST_FILE_BYTES: u64 = 1 << 48;

/// Most KPIs of a first view, as in static/first-paint/record.js.
pub const MOST_HEADLINES: usize = 24;

/// Most customers whom a first view names.
pub const MOST_PEOPLE: usize = 1_000;

/// Longest text of a first view, as JavaScript counts: as in static/first-paint/record.js.
pub const LONGEST_SHOWN: usize = 200;

/// Longest path of a sparkline, in bytes: as in static/first-paint/record.js.
pub const LONGEST_SPARK: usize = 20_000;

/// Longest name or other text of a description, in bytes.
pub const LONGEST_TEXT: usize = 1_000;

/// Most tables that a description names.
pub const MOST_TABLES: usize = 64;

/// Most links of a pipeline.
pub const MOST_LINKS: usize = 256;

/// Most notes on an import: a few kinds in each of its files.
pub const MOST_WARNINGS: usize = 256;

/// Most places that a note names, and most lines of a place.
pub const MOST_NOTED: usize = 16;

/// Years that days may be of.
pub const YEARS: RangeInclusive<i32> = 1..=9999;

/// Something that a snapshot says and that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} is {found}, it must be {must}")]
pub struct OutOfBounds {
    /// Where it stands.
    pub field: String,
    /// What stands there.
    pub found: String,
    /// What could.
    pub must: String,
}

impl OutOfBounds {
    /// Names a field, what is in it, and what it must be.
    pub fn new(field: impl Display, found: impl Display, must: impl Display) -> Self {
        let (field, found, must) = (field.to_string(), found.to_string(), must.to_string());
        Self { field, found, must }
    }
}

/// Demands a number between two others.
///
/// # Errors
/// [`OutOfBounds`] names the field and the numbers.
pub fn within(field: &str, found: u64, range: RangeInclusive<u64>) -> Result<(), OutOfBounds> {
    if range.contains(&found) {
        return Ok(());
    }
    Err(OutOfBounds::new(field, found, format!("{} to {}", range.start(), range.end())))
}

/// Demands so many entries of a list.
///
/// # Errors
/// As [`within`].
pub fn entries<T>(
    field: &str,
    list: &[T],
    range: RangeInclusive<usize>,
) -> Result<(), OutOfBounds> {
    let (least, most) = (*range.start() as u64, *range.end() as u64);
    within(&format!("the number of {field}"), list.len() as u64, least..=most)
}

/// Demands a text of so many bytes at most.
///
/// # Errors
/// As [`within`].
pub fn text(field: &str, found: &str) -> Result<(), OutOfBounds> {
    within(&format!("the length of {field}"), found.len() as u64, 0..=LONGEST_TEXT as u64)
}

/// Demands texts of so many bytes at most.
///
/// # Errors
/// As [`within`].
pub fn texts<'a>(
    field: &str,
    found: impl IntoIterator<Item = &'a String>,
) -> Result<(), OutOfBounds> {
    found.into_iter().try_for_each(|found| text(field, found))
}

/// Demands a number as programs read it: digits, with a sign and a point at most.
///
/// # Errors
/// [`OutOfBounds`] names the field and what stands there.
pub fn decimal(field: &str, found: &str) -> Result<(), OutOfBounds> {
    let (whole, part) = found.split_once('.').unwrap_or((found, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(whole) && digits(part) {
        return Ok(());
    }
    let found: String = found.chars().take(LONGEST_SHOWN).collect();
    Err(OutOfBounds::new(field, format!("{found:?}"), "a decimal number"))
}

/// Demands a path that leads to a file beside the one that names it, or below: names of letters,
/// digits, `-`, `_` and `.`, none of which begins with a point, with a `/` between them. So it has
/// no scheme and no host, and leads nowhere else, however it is resolved: as in
/// static/first-paint/beside.js.
///
/// # Errors
/// [`OutOfBounds`] names the field and the path.
pub fn beside(field: &str, path: &str) -> Result<(), OutOfBounds> {
    text(field, path)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_name =
        |name: &str| !name.is_empty() && !name.starts_with('.') && name.bytes().all(plain);
    if path.split('/').all(is_name) {
        return Ok(());
    }
    // Debug signs show what cannot be seen.
    let found = format!("{path:?}");
    Err(OutOfBounds::new(field, found, "the path of a file beside the manifest"))
}

/// Demands a sum that may be below zero as well.
///
/// # Errors
/// As [`within`].
pub fn sum(field: &str, found: i64) -> Result<(), OutOfBounds> {
    if found.unsigned_abs() <= MOST_SUM.unsigned_abs() {
        return Ok(());
    }
    Err(OutOfBounds::new(field, found, format!("-{MOST_SUM} to {MOST_SUM}")))
}

/// What values add up to when their signs are left out; none above [`MOST_SUM`].
pub fn size_of_all(values: impl IntoIterator<Item = i64>) -> Option<i64> {
    // Two halves each, so that nothing has to be looked at within the loop: that many rows of
    // 32 bits fit either.
    let (mut high, mut low) = (0_u64, 0_u64);
    for value in values {
        let size = value.unsigned_abs();
        high = high.wrapping_add(size >> 32);
        low = low.wrapping_add(size & u64::from(u32::MAX));
    }
    let all = (u128::from(high) << 32).checked_add(u128::from(low))?;
    i64::try_from(all).ok().filter(|&all| all <= MOST_SUM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_of_bounds_is_named() {
        assert_eq!(within("pages", 3, 1..=3), Ok(()));
        let error = within("pages", 0, 1..=3).unwrap_err();
        assert_eq!(error.to_string(), "pages is 0, it must be 1 to 3");
        let error = entries("names", &[(); 3], 0..=2).unwrap_err();
        assert_eq!(error.to_string(), "the number of names is 3, it must be 0 to 2");
    }

    #[test]
    fn only_digits_are_numbers() {
        for good in ["0", "-12", "12.50", "-0.125"] {
            assert_eq!(decimal("exact", good), Ok(()), "{good}");
        }
        for bad in [
            "", "-", ".", "1.", ".5", "+1", "1e9", "inf", "-inf", "NaN", "1,5", "1 ", "--1",
            "\u{661}",
        ] {
            assert!(decimal("exact", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn paths_lead_beside_the_manifest_or_nowhere() {
        for path in PATHS.lines().filter(|path| !path.is_empty()) {
            let (kind, path) = path.split_at(2);
            let path: String = serde_json::from_str(path).unwrap();
            assert_eq!(beside("path", &path).is_ok(), kind == "+ ", "{path:?}");
        }
        let error = beside("file.path", "../x").unwrap_err().to_string();
        assert_eq!(
            error,
            "file.path is \"../x\", it must be the path of a file beside the manifest"
        );
        assert!(beside("path", &"a".repeat(LONGEST_TEXT + 1)).is_err());
    }

    /// Paths that are good and bad, which the test of the first paint reads, too.
    const PATHS: &str = include_str!("../tests/paths.txt");

    #[test]
    fn sums_are_measured_without_their_signs() {
        assert_eq!(size_of_all([5, -7]), Some(12));
        assert_eq!(size_of_all([MOST_SUM / 2, -MOST_SUM / 2]), Some(MOST_SUM));
        assert_eq!(size_of_all([MOST_SUM, 1]), None);
        assert_eq!(size_of_all([i64::MIN, i64::MIN, i64::MAX]), None);
        assert!(sum("cut", -MOST_SUM).is_ok() && sum("cut", i64::MIN).is_err());
    }
}
