//! Events are given out once each, in order, without a gap: whatever is lost, sent twice, sent in
//! another order or cut into other frames on the way.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use facts::live::{
    BadEvent, Event, Frame, Happening, MOST_HELD, MOST_HELD_BYTES, Note, Reset, Sequence,
    SnapshotNews, read,
};
use proptest::prelude::*;
use proptest::sample::Index;

fn event(seq: u64) -> Event {
    told(seq, "s".to_owned())
}

fn told(seq: u64, snapshot_id: String) -> Event {
    let news = SnapshotNews { snapshot_id, covers: 0 };
    Event { seq, id: None, at: String::new(), what: Happening::SnapshotPublished(news) }
}

fn bad(seq: Option<u64>) -> BadEvent {
    BadEvent { seq, why: "unreadable".to_owned() }
}

fn frame(seqs: impl IntoIterator<Item = u64>) -> Frame {
    Frame { events: seqs.into_iter().map(event).collect(), ..Frame::default() }
}

fn note(note: Note) -> Frame {
    Frame { notes: vec![note], ..Frame::default() }
}

fn hello(channel: &str, seq: u64, from: u64) -> Frame {
    note(Note::Hello { channel: channel.to_owned(), seq, from })
}

fn seqs(events: &[Event]) -> Vec<u64> {
    events.iter().map(|event| event.seq).collect()
}

/// What happens to a channel of events 1 to `last`.
#[derive(Clone, Debug)]
enum Step {
    /// A frame with these events, in this order; some of them unreadable.
    Frame(Vec<(Index, bool)>),
    /// Something without a number.
    Garbage,
    /// A tick that speaks of the last event, or of an older one.
    Tick(Index),
    /// An interruption: the channel answers a `resume`, and sends some of what was asked for.
    Resume(Index),
}

