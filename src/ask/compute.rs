//! Computes a widget the way this page writes and colours it.

use facts::View;
use widgets::{Ask, ChartKind, Format, Outcome, People, Widget};
use yew::prelude::*;

use crate::host::timing::measured;
use crate::look::Look;
use crate::session::data::Data;
use crate::session::store::use_store;

/// Computes a widget under a view.
pub fn compute(
    look: &Look,
    data: &Data,
    view: &View,
    widget: &dyn Widget,
    kind: Option<ChartKind>,
) -> Outcome {
    let compute = |people: &People| {
        widget.compute(&Ask {
            facts: &data.facts,
            view,
            format: &look.format,
            theme: &look.theme,
            people,
            kind,
        })
    };
    let mut outcome = data.with_people(|people| measured(|| compute(people)));
    if let Outcome::Ready(rendered) = &mut outcome
        && let Some(figure) = &mut rendered.figure
        && *look.format.locale.decimal != *"."
    {
        figure.layout["separators"] =
            format!("{}{}", look.format.locale.decimal, look.format.locale.group).into();
    }
    outcome
}

/// How numbers are written; none until the snapshot has been described.
#[hook]
pub fn use_format() -> Option<Format> {
    let store = use_store();
    store.manifest().map(|manifest| Look::new(&manifest.meta, false).format)
}
