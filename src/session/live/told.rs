//! What the driver of live events is told, and by whom.

use std::collections::BTreeMap;
use std::rc::Rc;

use facts::overlay::Edit;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};

use crate::session::newer::Waits;
use crate::session::supply::Supply;

/// Something that the driver is told.
pub enum Told {
    /// By a line, on which events come.
    Line(LineEvent),
    /// The snapshots over which events are laid: the open one first, then the one that is coming.
    Places(Vec<Place>),
    /// The reader wants events to wait, or to count.
    Paused(bool),
    /// What the reader has changed, in the place of what it was before.
    Edits(BTreeMap<String, Edit>),
}

/// A snapshot over which events are laid.
#[derive(Clone)]
pub struct Place {
    /// What answers for it.
    pub supply: Rc<Supply>,
    /// Where it is told that it cannot take over yet; nowhere for the open one.
    pub waits: Option<Waits>,
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.supply, &other.supply) && self.waits == other.waits
    }
}

/// What a line tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineEvent {
    /// It is being opened for the first time.
    Connecting,
    /// It is open; what is sent into it goes to the other side.
    Open(Rc<dyn LineSender>),
    /// A frame.
    Frame(String),
    /// It is broken, and will be opened again.
    Broken,
    /// Nothing more will come.
    Over,
}

/// The other end of a line.
pub trait LineSender {
    /// Sends a text; a line that is broken sends nothing.
    fn send(&self, text: &str);

    /// True if what comes was recorded, and is replayed.
    fn is_recording(&self) -> bool {
        false
    }
}

impl std::fmt::Debug for dyn LineSender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a line")
    }
}

impl PartialEq for dyn LineSender {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::addr_eq(self, other)
    }
}

impl Eq for dyn LineSender {}

/// Tells the driver something.
#[derive(Clone)]
pub struct Teller(Rc<UnboundedSender<Told>>);

impl Teller {
    /// Tells it; a driver that is gone reads nothing.
    pub fn tell(&self, told: Told) {
        let _ = self.0.unbounded_send(told);
    }
}

impl PartialEq for Teller {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A teller, and where what it tells is read.
pub fn teller() -> (Teller, UnboundedReceiver<Told>) {
    let (sender, receiver) = unbounded();
    (Teller(Rc::new(sender)), receiver)
}
