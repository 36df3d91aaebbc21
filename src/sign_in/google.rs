//! Google Identity Services, the only place that knows its script.
//!
//! `initialize` is called once a nonce: Google takes the nonce nowhere else, and uses the last call.
//! None of the prompt's moments are asked for: browsers that sign in natively do not tell them.

use std::cell::RefCell;
use std::pin::pin;

use futures::channel::oneshot;
use futures::future::{Either, select};
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlScriptElement};
use yew::Callback;

use super::trouble::Trouble;

const SCRIPT: &str = "https://accounts.google.com/gsi/client";
const PATIENCE_MS: u32 = 15_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["google", "accounts", "id"])]
    fn initialize(settings: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["google", "accounts", "id"], js_name = renderButton)]
    fn render_button(parent: &HtmlElement, options: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["google", "accounts", "id"], js_name = prompt)]
    fn show_prompt() -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["google", "accounts", "id"], js_name = cancel)]
    fn cancel_prompt() -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["google", "accounts", "id"], js_name = disableAutoSelect)]
    fn disable_auto_select() -> Result<(), JsValue>;
}

/// What a sign-in needs.
pub struct Ask<'a> {
    /// The application.
    pub client_id: &'a str,
    /// Ties the token to this try.
    pub nonce: &'a str,
    /// The domain whose accounts are offered.
    pub hosted_domain: Option<&'a str>,
    /// True to take the account of before without asking, if there is just one.
    pub auto_select: bool,
    /// Where Google posts the token if a window of its own cannot hand it over.
    pub post_to: Option<&'a str>,
}

#[derive(Serialize)]
struct Settings<'a> {
    client_id: &'a str,
    nonce: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hd: Option<&'a str>,
    auto_select: bool,
    context: &'static str,
    ux_mode: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    login_uri: Option<&'a str>,
    use_fedcm_for_prompt: bool,
    use_fedcm_for_button: bool,
}

/// How the button looks.
#[derive(Serialize)]
pub struct ButtonLook {
    #[serde(rename = "type")]
    kind: &'static str,
    theme: &'static str,
    size: &'static str,
    text: &'static str,
    shape: &'static str,
    logo_alignment: &'static str,
    width: i32,
    locale: String,
}

impl ButtonLook {
    /// A wide button on a light or dark page, in pixels as Google takes them.
    pub fn new(dark: bool, width: i32, locale: &str) -> Self {
        Self {
            kind: "standard",
            theme: if dark { "filled_black" } else { "outline" },
            size: "large",
            text: "signin_with",
            shape: "rectangular",
            logo_alignment: "left",
            width: width.clamp(200, 400),
            locale: locale.replace('-', "_"),
        }
    }
}

thread_local! {
    // Google keeps the function it was given for as long as the page lives.
    static LISTENER: RefCell<Option<Callback<String>>> = const { RefCell::new(None) };
    static ANSWERED: JsValue = Closure::<dyn Fn(JsValue)>::new(answered).into_js_value();
}

fn answered(response: JsValue) {
    let credential = Reflect::get(&response, &"credential".into()).ok();
    let credential = credential.and_then(|credential| credential.as_string());
    let listener = LISTENER.with_borrow(Clone::clone);
    if let (Some(listener), Some(credential)) = (listener, credential) {
        listener.emit(credential);
    }
}

/// Loads Google's script unless it is there.
///
/// # Errors
/// Why it is not there, as far as a page can tell.
pub async fn load() -> Result<(), Trouble> {
    if is_loaded() {
        return Ok(());
    }
    let document = gloo::utils::document();
    let blocked = || Trouble::ScriptBlocked;
    let element = document.create_element("script").map_err(|_| blocked())?;
    let script: HtmlScriptElement = element.unchecked_into();
    let (settle, settled) = oneshot::channel();
    let settle = std::rc::Rc::new(RefCell::new(Some(settle)));
    let report = |outcome: Result<(), Trouble>| {
        let settle = settle.clone();
        move |event: &web_sys::Event| {
            let ours = |uri: JsValue| uri.as_string().is_some_and(|uri| SCRIPT.starts_with(&uri));
            let about = Reflect::get(event, &"blockedURI".into());
            if event.type_() == "securitypolicyviolation" && !about.is_ok_and(ours) {
                return;
            }
            if let Some(settle) = settle.borrow_mut().take() {
                // Whoever waited may have given up.
                let _ = settle.send(outcome.clone());
            }
        }
    };
    let _listeners = [
        EventListener::once(&script, "load", report(Ok(()))),
        EventListener::once(&script, "error", report(Err(Trouble::ScriptBlocked))),
        EventListener::new(
            &document,
            "securitypolicyviolation",
            report(Err(Trouble::PolicyBlocked)),
        ),
    ];
    script.set_async(true);
    script.set_src(SCRIPT);
    let head = document.head().ok_or_else(blocked)?;
    head.append_child(&script).map_err(|_| blocked())?;
    let outcome = match select(pin!(settled), TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((Ok(outcome), _)) => outcome,
        _ => Err(blocked()),
    };
    match outcome {
        Ok(()) if is_loaded() => Ok(()),
        failed => {
            // The next try begins anew.
            script.remove();
            let online = gloo::utils::window().navigator().on_line();
            Err(match failed {
                Err(Trouble::ScriptBlocked) | Ok(()) if !online => Trouble::Offline,
                Err(trouble) => trouble,
                Ok(()) => blocked(),
            })
        }
    }
}

