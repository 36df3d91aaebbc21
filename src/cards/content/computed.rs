//! What a widget is asked with, and what it gives.

use facts::View;
use widgets::{Ask, ChartKind, Figure, Locale, Outcome, Rendered};

use crate::ask::Known;
use crate::host::shared::Shared;
use crate::host::timing::measured;
use crate::look::Look;
use crate::session::data::Data;

/// A question to a widget.
pub struct Job {
    /// Which.
    pub widget: Known,
    /// What is known of the snapshot.
    pub data: Shared<Data>,
    /// Period and filter.
    pub view: Shared<View>,
    /// Language, format and theme.
    pub look: Look,
    /// True in the dark theme.
    pub dark: bool,
    /// The kind of chart, where the reader has chosen one.
    pub kind: Option<ChartKind>,
    /// True if nothing is on its way.
    pub failed: bool,
}

/// What a widget gave.
#[derive(Clone, PartialEq)]
pub struct Computed {
    /// The snapshot that it is of.
    pub snapshot: String,
    /// All of it.
    pub outcome: Shared<Outcome>,
    /// What there is to show.
    pub rendered: Option<Shared<Rendered>>,
    /// The figure in it.
    pub figure: Option<Shared<Figure>>,
}

impl Computed {
    /// Sorts an outcome.
    pub fn of(job: &Job, outcome: Outcome) -> Self {
        let rendered = match &outcome {
            Outcome::Ready(rendered) => Some(Shared::new((**rendered).clone())),
            _ => None,
        };
        let figure =
            rendered.as_ref().and_then(|rendered| rendered.figure.clone()).map(Shared::new);
        let snapshot = job.data.id().to_owned();
        Self { snapshot, outcome: Shared::new(outcome), rendered, figure }
    }
}

/// What a widget gives, with the names that are known.
pub fn computed(job: &Job, data: &Data) -> Outcome {
    let computed = data.asking(&job.look, &job.view, |ask| {
        measured(|| job.widget.compute(&Ask { kind: job.kind, ..*ask }))
    });
    separated(computed, &job.look.format.locale)
}

/// A figure with the signs of the page's language in the numbers that Plotly writes itself.
fn separated(mut outcome: Outcome, Locale { decimal, group, .. }: &Locale) -> Outcome {
    if let Outcome::Ready(rendered) = &mut outcome
        && let Some(figure) = &mut rendered.figure
        && *decimal != *"."
    {
        figure.layout["separators"] = format!("{decimal}{group}").into();
    }
    outcome
}
