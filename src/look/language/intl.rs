//! The signs of a language, asked of the browser's own formats.

use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use widgets::{Locale, Sign};

/// A part of something formatted: what it is, and its text.
struct Piece {
    kind: String,
    text: String,
}

/// The signs of a language; none if the browser does not know the tag.
pub fn locale(tag: &str) -> Option<Locale> {
    // Digits are Latin, as everywhere on the page.
    let tag = format!("{tag}-u-nu-latn");
    let number = |value: f64, options: &[(&str, JsValue)]| {
        pieces("NumberFormat", &tag, options, &value.into())
    };
    let large = number(123_456_789.5, &[("minimumFractionDigits", 1.into())])?;
    let money = number(1.5, &[("style", "currency".into()), ("currency", "EUR".into())])?;
    let share = number(0.5, &[("style", "percent".into())])?;
    let thousands = number(1234.0, &[])?;
    let lengths: Vec<usize> = of(&large, "integer").map(|piece| piece.text.len()).collect();
    let last = *lengths.last()?;
    let others = lengths.iter().rev().nth(1).copied().unwrap_or(last);
    let grouped_from = if of(&thousands, "group").next().is_some() { 4 } else { 5 };
    let place = |kind: &str| money.iter().position(|piece| piece.kind == kind);
    Some(Locale {
        decimal: text_of(&large, "decimal", "."),
        group: text_of(&large, "group", ""),
        groups: (last, others),
        grouped_from,
        currency_first: place("currency")? < place("integer")?,
        currency_gap: text_of(&money, "literal", ""),
        percent_gap: text_of(&share, "literal", ""),
        months: months(&tag)?,
        day: date_pattern(&tag, &A_DAY)?,
        month: date_pattern(&tag, &[("month", "short"), ("year", "numeric")])?,
    })
}

fn of<'a>(pieces: &'a [Piece], kind: &'a str) -> impl Iterator<Item = &'a Piece> {
    pieces.iter().filter(move |piece| piece.kind == kind)
}

fn text_of(pieces: &[Piece], kind: &str, otherwise: &'static str) -> Sign {
    of(pieces, kind).next().map_or(Sign::Borrowed(otherwise), |piece| piece.text.clone().into())
}

/// Units of an age: so many seconds each, the largest first.
const UNITS: [(f64, &str); 5] = [
    (365.0 * 86_400.0, "year"),
    (30.0 * 86_400.0, "month"),
    (86_400.0, "day"),
    (3_600.0, "hour"),
    (60.0, "minute"),
];

/// How long ago something was, in words: in whole units, and "now" for less than a minute.
pub fn ago(tag: &str, seconds: f64) -> Option<String> {
    let unit = UNITS.iter().find(|(long, _)| seconds >= *long);
    let (long, unit) = unit.copied().unwrap_or((f64::INFINITY, "second"));
    // Zero seconds are "now".
    let count = -(seconds / long).floor();
    let format = made("RelativeTimeFormat", tag, &[("numeric", "auto".into())])?;
    let text: Function = Reflect::get(&format, &"format".into()).ok()?.dyn_into().ok()?;
    text.call2(&format, &count.into(), &unit.into()).ok()?.as_string()
}

/// A moment with its day and time.
pub fn moment(tag: &str, milliseconds: f64) -> Option<String> {
    let options = [("dateStyle", "full".into()), ("timeStyle", "short".into())];
    let pieces = pieces("DateTimeFormat", tag, &options, &milliseconds.into())?;
    Some(pieces.into_iter().map(|piece| piece.text).collect())
}

/// The parts of a day as the page writes it.
const A_DAY: [(&str, &str); 3] = [("day", "numeric"), ("month", "short"), ("year", "numeric")];

/// The months as they are written beside a day.
fn months(tag: &str) -> Option<[Sign; 12]> {
    let name = |month: usize| -> Option<Sign> {
        let pieces = date(tag, &A_DAY, u32::try_from(month).ok()?)?;
        of(&pieces, "month").next().map(|piece| piece.text.clone().into())
    };
    let names: Option<Vec<Sign>> = (0..12).map(name).collect();
    names?.try_into().ok()
}

