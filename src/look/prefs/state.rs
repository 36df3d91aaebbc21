//! The preferences as they are changed: a pure reducer.

use std::rc::Rc;

use widgets::ChartKind;
use yew::Reducible;

use super::chosen::{ExportPrefs, KEY, Layout, Prefs, SavedView};
use super::json::{self, Dropped, MOST_VIEWS};
use super::merge::joined;
use crate::host::storage;
use crate::look::theme::ThemeChoice;

/// The preferences, and what became of reading and keeping them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// What is preferred now.
    pub prefs: Rc<Prefs>,
    /// What was kept and could not be used.
    pub dropped: Vec<Dropped>,
    /// True once the browser refused to keep a change.
    pub refused: bool,
    /// What the browser keeps, as far as this page knows.
    pub stored: Rc<Prefs>,
    /// True if what is preferred stands in place of all that was kept.
    pub anew: bool,
}

/// What a reader changes.
#[derive(Clone, Debug, PartialEq)]
pub enum PrefsChange {
    /// Another theme.
    Theme(ThemeChoice),
    /// Another language, by its tag; none for the host's or the browser's choice.
    Language(Option<String>),
    /// Another layout of the dashboard.
    Layout(Layout),
    /// Another kind of chart for a widget; none for its own.
    Kind(&'static str, Option<ChartKind>),
    /// Other contents of files.
    Export(ExportPrefs),
    /// A view to keep, in place of one of the same name.
    SaveView(SavedView),
    /// A view to forget, by name.
    ForgetView(String),
    /// A view to put back where it was.
    PutView(usize, SavedView),
    /// Another name for a view.
    RenameView(String, String),
    /// Preferences from a file, with what of it could not be used.
    Import(Prefs, Vec<Dropped>),
    /// Everything as the house has it.
    Reset,
    /// The reader has seen what could not be used.
    Seen,
    /// The browser keeps the last change, with what another page has changed meanwhile; none if it
    /// refused.
    Stored(Option<Prefs>),
    /// Another page of this browser has changed what is kept.
    Elsewhere(Prefs),
}

impl Kept {
    /// What this browser has kept.
    pub fn read() -> Self {
        let Some(text) = storage::read(KEY) else { return Self::default() };
        let (prefs, dropped) = json::read(&text);
        let prefs = Rc::new(prefs);
        Self { stored: prefs.clone(), prefs, dropped, ..Self::default() }
    }
}

impl Reducible for Kept {
    type Action = PrefsChange;

