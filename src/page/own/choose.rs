//! The place where files are dropped or chosen.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use words::say;
use yew::prelude::*;

use super::work::Work;
use crate::host::{brought, place};
use crate::ui::Icon;

/// What the choice is for.
#[derive(PartialEq, Properties)]
pub struct ChooseProps {
    /// Who takes the files.
    pub work: Work,
}

/// The place.
#[component(Choose)]
pub fn choose(props: &ChooseProps) -> Html {
    let over = use_state_eq(|| 0_i32);
    let step = |by: i32| {
        let over = over.clone();
        Callback::from(move |_: DragEvent| over.set((*over + by).max(0)))
    };
    let held = (*over > 0).then_some("own__drop--over");
    let (enter, leave) = (step(1), step(-1));
    let dropped = {
        let over = over.setter();
        Callback::from(move |_: DragEvent| over.set(0))
    };
    html! {
        <section
            class={classes!("own__drop", held)}
            aria-labelledby="own-drop"
            data-own="choose"
            ondragenter={enter}
            ondragleave={leave}
            ondrop={dropped}
        >
            { Icon::Upload.html() }
            <h2 id="own-drop">{ say!("Drop your orders here") }</h2>
            <p>
                { say!("An export of Shopify, WooCommerce or any other shop: CSV, TSV, a SQLite file, \
                   several files, or a snapshot that you saved.") }
            </p>
            <div class="own__buttons">
                { input(&props.work, "own-files", say!("Choose files"), false) }
                { input(&props.work, "own-folder", say!("Choose a folder"), true) }
            </div>
            <p class="quiet">
                { say!("How the files would be read is shown before anything is made of them.") }
            </p>
            <div class="own__samples">
                <span>{ say!("Nothing at hand? Try with a sample:") }</span>
                <ul>{ for SAMPLES.iter().map(|sample| tried(sample, &props.work)) }</ul>
            </div>
        </section>
    }
}

/// Files to try with, and what they are.
const SAMPLES: [(&str, &str); 3] = [
    ("shopify-orders.csv", "Shopify"),
    ("woocommerce-orders.csv", "WooCommerce"),
    ("sales.csv", "CSV"),
];

/// A sample, which is brought at a press; its link is there for who would rather have the file.
fn tried(&(file, name): &(&'static str, &'static str), work: &Work) -> Html {
    let address = place::absolute(&format!("samples/{file}"));
    let bring = {
        let (work, address) = (work.clone(), address.clone());
        Callback::from(move |event: MouseEvent| {
            // Whoever wants the file itself says so by a key, or by the link's menu.
            if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
                event.prevent_default();
                work.bring_from(address.clone(), file);
            }
        })
    };
    html! { <li><a href={address} download={file} onclick={bring}>{ name }</a></li> }
}

/// A button that asks for files, or for a folder.
fn input(work: &Work, id: &'static str, label: String, folder: bool) -> Html {
    let work = work.clone();
    let changed = Callback::from(move |event: Event| {
        let Some(input) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        if let Some(files) = input.files().filter(|files| files.length() > 0) {
            work.bring(brought::chosen(&files));
        }
        // The same file can be chosen again.
        input.set_value("");
    });
    let primary = (!folder).then_some("button--primary");
    html! {
        <label class={classes!("button", primary, "own__input")} for={id}>
            <input
                {id}
                type="file"
                multiple=true
                webkitdirectory={folder}
                onchange={changed}
            />
            { label }
        </label>
    }
}
