//! The widgets of the dashboard: each computes a figure, a table and a sentence from facts.
//!
//! A widget does no IO: it asks facts a few measures, and names of customers arrive as
//! [`People`]. Theme, number format and chart kind are arguments, so the page, the builder and
//! the tests get the same output from the same code.

pub mod absent;
pub mod against;
mod category_performance;
mod churn_risk;
pub mod csv;
mod curve;
mod customer_satisfaction;
mod data_flow;
pub mod figure;
pub mod format;
mod formula;
pub mod kpi_cards;
pub mod kpi_detail;
pub mod live_spark;
pub mod mark;
mod monthly_revenue;
mod names;
pub mod people;
mod pie;
pub mod quick_chart;
mod rfm_segmentation;
mod scale;
mod segment_distribution;
mod share;
mod shares;
pub mod shown;
pub mod spark;
pub mod table;
pub mod theme;
mod ticks;
mod top_customers;

use facts::{Facts, View};
use words::say;

pub use figure::{Figure, Module};
pub use format::{Format, Locale, Sign};
pub use kpi_cards::{Direction, KpiCard, kpi_card, kpi_cards};
pub use mark::{Mark, Pick, Place};
pub use names::{is_in, known};
pub use people::{People, Person};
pub use table::{Cell, Column, Table};
pub use theme::Theme;

/// All widgets in page order.
pub static ALL: [&dyn Widget; 8] = [
    &segment_distribution::SegmentDistribution,
    &monthly_revenue::MonthlyRevenue,
    &top_customers::TopCustomers,
    &category_performance::CategoryPerformance,
    &customer_satisfaction::CustomerSatisfaction,
    &churn_risk::ChurnRisk,
    &rfm_segmentation::RfmSegmentation,
    &data_flow::DataFlow,
];

/// The widget of an id, as in the page's markup.
pub fn by_id(id: &str) -> Option<&'static dyn Widget> {
    ALL.iter().copied().find(|widget| widget.id() == id)
}

/// A part of the dashboard.
pub trait Widget: Sync {
    /// Its name in markup, links and files.
    fn id(&self) -> &'static str;

    /// Its name for people.
    fn title(&self) -> &'static str;

    /// What it shows and how it is computed, in a sentence or two.
    fn definition(&self) -> &'static str;

    /// The chart kinds it can take, its own first.
    fn kinds(&self) -> &'static [ChartKind];

    /// Numbers of the customers whose [`Person`] it needs; most need none.
    fn people(&self, _facts: &Facts, _view: &View) -> Vec<u32> {
        Vec::new()
    }

    /// Computes what is shown.
    fn compute(&self, ask: &Ask) -> Outcome;
}

/// All that a widget may look at.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// The facts of the snapshot.
    pub facts: &'a Facts,
    /// Scope and comparison.
    pub view: &'a View,
    /// How numbers are written.
    pub format: &'a Format,
    /// Colours and type.
    pub theme: &'a Theme,
    /// Names of customers that are known so far.
    pub people: &'a People,
    /// The chart kind wanted; one that the widget does not take gives its own.
    pub kind: Option<ChartKind>,
}

/// A way to draw a widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the label says it")]
pub enum ChartKind {
    Pie,
    Donut,
    Bar,
    Line,
    Area,
    Revenue,
    Units,
    Gauge,
    Scatter3d,
    Scatter2d,
    Sankey,
    Table,
}

impl ChartKind {
    /// All kinds.
    pub const ALL: [Self; 12] = [
        Self::Pie,
        Self::Donut,
        Self::Bar,
        Self::Line,
        Self::Area,
        Self::Revenue,
        Self::Units,
        Self::Gauge,
        Self::Scatter3d,
        Self::Scatter2d,
        Self::Sankey,
        Self::Table,
    ];

