//! Frames of the channel: a text with one event or note, or a list of them.

use serde::Deserialize;
use serde_json::value::RawValue;
use snapshot::bounds::MOST_SEQ;

use super::event::Event;
use super::note::Note;
use super::record::{EventRecord, is_note};

/// Most bytes of a frame.
pub const MOST_FRAME_BYTES: usize = 1 << 20;

/// Most events of a frame.
pub const MOST_EVENTS: usize = 5_000;

/// What a frame tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Its events, in the order of the text.
    pub events: Vec<Event>,
    /// What was no event; the others of its frame count all the same.
    pub bad: Vec<BadEvent>,
    /// What it tells of the channel itself, before its events.
    pub notes: Vec<Note>,
}

impl Frame {
    /// Takes a note in.
    fn told(&mut self, note: Note) -> Result<(), String> {
        // What stands before a hello might be numbered by another channel.
        if matches!(note, Note::Hello { .. }) && !self.events.is_empty() {
            return Err("a hello behind events".to_owned());
        }
        self.notes.push(note);
        Ok(())
    }
}

/// Something that stands where an event should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct BadEvent {
    /// Its number, if it has one: then nothing is missing between its neighbours.
    pub seq: Option<u64>,
    /// What is wrong with it.
    pub why: String,
}

/// Why a frame tells nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// It is too long to look at.
    #[error("a frame of {0} bytes, at most {MOST_FRAME_BYTES}")]
    TooLong(usize),
    /// It has too many events.
    #[error("a frame of {0} events, at most {MOST_EVENTS}")]
    TooMany(usize),
    /// It is not JSON, or neither an object nor a list.
    #[error("a frame that is no JSON: {0}")]
    NotJson(String),
}

