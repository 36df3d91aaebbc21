//! An address that leads nowhere.

use yew::prelude::*;

use crate::icon::Icon;
use crate::route::Route;
use crate::shell::GoTo;

/// The way back.
#[component(NotFound)]
pub fn not_found() -> Html {
    html! {
        <div class="state">
            { Icon::Empty.html() }
            <h1 tabindex="-1">{ "Page not found" }</h1>
            <p class="state__text">{ "Nothing lies at this address. It may have been mistyped, or moved." }</p>
            <GoTo to={Route::Dashboard} classes="button button--primary">{ "Open the dashboard" }</GoTo>
        </div>
    }
}
