//! What the host sets by environment variables, read once and checked; anything wrong closes the
//! edge rather than opening it.

use crate::address::{self, is_private};
use crate::allow::{self, AllowLists};
use crate::keys::KeyRing;
use crate::path::{Writing, writing};
use crate::route::{Site, is_guarded};
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
    /// How the site is laid out by these settings.
    pub fn site(&self) -> Site<'_> {
        Site { base: &self.base, public: &self.public, ..Site::UNKNOWN }
    }

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
        let expected_client = "the client id of Google's console, or several parted by commas";
        let clients = required(CLIENT, &mut bad, expected_client)
            .and_then(|text| clients(&text).or_else(|| bad.note(CLIENT, expected_client)));
        let expected_keys = "NAME:SECRET,…, each secret 32 random bytes or more in base64url";
        let keys = required(KEYS, &mut bad, expected_keys)
            .and_then(|text| KeyRing::parse(&text).or_else(|| bad.note(KEYS, expected_keys)));
        let mut checked = |name, expected, check: fn(&str) -> bool| {
            bad.checked(name, get(name)?, expected, check)
        };
        let origin =
            checked(ORIGIN, "scheme, name and port alone, as in https://a.example", is_origin);
        let base = checked(
            BASE,
            "a path that begins and ends with a slash, without a folder data or api in it",
            is_base,
        );
        let public = checked(
            PUBLIC,
            "plain paths outside data/ and api/, without a leading slash",
            are_public,
        );
        let jwks = checked(JWKS, "an https address", is_private);
        let allow = lists(&get, &mut bad);
        let limits = limits(&get, &mut bad);
        match (clients, keys, limits) {
            (Some(clients), Some(keys), Some(limits)) if bad.0.is_empty() => Ok(Self {
                clients,
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

fn lists(get: &impl Fn(&str) -> Option<String>, bad: &mut Bad) -> AllowLists {
    let before = bad.0.len();
    let mut list = |name, expected, is_entry: fn(&str) -> bool| {
        let fits = |text: &str| allow::split(text).all(|entry| is_entry(&entry));
        let text = get(name).and_then(|text| bad.checked(name, text, expected, fits));
        AllowLists::list(&text.unwrap_or_default())
    };
    let domains =
        list(DOMAINS, "domains alone, as in example.com, parted by commas", allow::is_domain);
    let emails =
        list(EMAILS, "e-mail addresses alone, without names, parted by commas", allow::is_email);
    let anyone = get(ANYONE)
        .and_then(|text| bad.checked(ANYONE, text, "yes, or nothing", |text| text == "yes"))
        .is_some();
    let allow = AllowLists { domains, emails, anyone };
    if allow.is_empty() && bad.0.len() == before {
        bad.note::<()>(
            DOMAINS,
            "a list of domains here, of addresses in ALLOWED_EMAILS, or ALLOW_ANY_ACCOUNT=yes",
        );
    }
    allow
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
    fn checked(
        &mut self,
        name: &'static str,
        value: String,
        expected: &'static str,
        check: impl Fn(&str) -> bool,
    ) -> Option<String> {
        if check(&value) { Some(value) } else { self.note(name, expected) }
    }

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
    // A page that were said to live among the data would make parts of itself of them.
    let beside = |inner: &str| !inner.split('/').any(is_guarded);
    let plain = |inner: &str| !inner.is_empty() && writing(inner) == Writing::Plain;
    text == "/" || inner.is_some_and(|inner| plain(inner) && beside(inner))
}

/// Client ids; none if one is not written as they are, or there is none.
fn clients(text: &str) -> Option<Vec<String>> {
    let letter = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    let clients: Vec<String> = allow::split(text).collect();
    let plain = !clients.is_empty() && clients.iter().all(|id| id.bytes().all(letter));
    plain.then_some(clients)
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
