//! Shows a part at once if its file is here, else as soon as it has come.

use futures::FutureExt;
use words::say;
use yew::prelude::*;

use super::{NotHere, Part, draw};
use crate::host::page::use_page;
use crate::host::task;
use crate::ui::Icon;

/// A part, and what stands in its place until it is here.
#[derive(PartialEq, Properties)]
pub struct LaterProps {
    /// What is to be shown.
    pub part: Part,
    /// What stands there meanwhile.
    #[prop_or_default]
    pub meanwhile: Html,
    /// Told when it is shown after all, if it had to be waited for.
    #[prop_or_default]
    pub arrived: Callback<()>,
}

/// Shows a part, fetching its file if need be.
#[component(Later)]
pub fn later(props: &LaterProps) -> Html {
    let attempt = use_state(|| 0_u32);
    let fetched = use_state(|| None::<Result<(), NotHere>>);
    let page = use_page();
    let drawn = draw(props.part.clone()).now_or_never();
    let wanted = drawn.is_none().then_some(*attempt);
    {
        let (fetched, part) = (fetched.clone(), props.part.clone());
        use_effect_with(wanted, move |wanted| {
            let task = wanted.map(|_| {
                let working = page.busy.begin();
                task::start(async move {
                    let _working = working;
                    fetched.set(Some(draw(part).await.map(drop)));
                })
            });
            move || drop(task)
        });
    }
    {
        let arrived = props.arrived.clone();
        let is_here = *fetched == Some(Ok(()));
        use_effect_with(is_here, move |&is_here| {
            if is_here {
                arrived.emit(());
            }
        });
    }
    match (drawn, *fetched) {
        (Some(Ok(drawn)), _) => drawn,
        (Some(Err(NotHere)), _) | (None, Some(Err(NotHere))) => missing(Callback::from({
            move |_: MouseEvent| {
                fetched.set(None);
                attempt.set(*attempt + 1);
            }
        })),
        (None, _) => props.meanwhile.clone(),
    }
}

/// What is shown when the file did not come.
fn missing(again: Callback<MouseEvent>) -> Html {
    html! {
        <div class="notice notice--error" role="alert" data-error="part">
            { Icon::Warning.html() }
            <div class="notice__text">
                <strong>{ say!("A part of this page could not be fetched") }</strong>
                <p>
                    { say!("Look at the connection and try again; if the page was renewed in the \
                       meantime, reload it.") }
                </p>
            </div>
            <button class="button" type="button" onclick={again}>{ say!("Try now") }</button>
        </div>
    }
}
