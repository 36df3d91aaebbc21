//! What a session's cookie says, and for how long it holds.

use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::sign_in::Identity;
use crate::token::SKEW;

/// For how long sessions hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Seconds until a session ends unless it is renewed.
    pub idle: u64,
    /// Seconds after sign-in at which it ends for good.
    pub longest: u64,
    /// Sessions begun before this time do not count.
    pub not_before: u64,
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// A fresh random name for each sign-in.
    pub sid: String,
    /// Whose it is.
    #[serde(rename = "user")]
    pub identity: Identity,
    /// When the browser signed in.
    pub begun: u64,
    /// When this cookie was issued.
    pub iat: u64,
    /// When it ends unless renewed.
    pub exp: u64,
}

impl Session {
    /// A new session, from now.
    pub fn begin(sid: String, identity: Identity, now: u64, limits: Limits) -> Self {
        let exp = now.saturating_add(limits.idle.min(limits.longest));
        Self { sid, identity, begun: now, iat: now, exp }
    }

    /// The same session, renewed from now, but never past its longest time.
    pub fn renewed(&self, now: u64, limits: Limits) -> Self {
        let exp = now.saturating_add(limits.idle).min(self.end(limits));
        Self { iat: now, exp, ..self.clone() }
    }

    /// When it ends for good.
    pub fn end(&self, limits: Limits) -> u64 {
        self.begun.saturating_add(limits.longest)
    }

    /// Reads the verified payload of a session's cookie and checks its times.
    ///
    /// The limits of today are applied to the cookies of yesterday: shortening them ends the
    /// sessions that the new limits would not have allowed.
    ///
    /// # Errors
    /// [`Refusal::BadSession`] for what this edge would not have written,
    /// [`Refusal::SessionExpired`] and [`Refusal::SessionRevoked`].
    pub fn read(payload: &[u8], now: u64, limits: Limits) -> Result<Self, Refusal> {
        let session: Self = serde_json::from_slice(payload).map_err(|_| Refusal::BadSession)?;
        let from_future = session.iat > now.saturating_add(SKEW);
        let odd = session.begun > session.iat || session.exp < session.iat || from_future;
        let longer_than_allowed = session.exp > session.iat.saturating_add(limits.idle)
            || session.exp > session.end(limits);
        if odd || longer_than_allowed {
            return Err(Refusal::BadSession);
        }
        if session.begun < limits.not_before {
            return Err(Refusal::SessionRevoked);
        }
        if now >= session.exp {
            return Err(Refusal::SessionExpired);
        }
        Ok(session)
    }

    /// The payload of its cookie.
    pub fn write(&self) -> Vec<u8> {
        // Plain fields of text and numbers: serialising them cannot fail.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// For how many more seconds it holds.
    pub fn seconds_left(&self, now: u64) -> u64 {
        self.exp.saturating_sub(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMITS: Limits = Limits { idle: 3600, longest: 43_200, not_before: 1_000 };
    const NOW: u64 = 1_800_000_000;

    fn session() -> Session {
        let identity = Identity { sub: "1".to_owned(), ..Identity::default() };
        Session::begin("s".to_owned(), identity, NOW, LIMITS)
    }

    fn read(session: &Session, now: u64) -> Result<Session, Refusal> {
        Session::read(&session.write(), now, LIMITS)
    }

    #[test]
    fn it_holds_for_an_hour_and_slides_for_twelve() {
        let mut current = session();
        assert_eq!(read(&current, NOW + 3599), Ok(current.clone()));
        assert_eq!(read(&current, NOW + 3600), Err(Refusal::SessionExpired));
        for hour in 1..12 {
            current = current.renewed(NOW + hour * 3600 - 1, LIMITS);
        }
        current = current.renewed(NOW + 43_000, LIMITS);
        assert_eq!(current.exp, NOW + 43_200);
        assert_eq!(read(&current, NOW + 43_199), Ok(current.clone()));
        assert_eq!(read(&current, NOW + 43_200), Err(Refusal::SessionExpired));
    }

    #[test]
    fn what_this_edge_would_not_write_is_refused() {
        let good = session();
        for odd in [
            Session { exp: good.exp + 1, ..good.clone() },
            Session { begun: NOW + 1, ..good.clone() },
            Session { iat: NOW + 61, exp: NOW + 61, ..good.clone() },
            Session { begun: NOW - 43_000, ..good.clone() },
            Session { exp: u64::MAX, ..good.clone() },
            Session { iat: u64::MAX, exp: u64::MAX, ..good.clone() },
        ] {
            assert_eq!(read(&odd, NOW), Err(Refusal::BadSession), "{odd:?}");
        }
    }

    #[test]
    fn an_epoch_ends_what_began_before_it() {
        let limits = Limits { not_before: NOW + 1, ..LIMITS };
        let old = session();
        let renewed = old.renewed(NOW + 10, LIMITS);
        for session in [old, renewed] {
            let read = Session::read(&session.write(), NOW + 20, limits);
            assert_eq!(read, Err(Refusal::SessionRevoked));
        }
    }

    proptest! {
        #[test]
        fn no_payload_panics(payload in proptest::collection::vec(any::<u8>(), 0..300), now: u64) {
            let _ = Session::read(&payload, now, LIMITS);
        }

        #[test]
        fn no_times_panic(begun: u64, iat: u64, exp: u64, now: u64, idle: u64, longest: u64) {
            let limits = Limits { idle, longest, not_before: 0 };
            let made = Session { begun, iat, exp, ..session() };
            if let Ok(open) = Session::read(&made.write(), now, limits) {
                prop_assert!(open.exp > now && open.exp <= open.end(limits));
                let next = open.renewed(now, limits);
                prop_assert!(next.exp <= open.end(limits));
                let _ = next.seconds_left(now);
            }
        }
    }
}
