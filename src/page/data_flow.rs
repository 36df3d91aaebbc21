//! The data flow: the whole pipeline as one large figure, with its rows in numbers below.

use words::say;
use yew::prelude::*;

use super::notice::Notices;
use crate::ask::Known;
use crate::cards::WidgetCard;

/// The pipeline's view.
#[component(DataFlow)]
pub fn data_flow() -> Html {
    let widget = Known::all().find(|widget| widget.id() == "data_flow");
    html! {
        <>
            <div class="page-head">
                <div>
                    <h1 tabindex="-1">{ say!("Data flow") }</h1>
                    <p class="page-head__period">
                        { for widget.map(|widget| words::say(widget.definition())) }
                    </p>
                </div>
            </div>
            <Notices />
            { for widget.map(|widget| html! { <WidgetCard {widget} alone=true /> }) }
        </>
    }
}
