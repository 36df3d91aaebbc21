//! Everything that can go wrong with a sign-in, in words that tell the reader what to do.

use words::say;

/// What went wrong, or what the reader should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// `config.json` asks for a sign-in in a way that cannot be followed.
    Settings,
    /// The edge function cannot be reached.
    EdgeDown,
    /// The edge function lacks settings of its own.
    EdgeUnconfigured,
    /// The edge function is set up for another address or client id; its code for it.
    EdgeMismatch(String),
    /// The data asks for a sign-in, and no edge function offers one.
    NoEdge,
    /// This browser has no connection.
    Offline,
    /// Google's script did not load.
    ScriptBlocked,
    /// The page's own security policy, as built, keeps Google's script out.
    PolicyBlocked,
    /// Google's window gave no answer.
    NoAnswer,
    /// The account is on no list of the host's.
    NotAllowed,
    /// The account is not of the domain asked for.
    WrongDomain(String),
    /// A clock is wrong, here or at the host.
    Clock,
    /// The try was begun elsewhere, long ago, or was used before.
    Stale,
    /// Google's keys cannot be had.
    KeysUnavailable,
    /// What came was refused; the code says why.
    Refused(String),
    /// The session has ended by itself.
    SessionExpired,
    /// The host ended the session.
    SessionRevoked,
    /// The reader signed out here.
    SignedOut,
    /// The reader signed out in another tab.
    SignedOutElsewhere,
    /// The edge did not hear of the sign-out.
    SignOutUnheard,
}

use Trouble as T;

impl Trouble {
    /// What a code of the edge function's means to the reader.
    pub fn of_code(code: &str) -> Self {
        match code {
            "not_configured" => T::EdgeUnconfigured,
            "keys_unavailable" => T::KeysUnavailable,
            "foreign_origin" | "wrong_audience" | "wrong_method" | "not_found" | "odd_host"
            | "odd_path" => T::EdgeMismatch(code.to_owned()),
            "not_allowed" => T::NotAllowed,
            "token_expired" | "token_not_yet_valid" => T::Clock,
            "no_nonce" | "wrong_nonce" | "token_used" | "form_token_mismatch" => T::Stale,
            "session_expired" | "bad_session" | "no_session" => T::SessionExpired,
            "session_revoked" => T::SessionRevoked,
            "busy" | "internal" | "files_unavailable" => T::EdgeDown,
            "signed_out" => T::SignedOut,
            "signed_out_elsewhere" => T::SignedOutElsewhere,
            "sign_out_unheard" => T::SignOutUnheard,
            other => T::Refused(plain(other)),
        }
    }

