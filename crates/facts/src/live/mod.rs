//! What happened since a snapshot was made, as a live channel tells it, and how its frames are read.

mod event;
mod frame;
mod note;
mod record;
mod sequence;

pub use event::{
    Contact, Decimal, Event, Feedback, Happening, Order, OrderLine, Profile, SnapshotNews,
};
pub use frame::{BadEvent, Frame, FrameError, MOST_EVENTS, MOST_FRAME_BYTES, read};
pub use note::Note;
pub use sequence::{MOST_HELD, MOST_HELD_BYTES, Reset, Sequence, Taken};
