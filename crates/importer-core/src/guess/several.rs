//! Sheets that are read as purchases together, as a mapping lists them.

use super::draft::{Draft, PartDraft};
use super::language;
use super::look::Look;
use super::source::Sheet;
use crate::import::FileRead;
use crate::import::mapping::FormatMapping;
use crate::import::places::Places;
use crate::sorted;
use snapshot::Day;

/// A sheet that seems to be more of the same, and why it cannot be read with it.
pub type Apart = (usize, String);

/// The files of purchases as a mapping lists them, in the order of their names; and where the columns
/// that were looked at stand in the first of them, if not where they were.
pub fn parts(look: &Look, more: &[&Look]) -> (Vec<PartDraft>, Option<Places>) {
    if more.is_empty() {
        return (Vec::new(), None);
    }
    let mut looks: Vec<&Look> = more.to_vec();
    looks.push(look);
    sorted::by_key(&mut looks, |look| look.name.as_str());
    let first = looks.first().map_or(&look.header, |first| &first.header);
    let part = |&one: &&Look| PartDraft {
        sheet: one.sheet,
        name: one.name.clone(),
        own: own(&look.format, &one.format),
    };
    (looks.iter().map(part).collect(), Places::between(&look.header, first))
}

/// Puts the files of a draft in the order of their days, where each later one begins and ends later;
/// whether that is another order.
pub fn by_days(draft: &mut Draft, looks: &[&Look], files: &[FileRead]) -> bool {
    let Some(table) = draft.purchases_mut() else { return false };
    let days: Option<Vec<(Day, Day)>> = files.iter().map(|file| file.days).collect();
    let Some(days) = days.filter(|days| days.len() == table.parts.len()) else { return false };
    let mut order: Vec<usize> = Vec::new();
    while let Some(next) =
        (0..days.len()).filter(|at| !order.contains(at)).min_by_key(|&at| (days[at].1, days[at].0))
    {
        order.push(next);
    }
    let is_later = |pair: &[usize]| {
        let (one, other) = (days[pair[0]], days[pair[1]]);
        one.0 <= other.0 && one.1 < other.1
    };
    if order.is_sorted() || !order.windows(2).all(is_later) {
        return false;
    }
    table.parts = order.iter().filter_map(|&at| table.parts.get(at).cloned()).collect();
    let header =
        |sheet: usize| looks.iter().find(|look| look.sheet == sheet).map(|look| &look.header);
    let first = table.parts.first().and_then(|part| header(part.sheet));
    table.places =
        header(table.sheet).zip(first).and_then(|(all, first)| Places::between(all, first));
    true
}

/// How a file is cut into cells where that differs from another.
fn own(all: &FormatMapping, one: &FormatMapping) -> FormatMapping {
    fn other<T: PartialEq + Clone>(all: &Option<T>, one: &Option<T>, usual: T) -> Option<T> {
        (all != one).then(|| one.clone().unwrap_or(usual))
    }
    FormatMapping {
        skip_rows: other(&all.skip_rows, &one.skip_rows, 0),
        delimiter: other(&all.delimiter, &one.delimiter, ','),
        quote: other(&all.quote, &one.quote, '"'),
        encoding: other(&all.encoding, &one.encoding, "utf-8".to_owned()),
        ..FormatMapping::default()
    }
}

/// What to call the data of several sheets: what their titles begin with, or that of one of them.
pub fn title(sheet: &Sheet, more: &[&Sheet]) -> String {
    let mut common: &str = &sheet.title;
    for other in more {
        let same = common.chars().zip(other.title.chars()).take_while(|(one, two)| one == two);
        let length = same.map(|(one, _)| one.len_utf8()).sum();
        common = common.get(..length).unwrap_or_default();
    }
    let is_end = |sign: char| !sign.is_alphabetic();
    let common = if more.is_empty() { common } else { common.trim_end_matches(is_end) };
    if common.chars().count() > 1 || language::is_called_purchases(common) {
        common.to_owned()
    } else {
        sheet.title.clone()
    }
}
