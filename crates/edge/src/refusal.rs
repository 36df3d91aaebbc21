//! Every reason for which a request is turned away, each with one status and one code.

/// A reason for which a request is turned away; shown as its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A setting is missing or wrong; nothing is served until it is mended.
    NotConfigured,
    /// Google's public keys cannot be had just now.
    KeysUnavailable,
    /// The static files behind the edge cannot be had just now.
    FilesUnavailable,
    /// Too many ranges are being cut out of files just now.
    Busy,
    /// The host is not written as hosts are.
    OddHost,
    /// The path is written in a way that could hide what it names.
    OddPath,
    /// Nothing lives at that path.
    NotFound,
    /// The path does not take that method.
    WrongMethod,
    /// The request does not come from the page itself.
    ForeignOrigin,
    /// The body is not JSON, or says so wrongly.
    NotJson,
    /// The body has not the form asked for.
    BadBody,
    /// The body or the token is longer than any honest one.
    TooLarge,
    /// There is no session cookie.
    NoSession,
    /// The session cookie is not one that this edge issued.
    BadSession,
    /// The session has ended.
    SessionExpired,
    /// The session began before the time from which sessions count.
    SessionRevoked,
    /// The account is not on the allow-lists.
    NotAllowed,
    /// The token is not an ID token of the form Google issues.
    BadToken,
    /// The token names a key that Google does not publish.
    UnknownKey,
    /// The token's signature is wrong.
    BadSignature,
    /// The token was issued by somebody else.
    WrongIssuer,
    /// The token was issued for another application.
    WrongAudience,
    /// The token has expired.
    TokenExpired,
    /// The token is not valid yet: a clock is wrong.
    TokenNotYetValid,
    /// There is no nonce cookie, or an expired or foreign one.
    NoNonce,
    /// The token was issued for another sign-in.
    WrongNonce,
    /// The token has already been used to sign in.
    TokenUsed,
    /// The two copies of Google's form token differ.
    FormTokenMismatch,
    /// The range cannot be served.
    BadRange,
    /// The edge itself failed.
    Internal,
}

use Refusal as R;

impl Refusal {
    /// Every reason there is.
    pub const ALL: [Self; 30] = [
        R::NotConfigured,
        R::KeysUnavailable,
        R::FilesUnavailable,
        R::Busy,
        R::OddHost,
        R::OddPath,
        R::NotFound,
        R::WrongMethod,
        R::ForeignOrigin,
        R::NotJson,
        R::BadBody,
        R::TooLarge,
        R::NoSession,
        R::BadSession,
        R::SessionExpired,
        R::SessionRevoked,
        R::NotAllowed,
        R::BadToken,
        R::UnknownKey,
        R::BadSignature,
        R::WrongIssuer,
        R::WrongAudience,
        R::TokenExpired,
        R::TokenNotYetValid,
        R::NoNonce,
        R::WrongNonce,
        R::TokenUsed,
        R::FormTokenMismatch,
        R::BadRange,
        R::Internal,
    ];

    /// The HTTP status it is answered with.
    pub fn status(self) -> u16 {
        self.row().0
    }

    /// Its name for programs: the page chooses its message by it, and the log records it.
    pub fn code(self) -> &'static str {
        self.row().1
    }

    /// True if there was a session, which does not count any more.
    pub fn ends_a_session(self) -> bool {
        matches!(self, R::BadSession | R::SessionExpired | R::SessionRevoked | R::NotAllowed)
    }

    /// Its meaning in one sentence.
    pub fn message(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> (u16, &'static str, &'static str) {
        match self {
            R::NotConfigured => (503, "not_configured", "Sign-in is not set up on this host."),
            R::KeysUnavailable => (503, "keys_unavailable", "Google's keys cannot be reached."),
            R::FilesUnavailable => (502, "files_unavailable", "The files cannot be reached."),
            R::Busy => (503, "busy", "Too many ranges at once; ask again shortly."),
            R::OddHost => (400, "odd_host", "The host is written in an unusual way."),
            R::OddPath => (400, "odd_path", "The path is written in an unusual way."),
            R::NotFound => (404, "not_found", "Nothing lives here."),
            R::WrongMethod => (405, "wrong_method", "This path does not take that method."),
            R::ForeignOrigin => (403, "foreign_origin", "Only the page itself may ask this."),
            R::NotJson => (415, "not_json", "The body must be application/json."),
            R::BadBody => (400, "bad_body", "The body has not the expected form."),
            R::TooLarge => (413, "too_large", "The body is too long."),
            R::NoSession => (401, "no_session", "Sign in first."),
            R::BadSession => (401, "bad_session", "The session is not valid; sign in again."),
            R::SessionExpired => (401, "session_expired", "The session has ended; sign in again."),
            R::SessionRevoked => (401, "session_revoked", "The session was ended by the host."),
            R::NotAllowed => (403, "not_allowed", "This account may not see this dashboard."),
            R::BadToken => (401, "bad_token", "That is not an ID token of Google's."),
            R::UnknownKey => (401, "unknown_key", "The token was signed with an unknown key."),
            R::BadSignature => (401, "bad_signature", "The token's signature is wrong."),
            R::WrongIssuer => (401, "wrong_issuer", "The token was not issued by Google."),
            R::WrongAudience => (401, "wrong_audience", "The token is for another application."),
            R::TokenExpired => (401, "token_expired", "The token has expired."),
            R::TokenNotYetValid => (401, "token_not_yet_valid", "The token is not valid yet."),
            R::NoNonce => (401, "no_nonce", "The sign-in was not begun here, or long ago."),
            R::WrongNonce => (401, "wrong_nonce", "The token belongs to another sign-in."),
            R::TokenUsed => (401, "token_used", "The token was used before."),
            R::FormTokenMismatch => (403, "form_token_mismatch", "The form's tokens differ."),
            R::BadRange => (416, "bad_range", "That range cannot be served."),
            R::Internal => (500, "internal", "The edge function failed."),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_code_is_its_own_and_every_status_an_error() {
        let codes: HashSet<_> = Refusal::ALL.iter().map(|refusal| refusal.code()).collect();
        assert_eq!(codes.len(), Refusal::ALL.len());
        for refusal in Refusal::ALL {
            assert!((400..600).contains(&refusal.status()), "{refusal}");
            assert!(refusal.message().ends_with('.'), "{refusal}");
        }
    }
}