/// A number alone, of what is no event otherwise.
#[derive(Deserialize)]
struct Numbered {
    seq: Option<u64>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl Numbered {
    /// The place among the events, if it has one: the number of a note is that of another.
    fn place(self) -> Option<u64> {
        let is_note = self.kind.is_some_and(|kind| is_note(&kind));
        self.seq.filter(|seq| !is_note && (1..=MOST_SEQ).contains(seq))
    }
}

/// Reads a frame. Everything is bounded: the bytes, the events, their lines and texts.
///
/// # Errors
/// [`FrameError`] if there is nothing in it to be read.
pub fn read(text: &str) -> Result<Frame, FrameError> {
    if text.len() > MOST_FRAME_BYTES {
        return Err(FrameError::TooLong(text.len()));
    }
    let not_json = |error: serde_json::Error| FrameError::NotJson(error.to_string());
    let written: Vec<&RawValue> = match text.trim_start().starts_with('[') {
        true => serde_json::from_str(text).map_err(not_json)?,
        false => vec![serde_json::from_str(text).map_err(not_json)?],
    };
    if written.len() > MOST_EVENTS {
        return Err(FrameError::TooMany(written.len()));
    }
    let mut frame = Frame::default();
    for raw in written {
        let record = serde_json::from_str::<EventRecord<'_>>(raw.get());
        let told =
            record.map_err(|error| error.to_string()).and_then(|record| match record.is_note() {
                true => record.note().and_then(|note| frame.told(note)),
                false => record.event().map(|event| frame.events.push(event)),
            });
        if let Err(why) = told {
            let numbered = serde_json::from_str::<Numbered>(raw.get()).ok();
            frame.bad.push(BadEvent { seq: numbered.and_then(Numbered::place), why });
        }
    }
    Ok(frame)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::{Happening, SnapshotNews};

    #[test]
    fn a_frame_is_one_event_or_a_list_and_what_is_bad_is_named_alone() {
        let one = read(
            r#" {"type":"snapshot_published","seq":4,"at":"2026-01-02T03:04:05Z",
                "snapshot_id":"abc","covers":3,"more":{"is":["left","out"]}}"#,
        )
        .unwrap();
        let news = SnapshotNews { snapshot_id: "abc".to_owned(), covers: 3 };
        assert_eq!(one.events[0].what, Happening::SnapshotPublished(news));
        let some = read(
            r#"[{"type":"feedback_received","seq":5,"at":"2026-01-02T23:59:59-11:00","score":6},
                {"type":"feedback_received","seq":6,"at":"2026-01-02T23:59:59-11:00","score":5},
                {"type":"weather","seq":7,"at":"2026-01-02T00:00:00Z"}, 8, null, "x",
                {"seq":"9"}, {"type":"new_customer","seq":10,"at":"","customer_id":""}]"#,
        )
        .unwrap();
        assert_eq!(some.events.len(), 1);
        match &some.events[0].what {
            // The day is that of the shop, as it is written.
            Happening::FeedbackReceived(feedback) => {
                assert_eq!(feedback.day.to_string(), "2026-01-02");
            }
            other => panic!("{other:?}"),
        }
        let numbers: Vec<Option<u64>> = some.bad.iter().map(|bad| bad.seq).collect();
        assert_eq!(numbers, [Some(5), Some(7), None, None, None, None, Some(10)]);
        assert_eq!(some.bad[1].why, "an event of an unknown type, \"weather\"");
    }

    #[test]
    fn a_channel_tells_of_itself_between_its_events() {
        let frame = read(
            r#"[{"type":"tick","seq":0}, {"type":"hello","channel":"c","seq":4,"from":2},
                {"type":"snapshot_published","seq":5,"at":"","snapshot_id":"a","covers":3},
                {"type":"hello","channel":"d","seq":4,"from":2}, {"type":"tick","seq":5}]"#,
        )
        .unwrap();
        let hello = Note::Hello { channel: "c".to_owned(), seq: 4, from: 2 };
        assert_eq!(frame.notes, [Note::Tick { seq: 0 }, hello, Note::Tick { seq: 5 }]);
        assert_eq!(frame.events[0].seq, 5);
        assert_eq!(frame.bad[0].why, "a hello behind events");
        for (bad, why) in [
            (r#"{"type":"hello","seq":4,"from":2}"#, "channel is missing"),
            (r#"{"type":"hello","channel":"c","seq":4}"#, "from is missing"),
            (r#"{"type":"hello","channel":"c","seq":4,"from":6}"#, "from is 6, it must be 1 to 5"),
            (r#"{"type":"hello","channel":"c","seq":4,"from":0}"#, "from is 0, it must be 1 to 5"),
            (r#"{"type":"hello","channel":"","seq":4,"from":2}"#, "channel is empty"),
            (
                r#"{"type":"tick","seq":9007199254740993}"#,
                "seq is 9007199254740993, it must be 0 to 9007199254740992",
            ),
        ] {
            let frame = read(bad).unwrap();
            // The number of a note is no event's place.
            assert_eq!(frame.bad, [BadEvent { seq: None, why: why.to_owned() }], "{bad}");
        }
        let far = read(r#"{"type":"weather","seq":9007199254740993,"at":""}"#).unwrap();
        assert_eq!(far.bad[0].seq, None, "a number that no event can have");
    }

    #[test]
    fn amounts_are_taken_as_they_are_written() {
        let line = |amount: &str| {
            let text = format!(
                r#"{{"type":"order_placed","seq":1,"at":"2026-01-02T00:00:00Z","order_id":"O",
                    "lines":[{{"amount":{amount}}}]}}"#
            );
            let mut frame = read(&text).unwrap();
            frame.events.pop().map(|event| match event.what {
                Happening::OrderPlaced(order) => order.lines[0].amount.units(4).ok(),
                other => panic!("{other:?}"),
            })
        };
        assert_eq!(line("12345678901234.5678"), Some(Some(123_456_789_012_345_678)));
        assert_eq!(line(r#""0.1""#), Some(Some(1_000)));
        assert_eq!(line("-3"), Some(Some(-30_000)));
        assert_eq!(line("0.00001"), Some(None));
        for bad in ["1e3", "\"\"", "true", "null", "[1]", "\"1,5\"", "NaN"] {
            assert!(line_is_bad(bad), "{bad}");
        }
    }

    fn line_is_bad(amount: &str) -> bool {
        let text = format!(
            r#"{{"type":"order_placed","seq":1,"at":"2026-01-02T00:00:00Z","order_id":"O",
                "lines":[{{"amount":{amount}}}]}}"#
        );
        read(&text).map_or(true, |frame| frame.events.is_empty())
    }

    #[test]
    fn what_is_too_much_is_not_looked_at() {
        assert!(matches!(read(&" ".repeat(MOST_FRAME_BYTES + 1)), Err(FrameError::TooLong(_))));
        let many = format!("[{}1]", "1,".repeat(MOST_EVENTS));
        assert!(matches!(read(&many), Err(FrameError::TooMany(_))));
        for garbage in ["", "{", "[", "}{", "[{}", "\u{0}", "{}{}"] {
            assert!(matches!(read(garbage), Err(FrameError::NotJson(_))), "{garbage}");
        }
        let deep = "[".repeat(100_000);
        assert!(read(&deep).is_err());
        let long = format!(
            r#"{{"type":"new_customer","seq":1,"at":"2026-01-02T00:00:00Z","customer_id":"{}"}}"#,
            "x".repeat(1_001)
        );
        assert_eq!(read(&long).unwrap().bad[0].why, "customer_id has 1001 bytes, at most 1000");
        let lines = r#"{"amount":1},"#.repeat(1_000);
        let order = format!(
            r#"{{"type":"order_placed","seq":1,"at":"2026-01-02T00:00:00Z","order_id":"O",
                "lines":[{lines}{{"amount":1}}]}}"#
        );
        assert_eq!(read(&order).unwrap().bad[0].why, "1001 lines, it must be 1 to 1000");
    }
}
