//! What the arithmetic costs, told to the browser's own timeline as `hub:compute`.
//!
//! The developer tools show it, and the benchmark reads it there.

const NAME: &str = "hub:compute";
const BEGUN: &str = "hub:begun";

/// Does a piece of arithmetic and notes how long it took.
pub fn measured<T>(work: impl FnOnce() -> T) -> T {
    let clock = web_sys::window().and_then(|window| window.performance());
    if let Some(clock) = &clock {
        // A browser that keeps no timeline loses nothing but the note.
        let _ = clock.mark(BEGUN);
    }
    let done = work();
    if let Some(clock) = &clock {
        let _ = clock.measure_with_start_mark(NAME, BEGUN);
        clock.clear_marks_with_mark_name(BEGUN);
    }
    done
}
