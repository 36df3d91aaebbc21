//! A snapshot that is newer than the open one: opened beside it, until all that is on screen can be
//! answered from it; then it takes the place of the open one, as a whole.

use std::cell::Cell;
use std::rc::Rc;

use engine::EngineError;
use snapshot::Manifest;
use yew::prelude::*;

use crate::host::shared::Shared;
use crate::host::signal::Signal;
use crate::host::task;
use crate::session::data::Data;
use crate::session::open::OpenSnapshot;

/// What is known of newer snapshots.
#[derive(Clone, Default, PartialEq)]
pub struct Newer {
    /// The one that is about to take the place of the open one.
    pub coming: Option<Coming>,
    /// The newest one, while the address keeps the page at another.
    pub offered: Option<Shared<Manifest>>,
    /// The one that the address asks for, which is not there any more.
    pub gone: Option<AttrValue>,
    /// Why the last look failed.
    pub problem: Option<EngineError>,
    /// Failures in a row.
    pub failures: u32,
    /// Looks that came to an end.
    pub looks: u32,
    /// Times that a newer one took the place of the open one.
    pub swaps: u32,
}

/// A snapshot beside the open one.
#[derive(Clone, PartialEq)]
pub struct Coming {
    /// What it is, and what is known of it.
    pub open: Shared<OpenSnapshot>,
    /// What on the page it cannot answer yet.
    pub waits: Waits,
    /// True if the address asks for it; the open one may be newer.
    pub pinned: bool,
}

/// What happens with newer snapshots.
pub enum News {
    /// The host was asked, and has what is open.
    Nothing,
    /// The host was asked, and has what is coming.
    Same,
    /// The host could not be asked, or what it has cannot be read.
    Failed(EngineError),
    /// The host has this one, but the address asks for the one that is open.
    Offered(Shared<Manifest>),
    /// The host does not have the one any more that the address asks for.
    Gone(AttrValue),
    /// This one is open beside; and whether the address asks for it.
    Opened(OpenSnapshot, bool),
    /// The one of this id can take over.
    Swap(String),
}

impl Newer {
    /// The same with what happened; the snapshot that is open from now on, if it is another one.
    #[must_use]
    pub fn after(
        &self,
        open: Option<&Shared<Manifest>>,
        news: News,
    ) -> (Self, Option<Shared<OpenSnapshot>>) {
        let mut newer = self.clone();
        match news {
            News::Nothing => (newer.coming, newer.offered) = (None, None),
            News::Same => {}
            News::Failed(error) => {
                // What was opened beside is looked for anew with the next try.
                newer.coming = None;
                newer.problem = Some(error);
                newer.failures += 1;
                newer.looks += 1;
                return (newer, None);
            }
            News::Offered(manifest) => (newer.coming, newer.offered) = (None, Some(manifest)),
            News::Gone(id) => {
                newer.gone = Some(id);
                return (newer, None);
            }
            News::Opened(open, pinned) => {
                let open = Shared::new(open);
                newer.coming = Some(Coming { open, waits: Waits::default(), pinned });
            }
            News::Swap(id) => {
                let coming = newer.coming.take_if(|coming| coming.open.id() == id);
                let Some(coming) = coming else { return (newer, None) };
                // Whoever goes to an older one can go back to the one that was open.
                newer.offered = open.filter(|_| coming.pinned).cloned();
                newer.swaps += 1;
                return (newer, Some(coming.open));
            }
        }
        (newer.problem, newer.failures) = (None, 0);
        newer.looks += 1;
        (newer, None)
    }

    /// Takes facts over, if they are of the one that is coming.
    pub fn learn(&mut self, data: &Shared<Data>) {
        if let Some(coming) = &mut self.coming
            && let Some(open) = coming.open.with(data.clone())
        {
            coming.open = Shared::new(open);
        }
    }

    /// True if the one of this id is coming.
    pub fn is_coming(&self, id: &str) -> bool {
        self.coming.as_ref().is_some_and(|coming| coming.open.id() == id)
    }
}

/// Counts what on the page has no answer yet from the snapshot that is coming.
#[derive(Clone, Default)]
pub struct Waits(Rc<Count>);

#[derive(Default)]
struct Count {
    waiting: Cell<usize>,
    none: Signal,
}

/// Something that has no answer yet; dropped when it has one, or is not asked any more.
pub struct Wait(Rc<Count>);

impl PartialEq for Waits {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Waits {
    /// The snapshot cannot take over before this has ended.
    #[must_use = "the wait ends when this is dropped"]
    pub fn begin(&self) -> Wait {
        self.0.waiting.set(self.0.waiting.get() + 1);
        self.0.none.set(false);
        Wait(self.0.clone())
    }

