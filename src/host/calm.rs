//! Whether the page has been left in peace for a moment by what comes from outside.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;

use futures::future::select;
use gloo::timers::future::TimeoutFuture;

use super::signal::Signal;
use super::timing::now;

/// Milliseconds without news after which it is calm.
const QUIET_MS: f64 = 1_000.0;

/// Calm at any time but shortly after it was stirred.
#[derive(Clone, Default)]
pub struct Calm(Rc<Cell<f64>>);

impl PartialEq for Calm {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Calm {
    /// Something came.
    pub fn stir(&self) {
        self.0.set(now() + QUIET_MS);
    }

    /// True if nothing came lately.
    pub fn is(&self) -> bool {
        self.left() <= 0.0
    }

    /// Waits until nothing has come for a moment, not at all if it is calm.
    pub async fn comes(&self) {
        while !self.is() {
            TimeoutFuture::new(self.left().ceil() as u32).await;
        }
    }

    /// The same, or until one of these is so.
    pub async fn comes_or(&self, signals: [&Signal; 2]) {
        let [one, other] = signals;
        let (calm, one, other) = (pin!(self.comes()), pin!(one.raised()), pin!(other.raised()));
        select(calm, select(one, other)).await;
    }

    fn left(&self) -> f64 {
        self.0.get() - now()
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    async fn it_is_calm_a_moment_after_the_last_stir() {
        let calm = Calm::default();
        assert!(calm.is());
        calm.stir();
        assert!(!calm.is());
        calm.comes().await;
        assert!(calm.is());
    }
}
