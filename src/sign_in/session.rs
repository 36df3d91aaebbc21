//! Who is signed in, and until when.

use serde::Deserialize;

use crate::host::by_browser::capitals;

/// Who is signed in; everything but `sub` is for show and may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct User {
    /// The account's id at Google: the only thing that never changes.
    pub sub: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Name to show.
    pub name: Option<String>,
    /// Address of a picture to show.
    pub picture: Option<String>,
}

impl User {
    /// What to call them.
    pub fn label(&self) -> &str {
        let given = self.name.as_deref().or(self.email.as_deref());
        given.map(str::trim).filter(|text| !text.is_empty()).unwrap_or("Google")
    }

    /// One or two letters that stand for them.
    pub fn initials(&self) -> String {
        let name = self.label().split('@').next().unwrap_or_default();
        let words = name.split([' ', '.', '_', '-']).filter_map(|word| word.chars().next());
        let mut words = words.filter(|letter| letter.is_alphabetic());
        let (first, last) = (words.next(), words.next_back());
        capitals(&first.into_iter().chain(last).collect::<String>())
    }

    /// The picture, if it is on Google's own picture host: the policy lets no other be loaded.
    pub fn picture(&self) -> Option<&str> {
        let here = |address: &&str| address.starts_with("https://lh3.googleusercontent.com/");
        self.picture.as_deref().filter(here)
    }
}

/// A session: the edge function's, or only this page's.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Whose it is.
    pub user: User,
    /// When it ends unless renewed, in seconds since 1970.
    pub expires_at: f64,
    /// When it ends for good.
    pub ends_at: f64,
    /// Seconds by which the clock that ends it is ahead of this machine's.
    pub skew: f64,
}

/// Wait before asking again for a session that this machine's clock believes to be over, in
/// seconds: the edge's word counts, not the clock's.
const DOUBT: f64 = 60.0;
const SHORTEST: f64 = 1.0;

impl Session {
    /// Seconds until it ends unless renewed.
    pub fn seconds_left(&self, now: f64) -> f64 {
        self.expires_at - now - self.skew
    }

    /// Seconds until it is to be renewed: after four fifths of what is left.
    pub fn renew_in(&self, now: f64) -> f64 {
        match self.seconds_left(now) {
            left if left > 0.0 => (left * 0.8).max(SHORTEST),
            _ => DOUBT,
        }
    }

    /// True if renewing cannot make it longer.
    pub fn is_final(&self) -> bool {
        self.expires_at >= self.ends_at
    }
}

/// Seconds since 1970 by this machine's clock.
pub fn now() -> f64 {
    js_sys::Date::now() / 1000.0
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn user(name: Option<&str>, email: Option<&str>) -> User {
        User {
            sub: "1".to_owned(),
            name: name.map(str::to_owned),
            email: email.map(str::to_owned),
            picture: None,
        }
    }

    #[wasm_bindgen_test]
    fn initials_come_from_the_name_or_the_address() {
        for (name, email, initials) in [
            (Some("Ann Exámple"), Some("x@example.com"), "AE"),
            (Some("Ann Maria van Example 👩‍💻"), None, "AE"),
            (Some("Ørsted"), None, "Ø"),
            (None, Some("ann.example@example.com"), "AE"),
            (Some("  "), None, "G"),
            (None, None, "G"),
        ] {
            assert_eq!(user(name, email).initials(), initials);
        }
    }

    #[wasm_bindgen_test]
    fn only_googles_pictures_are_shown() {
        let with = |picture: &str| User { picture: Some(picture.to_owned()), ..User::default() };
        assert!(with("https://lh3.googleusercontent.com/a/x=s96-c").picture().is_some());
        assert!(with("https://lh3.googleusercontent.com.evil.com/x").picture().is_none());
        assert!(with("javascript:alert(1)").picture().is_none());
    }

    #[wasm_bindgen_test]
    fn a_session_is_renewed_before_it_ends() {
        let session =
            Session { user: User::default(), expires_at: 1_100.0, ends_at: 2_000.0, skew: 0.0 };
        assert_eq!(session.renew_in(1_000.0), 80.0);
        assert_eq!(session.renew_in(1_099.9), SHORTEST);
        assert_eq!(session.renew_in(1_200.0), DOUBT, "a wrong clock must not ask in a loop");
        let ahead = Session { skew: -3_600.0, ..session };
        assert_eq!(ahead.seconds_left(4_600.0), 100.0, "a clock an hour ahead is corrected");
    }
}
