//! Who can see the data, as found by asking.

use words::say;
use yew::prelude::*;

use crate::session::store::use_store;
use crate::sign_in::{Mode, use_sign_in};

/// The facts.
#[component(Access)]
pub fn access() -> Html {
    let handle = use_sign_in();
    if use_store().own.is_some() {
        return html! {
            <>
                <dl class="facts">
                    <dt>{ say!("Mode") }</dt>
                    <dd><span class="tag" data-mode="own">{ say!("Only in this tab") }</span></dd>
                </dl>
                <p class="quiet">
                    { say!("Nobody else can see it, and nothing of it is kept when the tab is closed.") }
                </p>
            </>
        };
    }
    let mode = handle.mode();
    let class = classes!("tag", mode.is_alarming().then_some("tag--warning"));
    html! {
        <>
            <dl class="facts">
                <dt>{ say!("Mode") }</dt>
                <dd><span {class} data-mode={mode.key()}>{ mode.label() }</span></dd>
                if let Some(session) = &handle.session {
                    <dt>{ say!("Signed in as") }</dt>
                    <dd>{ session.user.email.as_deref().unwrap_or(session.user.label()) }</dd>
                }
            </dl>
            <p class="quiet">
                if mode != Mode::Open {
                    <strong>{ mode.title() }</strong>{ ". " }
                }
                { mode.text() }
            </p>
        </>
    }
}
