//! The button that says how the live channel stands, and opens what came.

use gloo::timers::callback::Timeout;
use words::say;
use yew::prelude::*;

use super::panel::Panel;
use super::spoken;
use crate::session::live::{Live, use_live};
use crate::ui::use_disclosure;

/// Shortest time between two things that are said aloud, in milliseconds.
const QUIET: u32 = 8_000;

/// The button, its panel, and the voice of both; nothing where nothing is heard.
#[component(Pill)]
pub fn pill() -> Html {
    let live = use_live();
    if live.is_on() {
        html! { <Shown {live} /> }
    } else {
        html! {}
    }
}

#[derive(PartialEq, Properties)]
struct ShownProps {
    live: Live,
}

#[component(Shown)]
fn shown(props: &ShownProps) -> Html {
    let live = &props.live;
    let panel = use_disclosure();
    let state = spoken::state(live);
    let said = use_said_at_times(&spoken::aloud(live));
    html! {
        <div class="live" ref={&panel.root} onkeydown={panel.keys()}>
            <button
                class="live__button"
                type="button"
                ref={&panel.button}
                data-live={state.key}
                aria-expanded={panel.is_open().to_string()}
                aria-controls="live-panel"
                aria-label={say!("Live data: {state}", state = &state.sentence)}
                title={state.sentence.clone()}
                onclick={panel.toggle()}
            >
                <span class="live__dot" aria-hidden="true" key={live.turns} />
                <span class="live__label">{ state.label }</span>
                if live.waiting > 0 {
                    <span class="badge">{ live.waiting }</span>
                }
            </button>
            <p class="sr-only" role="status">{ said }</p>
            if panel.is_open() {
                <Panel live={live.clone()} sentence={state.sentence} />
            }
        </div>
    }
}

/// What is to be said aloud, but no sooner than some seconds after what was said before.
#[hook]
fn use_said_at_times(text: &str) -> String {
    let said = use_state(String::new);
    let waits = use_mut_ref(|| None::<Timeout>);
    let newest = use_mut_ref(String::new);
    newest.replace(text.to_owned());
    {
        let said = said.setter();
        use_effect_with(text.to_owned(), move |_| {
            let mut waiting = waits.borrow_mut();
            if waiting.is_none() {
                let waits = waits.clone();
                *waiting = Some(Timeout::new(QUIET, move || {
                    waits.borrow_mut().take();
                    said.set(newest.borrow().clone());
                }));
            }
        });
    }
    (*said).clone()
}
