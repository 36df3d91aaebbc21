//! When something that failed is worth another try: later each time, at once when the connection is
//! there again or the page is looked at again, and for as long as somebody looks.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;

use futures::future::select;
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use web_sys::VisibilityState;
use yew::Callback;

use super::keeper::{Following, Host};
use super::signal::Signal;

/// Longest wait, as a power of two in seconds.
const LONGEST: u32 = 5;

/// Seconds until the next try after so many failures in a row.
pub fn seconds(failures: u32) -> u32 {
    1 << failures.saturating_sub(1).min(LONGEST)
}

/// The same, but no sooner than the host has asked for.
pub fn seconds_asked(failures: u32) -> u32 {
    seconds(failures).max(left_to_wait().div_ceil(1_000))
}

/// The longest that a host may ask to be left alone, in seconds.
const LONGEST_ASKED: u32 = 120;

/// A host asks to be left alone for so many seconds.
pub fn asked_to_wait(seconds: u32) {
    let end = js_sys::Date::now() + f64::from(seconds.min(LONGEST_ASKED)) * 1000.0;
    ALONE_UNTIL.with(|until| until.set(end));
}

/// Milliseconds for which a host is still to be left alone.
pub fn left_to_wait() -> u32 {
    let left = ALONE_UNTIL.with(Cell::get) - js_sys::Date::now();
    // A clock that was set back meanwhile makes nobody wait for longer than was asked.
    left.clamp(0.0, f64::from(LONGEST_ASKED) * 1000.0) as u32
}

/// Waits until what has failed so often in a row is worth another try.
pub async fn due(failures: u32) {
    let woken = Rc::new(Signal::default());
    let _listening = wakes(&woken);
    let patience = TimeoutFuture::new(jittered(seconds(failures) * 1_000));
    select(patience, pin!(woken.raised())).await;
    let left = left_to_wait();
    if left > 0 {
        TimeoutFuture::new(left).await;
    }
    if is_hidden() {
        // Nobody waits for a page that nobody sees.
        woken.raised().await;
    }
    let free = FREE.with(Clone::clone);
    free.raised().await;
}

/// Hears of the connection that is there again, and of the page that is looked at again.
fn wakes(woken: &Rc<Signal>) -> (Following, EventListener) {
    let (online, seen) = (woken.clone(), woken.clone());
    // A host that was silent and is there again is used at once, too.
    let back = Following::of(Callback::from(move |host: Host| {
        if !host.is_lost() {
            online.set(true);
        }
    }));
    let looked = EventListener::new(&gloo::utils::document(), "visibilitychange", move |_| {
        if !is_hidden() {
            seen.set(true);
        }
    });
    (back, looked)
}

/// While one of these is kept nothing is tried again by itself: something else is under way that will
/// help, and would be cut short.
pub struct Hold(());

thread_local! {
    static ALONE_UNTIL: Cell<f64> = const { Cell::new(0.0) };
    static FREE: Rc<Signal> = {
        let free = Signal::default();
        free.set(true);
        Rc::new(free)
    };
}

/// From now on nothing is tried again by itself.
#[must_use = "tries go on when this is dropped"]
pub fn hold() -> Hold {
    FREE.with(|free| free.set(false));
    Hold(())
}

impl Drop for Hold {
    fn drop(&mut self) {
        FREE.with(|free| free.set(true));
    }
}

/// Up to a quarter more, so that many pages do not ask in step.
pub fn jittered(milliseconds: u32) -> u32 {
    let spread = 1.0 + js_sys::Math::random() * 0.25;
    (f64::from(milliseconds) * spread) as u32
}

fn is_hidden() -> bool {
    gloo::utils::document().visibility_state() == VisibilityState::Hidden
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use wasm_bindgen_test::wasm_bindgen_test;
    use web_sys::Event;

    use super::*;
    use crate::host::task;

    #[wasm_bindgen_test]
    fn waits_grow_up_to_half_a_minute() {
        assert_eq!([0, 1, 2, 3, 4, 5, 6, 7, 90].map(seconds), [1, 1, 2, 4, 8, 16, 32, 32, 32]);
    }

    #[wasm_bindgen_test]
    fn a_host_is_left_alone_as_long_as_it_asks_and_no_longer_than_is_sane() {
        asked_to_wait(u32::MAX);
        assert!((119_000..=120_000).contains(&left_to_wait()), "{}", left_to_wait());
        asked_to_wait(60);
        assert_eq!([seconds_asked(1), seconds_asked(9)], [60, 60]);
        asked_to_wait(0);
        assert_eq!(left_to_wait(), 0);
        assert_eq!(seconds_asked(3), 4);
    }

    #[wasm_bindgen_test]
    async fn a_connection_that_is_there_again_ends_the_wait() {
        let done = Rc::new(Cell::new(false));
        let told = done.clone();
        let waiting = task::start(async move {
            due(9).await;
            told.set(true);
        });
        task::idle().await;
        assert!(!done.get(), "half a minute has not passed");
        gloo::utils::window().dispatch_event(&Event::new("online").unwrap()).unwrap();
        task::idle().await;
        assert!(done.get());
        drop(waiting);
    }
}
