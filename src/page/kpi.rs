//! One KPI: its course, its parts, what moved it.

use yew::prelude::*;

use super::notice::Notices;
use crate::route::Route;
use crate::shell::GoTo;

/// Which one.
#[derive(PartialEq, Properties)]
pub struct KpiProps {
    /// Its id in the address.
    pub id: String,
}

/// The view.
#[component(Kpi)]
pub fn kpi(props: &KpiProps) -> Html {
    html! {
        <>
            <div class="page-head"><div><h1 tabindex="-1">{ &props.id }</h1></div></div>
            <Notices />
            <div class="state">
                <p class="state__text">{ "This view is not ready yet." }</p>
                <GoTo to={Route::Dashboard} classes="button">{ "Open the dashboard" }</GoTo>
            </div>
        </>
    }
}
