//! Signing in: the body that carries the token, and the checks of its claims.

use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::allow::AllowLists;
use crate::token::{Claims, SKEW};

/// Longest body read, in bytes: a token and what a form wraps around it.
pub const LONGEST_BODY: usize = 16 * 1024;

const ISSUERS: [&str; 2] = ["https://accounts.google.com", "accounts.google.com"];
const LONGEST_NAME: usize = 100;
const LONGEST_PICTURE: usize = 500;
const PICTURES: &str = ".googleusercontent.com";

/// Whose session it is; everything but `sub` may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The account's id at Google: the only thing that never changes.
    pub sub: String,
    /// E-mail address, if Google has verified it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Workspace domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hd: Option<String>,
    /// Name to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Address of a picture to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

/// What the claims are checked against.
pub struct Expected<'a> {
    /// The applications whose tokens count.
    pub clients: &'a [String],
    /// Who may sign in.
    pub allow: &'a AllowLists,
    /// What the page handed to Google.
    pub nonce: &'a str,
    /// The time.
    pub now: u64,
}

/// Checks the claims of a token whose signature is verified.
///
/// # Errors
/// Names the first claim that does not fit.
pub fn check(claims: Claims, expected: &Expected<'_>) -> Result<Identity, Refusal> {
    if !ISSUERS.contains(&claims.iss.as_str()) {
        return Err(Refusal::WrongIssuer);
    }
    let ours = |client: &String| expected.clients.contains(client);
    if !ours(&claims.aud) || claims.azp.as_ref().is_some_and(|azp| !ours(azp)) {
        return Err(Refusal::WrongAudience);
    }
    check_times(&claims, expected.now)?;
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(Refusal::WrongNonce);
    }
    let identity = identity(claims).ok_or(Refusal::BadToken)?;
    expected.allow.check(identity.hd.as_deref(), identity.email.as_deref())?;
    Ok(identity)
}

fn check_times(claims: &Claims, now: u64) -> Result<(), Refusal> {
    let latest = now.saturating_add(SKEW);
    if now >= claims.exp.saturating_add(SKEW) {
        return Err(Refusal::TokenExpired);
    }
    if claims.iat > latest || claims.nbf.is_some_and(|nbf| nbf > latest) {
        return Err(Refusal::TokenNotYetValid);
    }
    (claims.iat < claims.exp).then_some(()).ok_or(Refusal::BadToken)
}

/// What is kept of an account, cut to lengths that fit into a cookie.
fn identity(claims: Claims) -> Option<Identity> {
    let short = |text: &str| (1..=255).contains(&text.len()) && !text.contains(char::is_control);
    let fits = short(&claims.sub)
        && claims.email.as_deref().is_none_or(short)
        && claims.hd.as_deref().is_none_or(short);
    let verified = claims.email_verified == Some(true);
    let name = claims.name.map(|name| {
        name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect::<String>()
    });
    fits.then(|| Identity {
        sub: claims.sub,
        email: claims.email.filter(|_| verified),
        hd: claims.hd,
        name: name.filter(|name| !name.is_empty()),
        picture: claims.picture.filter(|address| is_picture(address)),
    })
}

/// True for an address on Google's own picture host.
fn is_picture(address: &str) -> bool {
    let rest = address.strip_prefix("https://").unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or_default();
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>\\".contains(&b));
    let named = host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-".contains(&b));
    address.len() <= LONGEST_PICTURE && host.ends_with(PICTURES) && named && plain(path)
}

/// The token in a JSON body `{"credential": "…"}`.
///
/// # Errors
/// [`Refusal::BadBody`].
pub fn from_json(body: &[u8]) -> Result<String, Refusal> {
    #[derive(Deserialize)]
    struct Body {
        credential: String,
    }
    let body: Body = serde_json::from_slice(body).map_err(|_| Refusal::BadBody)?;
    Ok(body.credential)
}

/// The token in the form that Google posts in redirect mode, whose own token must be the one in
/// the cookie that Google's script has set.
///
/// # Errors
/// [`Refusal::BadBody`] if a field is missing or sent twice, [`Refusal::FormTokenMismatch`].
pub fn from_form(body: &[u8], cookie: Option<&str>) -> Result<String, Refusal> {
    let once = |name: &str| {
        let mut values = form_urlencoded::parse(body).filter(|(key, _)| key == name);
        let value = values.next().map(|(_, value)| value.into_owned());
        value.filter(|_| values.next().is_none()).ok_or(Refusal::BadBody)
    };
    let (credential, token) = (once("credential")?, once("g_csrf_token")?);
    let same = !token.is_empty() && cookie == Some(token.as_str());
    same.then_some(credential).ok_or(Refusal::FormTokenMismatch)
}

#[cfg(test)]
#[path = "sign_in_tests.rs"]
mod tests;
