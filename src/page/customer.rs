//! One customer: who it is and what has happened.

use yew::prelude::*;

use super::notice::Notices;
use crate::route::Route;
use crate::shell::GoTo;

/// Which one.
#[derive(PartialEq, Properties)]
pub struct CustomerProps {
    /// Its id in the address.
    pub id: String,
}

/// The view.
#[component(Customer)]
pub fn customer(props: &CustomerProps) -> Html {
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
