//! What components hold of the sign-in: how it stands, and the ways to change it.

use std::cell::RefCell;
use std::ops::Deref;

use yew::prelude::*;

use super::edge::{self, Answer};
use super::identity;
use super::session::{Session, now};
use super::state::{Event, SignIn};
use super::tabs::{News, Tabs};
use super::trouble::Trouble;
use crate::host::shared::Shared;
use crate::session::config::GoogleConfig;
use crate::session::state::Action;
use crate::session::store::Store;

/// How sign-in stands, with the ways to change it.
#[derive(Clone, Default, PartialEq)]
pub struct Handle(Option<Parts>);

#[derive(Clone, PartialEq)]
struct Parts {
    state: UseReducerHandle<SignIn>,
    google: Option<Shared<GoogleConfig>>,
    tabs: Shared<RefCell<Option<Tabs>>>,
}

/// What is seen outside of the provider.
static NOTHING: SignIn = SignIn::NOTHING;

impl Deref for Handle {
    type Target = SignIn;

    fn deref(&self) -> &SignIn {
        self.0.as_ref().map_or(&NOTHING, |parts| &parts.state)
    }
}

impl Handle {
    /// A handle on these.
    pub fn new(
        state: UseReducerHandle<SignIn>,
        google: Option<Shared<GoogleConfig>>,
        tabs: Shared<RefCell<Option<Tabs>>>,
    ) -> Self {
        Self(Some(Parts { state, google, tabs }))
    }

    /// How Google and the edge are asked, if they are.
    pub fn google(&self) -> Option<Shared<GoogleConfig>> {
        self.0.as_ref().and_then(|parts| parts.google.clone())
    }

    /// Something happened.
    pub fn send(&self, event: Event) {
        match &event {
            Event::Refuse(trouble) | Event::Close(trouble) | Event::End(trouble) => {
                gloo::console::info!(format!("sign-in: {trouble:?}"));
            }
            _ => {}
        }
        self.dispatch(event);
    }

    /// The same without a word on the console.
    pub fn dispatch(&self, event: Event) {
        if let Some(parts) = &self.0 {
            parts.state.dispatch(event);
        }
    }

    /// From here on these are the other tabs.
    pub fn hear_tabs(&self, tabs: Tabs) {
        if let Some(parts) = &self.0 {
            parts.tabs.replace(Some(tabs));
        }
    }

    /// Tells the other tabs.
    pub fn tell_tabs(&self, news: News) {
        if let Some(parts) = &self.0
            && let Some(tabs) = &*parts.tabs.borrow()
        {
            tabs.tell(news);
        }
    }

    /// Lets somebody in. What the page holds of another account's goes first.
    pub fn admit(&self, store: &Store, session: Session) {
        let another = |before: &Session| before.user.sub != session.user.sub;
        if self.session.as_ref().is_some_and(another) {
            store.dispatch(Action::Forget);
        }
        self.send(Event::Admit(session));
    }

    /// Checks what Google gave, and lets in whose it is.
    pub async fn present(self, store: Store, credential: String, nonce: String) {
        let Some(google) = self.google() else { return };
        self.send(Event::Check);
        let outcome = if self.edge {
            match edge::exchange(&google.auth_endpoint, &credential).await {
                Answer::Good(session) => Ok(session),
                Answer::Refused(code) => Err(Trouble::of_code(&code)),
                Answer::NoEdge | Answer::Unreachable => Err(Trouble::EdgeDown),
            }
        } else {
            identity::read(&credential, &google, &nonce, now())
        };
        match outcome {
            Ok(session) => {
                self.admit(&store, session);
                if self.edge {
                    self.tell_tabs(News::In);
                }
            }
            Err(trouble) => self.send(Event::Refuse(trouble)),
        }
    }
}