fn step() -> impl Strategy<Value = Step> {
    let events = prop::collection::vec((any::<Index>(), prop::bool::weighted(0.1)), 0..12);
    prop_oneof![
        6 => events.prop_map(Step::Frame),
        1 => Just(Step::Garbage),
        1 => any::<Index>().prop_map(Step::Tick),
        1 => any::<Index>().prop_map(Step::Resume),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_event_comes_out_once_in_order_and_without_a_gap(
        covered in 0_u64..20,
        count in 1_usize..60,
        steps in prop::collection::vec(step(), 0..60),
    ) {
        let last = u64::try_from(count).unwrap();
        let seq = |index: &Index| u64::try_from(index.index(count)).unwrap() + 1;
        let mut sequence = Sequence::after(covered);
        let mut given: Vec<u64> = Vec::new();
        let mut unreadable: Vec<u64> = Vec::new();
        for step in steps {
            let frame = match step {
                Step::Frame(parts) => {
                    let mut frame = Frame::default();
                    for (index, spoiled) in parts {
                        match spoiled {
                            true => frame.bad.push(bad(Some(seq(&index)))),
                            false => frame.events.push(event(seq(&index))),
                        }
                    }
                    frame
                }
                Step::Garbage => Frame { bad: vec![bad(None)], ..Frame::default() },
                Step::Tick(index) => note(Note::Tick { seq: seq(&index) }),
                Step::Resume(index) => {
                    let end = sequence.next().saturating_sub(1) + seq(&index) / 4;
                    let mut resumed = frame(sequence.next()..=end.min(last));
                    resumed.notes = hello("one", last, 1).notes;
                    resumed
                }
            };
            let came = frame.events.len() + frame.bad.len();
            let taken = sequence.take(frame);
            prop_assert!(taken.news.is_none() && sequence.lost().is_none());
            prop_assert!(taken.bad.len() + taken.repeated <= came);
            unreadable.extend(taken.bad.iter().filter_map(|bad| bad.seq));
            given.extend(seqs(&taken.events));
            let next = given.last().map_or(covered, |&seq| seq) + 1;
            let unread = (next..sequence.next()).all(|seq| unreadable.contains(&seq));
            prop_assert!(unread, "{next} to {}", sequence.next());
        }
        // However it was, what is asked for closes the gaps.
        let mut rounds = 0;
        sequence.take(note(Note::Tick { seq: last }));
        while let Some(missing) = sequence.missing() {
            let resumed = frame(*missing.start()..=last);
            given.extend(seqs(&sequence.take(hello("one", last, 1)).events));
            given.extend(seqs(&sequence.take(resumed).events));
            rounds += 1;
            prop_assert!(rounds <= 1, "one round is enough");
        }
        prop_assert_eq!(sequence.held(), 0);
        prop_assert_eq!(sequence.next(), last.max(covered) + 1);
        prop_assert!(given.is_sorted_by(|one, other| one < other), "{:?}", given);
        let all = (covered + 1..=last).filter(|seq| !unreadable.contains(seq) || given.contains(seq));
        prop_assert_eq!(given.clone(), all.collect::<Vec<_>>());
    }

    #[test]
    fn no_text_makes_a_sequence_go_wrong(text in r#"[\[\]{}",:a-z0-9 ]{0,60}"#, seq in any::<u64>()) {
        let mut sequence = Sequence::after(3);
        let texts = [
            text,
            format!(r#"{{"type":"tick","seq":{seq}}}"#),
            format!(r#"{{"type":"hello","channel":"c","seq":{seq},"from":{seq}}}"#),
            format!(r#"{{"type":"snapshot_published","seq":{seq},"at":"","snapshot_id":"","covers":1}}"#),
        ];
        for frame in texts.iter().filter_map(|text| read(text).ok()) {
            sequence.take(frame);
        }
        // What a liar said of the last is corrected by the next answer to a resume.
        sequence.take(hello("c", 5, 1));
        let next = sequence.next();
        prop_assert!(next == 4 && sequence.missing() == Some(4..=5) || (seq == 4 && next == 5));
    }
}

#[test]
fn what_comes_after_a_gap_waits_for_it() {
    let mut sequence = Sequence::after(2);
    assert_eq!(seqs(&sequence.take(frame([3, 6, 5, 6, 1])).events), [3]);
    assert_eq!((sequence.next(), sequence.missing(), sequence.held()), (4, Some(4..=4), 2));
    let taken = sequence.take(frame([4, 5]));
    assert_eq!((seqs(&taken.events), taken.repeated), (vec![4, 5, 6], 1));
    assert_eq!((sequence.next(), sequence.missing(), sequence.held()), (7, None, 0));
    sequence.take(note(Note::Tick { seq: 8 }));
    assert_eq!(sequence.missing(), Some(7..=8));
    // An older tick takes nothing back.
    sequence.take(note(Note::Tick { seq: 6 }));
    assert_eq!(sequence.missing(), Some(7..=8));
}

#[test]
fn what_is_unreadable_under_a_number_makes_no_gap_and_may_be_readable_later() {
    let mut sequence = Sequence::after(0);
    let taken = sequence.take(Frame { bad: vec![bad(Some(1)), bad(None)], ..frame([2]) });
    assert_eq!((seqs(&taken.events), taken.bad.len()), (vec![2], 2));
    // Behind a gap there is still time.
    sequence.take(Frame { bad: vec![bad(Some(4))], ..Frame::default() });
    assert_eq!(sequence.missing(), Some(3..=3));
    let again = sequence.take(Frame { bad: vec![bad(Some(4)), bad(Some(2))], ..frame([]) });
    assert_eq!((again.bad.len(), again.repeated), (0, 2));
    assert_eq!(seqs(&sequence.take(frame([3, 4])).events), [3, 4]);
}

#[test]
fn what_waits_is_bounded_and_the_latest_is_asked_for_again() {
    let most = u64::try_from(MOST_HELD).unwrap();
    let mut sequence = Sequence::after(0);
    let last = 2 * most;
    for start in (2..=last).step_by(5_000) {
        sequence.take(frame(start..=(start + 4_999).min(last)));
        assert!(sequence.held() <= MOST_HELD);
    }
    let taken = sequence.take(frame([1]));
    assert_eq!(taken.events.len(), MOST_HELD + 1);
    assert_eq!(sequence.missing(), Some(most + 2..=last));
    assert_eq!(seqs(&sequence.take(frame(most + 2..=last)).events).last(), Some(&last));

    // Large events are as little a way to fill the memory as many.
    let mut sequence = Sequence::after(0);
    for seq in 2..200 {
        let events = vec![told(seq, "x".repeat(MOST_HELD_BYTES / 50))];
        sequence.take(Frame { events, ..Frame::default() });
        assert!(sequence.held() < 50);
    }
    assert_eq!(sequence.missing(), Some(1..=1));
    sequence.take(frame([1]));
    let next = sequence.next();
    assert_eq!(sequence.missing(), Some(next..=199));
}

#[test]
fn another_channel_begins_anew() {
    let mut sequence = Sequence::after(2);
    assert_eq!(sequence.take(hello("one", 9, 1)).news, None);
    assert_eq!((sequence.channel(), sequence.missing()), (Some("one"), Some(3..=9)));
    sequence.take(frame([3, 4, 7]));
    assert_eq!(sequence.take(hello("one", 9, 1)).news, None, "it is still the same");
    let taken = sequence.take(Frame { notes: hello("two", 5, 1).notes, ..frame([3]) });
    let reset = Reset { channel: "two".to_owned(), before: "one".to_owned() };
    assert_eq!((taken.news, seqs(&taken.events)), (Some(reset), vec![3]));
    assert_eq!((sequence.next(), sequence.held()), (4, 0));
    assert_eq!((sequence.channel(), sequence.missing()), (Some("two"), Some(4..=5)));
}

#[test]
fn events_that_are_gone_are_told_until_a_newer_snapshot_holds_them() {
    let mut sequence = Sequence::after(2);
    sequence.take(Frame { notes: hello("one", 9, 7).notes, ..frame([7, 8, 9]) });
    assert_eq!((sequence.lost(), sequence.missing()), (Some(3..=6), None));
    assert_eq!((sequence.next(), sequence.held()), (3, 3));
    assert_eq!(sequence.cover(5), []);
    assert_eq!(sequence.lost(), Some(6..=6));
    assert_eq!(seqs(&sequence.cover(7)), [8, 9]);
    assert_eq!((sequence.lost(), sequence.missing(), sequence.held()), (None, None, 0));
    // A channel that has nothing left, and one that has not begun.
    sequence.take(hello("one", 12, 13));
    assert_eq!(sequence.lost(), Some(10..=12));
    let mut first = Sequence::after(0);
    first.take(hello("new", 0, 1));
    assert_eq!((first.lost(), first.missing()), (None, None));
}

#[test]
fn a_number_far_beyond_the_last_does_not_stop_a_channel() {
    let mut sequence = Sequence::after(0);
    sequence.take(frame([1, 1 << 53]));
    assert_eq!(sequence.missing(), Some(2..=(1 << 53) - 1));
    sequence.take(hello("one", 2, 1));
    assert_eq!((seqs(&sequence.take(frame([2])).events), sequence.missing()), (vec![2], None));
}
