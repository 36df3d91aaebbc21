//! The place where Google draws its button, and what is said while it is used.

use futures::future::join;
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use words::say;
use yew::prelude::*;

use super::edge::{self, Answer};
use super::google::{self, Ask, ButtonLook};
use super::handle::Handle;
use super::provider::use_sign_in;
use super::state::{Event, Stage};
use super::trouble::Trouble;
use super::wanted;
use crate::host::page::use_page;
use crate::host::place;
use crate::host::task;
use crate::look::language;
use crate::session::config::GoogleConfig;
use crate::session::store::{Store, use_looks, use_store};

/// A nonce of the edge's serves ten minutes; a fresh one is fetched a little earlier.
const NONCE_MS: u32 = 9 * 60 * 1_000;

/// Looks at whether the reader came back from Google's window, and how many of them in a row
/// without an answer make it worth a word.
const LOOK_MS: u32 = 1_000;
const LOOKS: u32 = 60;
const IDLE_LOOKS: u32 = 3;

/// Why somebody is asked.
#[derive(PartialEq, Properties)]
pub struct GoogleButtonProps {
    /// True if the account of before may be taken without asking.
    #[prop_or_default]
    pub renewal: bool,
}

/// Google's button.
#[component(GoogleButton)]
pub fn google_button(props: &GoogleButtonProps) -> Html {
    let (handle, store, page) = (use_sign_in(), use_store(), use_page());
    let (place, dark) = (use_node_ref(), use_looks().is_dark());
    let shown = use_state(|| false);
    let renewal = props.renewal && handle.attempt == 0;
    let parts = Parts {
        handle: handle.clone(),
        store: store.clone(),
        place: place.clone(),
        shown: shown.setter(),
        dark,
        renewal,
    };
    let deps = (handle.attempt, handle.stage == Stage::Asked, dark);
    use_effect_with(deps, move |&(_, asked, _)| {
        let google = parts.handle.google().filter(|_| asked);
        let task = google.map(|google| {
            let working = page.busy.begin();
            task::start(async move {
                let mut working = Some(working);
                loop {
                    let asking = parts.ask(&google).await;
                    working.take();
                    match asking {
                        Ok(_asking) => TimeoutFuture::new(NONCE_MS).await,
                        Err(trouble) => return parts.handle.send(Event::Hint(trouble)),
                    }
                }
            })
        });
        move || drop(task)
    });
    let again = {
        let handle = handle.clone();
        Callback::from(move |_: MouseEvent| handle.send(Event::Again))
    };
    let failed = handle.trouble.as_ref().is_some_and(keeps_the_button_away);
    html! {
        <div class="sign-in__google" data-button={if *shown { "shown" } else { "loading" }}>
            if failed && !*shown {
                <button class="button button--primary" type="button" onclick={again}>
                    { say!("Try again") }
                </button>
            } else if !*shown {
                <span class="skeleton sign-in__waiting" role="status">
                    <span class="sr-only">{ say!("Loading Google's button") }</span>
                </span>
            }
            <div class="sign-in__place" ref={place} />
        </div>
    }
}

fn keeps_the_button_away(trouble: &Trouble) -> bool {
    use Trouble::{
        EdgeDown, EdgeMismatch, EdgeUnconfigured, Offline, PolicyBlocked, ScriptBlocked,
    };
    matches!(
        trouble,
        EdgeDown | EdgeMismatch(_) | EdgeUnconfigured | Offline | PolicyBlocked | ScriptBlocked
    )
}

/// What one try needs.
struct Parts {
    handle: Handle,
    store: Store,
    place: NodeRef,
    shown: UseStateSetter<bool>,
    dark: bool,
    renewal: bool,
}

impl Parts {
    /// Begins a try: script, nonce, button. It goes on as long as what is given lives.
    async fn ask(&self, google: &GoogleConfig) -> Result<impl Sized + use<>, Trouble> {
        let (script, nonce) = join(google::load(), self.nonce(google)).await;
        let nonce = nonce
            .and_then(|nonce| script.map(|()| nonce))
            .inspect_err(|_| self.shown.set(false))?;
        if self.handle.trouble == Some(Trouble::SignedOut) {
            // At the sign-out itself the script may not have been there.
            google::forget().await;
        }
        let element = self.place.cast::<HtmlElement>().ok_or(Trouble::ScriptBlocked)?;
        let redirect = self.handle.edge && google::needs_redirect();
        let post_to = redirect.then(|| place::absolute(&google.auth_endpoint));
        let ask = Ask {
            client_id: &google.client_id,
            nonce: &nonce,
            hosted_domain: google.hosted_domain.as_deref(),
            auto_select: self.renewal,
            post_to: post_to.as_deref(),
        };
        let (handle, store, of_try) = (self.handle.clone(), self.store.clone(), nonce.clone());
        let heard = Callback::from(move |credential| {
            spawn_local(handle.clone().present(store.clone(), credential, of_try.clone()));
        });
        let listening = google::begin(&ask, heard)?;
        element.set_text_content(None);
        let look = ButtonLook::new(self.dark, element.client_width(), &language::tag());
        let drawn = google::draw_button(&element, &look, self.pressed(redirect))?;
        self.shown.set(true);
        if self.renewal {
            google::prompt();
        }
        Ok((listening, drawn))
    }

    async fn nonce(&self, google: &GoogleConfig) -> Result<String, Trouble> {
        if !self.handle.edge {
            return random().ok_or(Trouble::ScriptBlocked);
        }
        match edge::nonce(&google.nonce_endpoint).await {
            Answer::Good(nonce) => Ok(nonce),
            Answer::Refused(code) => Err(Trouble::of_code(&code)),
            Answer::NoEdge => Err(Trouble::EdgeDown),
            Answer::Unreachable if gloo::utils::window().navigator().on_line() => {
                Err(Trouble::EdgeDown)
            }
            Answer::Unreachable => Err(Trouble::Offline),
        }
    }

    /// Google tells nobody that its window was closed or blocked, so the page looks by itself.
    fn pressed(&self, redirect: bool) -> Callback<()> {
        let handle = self.handle.clone();
        Callback::from(move |()| {
            if redirect {
                wanted::remember();
            }
            let (handle, attempt) = (handle.clone(), handle.attempt);
            spawn_local(async move {
                let mut idle = 0;
                for _ in 0..LOOKS {
                    TimeoutFuture::new(LOOK_MS).await;
                    let focused = gloo::utils::document().has_focus().unwrap_or(false);
                    idle = if focused { idle + 1 } else { 0 };
                    if idle == IDLE_LOOKS {
                        return handle.send(Event::NoAnswer(attempt));
                    }
                }
            });
        })
    }
}

/// Sixteen random bytes as text.
fn random() -> Option<String> {
    let mut bytes = [0_u8; 16];
    let crypto = gloo::utils::window().crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
