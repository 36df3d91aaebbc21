//! What a long command says while it works: a bar on a terminal, one line a stage elsewhere.

use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use importer_core::progress as core;
pub use importer_core::progress::Stage;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Stages that ended in this process: name and seconds.
static ENDED: Mutex<Vec<(String, f64)>> = Mutex::new(Vec::new());

/// The stages that ended since this was last asked, with the seconds that each took.
pub fn ended() -> Vec<(String, f64)> {
    std::mem::take(&mut *ENDED.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Where progress goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Bars and a line a stage, on standard error.
    Bars,
    /// A line a stage, on standard error.
    Lines,
    /// Nowhere.
    Silent,
}

impl Progress {
    /// Bars if standard error is a terminal, else lines.
    pub fn detect() -> Self {
        if std::io::stderr().is_terminal() { Self::Bars } else { Self::Lines }
    }

    /// Starts a stage; `total` is its number of steps where known.
    pub fn stage(self, name: &str, total: Option<u64>) -> Stage {
        let bar = match (self, total) {
            (Self::Bars, Some(total)) => ProgressBar::new(total).with_style(bar_style()),
            (Self::Bars, None) => ProgressBar::new_spinner(),
            _ => ProgressBar::hidden(),
        };
        if self == Self::Bars {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(Duration::from_millis(200));
            bar.set_message(name.to_owned());
        }
        Stage::new(Bar { bar, name: name.to_owned(), began: Instant::now(), says: self })
    }

    /// Says one line.
    pub fn say(self, line: &str) {
        if self != Self::Silent {
            // Nobody reads progress from a closed standard error; the work goes on.
            let _ = writeln!(std::io::stderr(), "{line}");
        }
    }
}

fn bar_style() -> ProgressStyle {
    ProgressStyle::with_template("{msg:32} {bar:30} {human_pos}/{human_len} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl core::Progress for Progress {
    fn stage(&self, name: &str, total: Option<u64>) -> Stage {
        Self::stage(*self, name, total)
    }

    fn say(&self, line: &str) {
        Self::say(*self, line);
    }
}

/// One stage under way.
struct Bar {
    bar: ProgressBar,
    name: String,
    began: Instant,
    says: Progress,
}

impl core::Bar for Bar {
    fn at(&mut self, steps: u64) {
        self.bar.set_position(steps);
    }

    /// One line with its time, and the note.
    fn end(self: Box<Self>, _: u64, note: &str) {
        self.bar.finish_and_clear();
        let seconds = self.began.elapsed().as_secs_f64();
        let note = if note.is_empty() { String::new() } else { format!(": {note}") };
        self.says.say(&format!("{}{note} ({seconds:.1} s)", self.name));
        ENDED.lock().unwrap_or_else(PoisonError::into_inner).push((self.name, seconds));
    }
}
