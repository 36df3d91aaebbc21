//! Provides how sign-in stands; what moves it on comes only where a sign-in is configured.

use std::cell::RefCell;

use yew::prelude::*;

use super::handle::Handle;
use super::parts::{PARTS, SignInPart};
use super::state::{Event, SignIn};
use super::wanted;
use crate::host::shared::Shared;
use crate::session::config::SignInConfig;
use crate::session::store::{Store, use_store};
use crate::ui::Later;

/// Provides how sign-in stands to everything inside.
#[component(SignInProvider)]
pub fn sign_in_provider(props: &html::ChildrenProps) -> Html {
    let store = use_store();
    let state = use_reducer(SignIn::default);
    // Taken out of the address before the router reads it.
    let code = use_memo((), |()| wanted::code_in_address());
    let handle = use_handle(state, &store);
    use_configured(&handle, &store);
    let keeper = handle.google().map(|_| PARTS.part(SignInPart::Keeper((*code).clone())));
    html! {
        <ContextProvider<Handle> context={handle}>
            { props.children.clone() }
            if let Some(part) = keeper {
                <Later {part} />
            }
        </ContextProvider<Handle>>
    }
}

/// How sign-in stands, and the way to change it.
#[hook]
pub fn use_sign_in() -> Handle {
    use_context::<Handle>().unwrap_or_default()
}

#[hook]
fn use_handle(state: UseReducerHandle<SignIn>, store: &Store) -> Handle {
    let tabs = use_memo((), |()| Shared::new(RefCell::new(None)));
    let google = use_memo(store.setup.clone(), |setup| {
        match setup.as_ref().map(|setup| &setup.config.sign_in) {
            Some(SignInConfig::Google(google)) => Some(Shared::new(google.clone())),
            _ => None,
        }
    });
    Handle::new(state, (*google).clone(), (*tabs).clone())
}

#[hook]
fn use_configured(handle: &Handle, store: &Store) {
    let handle = handle.clone();
    use_effect_with(store.setup.clone(), move |setup| {
        if let Some(setup) = setup {
            handle.dispatch(Event::Configured(setup.config.sign_in.clone()));
        }
    });
}
