//! What the buttons of the bar open.

use facts::Dimension;
use yew::prelude::*;

use super::parts::{FilterPart, PARTS};
use super::period_panel::Period;
use super::saved::{SaveForm, SavedViews};
use super::share_panel::SharePanel;
use super::values_panel::Values;
use crate::ui::Later;

/// What a button opens.
#[derive(Clone, Copy, PartialEq)]
pub enum Panel {
    /// The choice of a period.
    Period,
    /// The values of a dimension.
    Values(Dimension),
    /// The saved views.
    Saved,
    /// The links to what is on screen.
    Share,
}

/// The panel, as soon as it is here.
pub fn coming(panel: Panel) -> Html {
    let meanwhile = html! { <p class="menu__none"><span class="skeleton skeleton--line" /></p> };
    html! { <Later part={PARTS.part(FilterPart::Panel(panel))} {meanwhile} /> }
}

/// Draws it.
pub fn panel(panel: Panel) -> Html {
    match panel {
        Panel::Period => html! { <Period /> },
        Panel::Values(dimension) => html! { <Values {dimension} /> },
        Panel::Share => html! { <SharePanel /> },
        Panel::Saved => html! { <><SavedViews /><SaveForm /></> },
    }
}
