//! Settings that let nobody in are read again: whoever hosts them may be writing them just now.

use gloo::net::http::Request;
use web_sys::RequestCache;
use yew::prelude::*;

use super::provider::use_sign_in;
use super::trouble::Trouble;
use crate::host::body::text_within;
use crate::host::{again, place, task};
use crate::look::language;
use crate::session::config::{Config, SignInConfig};
use crate::session::state::{Action, Setup};
use crate::session::store::{Dispatcher, use_store};

/// Goes on with sound settings as soon as there are any, while wrong ones keep the page closed.
#[hook]
pub fn use_mended_settings() {
    let store = use_store().dispatcher();
    let are_wrong = use_sign_in().trouble == Some(Trouble::Settings);
    use_effect_with(are_wrong, move |&are_wrong| {
        let task = are_wrong.then(|| task::start(wait_for_sound(store)));
        move || drop(task)
    });
}

async fn wait_for_sound(store: Dispatcher) {
    let mut looks = 0;
    loop {
        looks += 1;
        again::due(looks).await;
        if let Some(setup) = sound().await {
            language::learn(&setup.config.locale).await;
            return store.dispatch(Action::Configured(setup));
        }
    }
}

/// The configuration as the host has it now, if somebody can be let in by it.
async fn sound() -> Option<Setup> {
    let request = Request::get(&place::absolute("config.json")).cache(RequestCache::Reload);
    let answer = request.send().await.ok().filter(|answer| answer.status() == 200)?;
    let setup = Setup::read(&text_within(answer.body(), Config::MOST_BYTES).await?);
    (setup.config.sign_in != SignInConfig::Broken).then_some(setup)
}
