//! The link to what is on screen in a field, for browsers that keep their clipboard to themselves.

use web_sys::HtmlInputElement;
use words::say;
use yew::prelude::*;

use super::menu::{focus, use_outside};

/// What is copied, and who is told that it is not wanted any more.
#[derive(PartialEq, Properties)]
pub struct ByHandProps {
    /// The link.
    pub link: AttrValue,
    /// Told when it is to go.
    pub close: Callback<()>,
}

/// The link in a field, chosen and ready to be copied.
#[component(ByHand)]
pub fn by_hand(props: &ByHandProps) -> Html {
    let (field, panel) = (use_node_ref(), use_node_ref());
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                focus(Some(field.clone().into()));
                field.select();
            }
        });
    }
    use_outside(true, &panel, props.close.clone());
    html! {
        <div class="menu__panel menu__panel--end" role="group" aria-label={say!("Link to this view")} ref={panel}>
            <label class="date">
                <span>{ say!("Copy this link") }</span>
                <input ref={field} class="field" type="text" readonly=true value={props.link.clone()} />
            </label>
        </div>
    }
}
