//! The widgets as components hold them.

use std::ops::Deref;

use snapshot::Meta;
use widgets::{ChartKind, Widget};

use crate::host::plotly::has_webgl;

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
