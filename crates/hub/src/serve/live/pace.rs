//! How much may come in a while.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// So many at once, and so many a second after that.
pub struct Pace {
    most: f64,
    a_second: f64,
    left: Mutex<(f64, Instant)>,
}

impl Pace {
    /// Of edits: people make them, or a program that is told to wait.
    pub fn of_edits() -> Self {
        Self::of(200.0, 50.0)
    }

    fn of(most: f64, a_second: f64) -> Self {
        Self { most, a_second, left: Mutex::new((most, Instant::now())) }
    }

    /// Whether one more may come.
    pub fn take(&self) -> bool {
        self.take_at(Instant::now())
    }

    fn take_at(&self, now: Instant) -> bool {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let grown = now.saturating_duration_since(left.1).as_secs_f64() * self.a_second;
        *left = ((left.0 + grown).min(self.most), now);
        let may = left.0 >= 1.0;
        if may {
            left.0 -= 1.0;
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_was_not_used_is_saved_up_to_a_limit() {
        let pace = Pace::of(3.0, 2.0);
        let start = Instant::now();
        let taken = |at| (0..10).filter(|_| pace.take_at(at)).count();
        assert_eq!(taken(start), 3);
        assert_eq!(taken(start + Duration::from_secs(1)), 2);
        assert_eq!(taken(start + Duration::from_secs(60)), 3);
    }
}
