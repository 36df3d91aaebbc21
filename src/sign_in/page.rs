//! The sign-in page: who is asked, by whom, whether the data is guarded, and what went wrong.

use words::say;
use yew::prelude::*;

use super::google_button::GoogleButton;
use super::leaving;
use super::mended::use_mended_settings;
use super::provider::use_sign_in;
use super::state::{Event, Stage};
use super::trouble::Trouble;
use crate::host::place;
use crate::look::ThemeSwitch;
use crate::session::store::use_store;
use crate::ui::{Icon, footer};

/// The sign-in page.
#[component(SignInPage)]
pub fn sign_in_page() -> Html {
    let (store, handle) = (use_store(), use_sign_in());
    let brand = store.setup.as_ref().map(|setup| &setup.config.brand);
    html! {
        <div class="entry sign-in" data-sign-in={stage_key(handle.stage)}>
            <header class="entry__head"><span /><ThemeSwitch name="theme" /></header>
            <main class="sign-in__main">
                if let Some(brand) = brand {
                    <img class="sign-in__logo" src={place::absolute(&brand.logo)} alt="" width="48" height="48" />
                    <h1 tabindex="-1">{ &brand.name }</h1>
                    <p class="sign-in__lead">
                        { say!("Data-driven decisions through comprehensive customer analytics") }
                    </p>
                }
                <section class="entry__card sign-in__card" aria-labelledby="sign-in-title">
                    <Said />
                    { card(handle.stage) }
                </section>
                if matches!(handle.stage, Stage::Asked | Stage::Checking) {
                    <Protection />
                }
            </main>
            { footer(store.footer_links()) }
        </div>
    }
}

fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::Closed => "closed",
        Stage::Checking => "checking",
        _ => "asked",
    }
}

fn card(stage: Stage) -> Html {
    match stage {
        Stage::Closed => html! { <Closed /> },
        Stage::Checking => html! {
            <div class="sign-in__checking" role="status">
                <span class="spinner" aria-hidden="true" />
                <h2 id="sign-in-title">{ say!("Signing you in") }</h2>
            </div>
        },
        _ => html! {
            <>
                <h2 id="sign-in-title">{ say!("Sign in") }</h2>
                <GoogleButton />
                { later() }
            </>
        },
    }
}

/// Other ways to sign in, which are still to come.
fn later() -> Html {
    html! {
        <fieldset class="sign-in__later" disabled=true>
            <legend>{ say!("E-mail and password: coming later") }</legend>
            <label for="sign-in-email">{ say!("E-mail") }</label>
            <input id="sign-in-email" type="email" autocomplete="off" />
            <label for="sign-in-password">{ say!("Password") }</label>
            <input id="sign-in-password" type="password" autocomplete="off" />
        </fieldset>
    }
}

/// What the reader is told.
#[component(Said)]
pub fn said() -> Html {
    let handle = use_sign_in();
    let Some(trouble) = &handle.trouble else { return html! {} };
    let (class, role, icon) = if trouble.is_calm() {
        ("notice", "status", Icon::Info)
    } else {
        ("notice notice--error", "alert", Icon::Warning)
    };
    html! {
        <div {class} {role} data-trouble={trouble.code()}>
            { icon.html() }
            <div class="notice__text">
                <strong>{ trouble.title() }</strong>
                <p>{ trouble.text() }</p>
                <Problems />
            </div>
        </div>
    }
}

/// Which keys of `config.json` are wrong, where that is the trouble.
#[component(Problems)]
fn problems() -> Html {
    let (store, handle) = (use_store(), use_sign_in());
    let settings = handle.trouble == Some(Trouble::Settings);
    let Some(setup) = store.setup.as_ref().filter(|_| settings) else { return html! {} };
    html! {
        <ul class="sign-in__problems">
            { for setup.problems.iter().map(|problem| html! { <li>{ problem.to_string() }</li> }) }
        </ul>
    }
}

/// Sign-in cannot be had: the way to try again.
#[component(Closed)]
fn closed() -> Html {
    let (handle, store) = (use_sign_in(), use_store());
    use_mended_settings();
    let again = Callback::from(move |_: MouseEvent| match handle.trouble {
        // Whoever does not wait until they are read again by themselves.
        Some(Trouble::Settings) => drop(gloo::utils::window().location().reload()),
        Some(Trouble::SignOutUnheard) => {
            wasm_bindgen_futures::spawn_local(leaving::sign_out(handle.clone(), store.clone()));
        }
        _ => handle.send(Event::Look),
    });
    html! {
        <>
            <h2 id="sign-in-title" class="sr-only">{ say!("Sign in") }</h2>
            <button class="button button--primary" type="button" onclick={again}>
                { say!("Try again") }
            </button>
        </>
    }
}

/// Whether the data is guarded here.
#[component(Protection)]
fn protection() -> Html {
    let mode = use_sign_in().mode();
    let class = if mode.is_alarming() {
        "sign-in__protection notice notice--warning"
    } else {
        "sign-in__protection"
    };
    let icon = if mode.is_alarming() { Icon::Warning } else { Icon::Info };
    html! {
        <div {class} data-mode={mode.key()}>
            { icon.html() }
            <p><strong>{ mode.title() }</strong>{ mode.text() }</p>
        </div>
    }
}
