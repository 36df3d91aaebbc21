//! Where the way from files to a dashboard stands, and what is under way: kept when the view is left.

use std::cell::RefCell;
use std::rc::Rc;

use yew::Callback;

use super::looked::Looked;
use super::stage::Stage;
use crate::host::task::Task;
use crate::host::unsaved::{self, Unsaved};

/// What is kept.
#[derive(Default)]
struct Kept {
    stage: RefCell<Stage>,
    under_way: RefCell<Option<Task>>,
    /// What was there before what is under way.
    before: RefCell<Option<Rc<Looked>>>,
    /// What is open was made of this.
    built: RefCell<Option<Rc<Looked>>>,
    /// What was changed, and then left for other files.
    aside: RefCell<Option<Rc<Looked>>>,
    /// The view, as long as it stands.
    view: RefCell<Option<Callback<Stage>>>,
}

thread_local! {
    static KEPT: Kept = Kept::default();
}

/// Where it stands.
pub fn stage() -> Stage {
    KEPT.with(|kept| kept.stage.borrow().clone())
}

/// It stands here from now on.
pub fn show(stage: Stage) {
    KEPT.with(|kept| kept.stage.replace(stage.clone()));
    unsaved::mark(Unsaved::Reading, looked().is_some_and(|looked| !looked.is_as_guessed()));
    let view = KEPT.with(|kept| kept.view.borrow().clone());
    if let Some(view) = view {
        view.emit(stage);
    }
}

/// From now on a view shows it, or none does.
pub fn watch(view: Option<Callback<Stage>>) {
    KEPT.with(|kept| kept.view.replace(view));
}

/// True while somebody looks at it.
pub fn is_watched() -> bool {
    KEPT.with(|kept| kept.view.borrow().is_some())
}

/// What is looked at, or was before what is under way.
pub fn looked() -> Option<Rc<Looked>> {
    match stage() {
        Stage::Review(looked) => Some(looked),
        Stage::Busy(_) => before(),
        Stage::Choose(_) => None,
    }
}

/// Something is under way, in the place of what was.
pub fn begin(task: Task) {
    KEPT.with(|kept| kept.under_way.replace(Some(task)));
}

/// Nothing is under way any more.
pub fn end() {
    KEPT.with(|kept| kept.under_way.take());
}

/// What was there before what is under way.
pub fn before() -> Option<Rc<Looked>> {
    KEPT.with(|kept| kept.before.borrow().clone())
}

/// This is what to go back to.
pub fn set_before(looked: Option<Rc<Looked>>) {
    KEPT.with(|kept| kept.before.replace(looked));
}

/// What is open was made of this, or elsewhere.
pub fn set_built(looked: Option<Rc<Looked>>) {
    KEPT.with(|kept| kept.built.replace(looked));
}

/// What is open was made of this.
pub fn built() -> Option<Rc<Looked>> {
    KEPT.with(|kept| kept.built.borrow().clone())
}

/// Puts aside what is left for other files, if anything was changed there.
pub fn put_aside(looked: Option<Rc<Looked>>) {
    if let Some(looked) = looked.filter(|looked| !looked.is_as_guessed()) {
        KEPT.with(|kept| kept.aside.replace(Some(looked)));
    }
}

/// What was put aside.
pub fn aside() -> Option<Rc<Looked>> {
    KEPT.with(|kept| kept.aside.borrow().clone())
}

/// Takes what was put aside.
pub fn take_aside() -> Option<Rc<Looked>> {
    KEPT.with(|kept| kept.aside.take())
}
