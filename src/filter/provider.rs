//! Who reads the address and hands out what it stands for.

use std::cell::RefCell;

use facts::View;
use filters::{Dropped, Step};
use snapshot::Manifest;
use yew::prelude::*;
use yew_router::prelude::*;

use super::history::{self, Reach};
use crate::host::shared::Shared;
use crate::session::newer::use_newer;
use crate::session::store::use_store;
use crate::ui::Route;

/// The filter on screen, and how to change it.
#[derive(Clone, Default, PartialEq)]
pub struct Filters {
    shown: Option<Shown>,
    manifest: Option<Shared<Manifest>>,
    query: AttrValue,
    reach: Reach,
    place: Option<(Navigator, Route)>,
}

/// What the address stands for in this snapshot.
#[derive(Clone, PartialEq)]
struct Shown {
    view: Shared<View>,
    dropped: Shared<Vec<Dropped>>,
    other_snapshot: Option<AttrValue>,
}

impl Filters {
    /// The view shown; none until the snapshot has been described.
    pub fn view(&self) -> Option<Shared<View>> {
        self.shown.as_ref().map(|shown| shown.view.clone())
    }

    /// What the address said that could not be taken.
    pub fn dropped(&self) -> &[Dropped] {
        self.shown.as_ref().map(|shown| &shown.dropped[..]).unwrap_or_default()
    }

    /// The snapshot under which the address was made, if that is another one.
    pub fn other_snapshot(&self) -> Option<&AttrValue> {
        self.shown.as_ref()?.other_snapshot.as_ref()
    }

    /// The snapshot that the address asks for.
    pub fn pinned(&self) -> Option<AttrValue> {
        filters::query::snapshot_of(&self.query).map(AttrValue::from)
    }

    /// True if something of the address could not be taken as it is.
    pub fn has_notices(&self) -> bool {
        self.other_snapshot().is_some() || !self.dropped().is_empty()
    }

    /// The part of the address's query that moves from view to view.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The part of the address that keeps the page at the snapshot on screen; empty without.
    fn pin(&self) -> String {
        let open = self.manifest.as_ref().map(|manifest| &manifest.meta.snapshot_id);
        let pinned = filters::query::snapshot_of(&history::query());
        let kept = pinned.filter(|id| Some(id) == open);
        kept.map(|id: String| filters::query::of_snapshot(&id)).unwrap_or_default()
    }

    /// What can be undone and redone.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// Takes a step: one entry of the history, none if nothing would change.
    pub fn apply(&self, step: Step) {
        let (Some(manifest), Some((navigator, route))) = (&self.manifest, &self.place) else {
            return;
        };
        let (meta, query) = (&manifest.meta, history::query());
        // The address on screen, not the one of the last render: steps may follow fast.
        let view = filters::read(&query, meta).view;
        let after = step.after(&view, meta);
        if after != view {
            let written = filters::query::joined(&filters::write(&after, meta), &self.pin());
            let query = filters::query::joined(&written, &filters::query::of_view(&query));
            history::step(navigator, route, &query);
        }
    }

    /// Takes the last step back.
    pub fn undo(&self) {
        if let Some((navigator, _)) = self.place.as_ref().filter(|_| self.reach.undo) {
            navigator.back();
        }
    }

    /// Takes the step again that was taken back last.
    pub fn redo(&self) {
        if let Some((navigator, _)) = self.place.as_ref().filter(|_| self.reach.redo) {
            navigator.forward();
        }
    }

    /// The filter on screen as a query; empty for the default view.
    pub fn written(&self) -> String {
        let known = self.manifest.as_ref().zip(self.view());
        known.map(|(manifest, view)| filters::write(&view, &manifest.meta)).unwrap_or_default()
    }

    /// The filter on screen as it is kept for later.
    pub fn written_to_keep(&self) -> String {
        let known = self.manifest.as_ref().zip(self.view());
        let written =
            known.map(|(manifest, view)| filters::query::write_to_keep(&view, &manifest.meta));
        written.unwrap_or_default()
    }