    /// Waits until nothing waits, and nothing has begun to since.
    pub async fn over(&self) {
        loop {
            // Whoever is on screen asks in the moment after he is told.
            task::idle().await;
            task::idle().await;
            if self.0.waiting.get() == 0 {
                return;
            }
            self.0.none.raised().await;
        }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        let left = self.0.waiting.get().saturating_sub(1);
        self.0.waiting.set(left);
        if left == 0 {
            self.0.none.set(true);
        }
    }
}

/// What is known of newer snapshots; whoever asks is drawn anew at each news.
///
/// # Panics
/// Outside of the app component, which provides it.
#[hook]
#[allow(clippy::expect_used, reason = "a component outside the app is a mistake in the code")]
pub fn use_newer() -> Newer {
    use_context::<Newer>().expect("the app provides what is newer")
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn open(id: &str) -> OpenSnapshot {
        let mut manifest = crate::session::testing::manifest();
        manifest.meta.snapshot_id = id.to_owned();
        OpenSnapshot::described(Shared::new(manifest))
    }

    fn offline() -> EngineError {
        EngineError::Offline { url: "https://shop.example/data/manifest.json".into() }
    }

    fn after(news: impl IntoIterator<Item = News>) -> Newer {
        news.into_iter().fold(Newer::default(), |newer, news| newer.after(None, news).0)
    }

    fn opened(id: &str) -> News {
        News::Opened(open(id), false)
    }

    #[wasm_bindgen_test]
    fn only_the_one_that_is_coming_takes_over() {
        let newer = after([opened("b"), opened("c")]);
        assert!(newer.is_coming("c") && !newer.is_coming("b"));
        let (same, none) = newer.after(None, News::Swap("b".into()));
        assert!(none.is_none() && same == newer, "a still newer one has replaced it");
        let (newer, taken) = newer.after(None, News::Swap("c".into()));
        assert_eq!(taken.map(|open| open.id().to_owned()).as_deref(), Some("c"));
        assert_eq!((newer.coming.is_none(), newer.swaps), (true, 1));
        let (newer, none) = newer.after(None, News::Swap("c".into()));
        assert!(none.is_none() && newer.swaps == 1, "once");
    }

    #[wasm_bindgen_test]
    fn failures_are_counted_until_a_look_succeeds_and_drop_what_was_coming() {
        let newer = after([opened("b"), News::Failed(offline())]);
        assert_eq!((newer.coming.is_none(), newer.failures, newer.looks), (true, 1, 2));
        let (newer, _) = newer.after(None, News::Failed(offline()));
        assert_eq!((newer.failures, newer.problem.is_some()), (2, true));
        let (newer, _) = newer.after(None, News::Nothing);
        assert_eq!((newer.failures, newer.problem, newer.looks), (0, None, 4));
    }

    #[wasm_bindgen_test]
    fn what_is_offered_stands_until_it_is_open_or_withdrawn() {
        let manifest = open("b").manifest;
        let newer = after([News::Offered(manifest.clone()), News::Failed(offline())]);
        assert!(newer.offered.is_some(), "a failure tells nothing else");
        let (next, _) = newer.after(None, opened("b"));
        assert!(next.after(None, News::Swap("b".into())).0.offered.is_none());
        assert!(newer.after(None, News::Nothing).0.offered.is_none());
    }

    #[wasm_bindgen_test]
    fn whoever_goes_to_an_older_one_is_offered_the_way_back() {
        let newer = after([News::Opened(open("a"), true)]);
        let (newer, _) = newer.after(Some(&open("b").manifest), News::Swap("a".into()));
        assert_eq!(newer.offered.map(|it| it.meta.snapshot_id.clone()).as_deref(), Some("b"));
    }

    #[wasm_bindgen_test]
    async fn a_wait_is_over_when_the_last_one_has_ended_for_good() {
        let (waits, passed) = (Waits::default(), Rc::new(Cell::new(false)));
        let (first, second) = (waits.begin(), waits.begin());
        let waiting = {
            let (waits, passed) = (waits.clone(), passed.clone());
            task::start(async move {
                waits.over().await;
                passed.set(true);
            })
        };
        let rest = async || {
            for _ in 0..6 {
                task::idle().await;
            }
        };
        drop(first);
        rest().await;
        assert!(!passed.get(), "one still waits");
        drop(second);
        let third = waits.begin();
        rest().await;
        assert!(!passed.get(), "another has begun in the same moment");
        drop(third);
        rest().await;
        assert!(passed.get());
        drop(waiting);
    }
}
