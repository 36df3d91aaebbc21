//! The session has ended: sign in again over the page as it was left.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlDialogElement;
use words::say;
use yew::prelude::*;

use super::google_button::GoogleButton;
use super::leaving;
use super::page::Said;
use super::provider::use_sign_in;
use super::state::Stage;
use super::trouble::Trouble;
use crate::session::store::use_store;

/// The dialog; it goes when somebody is signed in.
#[component(RenewalDialog)]
pub fn renewal_dialog() -> Html {
    let (handle, store) = (use_sign_in(), use_store());
    let dialog = use_node_ref();
    use_effect_with(dialog.clone(), |dialog| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            // It is new, so it cannot be open.
            let _ = dialog.show_modal();
        }
    });
    // That it has ended is said already.
    let expected = handle.trouble == Some(Trouble::SessionExpired);
    let checking = handle.stage == Stage::Checking;
    let leave = {
        let handle = handle.clone();
        Callback::from(move |_: MouseEvent| {
            spawn_local(leaving::sign_out(handle.clone(), store.clone()));
        })
    };
    // Escape would leave a page that can load nothing.
    let stay = Callback::from(|event: Event| event.prevent_default());
    html! {
        <dialog
            class="renewal"
            ref={dialog}
            aria-labelledby="renewal-title"
            oncancel={stay}
            data-sign-in="renewal"
        >
            <h2 id="renewal-title" tabindex="-1" autofocus=true>{ say!("Your session has ended") }</h2>
            <p>{ say!("Sign in again to go on. Everything on this page is kept as you left it.") }</p>
            if !expected {
                <Said />
            }
            if checking {
                <div class="sign-in__checking" role="status">
                    <span class="spinner" aria-hidden="true" />
                    <span>{ say!("Signing you in") }</span>
                </div>
            }
            <div hidden={checking}><GoogleButton renewal=true /></div>
            <button class="button" type="button" onclick={leave}>{ say!("Sign out instead") }</button>
        </dialog>
    }
}
