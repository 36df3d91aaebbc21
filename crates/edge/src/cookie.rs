//! Reading one cookie from the request's header, and writing the headers that set and clear it.

use crate::Refusal;

/// Name of the session's cookie. The prefix binds it to this very host, over TLS, for all paths.
pub const SESSION: &str = "__Host-session";

/// Name of the cookie that ties a sign-in to the browser it was begun in.
pub const NONCE: &str = "__Host-nonce";

/// Name of the cookie that Google's script sets for the form it posts in redirect mode.
pub const GOOGLE_FORM: &str = "g_csrf_token";

/// Seconds for which a browser keeps a session's cookie after the session has ended: who comes back
/// with it is told to drop the data that was kept.
pub const KEPT_AFTER_END: u64 = 7 * 24 * 3_600;

/// Longest value read or written, in bytes; browsers cap a cookie at 4,096.
pub const LONGEST: usize = 3_800;

/// Who may send a cookie along.
#[derive(Clone, Copy)]
pub enum SameSite {
    /// The page itself, and links that lead to it.
    Lax,
    /// Google's form too, which comes from another site in redirect mode.
    None,
}

/// The value of one cookie, or none if it is not sent.
///
/// # Errors
/// [`Refusal::BadSession`] if the name is sent twice or the value is too long: an honest browser
/// does neither with these names.
pub fn read<'a>(header: &'a str, name: &str) -> Result<Option<&'a str>, Refusal> {
    let mut found = None;
    for pair in header.split(';') {
        let Some((key, value)) = pair.trim_matches([' ', '\t']).split_once('=') else { continue };
        // A cookie is what its name says, letter for letter; no case folding, no quotes.
        if key != name {
            continue;
        }
        if found.is_some() || value.len() > LONGEST {
            return Err(Refusal::BadSession);
        }
        found = Some(value);
    }
    Ok(found)
}

/// The `Set-Cookie` header that stores a value for some seconds.
pub fn set(name: &str, value: &str, seconds: u64, same_site: SameSite) -> String {
    let same_site = match same_site {
        SameSite::Lax => "Lax",
        SameSite::None => "None",
    };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite={same_site}")
}

/// The `Set-Cookie` header that removes a cookie.
pub fn clear(name: &str) -> String {
    set(name, "", 0, SameSite::Lax)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_cookie_is_found_among_others() {
        let header = "a=1; __Host-session=v1.k.p.m; b=__Host-session=x; __host-session=low";
        assert_eq!(read(header, SESSION), Ok(Some("v1.k.p.m")));
        assert_eq!(read("x__Host-session=1; noise", SESSION), Ok(None));
        assert_eq!(read("", SESSION), Ok(None));
    }

    #[test]
    fn twice_or_oversize_is_refused() {
        let twice = "__Host-session=a; x=1; __Host-session=a";
        assert_eq!(read(twice, SESSION), Err(Refusal::BadSession));
        let long = format!("__Host-session={}", "a".repeat(LONGEST + 1));
        assert_eq!(read(&long, SESSION), Err(Refusal::BadSession));
    }

    #[test]
    fn cookies_are_out_of_reach_of_scripts_and_plain_text() {
        for text in [set(SESSION, "v", 60, SameSite::Lax), clear(SESSION)] {
            for part in ["; HttpOnly", "; Secure", "; Path=/", "; SameSite=Lax"] {
                assert!(text.contains(part), "{text}");
            }
            assert!(!text.contains("Domain"));
        }
    }

    proptest! {
        #[test]
        fn no_header_panics(header in "\\PC*", name in "[a-z_-]{1,9}") {
            let _ = read(&header, &name);
        }

        #[test]
        fn what_is_set_is_read(value in "[A-Za-z0-9._-]{0,99}", other in "[a-z]{1,5}=[a-z]{0,5}") {
            let written = set(SESSION, &value, 1, SameSite::Lax);
            let sent = format!("{other}; {}", written.split(';').next().unwrap());
            prop_assert_eq!(read(&sent, SESSION), Ok(Some(value.as_str())));
        }
    }
}
