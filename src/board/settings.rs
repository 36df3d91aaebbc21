//! The board's part of the settings: key figures, cards, and all preferences as a file.

use web_sys::{Event, HtmlInputElement};
use words::say;
use yew::prelude::*;

use super::customize::{CardOrder, KpiChooser};
use crate::host::save::save;
use crate::host::task::{self, Task};
use crate::look::prefs::{Prefs, PrefsChange, json, use_prefs};
use crate::ui::Icon;

/// What the dashboard shows and in which order.
#[component(BoardSettings)]
pub fn board_settings() -> Html {
    html! {
        <>
            <section class="card" aria-labelledby="settings-kpis">
                <div class="card__head"><h2 id="settings-kpis">{ say!("Key figures") }</h2></div>
                <div class="card__body card__body--text"><KpiChooser /></div>
            </section>
            <section class="card" aria-labelledby="settings-cards">
                <div class="card__head"><h2 id="settings-cards">{ say!("Order of the cards") }</h2></div>
                <div class="card__body card__body--text"><CardOrder /></div>
            </section>
            <section class="card" aria-labelledby="settings-file">
                <div class="card__head"><h2 id="settings-file">{ say!("All preferences") }</h2></div>
                <div class="card__body card__body--text"><PrefsFile /></div>
            </section>
        </>
    }
}

/// Preferences to a file, from a file, and back to how the house has them.
#[component(PrefsFile)]
pub fn prefs_file() -> Html {
    let (prefs, change) = use_prefs();
    let told = use_state(String::new);
    let reading = use_mut_ref(|| None::<Task>);
    let write = {
        let (prefs, told) = (prefs.clone(), told.clone());
        Callback::from(move |_: MouseEvent| {
            let saved = save(
                "insights-hub-preferences.json",
                "application/json",
                json::write(&prefs).as_bytes(),
            );
            if saved.is_err() {
                told.set(say!(
                    "The browser saved no file: it has no room for it, or is not allowed to."
                ));
            }
        })
    };
    let read = {
        let (change, told) = (change.clone(), told.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
            if file.size() > json::MOST_BYTES as f64 {
                input.set_value("");
                return told.set(import_failed());
            }
            let (change, told) = (change.clone(), told.clone());
            let task = task::start(async move {
                let text = wasm_bindgen_futures::JsFuture::from(file.text()).await;
                // The same file may be chosen again after it was changed.
                input.set_value("");
                match text.ok().and_then(|text| text.as_string()) {
                    Some(text) => told.set(import(&text, &change)),
                    None => told.set(say!("This file could not be read.")),
                }
            });
            reading.replace(Some(task));
        })
    };
    let reset = {
        let told = told.clone();
        change.reform(move |_: MouseEvent| {
            told.set(say!("Everything is as the house has it."));
            PrefsChange::Reset
        })
    };
    // Not `disabled`: pressed, it would lose the focus.
    let untouched = *prefs == Prefs::default();
    html! {
        <>
            <p>
                { say!("Layout, key figures, kinds of chart, theme and saved views stay in this browser. \
                        A file takes them to another one.") }
            </p>
            <div class="buttons">
                <button class="button" type="button" onclick={write}>
                    { Icon::Download.small() }{ say!("Save as a file") }
                </button>
                <label class="button button--file">
                    { Icon::Upload.small() }{ say!("Load from a file") }
                    <input class="sr-only" type="file" accept="application/json,.json" onchange={read} />
                </label>
                <button class="button" type="button" aria-disabled={untouched.then_some("true")} onclick={reset}>
                    { say!("Reset everything") }
                </button>
            </div>
            <p role="status">{ &*told }</p>
        </>
    }
}

/// Takes what can be used of a text, and says what became of it.
fn import(text: &str, change: &Callback<PrefsChange>) -> String {
    let (prefs, dropped) = json::read(text);
    if prefs == Prefs::default() && !dropped.is_empty() {
        return import_failed();
    }
    let message = match dropped.len() {
        0 => say!("The preferences were loaded."),
        _ => say!("The preferences were loaded, but for what is named above."),
    };
    change.emit(PrefsChange::Import(prefs, dropped));
    message
}

fn import_failed() -> String {
    say!("This is no file of preferences; nothing was changed.")
}
