//! What an address leads to: the view itself, or first the sign-in.

use words::say;
use yew::prelude::*;
use yew_router::prelude::*;

use super::handle::Handle;
use super::provider::use_sign_in;
use super::state::Stage;
use super::wanted;
use crate::host::place;
use crate::session::store::{Store, use_store};
use crate::ui::Route;

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadsTo {
    /// The view.
    View,
    /// The sign-in, at the view's own address.
    SignIn,
    /// A moment's patience.
    Waiting,
}

/// What stands between the reader and a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// What is shown.
    pub leads_to: LeadsTo,
    /// True if the snapshot may be read.
    pub lets_in: bool,
    /// True if a session has ended over a page that is kept.
    pub has_ended: bool,
}

/// The door to a view. Whoever signed in at the entrance is led on to the view they wanted.
#[hook]
pub fn use_door(route: &Route) -> Door {
    let (handle, store) = (use_sign_in(), use_store());
    let arrived = handle.stage == Stage::In && *route == Route::Entry;
    use_effect_with(arrived, move |&arrived| {
        if !arrived {
            return;
        }
        // In place of the entrance, so that Back does not lead there.
        let dashboard = || place::absolute(Route::Dashboard.to_path().trim_start_matches('/'));
        wanted::show(&wanted::take().unwrap_or_else(dashboard));
    });
    door(route, &handle, &store)
}

fn door(route: &Route, handle: &Handle, store: &Store) -> Door {
    let required = store.setup.as_ref().map(|setup| setup.config.sign_in.is_required());
    let lets_in = required == Some(false) || handle.lets_in();
    let entry = *route == Route::Entry;
    let leads_to = match handle.stage {
        Stage::Left => LeadsTo::Waiting,
        _ if matches!(route, Route::Help | Route::NotFound) => LeadsTo::View,
        _ if required == Some(false) => LeadsTo::View,
        _ if lets_in && !entry => LeadsTo::View,
        Stage::Asked | Stage::Checking | Stage::Closed if entry || !lets_in => LeadsTo::SignIn,
        // Where the configuration does not come, the reader is told so.
        _ if store.setup.is_none() && store.failure.is_some() => LeadsTo::View,
        // Skeletons without a number, until it is known who is here.
        _ if !entry => LeadsTo::View,
        _ => LeadsTo::Waiting,
    };
    Door { leads_to, lets_in, has_ended: handle.has_ended() && leads_to == LeadsTo::View }
}

/// While it is being found out who is here.
pub fn waiting() -> Html {
    html! {
        <main class="entry sign-in sign-in__wait" role="status" data-sign-in="looking">
            <span class="spinner" aria-hidden="true" />
            <p>{ say!("One moment") }</p>
        </main>
    }
}
