//! How sign-in stands, changed by a pure reducer.

use std::rc::Rc;

use yew::Reducible;

use super::session::Session;
use super::trouble::Trouble;
use crate::session::config::SignInConfig;

/// How sign-in stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignIn {
    /// What happens now.
    pub stage: Stage,
    /// True if an edge function answers.
    pub edge: bool,
    /// What the data's host answered to a request without a session.
    pub data: Probe,
    /// Who is signed in; kept when the session has ended, with the page as they left it.
    pub session: Option<Session>,
    /// What to tell the reader.
    pub trouble: Option<Trouble>,
    /// Number of the try; each needs a fresh nonce.
    pub attempt: u32,
    /// Number of times the edge was looked for.
    pub looks: u32,
}

/// What happens now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// `config.json` has not been read.
    #[default]
    Unknown,
    /// No sign-in is wanted.
    Open,
    /// The edge function and the data's host are being asked.
    Looking,
    /// The reader is asked to sign in.
    Asked,
    /// What Google gave is being checked.
    Checking,
    /// Somebody is signed in.
    In,
    /// A sign-in is wanted and cannot be had.
    Closed,
    /// The reader signed out, and the page is about to begin anew.
    Left,
}

/// What the data's host answered to a request without a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Probe {
    /// Nothing that tells.
    #[default]
    Silent,
    /// It refused.
    Refused,
    /// It sent the data.
    Public,
}

/// Whether the sign-in guards the data, as found by asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// No sign-in: everybody with the link sees the page.
    Open,
    /// It shows who somebody is; the data files are public.
    IdentityOnly,
    /// The data is served to signed-in readers alone.
    Guarded,
    /// An edge function answers, yet the data is served to everybody.
    Exposed,
    /// An edge function answers; whether it guards the data could not be found out.
    Unproven,
}

/// What can happen.
pub enum Event {
    /// `config.json` was read.
    Configured(SignInConfig),
    /// Look for the edge once more.
    Look,
    /// What was found by asking.
    Found {
        /// True if an edge function answers.
        edge: bool,
        /// What the data's host said.
        data: Probe,
    },
    /// The data's host said more.
    Probed(Probe),
    /// Nobody is signed in.
    Ask(Option<Trouble>),
    /// Google gave a token, which is being checked.
    Check,
    /// Somebody is signed in.
    Admit(Session),
    /// A try failed.
    Refuse(Trouble),
    /// Something keeps the button away.
    Hint(Trouble),
    /// The button was pressed a while ago, in the try of that number, and nothing followed.
    NoAnswer(u32),
    /// The reader wants another try.
    Again,
    /// The session has ended; the page stays.
    End(Trouble),
    /// Sign-in cannot be had.
    Close(Trouble),
    /// The reader signed out.
    Leave,
}

impl SignIn {
    /// Before anything is known.
    pub const NOTHING: Self = Self {
        stage: Stage::Unknown,
        edge: false,
        data: Probe::Silent,
        session: None,
        trouble: None,
        attempt: 0,
        looks: 0,
    };

    /// Whether it guards the data.
    pub fn mode(&self) -> Mode {
        match (self.stage, self.edge, self.data) {
            (Stage::Open, ..) => Mode::Open,
            (_, false, _) => Mode::IdentityOnly,
            (_, true, Probe::Refused) => Mode::Guarded,
            (_, true, Probe::Public) => Mode::Exposed,
            (_, true, Probe::Silent) => Mode::Unproven,
        }
    }

    /// True if the page may be read: nobody is asked, or somebody is or was signed in.
    pub fn lets_in(&self) -> bool {
        self.stage == Stage::Open || self.session.is_some()
    }

    /// True if a session has ended over a page that is kept.
    pub fn has_ended(&self) -> bool {
        self.session.is_some() && self.stage != Stage::In
    }
}

