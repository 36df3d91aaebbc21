//! Printing: everything is drawn light and as wide as paper, then the browser prints.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use words::say;
use yew::prelude::*;

use crate::host::plotly;
use crate::host::task;
use crate::session::state::{Action, State};
use crate::session::store::{use_looks, use_store};
use crate::ui::Icon;

type Dispatcher = UseReducerDispatcher<State>;

/// Longest wait for figures to stand, in steps of [`STEP_MS`].
const MOST_STEPS: u32 = 100;
const STEP_MS: u32 = 100;

/// Makes Ctrl+P and [`PrintButton`] print the page as it should look on paper, and what the browser
/// itself prints, from its menu or on a phone, as far as that can be drawn in a moment.
#[hook]
pub fn use_printing() {
    let (store, printing) = (use_store(), use_looks().printing);
    let dispatcher = store.dispatcher();
    let dialog = (*use_memo((), |()| Rc::new(Cell::new(Dialog::Closed)))).clone();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let listeners = listen(&dialog, dispatcher);
            move || drop(listeners)
        });
    }
    use_effect_with(printing, move |&printing| {
        let task = (printing && dialog.get() == Dialog::Closed).then(|| {
            task::start(async move {
                mark(true);
                settled().await;
                dialog.set(Dialog::Ours);
                // A browser that does not print leaves the page as it was.
                let _ = gloo::utils::window().print();
                // One that prints later tells when it has.
                if dialog.replace(Dialog::Closed) != Dialog::Open {
                    store.dispatch(Action::Printing(false));
                }
            })
        });
        if !printing {
            mark(false);
        }
        move || drop(task)
    });
}

/// How far the browser's own dialog is.
#[derive(Clone, Copy, PartialEq)]
enum Dialog {
    Closed,
    /// Asked for by this page.
    Ours,
    /// On screen.
    Open,
}

/// Tells of Ctrl+P, and of the moments before and after the browser takes the page for paper.
fn listen(dialog: &Rc<Cell<Dialog>>, store: Dispatcher) -> [EventListener; 3] {
    let window = gloo::utils::window();
    let (before, after) = (dialog.clone(), dialog.clone());
    let (key, opens, closes) = (store.clone(), store.clone(), store);
    let prevents = EventListenerOptions::enable_prevent_default();
    [
        EventListener::new_with_options(&window, "keydown", prevents, move |event| {
            let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else { return };
            let command = pressed.ctrl_key() || pressed.meta_key();
            if command && !pressed.shift_key() && !pressed.alt_key() && pressed.key() == "p" {
                event.prevent_default();
                key.dispatch(Action::Printing(true));
            }
        }),
        EventListener::new(&window, "beforeprint", move |_| {
            if before.replace(Dialog::Open) == Dialog::Closed {
                // There is no time: what is drawn takes its size at once, colours follow the store.
                mark(true);
                plotly::fit_all();
                opens.dispatch(Action::Printing(true));
            }
        }),
        EventListener::new(&window, "afterprint", move |_| {
            after.set(Dialog::Closed);
            mark(false);
            // A page that is laid out for paper and back in one moment has not changed for who watches.
            spawn_local(async {
                TimeoutFuture::new(STEP_MS).await;
                plotly::fit_all();
            });
            closes.dispatch(Action::Printing(false));
        }),
    ]
}

/// Lays the page out as it stands on paper.
fn mark(printing: bool) {
    if let Some(root) = gloo::utils::document().document_element() {
        // The name is a valid token.
        let _ = root.class_list().toggle_with_force("printing", printing);
    }
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
