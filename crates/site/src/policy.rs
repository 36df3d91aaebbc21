//! The page's Content-Security-Policy.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use url::Url;

use crate::config::Config;
use crate::html::inline;

/// What Google's sign-in needs, each as narrow as Google documents it. A page that asks for no sign-in
/// lets none of it in.
const GOOGLE: [(&str, &str); 5] = [
    ("script-src", "https://accounts.google.com/gsi/client"),
    ("style-src", "https://accounts.google.com/gsi/style"),
    ("connect-src", "https://accounts.google.com/gsi/"),
    ("frame-src", "https://accounts.google.com/gsi/"),
    // Readers' own pictures.
    ("img-src", "https://lh3.googleusercontent.com"),
];

/// Settings that name a place with which the page talks: where summaries of visits go, where events
/// come from, where what readers change is sent, and where the data is.
const PLACES: [&str; 4] = ["/diagnostics/beacon", "/live", "/edits", "/snapshot"];

/// The origins, but for the page's own, with which a configuration has the page talk.
fn other_origins(config: &Config) -> Vec<String> {
    let mut origins = Vec::new();
    for address in PLACES.iter().filter_map(|place| config.text_at(place)) {
        let Ok(url) = Url::parse(address) else { continue };
        let Some(host) = url.host_str() else { continue };
        if !matches!(url.scheme(), "https" | "wss") && host != "127.0.0.1" {
            continue;
        }
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let origin = format!("{}://{host}{port}", url.scheme());
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    origins
}

/// A policy that lets a page's own scripts and styles in, and no other but Google's where a sign-in is
/// asked for; it may talk to its own host and to those that the configuration names.
pub fn policy(html: &str, config: &Config) -> String {
    let sign_in = config.asks_for_sign_in();
    let own = inline(html);
    let (scripts, styles) = (hashes(&own.scripts), hashes(&own.styles));
    let with =
        |first: &str, others: &[String]| [&[first.to_owned()][..], others].concat().join(" ");
    let sources = [
        ("default-src", "'self'".to_owned()),
        ("script-src", with("'self' 'wasm-unsafe-eval'", &scripts)),
        ("style-src", with("'self'", &styles)),
        ("img-src", "'self' data: blob:".to_owned()),
        ("connect-src", with("'self'", &other_origins(config))),
        ("frame-src", if sign_in { String::new() } else { "'none'".to_owned() }),
        ("worker-src", "'self'".to_owned()),
        ("manifest-src", "'self'".to_owned()),
        ("object-src", "'none'".to_owned()),
        ("base-uri", "'self'".to_owned()),
        ("form-action", "'self'".to_owned()),
    ];
    let rules = sources.iter().map(|(name, own)| {
        let google = GOOGLE.iter().find(|(of, _)| sign_in && of == name).map(|(_, more)| *more);
        let parts = [Some(*name), Some(own.as_str()).filter(|own| !own.is_empty()), google];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    rules.collect::<Vec<_>>().join("; ")
}

/// The hash of every text, as a policy names it.
pub fn hashes(texts: &[String]) -> Vec<String> {
    let named = |text: &String| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    texts.iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Config {
        Config::of(text.to_owned()).unwrap()
    }

    #[test]
    fn own_texts_are_named_and_nobody_elses() {
        let html =
            "<script>alert('Hello, world.');</script><style>a{}</style><script src=x></script>";
        let open = policy(html, &config("{}"));
        let hash = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
        assert!(
            open.starts_with(&format!(
                "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {hash}; style-src 'self' 'sha256-"
            )),
            "{open}"
        );
        assert!(
            open.contains("; connect-src 'self'; frame-src 'none'; worker-src 'self';"),
            "{open}"
        );
        assert!(!open.contains("google"), "{open}");
    }

    #[test]
    fn googles_sign_in_is_let_in_where_it_is_asked_for() {
        let asked = config(r#"{"signIn": {"clientId": "1-a.apps.googleusercontent.com"}}"#);
        let closed = policy("<script>1</script>", &asked);
        assert!(closed.contains("; frame-src https://accounts.google.com/gsi/;"), "{closed}");
        assert!(
            closed.contains("connect-src 'self' https://accounts.google.com/gsi/;"),
            "{closed}"
        );
    }

    #[test]
    fn other_hosts_are_those_of_the_settings() {
        let origins = |text: &str| other_origins(&config(text)).join(" ");
        assert_eq!(
            origins(r#"{"live": "demo", "edits": "api", "snapshot": "data/manifest.json"}"#),
            ""
        );
        assert_eq!(
            origins(
                r#"{"diagnostics": {"beacon": "https://Logs.example:443/hub"},
                    "live": "wss://events.example:8443/x", "edits": "https://logs.example/api",
                    "snapshot": "https://cdn.example/data/manifest.json"}"#
            ),
            "https://logs.example wss://events.example:8443 https://cdn.example"
        );
        assert_eq!(origins(r#"{"live": "ws://127.0.0.1:9/x"}"#), "ws://127.0.0.1:9");
        assert_eq!(
            origins(r#"{"live": "ws://a.example", "edits": "http://a.example/", "snapshot": 7}"#),
            ""
        );
    }
}
