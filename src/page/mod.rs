//! The views: one file each, and the choice between them.

mod about_data;
mod customer;
mod customers;
mod dashboard;
mod data_flow;
mod entry;
mod help;
mod kpi;
mod lookup;
mod not_found;
mod notice;
mod param;
mod satisfaction;
mod settings;
mod sql;

use yew::prelude::*;

use crate::route::Route;
use crate::shell::Shell;

/// The view of a route, inside the shell where it has one.
pub fn view(route: Route) -> Html {
    let inner = match &route {
        Route::Entry => return html! { <entry::Entry /> },
        Route::Dashboard => html! { <dashboard::Dashboard /> },
        Route::Customers => html! { <customers::Customers /> },
        Route::Customer { id } => html! { <customer::Customer key={id.clone()} id={id.clone()} /> },
        Route::Satisfaction => html! { <satisfaction::Satisfaction /> },
        Route::Kpi { id } => html! { <kpi::Kpi key={id.clone()} id={id.clone()} /> },
        Route::DataFlow => html! { <data_flow::DataFlow /> },
        Route::AboutData => html! { <about_data::AboutData /> },
        Route::Sql => html! { <sql::Sql /> },
        Route::Settings => html! { <settings::Settings /> },
        Route::Help => html! { <help::Help /> },
        Route::NotFound => html! { <not_found::NotFound /> },
    };
    html! { <Shell {route}>{ inner }</Shell> }
}