    fn reduce(self: Rc<Self>, change: PrefsChange) -> Rc<Self> {
        let mut kept = (*self).clone();
        let mut prefs = (*kept.prefs).clone();
        kept.anew = matches!(change, PrefsChange::Import(..) | PrefsChange::Reset);
        match change {
            PrefsChange::Theme(theme) => prefs.theme = theme,
            PrefsChange::Language(tag) => prefs.language = tag,
            PrefsChange::Layout(layout) => prefs.layout = layout,
            PrefsChange::Kind(widget, kind) => {
                prefs.layout.kinds.retain(|(id, _)| *id != widget);
                prefs.layout.kinds.extend(kind.map(|kind| (widget, kind)));
            }
            PrefsChange::Export(export) => prefs.export = export,
            PrefsChange::SaveView(view) => {
                let is_full = prefs.views.len() >= MOST_VIEWS;
                match prefs.views.iter_mut().find(|known| known.name == view.name) {
                    Some(known) => *known = view,
                    // More would not be read again.
                    None if is_full => {}
                    None => prefs.views.push(view),
                }
            }
            PrefsChange::ForgetView(name) => prefs.views.retain(|view| view.name != name),
            PrefsChange::PutView(at, view) => {
                prefs.views.retain(|known| known.name != view.name);
                prefs.views.insert(at.min(prefs.views.len()), view);
                prefs.views.truncate(MOST_VIEWS);
            }
            PrefsChange::RenameView(from, to) => {
                let taken = prefs.views.iter().any(|view| view.name == to);
                if let Some(view) = prefs.views.iter_mut().find(|view| view.name == from && !taken)
                {
                    view.name = to;
                }
            }
            PrefsChange::Import(imported, dropped) => {
                prefs = imported;
                kept.dropped = dropped;
            }
            PrefsChange::Reset => {
                prefs = Prefs::default();
                kept.dropped = Vec::new();
            }
            PrefsChange::Seen => {
                kept.dropped = Vec::new();
                kept.refused = false;
            }
            PrefsChange::Stored(Some(stored)) => {
                kept.refused = false;
                kept.stored = Rc::new(stored.clone());
                prefs = stored;
            }
            PrefsChange::Stored(None) => kept.refused = true,
            PrefsChange::Elsewhere(theirs) => {
                // What could not be kept of this page stays its own.
                prefs = joined(&kept.stored, &prefs, json::to_json(&theirs)).1;
                kept.stored = Rc::new(theirs);
            }
        }
        if prefs != *kept.prefs {
            kept.prefs = Rc::new(prefs);
        }
        if kept == *self { self } else { Rc::new(kept) }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn after(changes: impl IntoIterator<Item = PrefsChange>) -> Rc<Kept> {
        changes.into_iter().fold(Rc::new(Kept::default()), Reducible::reduce)
    }

    #[wasm_bindgen_test]
    fn a_kind_replaces_the_one_before_and_goes_with_none() {
        let chosen = PrefsChange::Kind("churn_risk", Some(ChartKind::Bar));
        let other = PrefsChange::Kind("churn_risk", Some(ChartKind::Pie));
        let state = after([chosen.clone(), other]);
        assert_eq!(state.prefs.layout.kinds, [("churn_risk", ChartKind::Pie)]);
        let state = after([chosen, PrefsChange::Kind("churn_risk", None)]);
        assert_eq!(*state.prefs, Prefs::default());
    }

    #[wasm_bindgen_test]
    fn a_view_of_the_same_name_is_replaced() {
        let view = |query: &str| SavedView {
            name: "Mine".to_owned(),
            query: query.to_owned(),
            layout: None,
        };
        let state = after([PrefsChange::SaveView(view("a=1")), PrefsChange::SaveView(view("a=2"))]);
        assert_eq!(state.prefs.views, [view("a=2")]);
        let gone = state.reduce(PrefsChange::ForgetView("Mine".to_owned()));
        assert!(gone.prefs.views.is_empty());
    }

    #[wasm_bindgen_test]
    fn a_view_that_was_forgotten_comes_back_to_its_place() {
        let view = |name: &str| SavedView { name: name.to_owned(), ..SavedView::default() };
        let state = after(["A", "B", "C"].map(|name| PrefsChange::SaveView(view(name))));
        let gone = state.clone().reduce(PrefsChange::ForgetView("B".to_owned()));
        assert_eq!(gone.reduce(PrefsChange::PutView(1, view("B"))).prefs, state.prefs);
        let rename = |to: &str| PrefsChange::RenameView("B".to_owned(), to.to_owned());
        let renamed = state.clone().reduce(rename("D"));
        assert_eq!(renamed.prefs.views, [view("A"), view("D"), view("C")]);
        assert_eq!(state.clone().reduce(rename("C")).prefs, state.prefs, "the name is taken");
    }

    #[wasm_bindgen_test]
    fn what_another_page_changes_is_taken_and_what_was_refused_here_stays() {
        let dark = after([PrefsChange::Theme(ThemeChoice::Dark), PrefsChange::Stored(None)]);
        let theirs = Prefs { language: Some("de".to_owned()), ..Prefs::default() };
        let both = dark.reduce(PrefsChange::Elsewhere(theirs.clone()));
        assert_eq!((both.prefs.theme, both.refused), (ThemeChoice::Dark, true));
        assert_eq!(both.prefs.language.as_deref(), Some("de"));
        assert_eq!(*both.stored, theirs);
        let calm = after([PrefsChange::Elsewhere(theirs.clone())]);
        assert_eq!((&*calm.prefs, &*calm.stored), (&theirs, &theirs));
    }

    #[wasm_bindgen_test]
    fn no_more_views_are_taken_than_are_read_again() {
        let view = |at: usize| SavedView { name: format!("V{at}"), ..SavedView::default() };
        let full = after((0..MOST_VIEWS + 1).map(|at| PrefsChange::SaveView(view(at))));
        assert_eq!(full.prefs.views.len(), MOST_VIEWS);
        let back = full.reduce(PrefsChange::PutView(0, view(MOST_VIEWS)));
        assert_eq!(back.prefs.views.len(), MOST_VIEWS);
        assert_eq!(json::read(&json::write(&back.prefs)), ((*back.prefs).clone(), Vec::new()));
    }

    #[wasm_bindgen_test]
    fn the_same_choice_again_changes_nothing() {
        let state = after([PrefsChange::Theme(ThemeChoice::Dark)]);
        let again = state.clone().reduce(PrefsChange::Theme(ThemeChoice::Dark));
        assert!(Rc::ptr_eq(&state, &again));
    }
}
