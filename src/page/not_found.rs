//! An address that leads nowhere.

use words::say;
use yew::prelude::*;

use crate::filter::GoTo;
use crate::ui::{Icon, Route};

/// The way back.
#[component(NotFound)]
pub fn not_found() -> Html {
    html! {
        <div class="state">
            { Icon::Empty.html() }
            <h1 tabindex="-1">{ say!("Page not found") }</h1>
            <p class="state__text">{ say!("Nothing lies at this address. It may have been mistyped, or moved.") }</p>
            <GoTo to={Route::Dashboard} classes="button button--primary">{ say!("Open the dashboard") }</GoTo>
        </div>
    }
}
