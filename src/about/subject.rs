//! What somebody asks about.

use facts::KpiId;

use crate::ask::Known;

/// What is asked about.
#[derive(Clone, Copy, PartialEq)]
pub enum Subject {
    /// A widget's card.
    Widget(Known),
    /// A key figure.
    Kpi(KpiId),
}

impl Subject {
    /// Its name.
    pub fn title(self) -> String {
        words::say(match self {
            Self::Widget(widget) => widget.title(),
            Self::Kpi(id) => id.def().label,
        })
    }

    /// What it counts.
    pub fn definition(self) -> String {
        words::say(match self {
            Self::Widget(widget) => widget.definition(),
            Self::Kpi(id) => id.def().definition,
        })
    }
}
