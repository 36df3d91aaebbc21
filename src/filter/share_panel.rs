//! Two links to what is on screen: one that keeps its data, and one that shows the newest.

use js_sys::Reflect;
use snapshot::Meta;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, ShareData};
use words::say;
use yew::prelude::*;

use super::history;
use super::labels as names;
use super::provider::{Filters, use_filters};
use crate::host::task::{self, Task};
use crate::session::store::use_store;
use crate::ui::{Icon, give_focus};

/// Which data a link leads to.
#[derive(Clone, Copy, PartialEq)]
enum Leads {
    /// To what is on screen, for as long as its files are there.
    Here,
    /// To the newest, whenever it is opened.
    Newest,
}

/// What became of sharing.
#[derive(Clone, PartialEq)]
enum Shared {
    /// Nothing that the page could say.
    Nothing,
    /// The link is on the clipboard.
    Copied(Leads),
    /// The browser keeps its clipboard to itself: the link stands in a field.
    ByHand(AttrValue),
    /// There is no address for it.
    Failed,
}

/// The panel.
#[component(SharePanel)]
pub fn share_panel() -> Html {
    let (store, filters) = (use_store(), use_filters());
    let shared = use_state(|| Shared::Nothing);
    let work = use_mut_ref(|| None::<Task>);
    let Some(manifest) = store.manifest() else { return html! {} };
    let meta = &manifest.meta;
    let item = |leads: Leads, icon: Icon, title: String, text: String| {
        let link = link(&filters, meta, leads);
        let press = {
            let (shared, work) = (shared.clone(), work.clone());
            Callback::from(move |_: MouseEvent| {
                let (shared, link) = (shared.clone(), link.clone());
                let Some(link) = link else { return shared.set(Shared::Failed) };
                let sharing = async move { shared.set(hand_on(&link, leads).await) };
                work.replace(Some(task::start(sharing)));
            })
        };
        let icon = if *shared == Shared::Copied(leads) { Icon::Check } else { icon };
        html! {
            <li>
                <button class="preset share__item" type="button" data-item="" onclick={press}>
                    { icon.small() }
                    <span>{ title }</span>
                    <span class="preset__days">{ text }</span>
                </button>
            </li>
        }
    };
    let day = names::format(meta).day(meta.as_of);
    html! {
        <>
            <ul class="presets">
                { item(Leads::Here, Icon::Bookmark, say!("Link to this data"), say!("as of {day}", day = day)) }
                { item(Leads::Newest, Icon::Share, say!("Link to the newest"), say!("when it is opened")) }
            </ul>
            <p class="share__said" role="status">
                { match *shared {
                    Shared::Copied(_) => say!("Link copied"),
                    Shared::Failed => say!("The link could not be made. Try again."),
                    Shared::Nothing | Shared::ByHand(_) => String::new(),
                } }
            </p>
            if let Shared::ByHand(link) = &*shared {
                <ByHand key={link.to_string()} link={link.clone()} />
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct ByHandProps {
    link: AttrValue,
}

/// The link in a field, chosen and ready to be copied.
#[component(ByHand)]
fn by_hand(props: &ByHandProps) -> Html {
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                give_focus(Some(field.clone().into()));
                field.select();
            }
        });
    }
    html! {
        <label class="date">
            <span>{ say!("Copy this link") }</span>
            <input ref={field} class="field" type="text" readonly=true value={props.link.clone()} />
        </label>
    }
}

/// The address of what is on screen, with the snapshot under which it was made or without.
fn link(filters: &Filters, meta: &Meta, leads: Leads) -> Option<String> {
    let view = filters.view()?;
    let place = gloo::utils::window().location();
    let (origin, path) = (place.origin().ok()?, place.pathname().ok()?);
    let filter = match leads {
        Leads::Here => filters::query::write_for_others(&view, meta),
        Leads::Newest => filters::query::write_to_keep(&view, meta),
    };
    let query = filters::query::joined(&filter, &filters::query::of_view(&history::query()));
    Some(if query.is_empty() {
        format!("{origin}{path}")
    } else {
        format!("{origin}{path}?{query}")
    })
}

/// On touch screens the system's own way; else the clipboard; else by hand.
async fn hand_on(link: &str, leads: Leads) -> Shared {
    let navigator = gloo::utils::window().navigator();
    let offers = |name: &str| Reflect::get(&navigator, &name.into()).is_ok_and(|it| it.is_truthy());
    if is_touch() && offers("share") {
        let data = ShareData::new();
        data.set_url(link);
        data.set_title(&gloo::utils::document().title());
        // Whoever closes the system's dialog has decided; only a refusal goes on to the clipboard.
        match JsFuture::from(navigator.share_with_data(&data)).await {
            Ok(_) => return Shared::Nothing,
            Err(why) if name_of(&why) == "AbortError" => return Shared::Nothing,
            Err(_) => {}
        }
    }
    let copied =
        offers("clipboard") && JsFuture::from(navigator.clipboard().write_text(link)).await.is_ok();
    if copied { Shared::Copied(leads) } else { Shared::ByHand(link.to_owned().into()) }
}

fn name_of(error: &wasm_bindgen::JsValue) -> String {
    let name = Reflect::get(error, &"name".into());
    name.ok().and_then(|name| name.as_string()).unwrap_or_default()
}

fn is_touch() -> bool {
    let query = gloo::utils::window().match_media("(pointer: coarse)");
    query.ok().flatten().is_some_and(|query| query.matches())
}
