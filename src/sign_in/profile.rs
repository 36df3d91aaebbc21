//! The reader in the header: who they are, whether the data is guarded, until when, and the way out.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use words::{count, say};
use yew::prelude::*;

use super::leaving;
use super::provider::use_sign_in;
use super::session::{Session, User};
use crate::look::language;
use crate::session::edits::use_ledger;
use crate::session::store::use_store;
use crate::ui::{Icon, use_disclosure};

/// The reader's menu; nothing where nobody is signed in.
#[component(Profile)]
pub fn profile() -> Html {
    let handle = use_sign_in();
    match &handle.session {
        Some(session) => html! { <Menu session={session.clone()} /> },
        None => html! {},
    }
}

#[derive(PartialEq, Properties)]
struct MenuProps {
    session: Session,
}

#[component(Menu)]
fn menu(props: &MenuProps) -> Html {
    let (handle, store) = (use_sign_in(), use_store());
    let panel = use_disclosure();
    let user = &props.session.user;
    let leaving = use_state(|| false);
    let leave = {
        let (handle, leaving) = (handle.clone(), leaving.clone());
        Callback::from(move |_: MouseEvent| {
            leaving.set(true);
            spawn_local(leaving::sign_out(handle.clone(), store.clone()));
        })
    };
    let mode = handle.mode();
    let unsent = use_ledger().edits.values().filter(|edited| edited.wanted.is_some()).count();
    let ends = props.session.ends_at - props.session.skew;
    let label = say!("Signed in as {name}", name = user.label());
    html! {
        <div class="account" ref={&panel.root} onkeydown={panel.keys()}>
            <button
                class="account__button"
                type="button"
                ref={&panel.button}
                aria-expanded={panel.is_open().to_string()}
                aria-controls="profile-panel"
                onclick={panel.toggle()}
            >
                <Avatar user={user.clone()} />
                <span class="sr-only">{ label }</span>
                { Icon::Chevron.small() }
            </button>
            <div class="account__panel" id="profile-panel" hidden={!panel.is_open()}>
                <p class="account__name">{ user.label() }</p>
                { for user.email.as_ref().map(|email| html! { <p class="quiet">{ email }</p> }) }
                <dl class="account__facts">
                    <dt>{ say!("Access") }</dt>
                    <dd>
                        <span
                            class={classes!("tag", mode.is_alarming().then_some("tag--warning"))}
                            data-mode={mode.key()}
                        >
                            { mode.label() }
                        </span>
                    </dd>
                    <dt>{ say!("Signed in until") }</dt>
                    <dd>{ time(ends, &language::tag()) }</dd>
                </dl>
                <p class="quiet">{ mode.title() }</p>
                if unsent > 0 {
                    <p class="account__unsent">
                        { count!(
                            unsent,
                            "One changed segment is only in this browser. Signing out drops it.",
                            "{n} changed segments are only in this browser. Signing out drops them."
                        ) }
                    </p>
                }
                <button class="button account__leave" type="button" disabled={*leaving} onclick={leave}>
                    { say!("Sign out") }
                </button>
            </div>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct AvatarProps {
    user: User,
}

/// Their picture, or their initials where there is none or it does not load.
#[component(Avatar)]
fn avatar(props: &AvatarProps) -> Html {
    let failed = use_state(|| false);
    let lost = {
        let failed = failed.clone();
        Callback::from(move |_: Event| failed.set(true))
    };
    match props.user.picture().filter(|_| !*failed) {
        Some(address) => html! {
            <img
                class="avatar"
                src={address.to_owned()}
                alt=""
                width="32"
                height="32"
                referrerpolicy="no-referrer"
                onerror={lost}
            />
        },
        None => html! { <span class="avatar" aria-hidden="true">{ props.user.initials() }</span> },
    }
}

/// A time of day with its weekday, as the locale writes it.
fn time(seconds: f64, locale: &str) -> Html {
    let date = Date::new(&JsValue::from_f64(seconds * 1000.0));
    let options = Object::new();
    for (name, value) in [("weekday", "short"), ("hour", "2-digit"), ("minute", "2-digit")] {
        // A plain object takes every key.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let text = String::from(date.to_locale_string(locale, &options));
    html! { <time datetime={String::from(date.to_iso_string())}>{ text }</time> }
}
