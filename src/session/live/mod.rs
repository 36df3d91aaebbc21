//! What has happened since the snapshot was made: received from a channel or replayed, put in order, and
//! laid over the answers, so that every number follows under every filter.
//!
//! A line ([`socket`], [`replay`]) tells texts; the [`driver`] puts events in their order, reads the
//! rows of whom they touch, lays them over the open snapshot and the one that is coming, and says
//! how it stands ([`Live`]).

mod driver;
mod replay;
mod socket;
mod status;
mod told;

pub use driver::Driver;
pub use replay::replay;
pub use socket::connect;
pub use status::{Came, Live, LiveNews, Standing, use_live};
pub use told::{LineEvent, Place, Teller, Told, teller};