/// A date with places for its parts.
fn date_pattern(tag: &str, options: &[(&str, &str)]) -> Option<Sign> {
    let pieces = date(tag, options, 4)?;
    let place = |piece: &Piece| match piece.kind.as_str() {
        "day" => "{d}".to_owned(),
        "month" => "{m}".to_owned(),
        "year" => "{y}".to_owned(),
        _ => piece.text.clone(),
    };
    Some(pieces.iter().map(place).collect::<String>().into())
}

/// The 15th of a month (0 for January) of 2026.
fn date(tag: &str, options: &[(&str, &str)], month: u32) -> Option<Vec<Piece>> {
    let mut options: Vec<(&str, JsValue)> =
        options.iter().map(|&(key, value)| (key, value.into())).collect();
    options.extend([("timeZone", "UTC".into()), ("calendar", "gregory".into())]);
    let day = Date::new(&Date::utc(2026.0, f64::from(month)).into());
    day.set_utc_date(15);
    pieces("DateTimeFormat", tag, &options, &day)
}

/// What `new Intl[class](tag, options).formatToParts(value)` gives; none if it throws.
fn pieces(
    class: &str,
    tag: &str,
    options: &[(&str, JsValue)],
    value: &JsValue,
) -> Option<Vec<Piece>> {
    let format = made(class, tag, options)?;
    let parts: Function = Reflect::get(&format, &"formatToParts".into()).ok()?.dyn_into().ok()?;
    let parts: Array = parts.call1(&format, value).ok()?.dyn_into().ok()?;
    let text = |part: &JsValue, key: &str| Reflect::get(part, &key.into()).ok()?.as_string();
    parts
        .iter()
        .map(|part| Some(Piece { kind: text(&part, "type")?, text: text(&part, "value")? }))
        .collect()
}

/// What `new Intl[class](tag, options)` gives; none if it throws.
fn made(class: &str, tag: &str, options: &[(&str, JsValue)]) -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &class.into()).ok()?.dyn_into().ok()?;
    let given = Object::new();
    for (key, value) in options {
        Reflect::set(&given, &(*key).into(), value).ok()?;
    }
    Reflect::construct(&class, &Array::of2(&tag.into(), &given)).ok()
}

#[cfg(test)]
mod tests {
    use snapshot::{Currency, Day};
    use wasm_bindgen_test::wasm_bindgen_test;
    use widgets::Format;

    use super::*;

    fn format(tag: &str, code: &str) -> Format {
        Format::new(locale(tag).unwrap(), Currency { code: code.to_owned(), exponent: 2 })
    }

    #[wasm_bindgen_test]
    fn german_numbers_and_dates() {
        let f = format("de-DE", "EUR");
        assert_eq!(f.count(-1_234_567), "\u{2212}1.234.567");
        assert_eq!(f.money(123_456), "1.234,56\u{a0}€");
        assert_eq!(f.percent(0.1234), "12,3\u{a0}%");
        assert_eq!(f.day(Day::from_ymd(2026, 5, 3).unwrap()), "3. Mai 2026");
    }

    #[wasm_bindgen_test]
    fn other_ways_to_group() {
        assert_eq!(format("en-IN", "INR").count(12_345_678), "1,23,45,678");
        assert_eq!(format("es", "EUR").count(1234), "1234");
        assert_eq!(format("es", "EUR").count(12_345), "12.345");
        assert_eq!(format("ar", "EUR").count(5), "5");
    }

    #[wasm_bindgen_test]
    fn ages_are_told_in_whole_units() {
        let told = |seconds: f64| ago("en", seconds).unwrap();
        assert_eq!((told(0.0).as_str(), told(59.0).as_str()), ("now", "now"));
        assert_eq!(
            (told(60.0).as_str(), told(3_599.0).as_str()),
            ("1 minute ago", "59 minutes ago")
        );
        assert_eq!(
            (told(10_800.0).as_str(), told(86_400.0).as_str()),
            ("3 hours ago", "yesterday")
        );
        assert_eq!(told(70.0 * 86_400.0), "2 months ago");
        assert_eq!(ago("de", 10_800.0).unwrap(), "vor 3 Stunden");
    }

    #[wasm_bindgen_test]
    fn a_tag_that_is_none_gives_none() {
        assert_eq!(locale("en-a"), None);
        assert_eq!(locale("§"), None);
    }
}
