//! The widgets as components hold them.

use std::ops::Deref;

use snapshot::Meta;
use widgets::{ChartKind, Widget};
use words::key;

use crate::host::webgl::{Webgl, webgl};

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

    /// How this browser draws it.
    pub fn drawable(self) -> Drawable {
        let kinds = self.0.kinds();
        if !kinds.contains(&ChartKind::Scatter3d) {
            return Drawable { kinds: kinds.to_vec(), limit: None };
        }
        let flat = kinds.iter().copied().filter(|&kind| kind != ChartKind::Scatter3d);
        let (solid, limit) = match webgl() {
            Webgl::ByCard => return Drawable { kinds: kinds.to_vec(), limit: None },
            Webgl::ByProcessor => {
                (true, key!("Drawn flat: without a graphics card 3D is slow, and can be chosen"))
            }
            Webgl::Missing => (false, key!("Drawn flat: this browser offers no WebGL for 3D")),
        };
        let kinds = flat.chain(solid.then_some(ChartKind::Scatter3d)).collect();
        Drawable { kinds, limit: Some(limit) }
    }
}

/// The kinds that a browser can draw of a widget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawable {
    /// All of them; the first is drawn unless the reader wants another.
    pub kinds: Vec<ChartKind>,
    /// What is to be said where the first is not the widget's own.
    limit: Option<&'static str>,
}

impl Drawable {
    /// The kind to draw: the one wanted, if it can be.
    pub fn kind(&self, wanted: Option<ChartKind>) -> Option<ChartKind> {
        let wanted = wanted.filter(|kind| self.kinds.contains(kind));
        wanted.or(self.kinds.first().copied())
    }

    /// What is to be said of the kind drawn.
    pub fn limit(&self, drawn: Option<ChartKind>) -> Option<String> {
        self.limit.filter(|_| drawn != Some(ChartKind::Scatter3d)).map(words::say)
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