    /// A kept filter as the address of this snapshot has it: in days. What this snapshot does not
    /// know stays in it, to be named on arrival.
    pub fn in_days(&self, kept: &str) -> String {
        let read = self.manifest.as_ref().map(|of| (filters::read(kept, &of.meta), &of.meta));
        match read {
            Some((read, meta)) if read.dropped.is_empty() => filters::write(&read.view, meta),
            _ => kept.to_owned(),
        }
    }

    /// Shows the filter of a query, as one step; false if the view on screen is not filtered.
    pub fn show(&self, query: &str) -> bool {
        let Some((navigator, route)) = self.place.as_ref().filter(|(_, to)| to.is_filtered())
        else {
            return false;
        };
        let before = history::query();
        let kept = filters::query::joined(query, &self.pin());
        let after = filters::query::joined(&kept, &filters::query::of_view(&before));
        if after != before {
            history::step(navigator, route, &after);
        }
        true
    }

    /// Takes out of the address what could not be taken from it.
    pub fn forget_dropped(&self) {
        let snapshot = self.other_snapshot().map(|id| filters::query::of_snapshot(id));
        let snapshot = snapshot.unwrap_or_else(|| self.pin());
        let filter = filters::query::joined(&self.written(), &snapshot);
        self.rewrite(&filters::query::joined(&filter, &filters::query::of_view(&history::query())));
    }

    /// Takes out of the address under which snapshot it was made.
    pub fn forget_snapshot(&self) {
        self.rewrite(&filters::query::without_snapshot(&history::query()));
    }

    fn rewrite(&self, query: &str) {
        if let Some((navigator, route)) = &self.place {
            history::rewrite(navigator, route, query);
        }
    }
}

/// The filter on screen.
#[hook]
pub fn use_filters() -> Filters {
    use_context::<Filters>().unwrap_or_default()
}

/// The view on screen; none until the snapshot has been described.
#[hook]
pub fn use_view() -> Option<Shared<View>> {
    use_filters().view()
}

/// What is inside of the filter.
#[derive(PartialEq, Properties)]
pub struct FilteringProps {
    /// All that shows or changes what is filtered.
    pub children: Html,
}

/// Reads the address for everything inside.
#[component(Filtering)]
pub fn filtering(props: &FilteringProps) -> Html {
    let (location, navigator) = (use_location(), use_navigator());
    let route = use_route::<Route>().unwrap_or(Route::NotFound);
    let (manifest, gone) = (use_store().manifest().cloned(), use_newer().gone);
    let raw = location.map(|location| location.query_str().to_owned()).unwrap_or_default();
    let last = use_mut_ref(|| None::<Shared<View>>);
    let shown = use_memo((raw.clone(), manifest.clone(), gone), |(raw, manifest, gone)| {
        manifest.as_ref().map(|manifest| {
            let read = filters::read(raw, &manifest.meta);
            Shown {
                view: same_kept(&last, read.view),
                dropped: Shared::new(read.dropped),
                // One that is there is on its way.
                other_snapshot: read
                    .other_snapshot
                    .map(AttrValue::from)
                    .filter(|id| Some(id) == gone.as_ref()),
            }
        })
    });
    let filters = Filters {
        shown: (*shown).clone(),
        manifest,
        query: filters::query::of_filter(&raw).into(),
        reach: history::reach(),
        place: navigator.map(|navigator| (navigator, route)),
    };
    html! {
        <ContextProvider<Filters> context={filters}>{ props.children.clone() }</ContextProvider<Filters>>
    }
}

/// A view that is as before is the one of before, so that nothing is computed again.
fn same_kept(last: &RefCell<Option<Shared<View>>>, view: View) -> Shared<View> {
    let mut last = last.borrow_mut();
    match &*last {
        Some(same) if **same == view => same.clone(),
        _ => last.insert(Shared::new(view)).clone(),
    }
}