    /// Its name in storage and files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pie => "pie",
            Self::Donut => "donut",
            Self::Bar => "bar",
            Self::Line => "line",
            Self::Area => "area",
            Self::Revenue => "revenue",
            Self::Units => "units",
            Self::Gauge => "gauge",
            Self::Scatter3d => "3d",
            Self::Scatter2d => "2d",
            Self::Sankey => "flow",
            Self::Table => "table",
        }
    }

    /// The kind of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Its name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pie => "Pie",
            Self::Donut => "Donut",
            Self::Bar => "Bar",
            Self::Line => "Line",
            Self::Area => "Area",
            Self::Revenue => "Revenue",
            Self::Units => "Units sold",
            Self::Gauge => "Gauge",
            Self::Scatter3d => "3D",
            Self::Scatter2d => "2D",
            Self::Sankey => "Flow",
            Self::Table => "Table",
        }
    }
}

/// Whether what was asked is drawn. A program that only records what widgets ask leaves it out, and is
/// smaller by all that draws.
pub(crate) const DRAWS: bool = cfg!(feature = "drawing");

/// What a widget gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Exact under the view asked for.
    Ready(Box<Rendered>),
    /// Not known yet, and why.
    Loading(&'static str),
    /// The snapshot has no such data, or nothing is in scope; a sentence for people.
    Absent(String),
}

/// A widget, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// The chart; none for a widget that is a table.
    pub figure: Option<Figure>,
    /// The same content as a table: the accessible alternative, and what is downloaded.
    pub table: Table,
    /// One sentence that states the point.
    pub summary: String,
    /// What the reader must know of the drawing, as a sample behind it.
    pub note: Option<String>,
    /// The numbers in the note, as they stand there, in their order.
    pub numbers: Vec<Cell>,
    /// What can be pointed at in the figure, in reading order.
    pub marks: Vec<Mark>,
}

impl Ask<'_> {
    /// The chart kind to draw: the one wanted if the widget takes it, else its own.
    pub(crate) fn kind_of(&self, widget: &dyn Widget) -> ChartKind {
        let kinds = widget.kinds();
        let wanted = self.kind.filter(|kind| kinds.contains(kind));
        wanted.or(kinds.first().copied()).unwrap_or(ChartKind::Table)
    }
}

impl From<facts::Answer<Outcome>> for Outcome {
    fn from(answer: facts::Answer<Outcome>) -> Self {
        match answer {
            facts::Answer::Ready(outcome) => outcome,
            facts::Answer::Loading(why) => Self::Loading(why),
        }
    }
}

impl Outcome {
    pub(crate) fn ready(
        figure: Option<Figure>,
        table: Table,
        summary: String,
        note: Option<String>,
    ) -> Self {
        Self::Ready(Box::new(Rendered {
            figure,
            table,
            summary,
            note,
            numbers: Vec::new(),
            marks: Vec::new(),
        }))
    }

    /// What is asked is known, and nobody wants it drawn.
    pub(crate) fn not_drawn() -> Self {
        Self::ready(None, Table::new(String::new(), Vec::new()), String::new(), None)
    }

    /// The outcome with what can be pointed at.
    #[must_use]
    pub(crate) fn marked(mut self, marks: Vec<Mark>) -> Self {
        if let Self::Ready(rendered) = &mut self {
            rendered.marks = marks;
        }
        self
    }

    /// The outcome with the numbers that its note tells.
    #[must_use]
    pub(crate) fn numbered(mut self, numbers: Vec<Cell>) -> Self {
        if let Self::Ready(rendered) = &mut self {
            rendered.numbers = numbers;
        }
        self
    }

    /// What a widget shows when nobody and nothing is in scope.
    pub(crate) fn nothing_in_scope() -> Self {
        Self::Absent(say!("Nothing in this period and selection."))
    }

    /// What a widget of customers shows when none is in scope, and why.
    pub(crate) fn nobody_in_scope(ask: &Ask) -> Self {
        if ask.facts.meta().has_customers() {
            return Self::nothing_in_scope();
        }
        Self::Absent(words::say(absent::CUSTOMERS))
    }
}
