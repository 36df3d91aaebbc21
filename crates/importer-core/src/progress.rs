//! What long work is at, told to whoever wants to know.

/// Rows between two tellings; to tell every row would cost more than the row.
const TELL_EVERY: u64 = 4_096;

/// Hears what long work is at.
pub trait Progress {
    /// A stage begins; `total` is its number of steps where known.
    fn stage(&self, name: &str, total: Option<u64>) -> Stage;

    /// Something that people should read.
    fn say(&self, line: &str);
}

/// Hears of one stage, on whichever thread works.
pub trait Bar: Send {
    /// So many steps are done.
    fn at(&mut self, steps: u64);

    /// It is over; the note is empty if there is nothing to say.
    fn end(self: Box<Self>, steps: u64, note: &str);
}

/// One stage under way.
pub struct Stage {
    steps: u64,
    bar: Option<Box<dyn Bar>>,
}

impl Stage {
    /// A stage that a bar hears of.
    pub fn new(bar: impl Bar + 'static) -> Self {
        Self { steps: 0, bar: Some(Box::new(bar)) }
    }

    /// One step done.
    pub fn step(&mut self) {
        self.steps = self.steps.saturating_add(1);
        if self.steps.is_multiple_of(TELL_EVERY)
            && let Some(bar) = &mut self.bar
        {
            bar.at(self.steps);
        }
    }

    /// Steps done so far.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Ends the stage, with a note if there is one.
    pub fn end(self, note: &str) {
        if let Some(bar) = self.bar {
            bar.end(self.steps, note);
        }
    }
}

/// Nobody hears anything.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _: &str, _: Option<u64>) -> Stage {
        Stage { steps: 0, bar: None }
    }

    fn say(&self, _: &str) {}
}
