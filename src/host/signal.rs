//! Something that is so or not, as of now, and can be waited for.

use std::cell::{Cell, RefCell};

use futures::channel::oneshot;

/// True or false at any time; whoever waits is told when it becomes true.
#[derive(Debug, Default)]
pub struct Signal {
    is: Cell<bool>,
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
}

impl Signal {
    /// True if it is so now.
    pub fn get(&self) -> bool {
        self.is.get()
    }

    /// From now on it is so, or not.
    pub fn set(&self, is: bool) {
        self.is.set(is);
        let waiting = if is { self.waiting.take() } else { Vec::new() };
        for one in waiting {
            // Whoever gave up meanwhile need not be told.
            let _ = one.send(());
        }
    }

    /// Waits until it is so, not at all if it is.
    pub async fn raised(&self) {
        if self.get() {
            return;
        }
        let (raise, raised) = oneshot::channel();
        {
            let mut waiting = self.waiting.borrow_mut();
            waiting.retain(|one| !one.is_canceled());
            waiting.push(raise);
        }
        // Whoever holds a signal that is dropped waits for nothing any more.
        let _ = raised.await;
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::host::task;

    #[wasm_bindgen_test]
    async fn whoever_waits_goes_on_when_it_is_raised() {
        let (signal, passed) = (Rc::new(Signal::default()), Rc::new(Cell::new(0)));
        let wait = || {
            let (signal, passed) = (signal.clone(), passed.clone());
            task::start(async move {
                signal.raised().await;
                passed.set(passed.get() + 1);
            })
        };
        let (one, other, gone) = (wait(), wait(), wait());
        task::idle().await;
        signal.set(false);
        task::idle().await;
        assert_eq!(passed.get(), 0);
        drop(gone);
        signal.set(true);
        task::idle().await;
        assert_eq!(passed.get(), 2);
        let late = wait();
        task::idle().await;
        assert_eq!(passed.get(), 3, "it is so already");
        drop((one, other, late));
    }
}
