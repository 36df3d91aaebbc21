//! A view as the query of a link: `from`, `to`, `segment`, `churn`, `category`, `rfm`, `compare`.
//!
//! A view that is kept for later has `period` in place of days where its range has a name, so that
//! "last 30 days" are those of whichever snapshot it is opened in. Beside days, which win, `period`
//! tells what kind of range they are: it decides what they are compared with. The default view has
//! an empty query. What a query says that this snapshot does not know is
//! dropped and named; the rest holds.

use std::borrow::Cow;

use facts::{Compare, DayRange, Dimension, RangeKind, Set, View};
use form_urlencoded::Serializer;
use snapshot::{Day, Meta};

use crate::preset::Preset;
use crate::span::{DIMENSIONS, has, labels, months, span};

/// Names that belong to one view of the page, such as its order or page, and not to the filter.
const OF_VIEWS: [&str; 10] =
    ["q", "sort", "order", "page", "tab", "sql", "group", "kind", "by", "step"];

/// What a query said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The view it stands for, in this snapshot.
    pub view: View,
    /// What it said that could not be taken.
    pub dropped: Vec<Dropped>,
    /// The snapshot it was made under, if that is another one.
    pub other_snapshot: Option<String>,
}

/// A part of a query that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Why.
    pub why: Why,
}

/// Why a part of a query was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No filter has this name.
    UnknownName,
    /// The snapshot has no such value.
    UnknownValue,
    /// The snapshot knows nothing of this dimension.
    NotInSnapshot,
    /// Not a calendar day as in 2026-11-23.
    NotADay,
    /// Before or after all that the snapshot holds.
    OutsideData,
    /// The range ends before it begins.
    Backwards,
    /// Said before.
    Repeated,
}

/// A dimension's name in a query.
pub fn name(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Segment => "segment",
        Dimension::Churn => "churn",
        Dimension::Category => "category",
        Dimension::Rfm => "rfm",
    }
}

/// Reads a query, with or without its question mark.
pub fn read(query: &str, meta: &Meta) -> Read {
    let mut reader = Reader { meta, dropped: Vec::new() };
    let (mut from, mut to, mut compare, mut snapshot) = (None, None, None, None);
    let mut named = None::<Preset>;
    let mut sets = DIMENSIONS.map(|dimension| (dimension, Vec::new()));
    for (name, value) in pairs(query) {
        match &*name {
            "from" => reader.once(&mut from, &name, &value, Reader::day),
            "to" => reader.once(&mut to, &name, &value, Reader::day),
            "period" => reader.once(&mut named, &name, &value, |_, text| {
                Preset::from_key(text).ok_or(Why::UnknownValue)
            }),
            "compare" => reader.once(&mut compare, &name, &value, |_, text| compare_of(text)),
            "snapshot" => reader.once(&mut snapshot, &name, &value, |_, id| Ok(id.to_owned())),
            other => match sets.iter_mut().find(|(dimension, _)| self::name(*dimension) == other) {
                Some((dimension, codes)) => match reader.code(*dimension, &value) {
                    Ok(code) => codes.push(code),
                    Err(why) => reader.drop(&name, &value, why),
                },
                None if OF_VIEWS.contains(&other) => {}
                None => reader.drop(&name, &value, Why::UnknownName),
            },
        }
    }
    let default = View::default_for(meta);
    let range = named.map_or(default.scope.range, |preset| preset.range(meta));
    let range = reader.range(from, to, range);
    let kind =
        named.filter(|preset| preset.fits(range, meta)).map_or(RangeKind::Dates, Preset::kind);
    let scope = sets.into_iter().fold(default.scope.over(range), |scope, (dimension, codes)| {
        scope.with(dimension, Set::of(codes))
    });
    Read {
        view: View { scope, kind, compare: compare.unwrap_or(kind.compared_with()) },
        dropped: reader.dropped,
        other_snapshot: snapshot.filter(|id| *id != meta.snapshot_id),
    }
}

/// Writes a view; the default view gives an empty text.
pub fn write(view: &View, meta: &Meta) -> String {
    let mut query = Serializer::new(String::new());
    let range = view.scope.range;
    if !view.same_period(&View::default_for(meta)) {
        if let Some(preset) = Preset::naming(view, meta) {
            query.append_pair("period", preset.key());
        }
        query.append_pair("from", &range.from.to_string());
        query.append_pair("to", &range.to.to_string());
    }
    rest(query, view, meta)
}

/// Writes a view to be opened later, perhaps in a newer snapshot: a range with a name keeps it.
pub fn write_to_keep(view: &View, meta: &Meta) -> String {
    match Preset::of(view, meta) {
        Some(preset) if preset != Preset::Months12 => {
            let mut query = Serializer::new(String::new());
            query.append_pair("period", preset.key());
            rest(query, view, meta)
        }
        _ => write(view, meta),
    }
}

