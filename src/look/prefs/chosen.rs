//! What a reader can choose.

use facts::KpiId;
use widgets::ChartKind;

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
