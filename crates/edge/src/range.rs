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

/// A `Content-Range` that names a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its first byte.
    pub start: u64,
    /// The byte behind its last.
    pub end: u64,
    /// Length of the whole, if it is known.
    pub length: Option<u64>,
}

impl Part {
    /// Reads the header.
    pub fn read(header: &str) -> Option<Self> {
        let (place, length) = header.trim().strip_prefix("bytes ")?.split_once('/')?;
        let (start, last) = place.split_once('-')?;
        let (start, end) = (number(start)?, number(last)?.checked_add(1)?);
        let length = if length == "*" { None } else { Some(number(length)?) };
        let whole = start < end && length.is_none_or(|length| end <= length);
        whole.then_some(Self { start, end, length })
    }

    /// True if that part is what was asked for.
    pub fn answers(self, asked: Span) -> bool {
        match (asked, self.length) {
            (span, Some(length)) => span.within(length) == Some((self.start, self.end)),
            (Span::From(start, Some(last)), None) => {
                self.start == start && self.end <= last.saturating_add(1)
            }
            // Where it ends cannot be judged.
            (_, None) => false,
        }
    }

    /// The header.
    pub fn header(self) -> String {
        let Self { start, end, length } = self;
        let length = length.map_or_else(|| "*".to_owned(), |length| length.to_string());
        format!("bytes {start}-{}/{length}", end.saturating_sub(1))
    }
}

/// The length that an answer outside of a file names.
pub fn length_outside(header: &str) -> Option<u64> {
    number(header.trim().strip_prefix("bytes */")?)
}

/// A length as `Content-Length` says it; none if no file is as long and JavaScript cannot count it.
pub fn length(header: &str) -> Option<u64> {
    number(header.trim()).filter(|length| *length < 1 << 53)
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
    }

    #[test]
    fn a_part_is_believed_only_if_it_was_asked_for() {
        let part = Part { start: 7, end: 10, length: Some(10) };
        assert_eq!(Part::read("bytes 7-9/10"), Some(part));
        assert_eq!(part.header(), "bytes 7-9/10");
        for odd in [
            "",
            "bytes 9-7/10",
            "bytes 7-10/10",
            "bytes */10",
            "bytes 7-/10",
            "7-9/10",
            "bytes 7-9",
        ] {
            assert_eq!(Part::read(odd), None, "{odd}");
        }
        for asked in
            [Span::From(7, Some(9)), Span::From(7, None), Span::Last(3), Span::From(7, Some(99))]
        {
            assert!(part.answers(asked), "{asked:?}");
        }
        for asked in
            [Span::From(6, Some(9)), Span::From(7, Some(8)), Span::Last(4), Span::From(0, None)]
        {
            assert!(!part.answers(asked), "{asked:?}");
        }
        let unknown = Part { length: None, ..part };
        assert_eq!(Part::read("bytes 7-9/*"), Some(unknown));
        assert!(unknown.answers(Span::From(7, Some(9))) && !unknown.answers(Span::Last(3)));
        assert_eq!(length_outside("bytes */10"), Some(10));
        assert_eq!(length_outside("bytes */*"), None);
    }

    proptest! {
        #[test]
        fn no_answer_panics(header in "(bytes )?[0-9*/-]{0,30}|\\PC*", a: u64, b: Option<u64>) {
            let _ = (length_outside(&header), length(&header));
            if let Some(part) = Part::read(&header) {
                let _ = (part.answers(Span::From(a, b)), part.answers(Span::Last(a)));
                prop_assert_eq!(Part::read(&part.header()), Some(part));
            }
        }

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
                let part = Part { start, end, length: Some(length) };
                prop_assert!(part.answers(span));
            }
        }
    }
}