/// What a query says beside the range.
fn rest(mut query: Serializer<'_, String>, view: &View, meta: &Meta) -> String {
    for dimension in DIMENSIONS {
        let labels = labels(meta, dimension);
        for &code in view.scope.set(dimension).codes() {
            if let Some(label) = labels.get(usize::from(code)) {
                query.append_pair(name(dimension), label);
            }
        }
    }
    match view.compare {
        usual if usual == view.kind.compared_with() => {}
        Compare::Previous => drop(query.append_pair("compare", "previous")),
        Compare::YearBefore => drop(query.append_pair("compare", "year")),
        Compare::None => drop(query.append_pair("compare", "none")),
    }
    query.finish()
}

/// Writes a view for others: with the snapshot under which it was made.
pub fn write_for_others(view: &View, meta: &Meta) -> String {
    joined(&write(view, meta), &of_snapshot(&meta.snapshot_id))
}

/// The part of a query that names a snapshot.
pub fn of_snapshot(id: &str) -> String {
    Serializer::new(String::new()).append_pair("snapshot", id).finish()
}

/// The snapshot that a query names.
pub fn snapshot_of(query: &str) -> Option<String> {
    pairs(query).find(|(name, _)| name == "snapshot").map(|(_, id)| id.into_owned())
}

/// A query without the snapshot it was made under.
pub fn without_snapshot(query: &str) -> String {
    kept(query, |name| name != "snapshot")
}

/// The part of a query that belongs to a view of the page and not to the filter.
pub fn of_view(query: &str) -> String {
    kept(query, |name| OF_VIEWS.contains(&name))
}

/// The part of a query that moves with the reader from view to view.
pub fn of_filter(query: &str) -> String {
    kept(query, |name| !OF_VIEWS.contains(&name))
}

/// Two queries as one.
pub fn joined(one: &str, other: &str) -> String {
    let between = if one.is_empty() || other.is_empty() { "" } else { "&" };
    format!("{one}{between}{other}")
}

fn kept(query: &str, keep: impl Fn(&str) -> bool) -> String {
    let mut left = Serializer::new(String::new());
    left.extend_pairs(pairs(query).filter(|(name, _)| keep(name)));
    left.finish()
}

fn pairs(query: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    form_urlencoded::parse(query.strip_prefix('?').unwrap_or(query).as_bytes())
}

fn compare_of(text: &str) -> Result<Compare, Why> {
    match text {
        "previous" => Ok(Compare::Previous),
        "year" => Ok(Compare::YearBefore),
        "none" => Ok(Compare::None),
        _ => Err(Why::UnknownValue),
    }
}

struct Reader<'a> {
    meta: &'a Meta,
    dropped: Vec<Dropped>,
}

impl Reader<'_> {
    fn drop(&mut self, name: &str, value: &str, why: Why) {
        self.dropped.push(Dropped { name: name.to_owned(), value: value.to_owned(), why });
    }

    /// Takes a value that a query may hold once.
    fn once<T>(
        &mut self,
        into: &mut Option<T>,
        name: &str,
        value: &str,
        parse: impl Fn(&Self, &str) -> Result<T, Why>,
    ) {
        match parse(self, value) {
            Ok(_) if into.is_some() => self.drop(name, value, Why::Repeated),
            Ok(parsed) => *into = Some(parsed),
            Err(why) => self.drop(name, value, why),
        }
    }

    fn day(&self, text: &str) -> Result<Day, Why> {
        text.parse().map_err(|_| Why::NotADay)
    }

    fn code(&self, dimension: Dimension, label: &str) -> Result<u16, Why> {
        if !has(self.meta, dimension) {
            return Err(Why::NotInSnapshot);
        }
        let at = labels(self.meta, dimension).iter().position(|known| known == label);
        at.and_then(|at| u16::try_from(at).ok()).ok_or(Why::UnknownValue)
    }

    /// The range of two ends; one alone runs to the end of the data, both are kept inside it. The
    /// month in which the data begins, or ends, may be asked for as a whole. An end alone that
    /// lies beyond the data asks for nothing.
    fn range(&mut self, from: Option<Day>, to: Option<Day>, default: DayRange) -> DayRange {
        let (span, months) = (span(self.meta), months(self.meta));
        let alone = match (from, to) {
            (None, None) => return default,
            (Some(first), None) if first < months.from => Some(("from", first)),
            (None, Some(last)) if last > months.to => Some(("to", last)),
            _ => None,
        };
        if let Some((name, day)) = alone {
            self.drop(name, &day.to_string(), Why::OutsideData);
            return default;
        }
        let (first, last) = (from.unwrap_or(span.from), to.unwrap_or(span.to));
        if first > last || first > span.to || last < span.from {
            let both = from.is_some() && to.is_some();
            let why = if both && first > last { Why::Backwards } else { Why::OutsideData };
            for (name, day) in [("from", from), ("to", to)] {
                if let Some(day) = day {
                    self.drop(name, &day.to_string(), why);
                }
            }
            return default;
        }
        if first < months.from {
            self.drop("from", &first.to_string(), Why::OutsideData);
        }
        if last > months.to {
            self.drop("to", &last.to_string(), Why::OutsideData);
        }
        DayRange { from: first.max(span.from), to: last.min(span.to) }
    }
}
