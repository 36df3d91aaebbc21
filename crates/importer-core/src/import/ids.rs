//! Ids that a spreadsheet or a program may have changed on the way: digits lost to a power of
//! ten, leading zeros lost, a `.0` or an apostrophe that came to them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use snapshot::meta::WarningPlace;

use super::marks::NAMED;
use super::numbering::Numbering;
use super::reader::Reader;
use super::record::Record;
use super::rejects::Reject;
use crate::keys::short_hash;

/// The fields that tell one thing from another.
const IDS: [&str; 4] = ["customer_id", "order_id", "transaction_id", "product_id"];

/// What tells apart two things whose ids have become one.
const TELLING: [(&str, &[&str]); 3] = [
    ("customer_id", &["email", "name", "first_name", "last_name"]),
    ("order_id", &["customer_id"]),
    ("product_id", &["product_name"]),
];

/// Whether an id was written with a power of ten, `1.23E+15`, and so lost its last digits.
pub fn is_power(id: &str) -> bool {
    let Some((mantissa, power)) = id.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    // 12E5 may be an id of its own; 1.2E+5 and 1E+15 are numbers.
    power.strip_prefix('+').is_some_and(digits)
        && whole.len() == 1
        && digits(whole)
        && digits(fraction)
}

/// An id without the `.0` that programs put behind whole numbers; none if it has none.
fn without_point_zero(id: &str) -> Option<&str> {
    let digits = id.strip_suffix(".0")?;
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// An id that is somebody's name or e-mail address as all ways of writing it are alike: without
/// capitals and blanks too many. Codes stay as they are.
pub fn alike(id: &str) -> Cow<'_, str> {
    let is_of_name = |c: char| c.is_alphabetic() || " .,-'\u{2019}".contains(c);
    let is_name = || id.contains(' ') && id.chars().all(is_of_name);
    if !id.contains('@') && !is_name() {
        return id.into();
    }
    id.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ").into()
}

/// An id without what gets lost or comes to it on the way, and without capitals.
pub fn bare(id: &str) -> Cow<'_, str> {
    let id = id.strip_prefix('\'').unwrap_or(id);
    let id = without_point_zero(id).unwrap_or(id);
    if !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return id.to_lowercase().into();
    }
    let short = id.trim_start_matches('0');
    if short.is_empty() && !id.is_empty() { "0".into() } else { short.into() }
}

/// Some rows and the first of them.
#[derive(Default)]
struct Found {
    count: u64,
    places: Vec<WarningPlace>,
}

impl Found {
    fn add(&mut self, id: &str, number: u64) {
        self.count = self.count.saturating_add(1);
        if self.places.len() < NAMED {
            self.places.push(WarningPlace { id: Some(id.to_owned()), lines: vec![number] });
        }
    }

    fn take(&mut self, other: Self) {
        self.count = self.count.saturating_add(other.count);
        self.places.extend(other.places);
        self.places.sort_by_key(|place| place.lines.first().copied());
        self.places.truncate(NAMED);
    }
}

/// The ids of a table, column by column.
#[derive(Default)]
pub struct IdsLook {
    columns: [ColumnLook; IDS.len()],
    /// What the first row with an id that lost digits says of it, and its number.
    cut: HashMap<(usize, String), (u64, u64)>,
}

#[derive(Default)]
struct ColumnLook {
    /// Written with a power of ten, or with `.0`.
    changed: Found,
    /// Length of ids of digits with a leading zero; none where they differ.
    with_zero: Option<Option<usize>>,
    /// Ids of digits without a leading zero, by length.
    without: BTreeMap<usize, Found>,
}

impl IdsLook {
    /// Looks at the ids of a row, of a file that is read after others.
    ///
    /// # Errors
    /// If two things have become one, since their ids lost digits.
    pub fn look(
        &mut self,
        reader: &Reader,
        record: &Record,
        numbering: &Numbering,
    ) -> Result<(), Reject> {
        for (at, field) in IDS.into_iter().enumerate() {
            let Some(id) = reader.raw(record, field) else { continue };
            self.columns[at].look(id, record.number);
            if is_power(id) {
                self.same(at, id, reader, record).map_err(|(reject, earlier)| {
                    let what = field.trim_end_matches("_id");
                    reject.with(&format!(" ({what} of {})", numbering.earlier(earlier)))
                })?;
            }
        }
        Ok(())
    }

    /// Fails where an earlier row says something else of an id; tells the number of that.
    fn same(
        &mut self,
        at: usize,
        id: &str,
        reader: &Reader,
        record: &Record,
    ) -> Result<(), (Reject, u64)> {
        let telling = TELLING.iter().find(|(field, _)| *field == IDS[at]);
        let said = telling.into_iter().flat_map(|(_, fields)| fields.iter());
        let said: Vec<&str> = said.filter_map(|field| reader.raw(record, field)).collect();
        if said.is_empty() {
            return Ok(());
        }
        let said = short_hash(&said);
        let (first, number) = *self.cut.entry((at, id.to_owned())).or_insert((said, record.number));
        if first == said {
            return Ok(());
        }
        let is = "lost its last digits to a power of ten, and stands for something else on an \
                  earlier line; export the ids as text";
        Err((Reject::value(&reader.column(IDS[at]), id, is), number))
    }

    /// Ids that seem changed: how many rows, and the first of them by their numbers.
    pub fn changed(self) -> (u64, Vec<WarningPlace>) {
        let mut all = Found::default();
        self.columns.into_iter().for_each(|column| all.take(column.end()));
        (all.count, all.places)
    }
}

impl ColumnLook {
    fn look(&mut self, id: &str, number: u64) {
        if is_power(id) || without_point_zero(id).is_some() {
            self.changed.add(id, number);
        } else if id.bytes().all(|byte| byte.is_ascii_digit()) {
            if id.starts_with('0') && id.len() > 1 {
                let length = Some(id.len());
                let known = *self.with_zero.get_or_insert(length);
                self.with_zero = Some(known.filter(|_| known == length));
            } else {
                self.without.entry(id.len()).or_default().add(id, number);
            }
        }
    }

    /// Ids with a leading zero have one length: then shorter ones without have lost theirs.
    fn end(self) -> Found {
        let mut changed = self.changed;
        if let Some(Some(length)) = self.with_zero {
            let short = self.without.into_iter().filter(|&(other, _)| other < length);
            short.for_each(|(_, found)| changed.take(found));
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::{bare, is_power};

    #[test]
    fn ids_are_the_same_without_what_comes_and_goes() {
        for (id, short) in [
            ("'0042", "42"),
            ("42.0", "42"),
            ("042", "42"),
            ("000", "0"),
            ("A042", "a042"),
            ("4.2.0", "4.2.0"),
            ("Ada@Example.com", "ada@example.com"),
            ("", ""),
        ] {
            assert_eq!(bare(id), short, "{id}");
        }
    }

    #[test]
    fn powers_of_ten_are_told_from_ids_with_an_e() {
        for id in ["1.23E+15", "1E+15", "1,5e+12"] {
            assert!(is_power(id), "{id}");
        }
        for id in ["12E5", "1E5", "E+5", "1.E+5", "1.23E+", "abc", "12.3E+4"] {
            assert!(!is_power(id), "{id}");
        }
    }
}
