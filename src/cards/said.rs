//! What a card says of something that was asked of it and failed: where it was asked.

use words::say;
use yew::prelude::*;

/// Whoever fails within a card tells it here; nothing takes back what was said before.
#[derive(Clone, PartialEq)]
pub struct Says(Callback<Option<AttrValue>>);

/// Tells the card around of a failure.
#[hook]
pub fn use_says() -> Callback<Option<AttrValue>> {
    use_context::<Says>().map_or_else(Callback::noop, |says| says.0)
}

/// A card's line for failures, and the way in which what stands in it reaches that line.
#[hook]
pub fn use_said() -> (Html, Says) {
    let said = use_state(|| None::<AttrValue>);
    let says = {
        let set = said.setter();
        use_callback((), move |text: Option<AttrValue>, ()| set.set(text))
    };
    let line = said.as_ref().map(|text| {
        let seen = says.reform(|_: MouseEvent| None);
        html! {
            <div class="kept" role="alert" data-failed="action">
                <span>{ text }</span>
                <button class="button button--quiet" type="button" onclick={seen}>
                    { say!("Understood") }
                </button>
            </div>
        }
    });
    (line.unwrap_or_default(), Says(says))
}
