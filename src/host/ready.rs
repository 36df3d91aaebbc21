//! `data-ready` on `<body>`: set when everything asked for is on screen and nothing is under way.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::host::task::{self, Task};
use crate::host::timing;

/// Counts the work under way on the page.
#[derive(Clone, Default)]
pub struct Busy(Rc<Ledger>);

#[derive(Default)]
struct Ledger {
    working: Cell<usize>,
    settling: RefCell<Option<Task>>,
}

/// A piece of work under way; it ends when dropped.
pub struct Working(Rc<Ledger>);

impl PartialEq for Busy {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Busy {
    /// Begins a piece of work: the page is not ready until it has ended.
    #[must_use = "the work ends when this is dropped"]
    pub fn begin(&self) -> Working {
        self.0.working.set(self.0.working.get() + 1);
        self.0.settling.borrow_mut().take();
        mark(false);
        Working(self.0.clone())
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let left = self.0.working.get().saturating_sub(1);
        self.0.working.set(left);
        if left == 0 {
            settle(&self.0);
        }
    }
}

/// What follows from the last piece of work may begin another within two idle moments.
fn settle(ledger: &Rc<Ledger>) {
    let settling = task::start(async {
        task::idle().await;
        task::idle().await;
        mark(true);
    });
    *ledger.settling.borrow_mut() = Some(settling);
}

fn mark(ready: bool) {
    let Some(body) = gloo::utils::document().body() else { return };
    if ready {
        timing::reached("hub:ready");
    }
    // Neither call can fail with this name.
    let _ = if ready {
        body.set_attribute("data-ready", "true")
    } else {
        body.remove_attribute("data-ready")
    };
}

#[cfg(test)]
mod tests {
    use gloo::timers::future::TimeoutFuture;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn is_marked() -> bool {
        gloo::utils::body().get_attribute("data-ready").as_deref() == Some("true")
    }

    #[wasm_bindgen_test]
    async fn a_page_is_ready_when_the_last_work_has_ended_for_good() {
        let busy = Busy::default();
        let (first, second) = (busy.begin(), busy.begin());
        drop(first);
        TimeoutFuture::new(600).await;
        assert!(!is_marked(), "work is still under way");
        drop(second);
        let third = busy.begin();
        TimeoutFuture::new(600).await;
        assert!(!is_marked(), "what followed at once is still under way");
        drop(third);
        TimeoutFuture::new(600).await;
        assert!(is_marked());
        let _fourth = busy.begin();
        assert!(!is_marked(), "the mark goes with the next work");
    }
}
