//! Names below a time axis: brief, so many that none runs into another, the year where it begins.

use facts::{Bucket, BucketSize};
use serde_json::{Value, json};
use words::say;

use crate::Format;
use crate::figure::escape;

/// Buckets named at most.
const MOST: usize = 8;

/// The axis of buckets, whose places are their numbers; and the same on a narrow figure, if it
/// names fewer there.
pub(crate) fn time_axis(format: &Format, buckets: &[Bucket]) -> (Value, Option<Value>) {
    let on_phones = match buckets.first().map(|bucket| bucket.size) {
        Some(BucketSize::Month) | None => 6,
        Some(BucketSize::Week | BucketSize::Day) => 4,
    };
    let stride = |most: usize| buckets.len().div_ceil(most).max(1);
    let narrow = (stride(on_phones) != stride(MOST)).then(|| ticks(format, buckets, on_phones));
    let mut axis = ticks(format, buckets, MOST);
    axis["type"] = json!("linear");
    axis["tickangle"] = json!(0);
    (axis, narrow.map(|narrow| json!({ "narrow": { "layout": { "xaxis": narrow } } })))
}

/// A bucket's full name, with a word if it is less than its calendar has.
pub(crate) fn bucket_name(format: &Format, bucket: Bucket) -> String {
    let name = format.bucket(bucket);
    if bucket.is_partial() { say!("{month} (partial)", month = name) } else { name }
}

fn ticks(format: &Format, buckets: &[Bucket], most: usize) -> Value {
    let stride = buckets.len().div_ceil(most).max(1);
    let (mut places, mut texts, mut shown) = (Vec::new(), Vec::new(), String::new());
    for (at, bucket) in buckets.iter().enumerate().step_by(stride) {
        let (name, year) = format.tick(*bucket);
        let name = escape(&name);
        places.push(at);
        texts.push(if year == shown { name } else { format!("{name}<br>{year}") });
        shown = year;
    }
    json!({ "tickmode": "array", "tickvals": places, "ticktext": texts })
}

#[cfg(test)]
mod tests {
    use facts::DayRange;
    use snapshot::{Currency, Day};

    use super::*;
    use crate::Locale;

    fn axis(size: BucketSize, days: i32, locale: Locale) -> (Value, Option<Value>) {
        let from = Day::from_ymd(2025, 11, 3).unwrap();
        let buckets = size.buckets(DayRange { from, to: from.plus(days - 1) });
        time_axis(&Format::new(locale, Currency { code: "USD".to_owned(), exponent: 2 }), &buckets)
    }

    #[test]
    fn weeks_are_named_by_their_first_day() {
        let (axis, narrow) = axis(BucketSize::Week, 12 * 7, Locale::EN);
        let texts = ["3 Nov<br>2025", "17 Nov", "1 Dec", "15 Dec", "29 Dec", "12 Jan<br>2026"];
        assert_eq!(axis["ticktext"], json!(texts));
        assert_eq!(axis["tickvals"], json!([0, 2, 4, 6, 8, 10]));
        let narrow = narrow.unwrap()["narrow"]["layout"]["xaxis"]["ticktext"].clone();
        assert_eq!(narrow, json!(["3 Nov<br>2025", "24 Nov", "15 Dec", "5 Jan<br>2026"]));
    }

    #[test]
    fn a_language_that_begins_with_the_year_keeps_it_in_line() {
        let locale = Locale { month: "{y}/{m}".into(), ..Locale::EN };
        let (axis, narrow) = axis(BucketSize::Month, 60, locale);
        assert_eq!(axis["ticktext"], json!(["2025/Nov", "2025/Dec", "2026/Jan"]));
        assert_eq!(narrow, None);
    }
}
