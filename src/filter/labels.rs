//! What filters are called, and a view in words.

use facts::{Compare, Dimension, NotCompared, View};
use filters::span::DIMENSIONS;
use filters::{Preset, labels};
use snapshot::Meta;
use widgets::{Format, shown};
use words::say;
use yew::prelude::*;

use crate::look::Look;
use crate::session::store::use_store;

/// How days and numbers of a snapshot are written.
pub fn format(meta: &Meta) -> Format {
    Look::new(meta, false).format
}

/// A dimension's name.
pub fn dimension(dimension: Dimension) -> String {
    match dimension {
        Dimension::Segment => say!("Segment"),
        Dimension::Churn => say!("Churn risk"),
        Dimension::Category => say!("Category"),
        Dimension::Rfm => say!("RFM segment"),
    }
}

/// The name of one value.
pub fn value(meta: &Meta, dimension: Dimension, code: u16) -> String {
    labels(meta, dimension)
        .get(usize::from(code))
        .map(|label| shown::label(label))
        .unwrap_or_default()
}

/// A preset's name.
pub fn preset(preset: Preset) -> String {
    match preset {
        Preset::Days30 => say!("Last 30 days"),
        Preset::Days90 => say!("Last 90 days"),
        Preset::Months12 => say!("Last 12 months"),
        Preset::YearToDate => say!("Year to date"),
        Preset::All => say!("All time"),
    }
}

/// A way to compare.
pub fn compare(compare: Compare) -> String {
    match compare {
        Compare::Previous => say!("Previous period"),
        Compare::YearBefore => say!("Same period last year"),
        Compare::None => say!("No comparison"),
    }
}

/// The range shown: by its name if it has one.
pub fn range(view: &View, meta: &Meta) -> String {
    match Preset::of(view, meta) {
        Some(named) => preset(named),
        None => format(meta).range(view.scope.range),
    }
}

/// A view in words, as pairs of a name and what is chosen; always with the period.
pub fn described(view: &View, meta: &Meta) -> Vec<(String, String)> {
    let format = format(meta);
    let mut parts = vec![(say!("Period"), format.range(view.scope.range))];
    parts.push((
        say!("Compared with"),
        match view.comparison(meta) {
            Ok(comparison) => format.range(comparison.compared),
            Err(NotCompared::NotAsked) => compare(Compare::None),
            Err(NotCompared::BeforeData) => {
                say!("nothing: data begins on {day}", day = format.day(meta.first_day))
            }
        },
    ));
    for of in DIMENSIONS {
        let codes = view.scope.set(of).codes();
        if !codes.is_empty() {
            let names: Vec<String> = codes.iter().map(|&code| value(meta, of, code)).collect();
            parts.push((dimension(of), names.join(", ")));
        }
    }
    parts
}

/// Of which day the classes of customers are: they judge every period by what came until then.
pub fn classes_note(meta: &Meta) -> String {
    let day = format(meta).day(meta.published_day());
    say!("Segments, churn risks and RFM segments are those of {day}, in every period.", day = day)
}

/// [`classes_note`] below the head of a view, where it shows classes.
#[component(ClassesNote)]
pub fn classes_note_line() -> Html {
    let store = use_store();
    let Some(manifest) = store.manifest() else { return html! {} };
    html! { <p class="page-head__period"><span>{ classes_note(&manifest.meta) }</span></p> }
}
