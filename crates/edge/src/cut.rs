//! A range cut out of a whole file, where the files' host ignores ranges: what to leave out, what
//! to keep, when to stop reading. No file is ever held as a whole.
//!
//! With a length the part is known before the first byte, and is handed on as it comes. Without
//! one it is kept until its end is seen, so it has to be short.

use std::ops::Range;

use crate::range::{Part, Span};

/// Most bytes that are read in vain before a range begins.
pub const FARTHEST: u64 = 25 * 1024 * 1024;

/// Longest part that is kept because nothing says how long its file is.
pub const LONGEST_KEPT: u64 = 2 * 1024 * 1024;

/// Bytes read behind a part that is kept, to learn how long its file is.
const COUNTED: u64 = 2 * 1024 * 1024;

/// Pieces without a byte after which a body is given up: they would never end.
const MOST_EMPTY: u32 = 1_000;

/// What to do about a range of a whole file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Hand this part on.
    Stream(Part),
    /// Read until the part is there.
    Keep(Kept),
    /// The whole is the answer: the range is too far in, too long, or has no certain end.
    Whole,
    /// The range lies outside of a file of that many bytes.
    Outside(u64),
}

/// What to do about a range of a file of that length, if one is said.
pub fn plan(span: Span, length: Option<u64>) -> Plan {
    match (length, span) {
        (Some(length), span) => match span.within(length) {
            None => Plan::Outside(length),
            Some((start, _)) if start > FARTHEST => Plan::Whole,
            Some((start, end)) => Plan::Stream(Part { start, end, length: Some(length) }),
        },
        (None, Span::From(start, Some(last))) => {
            let end = last.saturating_add(1);
            let fits = start <= FARTHEST && (1..=LONGEST_KEPT).contains(&end.saturating_sub(start));
            if fits { Plan::Keep(Kept { start, end, seen: 0, empty: 0 }) } else { Plan::Whole }
        }
        (None, _) => Plan::Whole,
    }
}

/// A part that is read before it is handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    start: u64,
    end: u64,
    seen: u64,
    empty: u32,
}

/// What came of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The part, as far as the file goes.
    Part(Part),
    /// The file ends before the range begins, after that many bytes.
    Outside(u64),
    /// The body broke off before the range was there.
    Broken,
}

impl Kept {
    /// Most bytes that will be kept.
    pub fn longest(&self) -> u64 {
        self.end - self.start
    }

    /// Takes note of a piece of that many bytes: which of them to keep, and where in the part they
    /// begin.
    pub fn take(&mut self, bytes: u64) -> (Range<u64>, u64) {
        let before = self.seen;
        self.seen = before.saturating_add(bytes);
        self.empty += u32::from(bytes == 0);
        let within = |byte: u64| byte.clamp(before, self.seen) - before;
        let range = within(self.start)..within(self.end);
        (range, before.saturating_sub(self.start).min(self.longest()))
    }

    /// True until no more has to be read.
    pub fn wants_more(&self) -> bool {
        self.seen < self.end.saturating_add(COUNTED) && self.empty < MOST_EMPTY
    }

    /// What was found when the body had `ended`, or was given up.
    pub fn found(self, ended: bool) -> Found {
        let Self { start, end, seen, .. } = self;
        match ended {
            true if seen <= start => Found::Outside(seen),
            true => Found::Part(Part { start, end: end.min(seen), length: Some(seen) }),
            false if seen >= end => Found::Part(Part { start, end, length: None }),
            false => Found::Broken,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FAR: u64 = u64::MAX;

    #[test]
    fn a_length_makes_a_part() {
        let part = |start, end, length| Plan::Stream(Part { start, end, length: Some(length) });
        assert_eq!(plan(Span::From(2, Some(3)), Some(10)), part(2, 4, 10));
        assert_eq!(plan(Span::From(0, Some(FAR)), Some(10)), part(0, 10, 10));
        assert_eq!(plan(Span::Last(3), Some(10)), part(7, 10, 10));
        assert_eq!(plan(Span::From(10, None), Some(10)), Plan::Outside(10));
        assert_eq!(plan(Span::From(0, None), Some(0)), Plan::Outside(0));
        assert_eq!(plan(Span::From(FARTHEST + 1, None), Some(FAR)), Plan::Whole);
    }

    #[test]
    fn without_a_length_only_a_short_part_is_cut() {
        for span in [
            Span::Last(1),
            Span::From(0, None),
            Span::From(0, Some(LONGEST_KEPT)),
            Span::From(0, Some(FAR)),
            Span::From(FAR, Some(FAR)),
            Span::From(FARTHEST + 1, Some(FARTHEST + 2)),
        ] {
            assert_eq!(plan(span, None), Plan::Whole, "{span:?}");
        }
        assert!(matches!(plan(Span::From(0, Some(LONGEST_KEPT - 1)), None), Plan::Keep(_)));
    }

    #[test]
    fn a_body_of_nothing_ends() {
        let Plan::Keep(mut kept) = plan(Span::From(0, Some(0)), None) else { panic!("not kept") };
        while kept.wants_more() {
            assert_eq!(kept.take(0).0, 0..0);
        }
        assert_eq!(kept.found(false), Found::Broken);
    }

    proptest! {
        /// However a body comes in pieces, the part is those bytes of it and no others, and little
        /// is read behind it.
        #[test]
        fn a_part_is_what_was_asked_for(
            start in 0..3_000_u64,
            longest in 1..3_000_u64,
            pieces in proptest::collection::vec(0..700_usize, 0..12),
            ended: bool,
        ) {
            let Plan::Keep(mut kept) = plan(Span::From(start, Some(start + longest - 1)), None) else {
                return Err(TestCaseError::fail("not kept"));
            };
            let body: Vec<u16> = (0..pieces.iter().sum::<usize>()).map(|at| at as u16).collect();
            let (mut part, mut at) = (vec![None; kept.longest() as usize], 0);
            for piece in pieces {
                let (range, to) = kept.take(piece as u64);
                let bytes = &body[at + range.start as usize..at + range.end as usize];
                for (place, byte) in part[to as usize..].iter_mut().zip(bytes) {
                    *place = Some(*byte);
                }
                prop_assert!(bytes.len() <= part.len() - to as usize);
                at += piece;
            }
            match kept.found(ended) {
                Found::Part(found) => {
                    let asked = &body[found.start as usize..found.end as usize];
                    let read: Vec<u16> = part[..asked.len()].iter().flatten().copied().collect();
                    prop_assert_eq!(asked, read.as_slice());
                    prop_assert!(found.answers(Span::From(start, Some(start + longest - 1))));
                }
                Found::Outside(length) => prop_assert!(ended && length <= start),
                Found::Broken => prop_assert!(!ended && (body.len() as u64) < start + longest),
            }
        }

        #[test]
        fn no_numbers_panic(a: u64, b: Option<u64>, last: bool, length: Option<u64>, pieces: [u64; 4]) {
            let span = if last { Span::Last(a) } else { Span::From(a, b) };
            match plan(span, length) {
                Plan::Keep(mut kept) => {
                    prop_assert!(kept.longest() <= LONGEST_KEPT);
                    for piece in pieces {
                        let (range, to) = kept.take(piece);
                        prop_assert!(range.end - range.start + to <= kept.longest());
                    }
                    let _ = (kept.found(true), kept.found(false));
                }
                Plan::Stream(part) => prop_assert!(part.answers(span) && part.start <= FARTHEST),
                Plan::Whole | Plan::Outside(_) => {}
            }
        }
    }
}