    /// Its name, for tests, attributes and the console.
    pub fn code(&self) -> &'static str {
        match self {
            T::Settings => "settings",
            T::EdgeDown => "edge-down",
            T::EdgeUnconfigured => "edge-unconfigured",
            T::EdgeMismatch(_) => "edge-mismatch",
            T::NoEdge => "no-edge",
            T::Offline => "offline",
            T::ScriptBlocked => "script-blocked",
            T::PolicyBlocked => "policy-blocked",
            T::NoAnswer => "no-answer",
            T::NotAllowed => "not-allowed",
            T::WrongDomain(_) => "wrong-domain",
            T::Clock => "clock",
            T::Stale => "stale",
            T::KeysUnavailable => "keys-unavailable",
            T::Refused(_) => "refused",
            T::SessionExpired => "session-expired",
            T::SessionRevoked => "session-revoked",
            T::SignedOut => "signed-out",
            T::SignedOutElsewhere => "signed-out-elsewhere",
            T::SignOutUnheard => "sign-out-unheard",
        }
    }

    /// True for news that need not alarm.
    pub fn is_calm(&self) -> bool {
        matches!(
            self,
            T::NoAnswer | T::SessionExpired | T::SignedOut | T::SignedOutElsewhere | T::Stale
        )
    }

    /// What happened, in a few words.
    pub fn title(&self) -> String {
        match self {
            T::Settings => say!("Sign-in is not set up rightly"),
            T::EdgeDown => say!("The sign-in service does not answer"),
            T::EdgeUnconfigured => say!("Sign-in is not set up on this host"),
            T::EdgeMismatch(_) => say!("Sign-in is set up for another address"),
            T::NoEdge => say!("This host has no sign-in service"),
            T::Offline => say!("You are offline"),
            T::ScriptBlocked => say!("Google's sign-in could not be loaded"),
            T::PolicyBlocked => say!("This page was built without Google sign-in"),
            T::NoAnswer => say!("No answer from Google so far"),
            T::NotAllowed => say!("This account has no access"),
            T::WrongDomain(_) => say!("Please use another account"),
            T::Clock => say!("A clock is wrong"),
            T::Stale => say!("Please try once more"),
            T::KeysUnavailable => say!("Google cannot be asked just now"),
            T::Refused(_) => say!("The sign-in was refused"),
            T::SessionExpired => say!("Your session has ended"),
            T::SessionRevoked => say!("Your session was ended by the host"),
            T::SignedOut => say!("You are signed out"),
            T::SignedOutElsewhere => say!("You signed out in another tab"),
            T::SignOutUnheard => say!("Signed out on this page only"),
        }
    }

    /// What to do about it.
    pub fn text(&self) -> String {
        match self {
            T::Settings => say!(
                "What config.json says of the sign-in cannot be followed, or the file cannot be read. The dashboard stays closed until that is mended."
            ),
            T::EdgeDown => {
                say!("Your access cannot be checked. Wait a moment and try again.")
            }
            T::EdgeUnconfigured => say!(
                "The edge function in front of this dashboard lacks settings; its log names them. Please tell the owner of this page."
            ),
            T::EdgeMismatch(code) => say!(
                "The edge function expects another address or client id ({code}). Please tell the owner of this page.",
                code = code
            ),
            T::NoEdge => say!(
                "The data asks for a sign-in, but nothing on this host can give one. Please tell the owner of this page."
            ),
            T::Offline => say!("Check the network connection and try again."),
            T::ScriptBlocked => say!(
                "An extension, the network or a firewall may block accounts.google.com. Allow it for this page and try again."
            ),
            T::PolicyBlocked => say!(
                "Its security policy keeps Google's script out. The owner has to build it again with the client id."
            ),
            T::NoAnswer => say!(
                "If the window was closed or blocked, allow pop-ups for this page and press the button again."
            ),
            T::NotAllowed => say!(
                "Google knows you, but the owner of this dashboard has not let this account in. Use another account, or ask for access."
            ),
            T::WrongDomain(domain) => {
                say!("Only accounts of {domain} are let in.", domain = domain)
            }
            T::Clock => say!(
                "Google's answer seems to be from another time. Set date and time of this device and try again."
            ),
            T::Stale => say!(
                "That sign-in was begun in another tab or too long ago, or had been used before. The button is ready again."
            ),
            T::KeysUnavailable => {
                say!("The host cannot check Google's signature. Try again in a minute.")
            }
            T::Refused(code) => say!(
                "What came from Google did not pass the checks ({code}). Try again, and tell the owner of this page if it stays so.",
                code = code
            ),
            T::SessionExpired => say!("Sign in again to go on."),
            T::SessionRevoked => say!("Everybody was asked to sign in again."),
            T::SignedOut => say!("This browser no longer holds data of the dashboard."),
            T::SignedOutElsewhere => {
                say!("So this tab was signed out, too, and what it held is gone.")
            }
            T::SignOutUnheard => say!(
                "The host could not be told: the session in this browser lasts until it ends by itself. Try again when the connection is back."
            ),
        }
    }
}

/// A code that is safe to repeat: it may come from the address.
fn plain(code: &str) -> String {
    let letters = code.chars().filter(|c| c.is_ascii_lowercase() || *c == '_');
    let plain: String = letters.take(32).collect();
    if plain.is_empty() { "unknown".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    /// Every code that the edge function can answer with.
    fn codes() -> impl Iterator<Item = &'static str> {
        let source = include_str!("../../crates/edge/src/refusal.rs");
        let rows = source.lines().filter(|line| line.trim_start().starts_with("R::"));
        rows.filter_map(|line| line.split('"').nth(1))
    }

    #[wasm_bindgen_test]
    fn every_code_of_the_edge_has_its_words() {
        // Faults of a forged token or a broken client, which no reader can do anything about.
        let plainly_refused = [
            "bad_body",
            "bad_range",
            "bad_signature",
            "bad_token",
            "not_json",
            "too_large",
            "unknown_key",
            "wrong_issuer",
        ];
        let all =
            include_str!("../../crates/edge/src/refusal.rs").split("const ALL: [Self; ").nth(1);
        let length = all.and_then(|rest| rest.split(']').next()).and_then(|n| n.parse().ok());
        assert_eq!(length, Some(codes().count()));
        for code in codes() {
            let is_refused = matches!(Trouble::of_code(code), T::Refused(_));
            assert_eq!(is_refused, plainly_refused.contains(&code), "{code}");
        }
    }

    #[wasm_bindgen_test]
    fn a_code_from_an_address_cannot_bring_a_text_along() {
        let T::Refused(code) = Trouble::of_code("<b>Call +49 123</b>") else { panic!() };
        assert_eq!(code, "ballb");
        assert_eq!(Trouble::of_code(""), T::Refused("unknown".to_owned()));
    }
}
