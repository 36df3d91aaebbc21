//! Events in their order, each once, whatever becomes of the frames on their way.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::event::Event;
use super::frame::{BadEvent, Frame};
use super::note::Note;

/// Events that wait behind a gap at most.
pub const MOST_HELD: usize = 10_000;

/// Bytes that they take at most, about.
pub const MOST_HELD_BYTES: usize = 32 << 20;

/// The order of a channel's events: what comes twice is given out once, and what comes after a gap
/// is held back until the gap is closed.
///
/// It asks for nothing itself. Who runs a channel sends `resume` after [`Sequence::next`] less one:
/// at first, after every interruption, and when [`Sequence::missing`] tells a gap that does not
/// close by itself. Just after a `hello`, what is missing is on its way.
#[derive(Clone, Debug)]
pub struct Sequence {
    /// The last event that the snapshot holds.
    covered: u64,
    /// The next that is to be given out.
    next: u64,
    /// What came after a gap; nothing where there was no event under a number, and never will be.
    held: BTreeMap<u64, Option<Event>>,
    held_bytes: usize,
    /// The last that the channel spoke of.
    told: u64,
    /// The first that the channel still has.
    from: u64,
    channel: Option<String>,
}

/// What follows from a frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The events that now follow without a gap, in their order.
    pub events: Vec<Event>,
    /// What was no event. Under its number, if it has one, nothing is missing any more.
    pub bad: Vec<BadEvent>,
    /// The numbers begin anew.
    pub news: Option<Reset>,
    /// Events of the frame that came before.
    pub repeated: usize,
}

/// Another channel than before: its numbers say nothing about those of the one before. What was
/// laid over the snapshot is to be taken off; the sequence itself has begun again after what the
/// snapshot holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset {
    /// The channel from now on.
    pub channel: String,
    /// The one before.
    pub before: String,
}

impl Sequence {
    /// The events after those that the snapshot holds.
    pub fn after(covered: u64) -> Self {
        Self {
            covered,
            next: covered.saturating_add(1),
            held: BTreeMap::new(),
            held_bytes: 0,
            told: covered,
            from: 0,
            channel: None,
        }
    }

    /// Takes a frame in: first what it tells of the channel, then its events.
    pub fn take(&mut self, frame: Frame) -> Taken {
        let mut taken = Taken::default();
        for note in frame.notes {
            let reset = self.note(note);
            taken.news = reset.or(taken.news);
        }
        for event in frame.events {
            let repeated = !self.hold(event.seq, Some(event));
            taken.repeated = taken.repeated.saturating_add(repeated.into());
        }
        for bad in frame.bad {
            match bad.seq.is_none_or(|seq| self.hold(seq, None)) {
                true => taken.bad.push(bad),
                false => taken.repeated = taken.repeated.saturating_add(1),
            }
        }
        taken.events = self.ready();
        self.shed();
        taken
    }

    /// Goes on over a newer snapshot, which holds more of the events; gives those that now follow.
    pub fn cover(&mut self, covered: u64) -> Vec<Event> {
        self.covered = self.covered.max(covered);
        if self.next <= self.covered {
            self.next = self.covered.saturating_add(1);
            let later = self.held.split_off(&self.next);
            self.held = later;
            self.weigh();
        }
        self.told = self.told.max(self.covered);
        self.ready()
    }

    /// Number of the event that is to be given out next.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// The events that are to be asked for: those before what is held, or up to the last that the
    /// channel spoke of. None where the channel has them no more: see [`Sequence::lost`].
    pub fn missing(&self) -> Option<RangeInclusive<u64>> {
        if self.lost().is_some() {
            return None;
        }
        let last = match self.held.first_key_value() {
            Some((&first, _)) => first.saturating_sub(1),
            None => self.told,
        };
        (self.next <= last).then_some(self.next..=last)
    }

    /// The events that the channel does not keep any more: nothing follows until a newer snapshot
    /// holds them.
    pub fn lost(&self) -> Option<RangeInclusive<u64>> {
        (self.next < self.from).then(|| self.next..=self.from.saturating_sub(1))
    }

    /// True if the channel speaks of fewer events than it has told: under one name it must not, and
    /// nobody knows what the next numbers mean.
    pub fn is_short(&self) -> bool {
        self.told.saturating_add(1) < self.next
    }

    /// How many events wait behind a gap: at most [`MOST_HELD`].
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// The name of the numbering.
    pub fn channel(&self) -> Option<&str> {
        self.channel.as_deref()
    }

    fn note(&mut self, note: Note) -> Option<Reset> {
        match note {
            Note::Tick { seq } => {
                self.told = self.told.max(seq);
                None
            }
            Note::Hello { channel, seq, from } => {
                let reset = match self.channel.replace(channel.clone()) {
                    Some(before) if before != channel => {
                        *self = Self { channel: self.channel.take(), ..Self::after(self.covered) };
                        Some(Reset { channel, before })
                    }
                    _ => None,
                };
                // Numbers beyond its last are none of this channel's.
                self.held.retain(|&held, _| held <= seq);
                self.weigh();
                self.told = seq;
                self.from = from;
                reset
            }
        }
    }

    /// Keeps what came under a number; false if it came before.
    fn hold(&mut self, seq: u64, event: Option<Event>) -> bool {
        let came = match self.held.get(&seq) {
            // What was unreadable may be readable when it is sent again.
            Some(None) => event.is_none(),
            Some(Some(_)) => true,
            None => seq < self.next,
        };
        if came {
            return false;
        }
        self.told = self.told.max(seq);
        self.held_bytes = self.held_bytes.saturating_add(bytes(event.as_ref()));
        self.held.insert(seq, event);
        true
    }

    /// Takes out what follows without a gap.
    fn ready(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some(held) = self.held.remove(&self.next) {
            self.held_bytes = self.held_bytes.saturating_sub(bytes(held.as_ref()));
            self.next = self.next.saturating_add(1);
            events.extend(held);
        }
        events
    }

    /// Drops the latest of what is held, if that is too much; they are asked for again.
    fn shed(&mut self) {
        while self.held.len() > MOST_HELD || self.held_bytes > MOST_HELD_BYTES {
            let Some((_, held)) = self.held.pop_last() else { break };
            self.held_bytes = self.held_bytes.saturating_sub(bytes(held.as_ref()));
        }
    }

    fn weigh(&mut self) {
        let sizes = self.held.values().map(|held| bytes(held.as_ref()));
        self.held_bytes = sizes.fold(0, usize::saturating_add);
    }
}

/// What something that is held takes, about.
fn bytes(event: Option<&Event>) -> usize {
    /// An entry without any text.
    const ENTRY: usize = 256;
    event.map_or(ENTRY, |event| ENTRY.saturating_add(event.text_bytes()))
}
