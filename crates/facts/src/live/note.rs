//! What a channel says of itself between its events.

/// What a channel tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The answer to a `resume`: what comes after it is of this channel.
    Hello {
        /// A name of the numbering: under another name, numbers begin anew.
        channel: String,
        /// The last event so far; 0 before the first.
        seq: u64,
        /// The first event that the channel still has; one after the last if it has none.
        from: u64,
    },
    /// Nothing new, so that silence is told from rest.
    Tick {
        /// The last event so far.
        seq: u64,
    },
}