fn is_loaded() -> bool {
    let mut at: JsValue = gloo::utils::window().into();
    for name in ["google", "accounts", "id", "initialize"] {
        match Reflect::get(&at, &name.into()) {
            Ok(next) if !next.is_undefined() && !next.is_null() => at = next,
            _ => return false,
        }
    }
    at.is_function()
}

/// A try under way; when it is dropped nobody listens any more and no prompt stays open.
pub struct Listening(());

impl Drop for Listening {
    fn drop(&mut self) {
        LISTENER.with_borrow_mut(|listener| *listener = None);
        // Without a prompt there is nothing to close.
        let _ = cancel_prompt();
    }
}

/// Tells Google what is asked, and who hears the token.
///
/// # Errors
/// [`Trouble::ScriptBlocked`] if the script is not what it should be.
pub fn begin(ask: &Ask<'_>, heard: Callback<String>) -> Result<Listening, Trouble> {
    let settings = Settings {
        client_id: ask.client_id,
        nonce: ask.nonce,
        hd: ask.hosted_domain,
        auto_select: ask.auto_select,
        context: "signin",
        ux_mode: if ask.post_to.is_some() { "redirect" } else { "popup" },
        login_uri: ask.post_to,
        use_fedcm_for_prompt: true,
        use_fedcm_for_button: true,
    };
    let blocked = |_| Trouble::ScriptBlocked;
    let settings = plain(&settings)?;
    if ask.post_to.is_none() {
        ANSWERED
            .with(|answered| Reflect::set(&settings, &"callback".into(), answered))
            .map_err(blocked)?;
    }
    initialize(&settings).map_err(blocked)?;
    LISTENER.with_borrow_mut(|listener| *listener = Some(heard));
    Ok(Listening(()))
}

/// Has Google draw its button; gives what must live as long as the button does.
///
/// # Errors
/// As [`begin`].
pub fn draw_button(
    parent: &HtmlElement,
    look: &ButtonLook,
    pressed: Callback<()>,
) -> Result<Closure<dyn Fn()>, Trouble> {
    let options = plain(look)?;
    let pressed = Closure::<dyn Fn()>::new(move || pressed.emit(()));
    let blocked = |_| Trouble::ScriptBlocked;
    Reflect::set(&options, &"click_listener".into(), pressed.as_ref()).map_err(blocked)?;
    render_button(parent, &options).map_err(blocked)?;
    Ok(pressed)
}

/// Offers the account of before, once; browsers decide whether they show it.
pub fn prompt() {
    // Where it is not shown there is still the button.
    let _ = show_prompt();
}

/// No sign-in without being asked from here on.
pub async fn forget() {
    if is_loaded() {
        // The browser's own part follows in any case.
        let _ = disable_auto_select();
    }
    let navigator = gloo::utils::window().navigator();
    let credentials = Reflect::get(&navigator, &"credentials".into());
    let prevent = credentials.as_ref().ok().and_then(|credentials| {
        let prevent = Reflect::get(credentials, &"preventSilentAccess".into()).ok()?;
        prevent.dyn_into::<Function>().ok()?.call0(credentials).ok()?.dyn_into::<Promise>().ok()
    });
    if let Some(prevented) = prevent {
        // Browsers without it have no silent access either.
        let _ = JsFuture::from(prevented).await;
    }
}

/// True on devices whose browsers hand nothing over from Google's window: iPhones and iPads.
pub fn needs_redirect() -> bool {
    let navigator = gloo::utils::window().navigator();
    let agent = navigator.user_agent().unwrap_or_default();
    let touch = navigator.max_touch_points() > 1;
    ["iPhone", "iPad", "iPod"].iter().any(|name| agent.contains(name))
        || (agent.contains("Macintosh") && touch)
}

fn plain(value: &impl Serialize) -> Result<JsValue, Trouble> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|_| Trouble::ScriptBlocked)
}
