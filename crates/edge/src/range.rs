//! The `Range` header: one range of bytes, cut out here where the static files ignore it.

/// One range as asked for; ends are inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// From one byte to another, or to the end.
    From(u64, Option<u64>),
    /// The last bytes.
    Last(u64),
}

/// What a `Range` header asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Everything: there is no header, or not one that has a meaning.
    Whole,
    /// One range.
    One(Span),
    /// Several ranges, which nobody needs and which multiply the work.
    Several,
}

/// Reads the header. Numbers too large for a machine are as large as can be.
pub fn read(header: Option<&str>) -> Asked {
    let Some(list) = header.and_then(|text| text.trim().strip_prefix("bytes=")) else {
        return Asked::Whole;
    };
    if list.contains(',') {
        return Asked::Several;
    }
    span(list.trim()).map_or(Asked::Whole, Asked::One)
}

impl Span {
    /// First byte and end (exclusive) within a file of that many bytes; none if it lies outside.
    pub fn within(self, length: u64) -> Option<(u64, u64)> {
        let (start, end) = match self {
            Self::From(start, end) => {
                (start, end.map_or(length, |end| end.saturating_add(1)).min(length))
            }
            Self::Last(count) => (length.saturating_sub(count), length),
        };
        (start < end).then_some((start, end))
    }

    /// The header that asks for it, in its one plain form.
    pub fn header(self) -> String {
        match self {
            Self::From(start, Some(end)) => format!("bytes={start}-{end}"),
            Self::From(start, None) => format!("bytes={start}-"),
            Self::Last(count) => format!("bytes=-{count}"),
        }
    }
}

/// The `Content-Range` of a part.
pub fn content_range(start: u64, end: u64, length: u64) -> String {
    format!("bytes {start}-{}/{length}", end.saturating_sub(1))
}

/// The `Content-Range` that says how long a file is when a range lies outside.
pub fn unsatisfied(length: u64) -> String {
    format!("bytes */{length}")
}

fn span(text: &str) -> Option<Span> {
    let (start, end) = text.split_once('-')?;
    match (start, end) {
        ("", count) => Some(Span::Last(number(count)?)),
        (start, "") => Some(Span::From(number(start)?, None)),
        (start, end) => {
            let (start, end) = (number(start)?, number(end)?);
            (start <= end).then_some(Span::From(start, Some(end)))
        }
    }
}

fn number(digits: &str) -> Option<u64> {
    let all_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    all_digits.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn headers_are_read() {
        assert_eq!(read(Some("bytes=0-99")), Asked::One(Span::From(0, Some(99))));
        assert_eq!(read(Some("bytes=5-")), Asked::One(Span::From(5, None)));
        assert_eq!(read(Some("bytes=-5")), Asked::One(Span::Last(5)));
        assert_eq!(read(Some("bytes=0-0,2-2")), Asked::Several);
        for odd in [
            "",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=9-1",
            "bytes=+1-2",
            "lines=1-2",
            "bytes 1-2",
        ] {
            assert_eq!(read(Some(odd)), Asked::Whole, "{odd}");
        }
        assert_eq!(read(None), Asked::Whole);
    }

    #[test]
    fn spans_are_cut_to_the_file() {
        let span = |text: &str| match read(Some(text)) {
            Asked::One(span) => span.within(10),
            _ => None,
        };
        assert_eq!(span("bytes=0-99"), Some((0, 10)));
        assert_eq!(span("bytes=9-9"), Some((9, 10)));
        assert_eq!(span("bytes=10-"), None);
        assert_eq!(span("bytes=-3"), Some((7, 10)));
        assert_eq!(span("bytes=-0"), None);
        assert_eq!(span("bytes=-99999999999999999999999"), Some((0, 10)));
        assert_eq!(span("bytes=0-99999999999999999999999"), Some((0, 10)));
        assert_eq!(span("bytes=99999999999999999999999-"), None);
        assert_eq!(content_range(7, 10, 10), "bytes 7-9/10");
    }

    proptest! {
        #[test]
        fn no_header_panics(header in "\\PC*", length: u64) {
            if let Asked::One(span) = read(Some(&header)) {
                let _ = span.within(length);
            }
        }

        #[test]
        fn a_span_lies_within_and_survives_writing(a: u64, b: Option<u64>, last: bool, length: u64) {
            let span = if last { Span::Last(a) } else { Span::From(a, b.map(|b| b.max(a))) };
            prop_assert_eq!(read(Some(&span.header())), Asked::One(span));
            if let Some((start, end)) = span.within(length) {
                prop_assert!(start < end && end <= length);
                let _ = content_range(start, end, length);
            }
        }
    }
}
