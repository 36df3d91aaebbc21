//! Tests of the settings, one case a variable.

use super::*;
use proptest::prelude::*;

const GOOD: [(&str, &str); 3] = [
    (CLIENT, "client.apps.googleusercontent.com"),
    (KEYS, "k1:3qk0s9uC1b2Vx7mHhYJfLwZ8aQpTnRgKcE5oUyIvD4M"),
    (DOMAINS, "Example.com"),
];

fn read(changes: &[(&str, &str)]) -> Result<Settings, Vec<&'static str>> {
    let get = |name: &str| {
        let all = changes.iter().chain(&GOOD);
        all.into_iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    };
    Settings::read(get).map_err(|bad| bad.into_iter().map(|problem| problem.name).collect())
}

#[test]
fn three_variables_are_enough() {
    let settings = read(&[]).unwrap();
    assert_eq!(settings.allow.domains, ["example.com"]);
    assert_eq!(settings.limits, Limits { idle: 3_600, longest: 43_200, not_before: 0 });
    assert_eq!((settings.base.as_str(), settings.jwks_url.as_str()), ("/", GOOGLE_KEYS));
}

#[test]
fn every_wrong_variable_is_named() {
    for (name, value) in [
        (CLIENT, " "),
        (KEYS, ""),
        (KEYS, "k1:c2hvcnQ"),
        (KEYS, "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        (CLIENT, ","),
        (CLIENT, "[\"client.apps.googleusercontent.com\"]"),
        (CLIENT, "one.apps.googleusercontent.com two.apps.googleusercontent.com"),
        (DOMAINS, ","),
        (DOMAINS, "@example.com"),
        (DOMAINS, "example.com;example.org"),
        (DOMAINS, "[\"example.com\"]"),
        (EMAILS, "example.com"),
        (EMAILS, "Ann <ann@example.com>"),
        (ANYONE, "true"),
        (NOT_BEFORE, "yesterday"),
        (NOT_BEFORE, "-1"),
        (IDLE, "0"),
        (IDLE, "86401"),
        (LONGEST, "1e3"),
        (ORIGIN, "dash.example.com"),
        (ORIGIN, "https://dash.example.com/"),
        (BASE, "demo"),
        (BASE, "/demo"),
        (BASE, "//"),
        (BASE, "/%64/"),
        (BASE, "/data/"),
        (BASE, "/demo/API/"),
        (PUBLIC, "data/"),
        (PUBLIC, "help.html,API/kpis"),
        (PUBLIC, "/brand/"),
        (PUBLIC, "../x"),
        (JWKS, "http://evil.com/"),
        (JWKS, "http://localhost.evil.com/"),
        (JWKS, "http://127.0.0.1:x@evil.com/"),
        (JWKS, "https://user@keys.example/"),
        (ORIGIN, "https://a:99999"),
        (ORIGIN, "https://A.example"),
        (ORIGIN, "https://u@a.example"),
    ] {
        assert_eq!(read(&[(name, value)]), Err(vec![name]), "{name}={value}");
    }
    let all = Settings::read(|_| None).unwrap_err();
    assert_eq!(all.len(), 3, "{all:?}");
}

#[test]
fn nobody_is_let_in_by_leaving_the_lists_out() {
    assert_eq!(read(&[(DOMAINS, "")]), Err(vec![DOMAINS]));
    assert!(read(&[(DOMAINS, ""), (EMAILS, "ann@example.com")]).is_ok());
    assert!(read(&[(DOMAINS, ""), (ANYONE, "yes")]).unwrap().allow.anyone);
}

#[test]
fn a_problem_does_not_repeat_the_value() {
    let bad = Settings::read(|name| (name == KEYS).then(|| "k1:c2VjcmV0".to_owned())).unwrap_err();
    assert!(bad.iter().all(|problem| !problem.to_string().contains("c2VjcmV0")));
}

#[test]
fn the_guide_names_every_variable() {
    let guide = include_str!("../../../docs/edge.md");
    for name in NAMES {
        assert!(guide.contains(&format!("`{name}`")), "{name} is not in docs/edge.md");
    }
}

proptest! {
    #[test]
    fn no_values_panic(name in 0..NAMES.len(), value in "\\PC*") {
        let _ = read(&[(NAMES[name], &value)]);
    }
}
