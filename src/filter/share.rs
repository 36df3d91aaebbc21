//! The way to hand on what is on screen: a link that names the filter and the snapshot.

use gloo::timers::callback::Timeout;
use js_sys::Reflect;
use snapshot::Manifest;
use wasm_bindgen_futures::JsFuture;
use web_sys::ShareData;
use words::say;
use yew::prelude::*;

use super::address;
use super::menu::focus;
use super::parts::{FilterPart, HAND_ON, PARTS};
use super::provider::{Filters, use_filters};
use crate::host::shared::Shared as Held;
use crate::host::task::{self, Task};
use crate::session::store::use_store;
use crate::ui::{Icon, Later};

/// How long the button says that the link was copied, in milliseconds.
const SAID_FOR: u32 = 2_500;

/// What became of sharing.
#[derive(Clone, PartialEq)]
pub enum Shared {
    /// Nothing that the page could say.
    Nothing,
    /// The link is on the clipboard.
    Copied,
    /// The browser keeps its clipboard to itself: the link stands in a field.
    ByHand(AttrValue),
}

/// What a link is made of.
pub struct LinkTo {
    filters: Filters,
    manifest: Held<Manifest>,
}

/// The button, and the field for browsers without a clipboard.
#[component(Share)]
pub fn share() -> Html {
    let (store, filters) = (use_store(), use_filters());
    let shared = use_state(|| Shared::Nothing);
    let work = use_mut_ref(|| None::<Task>);
    let (node, button) = (use_node_ref(), use_node_ref());
    use_calm(&shared);
    let press = {
        let (shared, filters) = (shared.clone(), filters.clone());
        let manifest = store.manifest().cloned();
        Callback::from(move |_: MouseEvent| {
            let Some(manifest) = manifest.clone() else { return };
            let (shared, to) = (shared.clone(), LinkTo { filters: filters.clone(), manifest });
            work.replace(Some(task::start(async move {
                // Without the code of it nothing happens; the button can be pressed again.
                shared.set(HAND_ON.call(to).await.unwrap_or(Shared::Nothing));
            })));
        })
    };
    let close = {
        let (shared, button) = (shared.clone(), button.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && matches!(*shared, Shared::ByHand(_)) {
                event.stop_propagation();
                shared.set(Shared::Nothing);
                focus(button.cast());
            }
        })
    };
    let calm = {
        let shared = shared.clone();
        Callback::from(move |()| shared.set(Shared::Nothing))
    };
    let copied = *shared == Shared::Copied;
    html! {
        <div class="menu" ref={node} onkeydown={close}>
            <button
                ref={button}
                class="filter-button filter-button--tool"
                type="button"
                aria-label={say!("Share: copy a link to this view")}
                title={say!("Copy a link to this view")}
                disabled={filters.view().is_none()}
                onclick={press}
            >
                { if copied { Icon::Check } else { Icon::Share }.small() }
                <span class="filter-button__label">{ say!("Share") }</span>
            </button>
            <span class="menu__said" role="status">
                if copied {
                    { say!("Link copied") }
                }
            </span>
            if let Shared::ByHand(link) = &*shared {
                <Later part={PARTS.part(FilterPart::Link(link.clone(), calm))} />
            }
        </div>
    }
}

/// After a while the button offers itself again.
#[hook]
fn use_calm(shared: &UseStateHandle<Shared>) {
    let state = shared.clone();
    use_effect_with((**shared).clone(), move |now| {
        let wait = (*now == Shared::Copied)
            .then(|| Timeout::new(SAID_FOR, move || state.set(Shared::Nothing)));
        move || drop(wait)
    });
}

/// The address of what is on screen, with the snapshot under which it was made.
fn link(LinkTo { filters, manifest }: &LinkTo) -> Option<String> {
    let view = filters.view()?;
    let place = gloo::utils::window().location();
    let (origin, path) = (place.origin().ok()?, place.pathname().ok()?);
    let query = filters::query::joined(
        &filters::query::write_for_others(&view, &manifest.meta),
        &filters::query::of_view(&address::query()),
    );
    Some(format!("{origin}{path}?{query}"))
}

/// On touch screens the system's own way; else the clipboard; else by hand.
pub async fn hand_on(to: LinkTo) -> Shared {
    let Some(link) = link(&to) else { return Shared::Nothing };
    let navigator = gloo::utils::window().navigator();
    let offers = |name: &str| Reflect::get(&navigator, &name.into()).is_ok_and(|it| it.is_truthy());
    if is_touch() && offers("share") {
        let data = ShareData::new();
        data.set_url(&link);
        data.set_title(&gloo::utils::document().title());
        // Whoever closes the system's dialog has decided; only a refusal goes on to the clipboard.
        match JsFuture::from(navigator.share_with_data(&data)).await {
            Ok(_) => return Shared::Nothing,
            Err(why) if name_of(&why) == "AbortError" => return Shared::Nothing,
            Err(_) => {}
        }
    }
    let copied = offers("clipboard")
        && JsFuture::from(navigator.clipboard().write_text(&link)).await.is_ok();
    if copied { Shared::Copied } else { Shared::ByHand(link.into()) }
}

fn name_of(error: &wasm_bindgen::JsValue) -> String {
    let name = Reflect::get(error, &"name".into());
    name.ok().and_then(|name| name.as_string()).unwrap_or_default()
}

fn is_touch() -> bool {
    let query = gloo::utils::window().match_media("(pointer: coarse)");
    query.ok().flatten().is_some_and(|query| query.matches())
}
