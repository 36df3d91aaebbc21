//! Turns for drawing: one card after the other, those near the viewport first, with a breath between
//! as soon as they have taken a while.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::oneshot;

use crate::host::signal::Signal;
use crate::host::task::{self, Pauses, Task};

/// The queue in which cards wait for their turn.
#[derive(Clone, Default)]
pub struct Turns(Rc<Queue>);

#[derive(Default)]
struct Queue {
    waiting: RefCell<Vec<Waiting>>,
    pump: RefCell<Option<Task>>,
}

struct Waiting {
    near: Rc<Signal>,
    go: oneshot::Sender<()>,
}

impl PartialEq for Turns {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Turns {
    /// Waits for a turn; `near` says at any time whether the reader can see the card.
    pub async fn take(&self, near: Rc<Signal>) {
        let (go, turn) = oneshot::channel();
        self.0.waiting.borrow_mut().push(Waiting { near, go });
        self.pump();
        // A queue that was dropped lets everybody go.
        let _ = turn.await;
    }

    fn pump(&self) {
        if self.0.pump.borrow().as_ref().is_some_and(Task::is_running) {
            return;
        }
        let queue = Rc::downgrade(&self.0);
        let task = task::start(async move {
            task::breath().await;
            let pauses = Pauses::begun();
            loop {
                let Some(next) = queue.upgrade().and_then(|queue| queue.next()) else { return };
                // A card that left the page no longer listens.
                let _ = next.go.send(());
                task::others().await;
                pauses.pause().await;
            }
        });
        *self.0.pump.borrow_mut() = Some(task);
    }
}

impl Queue {
    fn next(&self) -> Option<Waiting> {
        let mut waiting = self.waiting.borrow_mut();
        waiting.retain(|card| !card.go.is_canceled());
        let at = waiting.iter().position(|card| card.near.get()).unwrap_or(0);
        (!waiting.is_empty()).then(|| waiting.remove(at))
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    async fn those_near_go_first_and_those_gone_do_not_go() {
        let turns = Turns::default();
        let order = Rc::new(RefCell::new(Vec::new()));
        let card = |name: &'static str, near: bool| {
            let (turns, order) = (turns.clone(), order.clone());
            task::start(async move {
                let seen = Signal::default();
                seen.set(near);
                turns.take(Rc::new(seen)).await;
                order.borrow_mut().push(name);
            })
        };
        let waiting = [card("far", false), card("near", true), card("farther", false)];
        let gone = card("gone", true);
        task::idle().await;
        drop(gone);
        while waiting.iter().any(Task::is_running) {
            task::idle().await;
        }
        assert_eq!(order.borrow().first(), Some(&"near"));
        assert_eq!(order.borrow().iter().filter(|name| **name != "gone").count(), 3);
    }
}
