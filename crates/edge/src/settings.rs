//! What the host sets by environment variables, read once and checked; anything wrong closes the
//! edge rather than opening it.

use crate::address::{self, is_private};
use crate::allow::{self, AllowLists};
use crate::keys::KeyRing;
use crate::path::{Writing, writing};
use crate::route::is_guarded;
use crate::session::Limits;

/// Google's published keys.
pub const GOOGLE_KEYS: &str = "https://www.googleapis.com/oauth2/v3/certs";

/// Everything a host may set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The applications whose tokens count.
    pub clients: Vec<String>,
    /// The keys that sign sessions.
    pub keys: KeyRing,
    /// Who may sign in.
    pub allow: AllowLists,
    /// For how long sessions hold.
    pub limits: Limits,
    /// Where Google's keys are published.
    pub jwks_url: String,
    /// Scheme, name and port under which browsers see the page; else as in the request.
    pub origin: Option<String>,
    /// The path under which the page lives; begins and ends with a slash.
    pub base: String,
    /// Further public paths below the base.
    pub public: Vec<String>,
    /// A path that fails on purpose, for tests of recovery.
    pub fault: Option<String>,
}

/// One variable that is missing or wrong. Its value is not repeated: it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: expected {expected}")]
pub struct Problem {
    /// The variable.
    pub name: &'static str,
    /// What it should hold.
    pub expected: &'static str,
}

const CLIENT: &str = "GOOGLE_CLIENT_ID";
const KEYS: &str = "SESSION_KEYS";
const DOMAINS: &str = "ALLOWED_DOMAINS";
const EMAILS: &str = "ALLOWED_EMAILS";
const ANYONE: &str = "ALLOW_ANY_ACCOUNT";
const NOT_BEFORE: &str = "NOT_BEFORE";
const IDLE: &str = "SESSION_IDLE_SECONDS";
const LONGEST: &str = "SESSION_LONGEST_SECONDS";
const ORIGIN: &str = "PUBLIC_ORIGIN";
const BASE: &str = "BASE_PATH";
const PUBLIC: &str = "PUBLIC_PATHS";
const JWKS: &str = "JWKS_URL";
const FAULT: &str = "FAULT_PATH";

/// Every variable that is read.
pub const NAMES: [&str; 13] = [
    CLIENT, KEYS, DOMAINS, EMAILS, ANYONE, NOT_BEFORE, IDLE, LONGEST, ORIGIN, BASE, PUBLIC, JWKS,
    FAULT,
];

impl Settings {
    /// Reads the variables through `get`; an empty one counts as absent.
    ///
    /// # Errors
    /// Names every variable that is missing or wrong.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<Problem>> {
        let get = |name: &str| get(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        let mut bad = Bad(Vec::new());
        let required = |name: &'static str, bad: &mut Bad, expected| {
            get(name).or_else(|| bad.note(name, expected))
        };
        let clients = required(CLIENT, &mut bad, "the client id of Google's console");
        let expected_keys = "NAME:SECRET,…, each secret 32 random bytes or more in base64url";
        let keys = required(KEYS, &mut bad, expected_keys)
            .and_then(|text| KeyRing::parse(&text).or_else(|| bad.note(KEYS, expected_keys)));
        let mut checked = |name, expected, check: fn(&str) -> bool| {
            let value = get(name)?;
            if check(&value) { Some(value) } else { bad.note(name, expected) }
        };
        let origin =
            checked(ORIGIN, "scheme, name and port alone, as in https://a.example", is_origin);
        let base = checked(BASE, "a path that begins and ends with a slash", is_base);
        let public = checked(
            PUBLIC,
            "plain paths outside data/ and api/, without a leading slash",
            are_public,
        );
        let jwks = checked(JWKS, "an https address", is_private);
        checked(ANYONE, "yes, or nothing", |text| text == "yes");
        let allow = AllowLists {
            domains: AllowLists::list(&get(DOMAINS).unwrap_or_default()),
            emails: AllowLists::list(&get(EMAILS).unwrap_or_default()),
            anyone: get(ANYONE).as_deref() == Some("yes"),
        };
        if allow.is_empty() {
            bad.note::<()>(
                DOMAINS,
                "a list of domains here, of addresses in ALLOWED_EMAILS, or ALLOW_ANY_ACCOUNT=yes",
            );
        }
        let limits = limits(&get, &mut bad);
        match (clients, keys, limits) {
            (Some(clients), Some(keys), Some(limits)) if bad.0.is_empty() => Ok(Self {
                clients: allow::split(&clients).collect(),
                keys,
                allow,
                limits,
                jwks_url: jwks.unwrap_or_else(|| GOOGLE_KEYS.to_owned()),
                origin,
                base: base.unwrap_or_else(|| "/".to_owned()),
                public: allow::split(&public.unwrap_or_default()).collect(),
                fault: get(FAULT),
            }),
            _ => Err(bad.0),
        }
    }
}

fn limits(get: &impl Fn(&str) -> Option<String>, bad: &mut Bad) -> Option<Limits> {
    let mut seconds =
        |name, otherwise, range: std::ops::RangeInclusive<u64>, expected| match get(name) {
            None => Some(otherwise),
            Some(text) => text
                .parse()
                .ok()
                .filter(|value| range.contains(value))
                .or_else(|| bad.note(name, expected)),
        };
    let idle = seconds(IDLE, 3_600, 1..=86_400, "whole seconds, at most a day");
    let longest = seconds(LONGEST, 43_200, 1..=604_800, "whole seconds, at most a week");
    let not_before = seconds(NOT_BEFORE, 0, 0..=u64::MAX, "whole seconds since 1970");
    Some(Limits { idle: idle?, longest: longest?, not_before: not_before? })
}

/// What was found wrong so far.
struct Bad(Vec<Problem>);

impl Bad {
    fn note<T>(&mut self, name: &'static str, expected: &'static str) -> Option<T> {
        self.0.push(Problem { name, expected });
        None
    }
}

fn is_origin(text: &str) -> bool {
    // Whatever is more than an origin is not given back as it was.
    address::read(text).is_some_and(|address| address.origin == text)
}

fn is_base(text: &str) -> bool {
    let inner = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    text == "/" || inner.is_some_and(|inner| !inner.is_empty() && writing(inner) == Writing::Plain)
}

fn are_public(text: &str) -> bool {
    allow::split(text).all(|path| {
        let first = path.split('/').next().unwrap_or_default();
        !first.is_empty() && !is_guarded(first) && writing(&path) == Writing::Plain
    })
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
