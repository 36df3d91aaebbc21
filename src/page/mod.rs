//! The views: one file each, and the choice between them.

mod about_data;
mod card;
mod customer;
mod customers;
mod dashboard;
mod data_flow;
mod diagnostics;
mod entry;
mod fresh;
mod help;
mod kpi;
mod not_found;
mod notice;
mod offline;
mod own;
mod param;
mod read_so_far;
mod satisfaction;
mod settings;
mod sql;
mod whole;

use wasm_bindgen::JsCast;
use yew::prelude::*;

pub use fresh::{FRESH, FreshPart, fresh};
pub use notice::{NOTICES, Told};

use crate::filter::VIEWS;
use crate::shell::Shell;
use crate::ui::{Later, Route, focus};

/// The view of a route, inside the shell where it has one.
pub fn view(route: Route) -> Html {
    let inner = match &route {
        Route::Entry => return html! { <entry::Entry /> },
        Route::Dashboard | Route::Index => html! { <dashboard::Dashboard /> },
        far => html! { <Far route={far.clone()} /> },
    };
    html! { <Shell {route}>{ inner }</Shell> }
}

/// The views whose code is only fetched when somebody goes there.
pub fn far(route: &Route) -> Html {
    match route {
        Route::Customers => html! { <customers::Customers /> },
        Route::Customer { id } => html! { <customer::Customer key={id.clone()} id={id.clone()} /> },
        Route::Satisfaction => html! { <satisfaction::Satisfaction /> },
        Route::Kpi { id } => html! { <kpi::Kpi key={id.clone()} id={id.clone()} /> },
        Route::DataFlow => html! { <data_flow::DataFlow /> },
        Route::AboutData => html! { <about_data::AboutData /> },
        Route::Sql => html! { <sql::Sql /> },
        Route::Settings => html! { <settings::Settings /> },
        Route::Diagnostics => html! { <diagnostics::Diagnostics /> },
        Route::Help => html! { <help::Help /> },
        Route::NotFound => html! { <not_found::NotFound /> },
        Route::Entry | Route::Dashboard | Route::Index | Route::Own => html! {},
    }
}

/// The view of the reader's own data, whose code is only fetched by who brings some.
pub fn own_data() -> Html {
    html! { <own::Own /> }
}

#[derive(PartialEq, Properties)]
struct FarProps {
    route: Route,
}

/// A far view; focus on the heading that stood in its place goes to its own.
#[component(Far)]
fn far_view(props: &FarProps) -> Html {
    // The heading that stands here meanwhile may have been given the focus on arrival.
    let held = use_mut_ref(|| false);
    let onfocus = {
        let held = held.clone();
        Callback::from(move |_: FocusEvent| {
            held.replace(true);
        })
    };
    let meanwhile = html! {
        <div class="page-head" aria-busy="true">
            <div><h1 tabindex="-1" {onfocus}>{ props.route.title() }</h1></div>
        </div>
    };
    let arrived = Callback::from(move |()| {
        if held.replace(false) {
            focus_heading();
        }
    });
    html! { <Later part={VIEWS.part(props.route.clone())} {meanwhile} {arrived} /> }
}

/// Puts focus on the heading, unless the reader has gone elsewhere meanwhile.
fn focus_heading() {
    let document = gloo::utils::document();
    let heading = document.query_selector("h1").ok().flatten();
    if let Some(heading) = heading.filter(|_| focus::is_free())
        && let Ok(heading) = heading.dyn_into::<web_sys::HtmlElement>()
    {
        // A heading that cannot be focused leaves focus where it was.
        let _ = heading.focus();
    }
}
