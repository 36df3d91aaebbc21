//! The key `signIn`: read strictly, because a slip in it must not open the page.

use serde_json::{Map, Value};

use super::{ConfigProblem, Section, problem};

/// Whether, and by whom, the reader is asked who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SignInConfig {
    /// Nobody is asked: everybody who has the link sees the page.
    #[default]
    Off,
    /// Google is asked.
    Google(GoogleConfig),
    /// A sign-in is wanted but not set up rightly: nobody gets in.
    Broken,
}

/// How Google and the edge function are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoogleConfig {
    /// The client id of Google's console.
    pub client_id: String,
    /// The one Workspace domain whose accounts are offered and taken.
    pub hosted_domain: Option<String>,
    /// Takes Google's token and begins a session.
    pub auth_endpoint: String,
    /// Renews a session.
    pub validation_endpoint: String,
    /// Ends a session.
    pub logout_endpoint: String,
    /// Begins a sign-in.
    pub nonce_endpoint: String,
}

const KEY: &str = "signIn";
const CLIENT: &str = "a client id of Google's console, as in 123-abc.apps.googleusercontent.com";
const CLIENT_OF_GOOGLE: &str = ".apps.googleusercontent.com";
const PLACE: &str =
    "no setting of a sign-in here: they belong into signIn, which stands at the top of the file";
const DOMAIN: &str = "a Google Workspace domain, as in example.com";
const ENDPOINT: &str = "a path on the page's own host, as in api/auth/google";

impl SignInConfig {
    /// True unless everybody may come in.
    pub fn is_required(&self) -> bool {
        *self != Self::Off
    }

    /// Takes the key out of the file's root; anything wrong about it breaks the whole.
    pub(super) fn read(root: &mut Section) -> (Self, Vec<ConfigProblem>) {
        if !root.map.contains_key(KEY) {
            return (Self::Off, Vec::new());
        }
        let problems_before = root.problems.len();
        let mut section = root.section(KEY);
        let client_id = section.parsed("clientId", CLIENT, kept(is_client_id));
        if client_id.is_none() && section.problems.is_empty() {
            let (key, found) = (format!("{KEY}.clientId"), "nothing".to_owned());
            section.problems.push(ConfigProblem { key, expected: CLIENT, found });
        }
        let hosted_domain = section.parsed("hostedDomain", DOMAIN, kept(is_domain));
        let mut endpoint = |key: &str, otherwise: &str| {
            let given = section.parsed(key, ENDPOINT, kept(is_own_path));
            given.unwrap_or_else(|| otherwise.to_owned())
        };
        let google = GoogleConfig {
            client_id: client_id.unwrap_or_default(),
            hosted_domain,
            auth_endpoint: endpoint("authEndpoint", "api/auth/google"),
            validation_endpoint: endpoint("tokenValidationEndpoint", "api/auth/validate"),
            logout_endpoint: endpoint("logoutEndpoint", "api/auth/logout"),
            nonce_endpoint: endpoint("nonceEndpoint", "api/auth/nonce"),
        };
        let problems = section.close();
        let good = problems.is_empty() && root.problems.len() == problems_before;
        (if good { Self::Google(google) } else { Self::Broken }, problems)
    }
}

/// Whatever asks for a sign-in and is not where it is read: nothing of it is obeyed, so that nobody may
/// be let in.
pub(super) fn misplaced(text: &str, root: &Map<String, Value>) -> Vec<ConfigProblem> {
    let asking = door::asking(root, KEY).into_iter();
    let mut found: Vec<_> = asking.map(|(path, value)| problem(&path, PLACE, value)).collect();
    // Of two settings of one name the first is not seen, whatever it says.
    if let Some(name) = door::twice(text) {
        let (key, found_there) = ("the file".to_owned(), format!("{name} twice"));
        found.push(ConfigProblem { key, expected: "each name once", found: found_there });
    }
    found
}

fn kept(good: fn(&str) -> bool) -> impl Fn(&str) -> Option<String> {
    move |text| good(text).then(|| text.to_owned())
}

fn is_client_id(text: &str) -> bool {
    let name = text.strip_suffix(CLIENT_OF_GOOGLE).unwrap_or_default();
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.contains('.') && text.split('.').all(label)
}

