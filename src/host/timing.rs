//! What the arithmetic costs, told to the browser's own timeline as `hub:compute`, and when the page
//! could be used and was complete: `hub:usable`, `hub:ready`.
//!
//! The developer tools and the view of diagnostics show it, and the benchmark reads it there.

const NAME: &str = "hub:compute";
const BEGUN: &str = "hub:begun";

/// Milliseconds since the visit began, by the page's own clock.
pub fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// Notes on the browser's timeline that something is so, the first time that it is.
pub fn reached(name: &str) {
    let clock = web_sys::window().and_then(|window| window.performance());
    let Some(clock) = clock else { return };
    if clock.get_entries_by_name(name).length() == 0 {
        // A browser that keeps no timeline loses nothing but the note.
        let _ = clock.mark(name);
    }
}

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
