//! Where whoever was refused (401) waits for the next sign-in instead of failing.

use std::cell::RefCell;

use futures::channel::oneshot;
use yew::Callback;

#[derive(Default)]
struct Desk {
    keeper: Option<Callback<()>>,
    waiting: Vec<oneshot::Sender<bool>>,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// Waits until access is regained: true if it is worth asking again, false if nobody can help.
pub async fn regained() -> bool {
    let (answer, answered) = oneshot::channel();
    let keeper = DESK.with_borrow_mut(|desk| {
        let keeper = desk.keeper.clone()?;
        desk.waiting.push(answer);
        // One refusal is enough to begin with; the others wait for the same answer.
        Some(if desk.waiting.len() == 1 { keeper } else { Callback::noop() })
    });
    let Some(keeper) = keeper else { return false };
    keeper.emit(());
    answered.await.unwrap_or(false)
}

/// Answers everybody who waits.
pub fn answer(regained: bool) {
    let waiting = DESK.with_borrow_mut(|desk| std::mem::take(&mut desk.waiting));
    for one in waiting {
        // Whoever gave up meanwhile need not be told.
        let _ = one.send(regained);
    }
}

/// Who is told of refusals, or nobody; nobody is left waiting by the change.
pub fn keep(keeper: Option<Callback<()>>) {
    DESK.with_borrow_mut(|desk| desk.keeper = keeper);
    answer(false);
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::host::task;

    #[wasm_bindgen_test]
    async fn the_refused_wait_for_one_answer() {
        keep(None);
        assert!(!regained().await, "nobody can help");
        let told = Rc::new(Cell::new(0));
        let count = told.clone();
        keep(Some(Callback::from(move |()| count.set(count.get() + 1))));
        let answers = Rc::new(RefCell::new(Vec::new()));
        let waiting = [(); 3].map(|()| {
            let answers = answers.clone();
            task::start(async move {
                let answer = regained().await;
                answers.borrow_mut().push(answer);
            })
        });
        task::idle().await;
        assert_eq!((told.get(), answers.borrow().len()), (1, 0));
        answer(true);
        task::idle().await;
        assert_eq!(*answers.borrow(), [true; 3]);
        drop(waiting);
        keep(None);
    }
}