/// A session's cookie is for the page's own host, so no other may be asked.
fn is_own_path(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    !text.is_empty() && !text.contains("//") && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use crate::session::config::{Config, SignInConfig};

    const CLIENT: &str = "1-a.apps.googleusercontent.com";

    fn read(text: &str) -> SignInConfig {
        Config::read(text).0.sign_in
    }

    #[wasm_bindgen_test]
    fn a_client_id_is_enough() {
        let text = format!(r#"{{"signIn": {{"clientId": "{CLIENT}"}}}}"#);
        let (config, problems) = Config::read(&text);
        let SignInConfig::Google(google) = config.sign_in else { panic!("{problems:?}") };
        assert_eq!((google.client_id.as_str(), google.hosted_domain), (CLIENT, None));
        assert_eq!(google.auth_endpoint, "api/auth/google");
        assert_eq!(google.validation_endpoint, "api/auth/validate");
        assert_eq!(google.logout_endpoint, "api/auth/logout");
        assert_eq!(problems, []);
    }

    #[wasm_bindgen_test]
    fn every_key_of_the_product_document_is_read() {
        let text = format!(
            r#"{{"signIn": {{"clientId": "{CLIENT}", "hostedDomain": "example.com",
                "authEndpoint": "/api/auth/google", "tokenValidationEndpoint": "/api/auth/validate",
                "logoutEndpoint": "/api/auth/logout", "nonceEndpoint": "/api/auth/nonce"}}}}"#
        );
        let SignInConfig::Google(google) = read(&text) else { panic!("broken") };
        assert_eq!(google.hosted_domain.as_deref(), Some("example.com"));
        assert_eq!(google.auth_endpoint, "/api/auth/google");
    }

    #[wasm_bindgen_test]
    fn whatever_is_wrong_lets_nobody_in() {
        for wrong in [
            r#"{"signIn": null}"#.to_owned(),
            r#"{"signIn": {}}"#.to_owned(),
            r#"{"signIn": true}"#.to_owned(),
            r#"{"signin": {}}"#.to_owned(),
            r#"{"sign_in": {"clientId": ""}}"#.to_owned(),
            format!(r#"{{"clientId": "{CLIENT}"}}"#),
            r#"{"signIn": {"clientId": "1-a.apps.evil.com"}}"#.to_owned(),
            format!(r#"{{"signIn": {{"clientId": "{CLIENT}", "hostedDomian": "example.com"}}}}"#),
            format!(r#"{{"signIn": {{"clientId": "{CLIENT}", "hostedDomain": "example"}}}}"#),
            format!(r#"{{"signIn": {{"clientId": "{CLIENT}", "hostedDomain": 7}}}}"#),
            format!(r#"{{"signIn": {{"clientId": "{CLIENT}", "authEndpoint": "//evil.com/a"}}}}"#),
            format!(
                r#"{{"signIn": {{"clientId": "{CLIENT}", "authEndpoint": "https://evil.com"}}}}"#
            ),
            r#"{"signIn": {"clientId": "#.to_owned(),
        ] {
            let (config, problems) = Config::read(&wrong);
            assert_eq!(config.sign_in, SignInConfig::Broken, "{wrong}");
            assert!(!problems.is_empty(), "{wrong}");
        }
    }

    #[wasm_bindgen_test]
    fn whatever_asks_for_a_sign_in_elsewhere_lets_nobody_in_and_is_named() {
        let good = format!(r#""signIn": {{"clientId": "{CLIENT}"}}"#);
        for (text, named) in [
            (format!(r#"{{"brand": {{{good}}}}}"#), "brand.signIn"),
            (format!(r#"{{"auth": {{{good}}}}}"#), "auth"),
            (format!(r#"{{"config": {{"deep": [1, {{{good}}}]}}}}"#), "config.deep.1.signIn"),
            (format!(r#"{{"locale": {{{good}}}}}"#), "locale.signIn"),
            (format!(r#"{{"google": "{CLIENT}"}}"#), "google"),
            (r#"{"auth.signIn": true}"#.to_owned(), "auth.signIn"),
            (r#"{"links": {"Sign-In": 1}}"#.to_owned(), "links.Sign-In"),
            (r#"{"requireLogin": "yes"}"#.to_owned(), "requireLogin"),
            (r#"{"brand": {"requireAuth": true}}"#.to_owned(), "brand.requireAuth"),
            (r#"{"authors": [{"authorised": 1}]}"#.to_owned(), "authors.0.authorised"),
            (format!(r#"{{{good}, "hosted_domain": "example.com"}}"#), "hosted_domain"),
            (r#"{"allowedDomains": ["example.com"]}"#.to_owned(), "allowedDomains"),
            (r#"{"ALLOWED_EMAILS": "a@b.example"}"#.to_owned(), "ALLOWED_EMAILS"),
            (r#"{"ALLOW_ANY_ACCOUNT": 1}"#.to_owned(), "ALLOW_ANY_ACCOUNT"),
            (r#"{"links": {"SESSION_KEYS": ""}}"#.to_owned(), "links.SESSION_KEYS"),
            (r#"{"sso": true}"#.to_owned(), "sso"),
            (r#"{"o-i-d-c": {}}"#.to_owned(), "o-i-d-c"),
            (r#"{"saml2": {}}"#.to_owned(), "saml2"),
            (r#"{"brand": {"HD": "example.com"}}"#.to_owned(), "brand.HD"),
            (r#"{"private": true}"#.to_owned(), "private"),
            (r#"{"membersOnly": true}"#.to_owned(), "membersOnly"),
            (r#"{"requireAccount": true}"#.to_owned(), "requireAccount"),
            (format!(r#"{{"{CLIENT}": true}}"#), CLIENT),
            (format!(r#"{{"google": "{}"}}"#, CLIENT.to_uppercase()), "google"),
            (format!(r#"{{"brand": {{"name": "{}"}}}}"#, CLIENT.to_uppercase()), "brand.name"),
            (
                format!(r#"{{"s\u0069gnIn": {{"clientId": "{CLIENT}"}}, "signIn": {{}}}}"#),
                "the file",
            ),
            (r#"{"l\u0069nks": {"a": 1}, "links": {}}"#.to_owned(), "the file"),
            (r#"{"locale": "de", "locale": "en"}"#.to_owned(), "the file"),
            (format!(r#"{{"signIn": {{}}, {good}}}"#), "the file"),
            (format!(r#"{{"brand": {{{good}}}, "brand": {{}}}}"#), "the file"),
        ] {
            let (config, problems) = Config::read(&text);
            assert_eq!(config.sign_in, SignInConfig::Broken, "{text}");
            assert_eq!(problems.iter().filter(|p| p.key == named).count(), 1, "{problems:?}");
        }
    }

    #[wasm_bindgen_test]
    fn everybody_comes_in_only_where_nothing_may_ask_for_a_sign_in() {
        let cases = include_str!("../../../crates/door/tests/cases.txt").lines();
        for (verdict, text) in cases.map(|line| line.split_once(' ').unwrap()) {
            let is_open = ["open", "unclear"].contains(&verdict);
            assert_eq!(read(text).is_required(), !is_open, "{text}");
        }
    }
}
