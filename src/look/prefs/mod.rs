//! What a reader prefers: layout, key figures, chart kinds, theme, saved views; kept in this browser.
//!
//! One versioned JSON text holds it all; pages of one browser share it (`merge`). What of it cannot be used is named and left out; storage
//! that is full or denied costs the memory of a choice, never the choice.

mod chosen;
pub mod json;
mod merge;
mod pages;
mod state;

use std::cell::RefCell;
use std::rc::Rc;

use facts::kpi::SHOWN_BY_DEFAULT;
use facts::{KPIS, KpiId};
use yew::prelude::*;

pub use self::chosen::{ExportPrefs, KEY, Layout, Prefs, SavedView};
pub use self::json::{Dropped, LONGEST_NAME, LONGEST_QUERY, MOST_VIEWS, VERSION};
pub use self::state::{Kept, PrefsChange};

thread_local! {
    /// What was read before anything was mounted, for what is mounted then.
    static READ: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// The language that this browser has kept; needed before anything is mounted.
pub fn language() -> Option<String> {
    let kept = Kept::read();
    let language = kept.prefs.language.clone();
    READ.set(Some(kept));
    language
}

/// The key figures that are shown, in order: those chosen, else the house's first ones.
pub fn shown_kpis(chosen: Option<&[KpiId]>, has: impl Fn(KpiId) -> bool) -> Vec<KpiId> {
    match chosen {
        Some(chosen) => chosen.iter().copied().filter(|&id| has(id)).collect(),
        None => {
            let known = KPIS.iter().map(|def| def.id).filter(|&id| has(id));
            known.take(SHOWN_BY_DEFAULT).collect()
        }
    }
}

/// The preferences as components hold them.
pub type PrefsStore = UseReducerHandle<Kept>;

/// What stands inside.
#[derive(PartialEq, Properties)]
pub struct PrefsProviderProps {
    /// Everything that may use preferences.
    pub children: Html,
}

/// Reads the preferences, gives them to everything inside, keeps every change, and takes over what
/// another page of this browser changes.
#[component(PrefsProvider)]
pub fn prefs_provider(props: &PrefsProviderProps) -> Html {
    let kept = use_reducer(|| READ.take().unwrap_or_else(Kept::read));
    {
        let kept = kept.clone();
        use_effect_with(kept.prefs.clone(), move |_| {
            if kept.prefs != kept.stored {
                kept.dispatch(PrefsChange::Stored(pages::keep(&kept).ok()));
            }
        });
    }
    {
        let elsewhere = kept.dispatcher();
        use_effect_with((), move |()| {
            let changed = move |prefs| elsewhere.dispatch(PrefsChange::Elsewhere(prefs));
            let listeners = pages::listen(Callback::from(changed));
            move || drop(listeners)
        });
    }
    html! { <ContextProvider<PrefsStore> context={kept}>{ props.children.clone() }</ContextProvider<PrefsStore>> }
}

/// The preferences, and the way to change them.
#[hook]
pub fn use_prefs() -> (Rc<Prefs>, Callback<PrefsChange>) {
    let store = use_prefs_store();
    let change = {
        let store = store.clone();
        use_callback((), move |change, ()| store.dispatch(change))
    };
    (store.prefs.clone(), change)
}

/// The preferences with what became of reading and keeping them.
///
/// # Panics
/// Outside of the app component, which provides them.
#[hook]
#[allow(clippy::expect_used, reason = "a component outside the app is a mistake in the code")]
pub fn use_prefs_store() -> PrefsStore {
    use_context::<PrefsStore>().expect("the app provides the preferences")
}
