//! What a reader prefers: layout, key figures, chart kinds, theme, saved views; kept in this browser.
//!
//! One versioned JSON text holds it all; pages of one browser share it (`merge`). What of it cannot be used is named and left out; storage
//! that is full or denied costs the memory of a choice, never the choice.

pub mod json;
mod merge;
mod pages;
mod state;

use std::rc::Rc;

use facts::kpi::SHOWN_BY_DEFAULT;
use facts::{KPIS, KpiId};
use widgets::ChartKind;
use yew::prelude::*;

pub use self::json::{Dropped, LONGEST_NAME, LONGEST_QUERY, MOST_VIEWS, VERSION};
pub use self::state::{Kept, PrefsChange};
use crate::look::theme::ThemeChoice;

/// Where the preferences lie in the browser's storage.
pub const KEY: &str = "hub.preferences";

/// Everything a reader has chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prefs {
    /// Light, dark, or as the system.
    pub theme: ThemeChoice,
    /// BCP 47 tag of the language to speak; none for the host's or the browser's choice.
    pub language: Option<String>,
    /// How the dashboard is laid out.
    pub layout: Layout,
    /// Filters and layouts with a name, in the order in which they were saved.
    pub views: Vec<SavedView>,
    /// What stands in files that are taken away.
    pub export: ExportPrefs,
}

/// How the dashboard is laid out; what is not chosen is as the house has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The key figures shown, in order.
    pub kpis: Option<Vec<KpiId>>,
    /// The cards, in order; those not named follow in the house's order.
    pub cards: Option<Vec<&'static str>>,
    /// Kinds of chart chosen, by widget.
    pub kinds: Vec<(&'static str, ChartKind)>,
}

/// A view with a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SavedView {
    /// What the reader calls it.
    pub name: String,
    /// The filters, as they stand in the address: without the question mark.
    pub query: String,
    /// The layout saved with it, if any.
    pub layout: Option<Layout>,
}

/// What stands in files that are taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportPrefs {
    /// Lines above the table with filters, snapshot and definition.
    pub header: bool,
    /// The mark by which spreadsheets recognise the encoding.
    pub byte_order_mark: bool,
}

impl Default for ExportPrefs {
    fn default() -> Self {
        Self { header: true, byte_order_mark: true }
    }
}

/// The language that this browser has kept; needed before anything is mounted.
pub fn language() -> Option<String> {
    Kept::read().prefs.language.clone()
}

impl Layout {
    /// The kind chosen for a widget.
    pub fn kind(&self, widget: &str) -> Option<ChartKind> {
        self.kinds.iter().find(|(id, _)| *id == widget).map(|&(_, kind)| kind)
    }

    /// Ids in the reader's order: those chosen first, the others as they come.
    pub fn ordered<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        let mut rest: Vec<&str> = ids.collect();
        let mut first = Vec::with_capacity(rest.len());
        for chosen in self.cards.iter().flatten() {
            if let Some(at) = rest.iter().position(|id| id == chosen) {
                first.push(rest.remove(at));
            }
        }
        first.extend(rest);
        first
    }
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
    let kept = use_reducer(Kept::read);
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
