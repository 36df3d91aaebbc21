//! The customers in scope, as a list.

use yew::prelude::*;

use super::notice::Notices;
use crate::route::Route;
use crate::shell::GoTo;

/// The view.
#[component(Customers)]
pub fn customers() -> Html {
    html! {
        <>
            <div class="page-head"><div><h1 tabindex="-1">{ "Customers" }</h1></div></div>
            <Notices />
            <div class="state">
                <p class="state__text">{ "This view is not ready yet." }</p>
                <GoTo to={Route::Dashboard} classes="button">{ "Open the dashboard" }</GoTo>
            </div>
        </>
    }
}
