//! How this page writes and colours what the widgets compute.

use std::ops::Deref;

use facts::View;
use snapshot::Meta;
use widgets::{Ask, ChartKind, Format, Outcome, People, Theme, Widget};

use yew::prelude::*;

use crate::data::Data;
use crate::host::plotly::has_webgl;
use crate::host::timing::measured;
use crate::language;
use crate::store::use_store;

/// Theme and number format of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Colours of the figures.
    pub theme: Theme,
    /// How numbers are written.
    pub format: Format,
}

impl Look {
    /// The look of a snapshot's numbers on a light or dark page.
    pub fn new(meta: &Meta, dark: bool) -> Self {
        let theme = if dark { Theme::DARK } else { Theme::LIGHT };
        Self { theme, format: Format::new(language::locale(), meta.currency.clone()) }
    }

    /// Computes a widget under a view.
    pub fn compute(
        &self,
        data: &Data,
        view: &View,
        widget: &dyn Widget,
        kind: Option<ChartKind>,
    ) -> Outcome {
        let compute = |people: &People| {
            widget.compute(&Ask {
                facts: &data.facts,
                view,
                format: &self.format,
                theme: &self.theme,
                people,
                kind,
            })
        };
        let mut outcome = data.with_people(|people| measured(|| compute(people)));
        if let Outcome::Ready(rendered) = &mut outcome
            && let Some(figure) = &mut rendered.figure
            && *self.format.locale.decimal != *"."
        {
            figure.layout["separators"] =
                format!("{}{}", self.format.locale.decimal, self.format.locale.group).into();
        }
        outcome
    }
}

/// How numbers are written; none until the snapshot has been described.
#[hook]
pub fn use_format() -> Option<Format> {
    let store = use_store();
    store.manifest.as_ref().map(|manifest| Look::new(&manifest.meta, false).format)
}

/// A widget from the list; two are equal if their ids are.
#[derive(Clone, Copy)]
pub struct Known(&'static dyn Widget);

impl Known {
    /// All widgets in page order.
    pub fn all() -> impl Iterator<Item = Self> {
        widgets::ALL.iter().copied().map(Self)
    }

    /// Those of which a snapshot has data; all as long as nothing is known of it.
    pub fn there(meta: Option<&Meta>) -> impl Iterator<Item = Self> {
        Self::all().filter(move |widget| meta.is_none_or(|meta| widgets::is_in(widget.id(), meta)))
    }

    /// The kinds that this browser can draw, and a note if that is not all of them.
    pub fn drawable(self) -> (Vec<ChartKind>, Option<&'static str>) {
        let mut kinds = self.0.kinds().to_vec();
        if kinds.contains(&ChartKind::Scatter3d) && !has_webgl() {
            kinds.retain(|&kind| kind != ChartKind::Scatter3d);
            return (kinds, Some("Drawn flat: this browser offers no WebGL for 3D"));
        }
        (kinds, None)
    }
}

impl Deref for Known {
    type Target = &'static dyn Widget;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.0.id() == other.0.id()
    }
}
