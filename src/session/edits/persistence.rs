//! Where the browser keeps the changes, and which of them do not stand: for later visits, or, where it is to keep nothing, for as long
//! as the tab is open.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Storage, StorageEvent};
use yew::Callback;

use super::json;
use super::kept::Kept;
use super::ledger::Ledger;
use crate::host::{faults, random, storage};
use crate::session::config::Config;

/// The name under which they lie.
const KEY: &str = "hub.edits";

/// Where they lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persistence {
    /// In the browser, for all its tabs and later visits.
    Browser,
    /// In this tab alone.
    Tab,
}

impl Persistence {
    /// Where a configuration has them: what is read behind a sign-in is not kept for later visits,
    /// unless the host says so, and no more are they.
    pub fn of(config: &Config) -> Self {
        match config.keep.as_str() {
            "always" => Self::Browser,
            "open" if !config.sign_in.is_required() => Self::Browser,
            _ => Self::Tab,
        }
    }

    /// What lies there.
    pub fn read(self) -> Kept {
        self.text().as_deref().map(json::read).unwrap_or_default()
    }

    fn text(self) -> Option<String> {
        if faults::is_aside() {
            return None;
        }
        self.storage().and_then(|it| it.get_item(&storage::own(KEY)).ok().flatten())
    }

    /// Puts the changes there, with those of other tabs; gives what lies there then, or nothing if
    /// the browser does not keep it.
    pub fn keep(self, ledger: &Ledger) -> Option<Kept> {
        let text = self.text().unwrap_or_default();
        if json::is_newer(&text) {
            // It is left to the page that can read it.
            return None;
        }
        let ours = (&*ledger.edits, &*ledger.refused);
        let kept = Kept::joined(&ledger.stored, ours, &json::read(&text));
        if faults::is_aside() {
            return Some(kept);
        }
        let (place, own) = (self.storage()?, storage::own(KEY));
        if kept.is_empty() {
            place.remove_item(&own).ok()?;
        } else {
            place.set_item(&own, &json::to_text(&kept)?).ok()?;
        }
        Some(kept)
    }

    /// Tells what other tabs put there, for as long as this lives.
    pub fn listen(self, told: Callback<Kept>) -> EventListener {
        EventListener::new(&gloo::utils::window(), "storage", move |event| {
            let event = event.dyn_ref::<StorageEvent>();
            // Without a name everything was cleared.
            let is_ours =
                |event: &&StorageEvent| event.key().is_none_or(|key| key == storage::own(KEY));
            if self == Self::Browser && event.filter(is_ours).is_some() {
                told.emit(self.read());
            }
        })
    }

    fn storage(self) -> Option<Storage> {
        let window = web_sys::window()?;
        match self {
            Self::Browser => window.local_storage().ok().flatten(),
            Self::Tab => window.session_storage().ok().flatten(),
        }
    }
}

/// Nothing of them stays in the browser.
pub fn forget() {
    for place in
        [Persistence::Browser, Persistence::Tab].into_iter().filter_map(Persistence::storage)
    {
        // What cannot be removed could not be put there, either.
        let _ = place.remove_item(&storage::own(KEY));
    }
}

/// What a change is known by, as a UUID.
pub fn key() -> String {
    let mut bytes = random::bytes();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = |part: &[u8]| part.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let parts = [&bytes[..4], &bytes[4..6], &bytes[6..8], &bytes[8..10], &bytes[10..]];
    parts.map(hex).join("-")
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_change_is_known_by_a_uuid_of_its_own() {
        let (one, other) = (key(), key());
        assert_ne!(one, other);
        assert_eq!((one.len(), one.as_bytes()[14], one.matches('-').count()), (36, b'4', 4));
        assert!(matches!(one.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{one}");
    }

    #[wasm_bindgen_test]
    fn behind_a_sign_in_they_stay_with_the_tab_unless_the_host_says_otherwise() {
        let of = |text: &str| Persistence::of(&Config::read(text).0);
        let google = r#""signIn":{"clientId":"123-abc.apps.googleusercontent.com"}"#;
        assert_eq!(of("{}"), Persistence::Browser);
        assert_eq!(of(r#"{"offline":{"keep":"never"}}"#), Persistence::Tab);
        assert_eq!(of(&format!("{{{google}}}")), Persistence::Tab);
        assert_eq!(
            of(&format!(r#"{{{google},"offline":{{"keep":"always"}}}}"#)),
            Persistence::Browser
        );
    }
}
