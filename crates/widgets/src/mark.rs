//! Marks: what can be pointed at in a figure, one by one, and what choosing one leads to.

use facts::{DayRange, Dimension, KpiId, Set};

/// A slice, bar, point, node or link: what a pointer finds and arrow keys walk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// What it stands for.
    pub label: String,
    /// Its value as people read it.
    pub value: String,
    /// Where it is in the figure.
    pub place: Place,
    /// Number of its group; figures with one group have only 0.
    pub group: usize,
    /// True if the filter names it.
    pub chosen: bool,
    /// What choosing it leads to.
    pub pick: Option<Pick>,
    /// Other places that belong to it and are shown with it when it is chosen.
    pub path: Vec<Place>,
}

/// Where a mark is in a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// The figure as a whole, such as a gauge.
    #[default]
    Whole,
    /// All points of a trace.
    Trace(usize),
    /// A point, bar or slice.
    Point {
        /// Index of the trace.
        trace: usize,
        /// Index of the point in it.
        point: usize,
    },
    /// A node of a flow.
    Node(usize),
    /// A link of a flow.
    Link(usize),
}

/// What choosing a mark or a row means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pick {
    /// Filters by a value of a dimension.
    Code(Dimension, u16),
    /// Narrows the period.
    Days(DayRange),
    /// Opens a customer's profile, by number.
    Customer(u32),
    /// Opens the view of a KPI.
    Kpi(KpiId),
    /// Opens the satisfaction report.
    Satisfaction,
}

impl Mark {
    /// A mark with its value, which leads nowhere yet.
    pub(crate) fn new(label: impl Into<String>, value: impl Into<String>, place: Place) -> Self {
        Self { label: label.into(), value: value.into(), place, ..Self::default() }
    }

    /// The mark with what choosing it leads to.
    #[must_use]
    pub(crate) fn leads(self, pick: Pick) -> Self {
        Self { pick: Some(pick), ..self }
    }

    /// The mark as a value of a dimension, of which some may be chosen.
    #[must_use]
    pub(crate) fn of(self, dimension: Dimension, code: u16, chosen: &Set) -> Self {
        let chosen = !chosen.is_all() && chosen.allows(code);
        Self { chosen, ..self.leads(Pick::Code(dimension, code)) }
    }

    /// The mark in a group.
    #[must_use]
    pub(crate) fn in_group(self, group: usize) -> Self {
        Self { group, ..self }
    }
}

/// The n-th point of a trace.
pub(crate) fn point(trace: usize, point: usize) -> Place {
    Place::Point { trace, point }
}
