//! What the reader can choose.

use yew::prelude::*;

use super::notice::Notices;
use crate::route::Route;
use crate::shell::GoTo;

/// The view.
#[component(Settings)]
pub fn settings() -> Html {
    html! {
        <>
            <div class="page-head"><div><h1 tabindex="-1">{ "Settings" }</h1></div></div>
            <Notices />
            <div class="state">
                <p class="state__text">{ "This view is not ready yet." }</p>
                <GoTo to={Route::Dashboard} classes="button">{ "Open the dashboard" }</GoTo>
            </div>
        </>
    }
}
