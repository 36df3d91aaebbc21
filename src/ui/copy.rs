//! A button that copies what somebody who is to mend a fault wants to know.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use words::say;
use yew::prelude::*;

/// What is copied.
#[derive(PartialEq, Properties)]
pub struct CopyProps {
    /// The text; the place and the browser are added to it.
    pub text: AttrValue,
    /// Name of the button.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub classes: Classes,
    /// True if the text stands for itself.
    #[prop_or_default]
    pub bare: bool,
}

/// What became of it.
#[derive(Clone, Copy, PartialEq)]
enum Copied {
    NotYet,
    Done,
    Refused,
}

/// The button.
#[component(CopyDetails)]
pub fn copy_details(props: &CopyProps) -> Html {
    let copied = use_state(|| Copied::NotYet);
    {
        let copied = copied.setter();
        use_effect_with(props.text.clone(), move |_| copied.set(Copied::NotYet));
    }
    let press = {
        let (text, bare, copied) = (props.text.clone(), props.bare, copied.setter());
        Callback::from(move |_: MouseEvent| {
            let copied = copied.clone();
            let text = if bare { text.to_string() } else { with_place(&text) };
            spawn_local(async move {
                copied.set(if copy(&text).await { Copied::Done } else { Copied::Refused });
            });
        })
    };
    let label = || props.label.as_ref().map_or_else(|| say!("Copy details"), ToString::to_string);
    let text = match *copied {
        Copied::NotYet => label(),
        Copied::Done => say!("Copied"),
        Copied::Refused => say!("The browser does not let it be copied"),
    };
    let told = (*copied != Copied::NotYet).then(|| text.clone());
    html! {
        <>
            <button class={classes!("button", props.classes.clone())} type="button" onclick={press}>{ text }</button>
            <span class="sr-only" role="status">{ told }</span>
        </>
    }
}

/// A text with the view and the browser in which it was said. The query of the address stays out.
fn with_place(text: &str) -> String {
    let window = gloo::utils::window();
    let path = window.location().pathname().unwrap_or_default();
    let browser = window.navigator().user_agent().unwrap_or_default();
    format!("{text}\n{path}\n{browser}")
}

/// True if the text is on the clipboard.
async fn copy(text: &str) -> bool {
    let navigator = gloo::utils::window().navigator();
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| it.is_truthy());
    // Over a line that can be read along there is none.
    has && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
