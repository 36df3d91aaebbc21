//! Printing: everything is drawn light and as wide as paper, then the browser prints.

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use words::say;
use yew::prelude::*;

use crate::icon::Icon;
use crate::state::Action;
use crate::store::use_store;
use crate::task;

/// Longest wait for figures to stand, in steps of [`STEP_MS`].
const MOST_STEPS: u32 = 100;
const STEP_MS: u32 = 100;

/// Makes Ctrl+P and [`PrintButton`] print the page as it should look on paper.
#[hook]
pub fn use_printing() {
    let store = use_store();
    let dispatcher = store.dispatcher();
    use_effect_with((), move |()| {
        let asked = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
            let command = event.ctrl_key() || event.meta_key();
            if command && !event.shift_key() && !event.alt_key() && event.key() == "p" {
                event.prevent_default();
                dispatcher.dispatch(Action::Printing(true));
            }
        });
        let window = gloo::utils::window();
        let listener = asked.as_ref().unchecked_ref();
        // Without the listener the browser prints what is on screen.
        let _ = window.add_event_listener_with_callback("keydown", listener);
        move || {
            let listener = asked.as_ref().unchecked_ref();
            let _ = gloo::utils::window().remove_event_listener_with_callback("keydown", listener);
        }
    });
    use_effect_with(store.printing, move |&printing| {
        let root = gloo::utils::document().document_element();
        if let Some(root) = root {
            // The name is a valid token.
            let _ = root.class_list().toggle_with_force("printing", printing);
        }
        let task = printing.then(|| {
            task::start(async move {
                settled().await;
                // A browser that does not print leaves the page as it was.
                let _ = gloo::utils::window().print();
                store.dispatch(Action::Printing(false));
            })
        });
        move || drop(task)
    });
}

/// Waits until all figures stand in their new size and colours.
async fn settled() {
    // Figures that waited to be seen begin first.
    TimeoutFuture::new(3 * STEP_MS).await;
    for _ in 0..MOST_STEPS {
        TimeoutFuture::new(STEP_MS).await;
        let body = gloo::utils::document().body();
        if body.is_some_and(|body| body.has_attribute("data-ready")) {
            // Sizes follow the frame after.
            TimeoutFuture::new(3 * STEP_MS).await;
            return;
        }
    }
}

/// The button that prints the page.
#[component(PrintButton)]
pub fn print_button() -> Html {
    let store = use_store();
    let print = Callback::from(move |_: MouseEvent| store.dispatch(Action::Printing(true)));
    html! {
        <button class="button page-head__tool" type="button" onclick={print} title={say!("Print")}>
            { Icon::Print.small() }
            <span>{ say!("Print") }</span>
        </button>
    }
}