impl Reducible for SignIn {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut next = (*self).clone();
        match event {
            // What was under way comes too late.
            _ if self.stage == Stage::Left => return self,
            Event::Configured(config) => match config {
                SignInConfig::Off => next.stage = Stage::Open,
                SignInConfig::Google(_) => next.stage = Stage::Looking,
                SignInConfig::Broken => {
                    (next.stage, next.trouble) = (Stage::Closed, Some(Trouble::Settings));
                }
            },
            Event::Look => {
                (next.stage, next.trouble) = (Stage::Looking, None);
                next.looks += 1;
            }
            Event::Found { edge, data } => (next.edge, next.data) = (edge, data),
            // Once seen in public, data does not become a secret again.
            Event::Probed(data) if self.data != Probe::Public => next.data = data,
            Event::Probed(_) => return self,
            Event::Ask(trouble) => (next.stage, next.trouble) = (Stage::Asked, trouble),
            Event::Check => (next.stage, next.trouble) = (Stage::Checking, None),
            Event::Admit(session) => {
                (next.stage, next.trouble) = (Stage::In, None);
                next.session = Some(session);
                next.attempt = 0;
            }
            Event::Refuse(trouble) => {
                (next.stage, next.trouble) = (Stage::Asked, Some(trouble));
                next.attempt += 1;
            }
            Event::Hint(_) | Event::NoAnswer(_) | Event::Again if self.stage != Stage::Asked => {
                return self;
            }
            Event::Hint(trouble) => next.trouble = Some(trouble),
            Event::NoAnswer(attempt) if attempt != self.attempt => return self,
            Event::NoAnswer(_) => next.trouble = Some(Trouble::NoAnswer),
            Event::Again => {
                next.trouble = None;
                next.attempt += 1;
            }
            // Only somebody who was in can be out.
            Event::End(_) if self.stage != Stage::In => return self,
            Event::End(trouble) => (next.stage, next.trouble) = (Stage::Asked, Some(trouble)),
            Event::Leave => {
                (next.stage, next.trouble, next.session) = (Stage::Left, None, None);
            }
            Event::Close(trouble) => {
                (next.stage, next.trouble, next.session) = (Stage::Closed, Some(trouble), None);
            }
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::session::config::Config;
    use crate::sign_in::session::User;

    fn after(events: impl IntoIterator<Item = Event>) -> Rc<SignIn> {
        events.into_iter().fold(Rc::default(), Reducible::reduce)
    }

    fn google() -> SignInConfig {
        let text = r#"{"signIn": {"clientId": "1-a.apps.googleusercontent.com"}}"#;
        Config::read(text).0.sign_in
    }

    fn session() -> Session {
        Session { user: User::default(), expires_at: 1.0, ends_at: 2.0, skew: 0.0 }
    }

    #[wasm_bindgen_test]
    fn a_mode_claims_no_more_than_was_found() {
        assert_eq!(after([Event::Configured(SignInConfig::Off)]).mode(), Mode::Open);
        for (edge, data, mode) in [
            (false, Probe::Public, Mode::IdentityOnly),
            (false, Probe::Refused, Mode::IdentityOnly),
            (true, Probe::Refused, Mode::Guarded),
            (true, Probe::Public, Mode::Exposed),
            (true, Probe::Silent, Mode::Unproven),
        ] {
            let found = [Event::Configured(google()), Event::Found { edge, data }];
            assert_eq!(after(found).mode(), mode);
        }
        let leak = [
            Event::Configured(google()),
            Event::Found { edge: true, data: Probe::Refused },
            Event::Probed(Probe::Public),
            Event::Probed(Probe::Refused),
        ];
        assert_eq!(after(leak).mode(), Mode::Exposed, "one leak is a leak");
    }

    #[wasm_bindgen_test]
    fn nobody_gets_in_before_somebody_signed_in() {
        for events in [
            vec![],
            vec![Event::Configured(google())],
            vec![Event::Configured(SignInConfig::Broken)],
            vec![Event::Configured(google()), Event::Ask(None)],
            vec![Event::Configured(google()), Event::Check],
            vec![Event::Configured(google()), Event::Close(Trouble::EdgeDown)],
            vec![Event::Admit(session()), Event::Close(Trouble::SignOutUnheard)],
            vec![Event::Admit(session()), Event::Leave],
            vec![Event::Admit(session()), Event::Leave, Event::Admit(session())],
        ] {
            assert!(!after(events).lets_in());
        }
        assert!(after([Event::Configured(google()), Event::Admit(session())]).lets_in());
        assert!(after([Event::Configured(SignInConfig::Off)]).lets_in());
    }

    #[wasm_bindgen_test]
    fn an_ended_session_keeps_the_page_and_every_try_counts() {
        let ended = after([Event::Admit(session()), Event::End(Trouble::SessionExpired)]);
        assert!(ended.lets_in() && ended.has_ended());
        let refused = ended.reduce(Event::Check).reduce(Event::Refuse(Trouble::Stale));
        assert_eq!((refused.stage, refused.attempt), (Stage::Asked, 1));
        let late = refused.clone().reduce(Event::NoAnswer(0));
        assert_eq!(late.trouble, Some(Trouble::Stale), "an answer came to that try");
        let again = refused.reduce(Event::Admit(session()));
        assert!(!again.has_ended() && again.trouble.is_none());
    }
}
