//! The views: one file each, and the choice between them.

mod about_data;
mod dashboard;
mod data_flow;
mod entry;
mod help;
mod not_found;
mod notice;

use yew::prelude::*;

use crate::route::Route;
use crate::shell::Shell;

/// The view of a route, inside the shell where it has one.
pub fn view(route: Route) -> Html {
    let inner = match route {
        Route::Entry => return html! { <entry::Entry /> },
        Route::Dashboard => html! { <dashboard::Dashboard /> },
        Route::DataFlow => html! { <data_flow::DataFlow /> },
        Route::AboutData => html! { <about_data::AboutData /> },
        Route::Help => html! { <help::Help /> },
        Route::NotFound => html! { <not_found::NotFound /> },
    };
    html! { <Shell {route}>{ inner }</Shell> }
}
