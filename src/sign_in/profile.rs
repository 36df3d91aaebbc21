//! The reader in the header: who they are, what the sign-in is worth, until when, and the way out.

use gloo::events::EventListener;
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, Node};
use words::say;
use yew::prelude::*;

use super::leaving;
use super::provider::use_sign_in;
use super::session::{Session, User};
use crate::look::language;
use crate::session::store::use_store;
use crate::ui::Icon;

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
    let (root, button) = (use_node_ref(), use_node_ref());
    let open = use_state(|| false);
    use_dismissal(&open, &root, &button);
    let user = &props.session.user;
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let leaving = use_state(|| false);
    let leave = {
        let (handle, leaving) = (handle.clone(), leaving.clone());
        Callback::from(move |_: MouseEvent| {
            leaving.set(true);
            spawn_local(leaving::sign_out(handle.clone(), store.clone()));
        })
    };
    let mode = handle.mode();
    let ends = props.session.ends_at - props.session.skew;
    let label = say!("Signed in as {name}", name = user.label());
    html! {
        <div class="account" ref={root}>
            <button
                class="account__button"
                type="button"
                ref={button}
                aria-expanded={open.to_string()}
                aria-controls="profile-panel"
                onclick={toggle}
            >
                <Avatar user={user.clone()} />
                <span class="sr-only">{ label }</span>
                { Icon::Chevron.small() }
            </button>
            <div class="account__panel" id="profile-panel" hidden={!*open}>
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
                <button class="button account__leave" type="button" disabled={*leaving} onclick={leave}>
                    { say!("Sign out") }
                </button>
            </div>
        </div>
    }
}

/// Closes the panel on Escape, and when something else is pressed or focused.
#[hook]
fn use_dismissal(open: &UseStateHandle<bool>, root: &NodeRef, button: &NodeRef) {
    let (open, root, button) = (open.clone(), root.clone(), button.clone());
    use_effect_with(*open, move |&is_open| {
        let listeners = is_open.then(|| {
            let document = gloo::utils::document();
            let outside = ["pointerdown", "focusin"].map(|name| {
                let (open, root) = (open.clone(), root.clone());
                EventListener::new(&document, name, move |event| {
                    let at = event.target().and_then(|at| at.dyn_into::<Node>().ok());
                    if !root.get().is_some_and(|root| root.contains(at.as_ref())) {
                        open.set(false);
                    }
                })
            });
            let escape = EventListener::new(&document, "keydown", move |event| {
                let key =
                    event.dyn_ref::<web_sys::KeyboardEvent>().map(web_sys::KeyboardEvent::key);
                if key.as_deref() == Some("Escape") {
                    open.set(false);
                    if let Some(button) = button.cast::<HtmlElement>() {
                        // A button that left the page cannot be focused, nor need it be.
                        let _ = button.focus();
                    }
                }
            });
            (outside, escape)
        });
        move || drop(listeners)
    });
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
