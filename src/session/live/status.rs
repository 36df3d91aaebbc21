//! How the live channel stands, as components see it.

use std::rc::Rc;

use facts::live::Event;
use yew::prelude::*;

use super::told::Teller;

/// Events that are listed at most; the newest come first.
pub const LISTED: usize = 100;

/// What is known of what has happened since the snapshot was made.
#[derive(Clone, Default, PartialEq)]
pub struct Live {
    /// How the line stands.
    pub standing: Standing,
    /// True if the events are recorded ones that are replayed.
    pub simulated: bool,
    /// True while the reader wants events to wait.
    pub paused: bool,
    /// Events that came and do not count yet.
    pub waiting: usize,
    /// Events that lie over the open snapshot.
    pub counted: usize,
    /// Events that do not count, and never will.
    pub refused: usize,
    /// What came last, newest first.
    pub recent: Rc<Vec<Came>>,
    /// Times that events or edits were laid over the snapshot.
    pub turns: u32,
    /// Who takes what the reader wants.
    pub teller: Option<Teller>,
}

/// How a line stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Standing {
    /// There is none.
    #[default]
    Off,
    /// It is being opened.
    Connecting,
    /// Events come.
    Open,
    /// Events are missing, which were asked for once more.
    Behind,
    /// The connection is broken, and tried again.
    Broken,
    /// Events from one number to another are gone for good: a newer snapshot has them.
    Lost(u64, u64),
    /// The rows that events are about cannot be read, and are asked for again.
    Unread(AttrValue),
    /// All recorded events were replayed.
    Over,
}

/// An event that came.
#[derive(Clone, Debug, PartialEq)]
pub struct Came {
    /// What it says.
    pub event: Rc<Event>,
    /// What of it is known as a name: its customer's.
    pub name: Option<String>,
    /// Why it does not count.
    pub refused: Option<String>,
}

/// What becomes known of it.
pub enum LiveNews {
    /// Who takes what the reader wants.
    Begun(Teller),
    /// How it stands now.
    Stands(Live),
    /// Nothing is followed any more.
    Ended,
}

impl Live {
    /// The same with what became known.
    #[must_use]
    pub fn after(&self, news: LiveNews) -> Self {
        match news {
            LiveNews::Begun(teller) => Self { teller: Some(teller), ..Self::default() },
            LiveNews::Stands(live) => Self { teller: self.teller.clone(), ..live },
            LiveNews::Ended => Self::default(),
        }
    }

    /// True if there is a line.
    pub fn is_on(&self) -> bool {
        self.standing != Standing::Off
    }
}

/// How the live channel stands; whoever asks is drawn anew at each change.
///
/// # Panics
/// Outside of the app component, which provides it.
#[hook]
#[allow(clippy::expect_used, reason = "a component outside the app is a mistake in the code")]
pub fn use_live() -> Live {
    use_context::<Live>().expect("the app provides the live channel")
}
