//! Turns for drawing: one card an idle moment, those near the viewport first.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;

use crate::task::{self, Task};

/// The queue in which cards wait for their turn.
#[derive(Clone, Default)]
pub struct Turns(Rc<Queue>);

#[derive(Default)]
struct Queue {
    waiting: RefCell<Vec<Waiting>>,
    pump: RefCell<Option<Task>>,
}

struct Waiting {
    near: Rc<Cell<bool>>,
    go: oneshot::Sender<()>,
}

impl PartialEq for Turns {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Turns {
    /// Waits for a turn; `near` says at any time whether the reader can see the card.
    pub async fn take(&self, near: Rc<Cell<bool>>) {
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
            loop {
                task::idle().await;
                let Some(next) = queue.upgrade().and_then(|queue| queue.next()) else { return };
                // A card that left the page no longer listens.
                let _ = next.go.send(());
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
