//! Texts of a `config.json`, and who may come in. The page and its scripts are held to the same cases.
//!
//! `open`: everybody, and surely so. `unclear`: something is not understood, though nothing asks for a
//! sign-in. `asks`: something does. `broken`: nobody knows what the text asks for.

use serde_json::{Map, Value};

#[test]
fn everybody_comes_in_where_nothing_can_ask_for_a_sign_in() {
    let cases = include_str!("cases.txt").lines().map(|line| line.split_once(' ').unwrap());
    let mut count = 0;
    for (verdict, text) in cases {
        assert_eq!(door::demand_open(text).is_ok(), verdict == "open", "{text}");
        let asks = match serde_json::from_str::<Map<String, Value>>(text) {
            Ok(root) => {
                let asks = !door::asking(&root, "").is_empty();
                (asks, door::twice(text).is_some())
            }
            Err(_) => (false, true),
        };
        let should = match verdict {
            "open" | "unclear" => (false, false),
            "asks" => (true, false),
            "broken" => (asks.0, true),
            other => panic!("{other} is no verdict"),
        };
        assert_eq!(asks, should, "{text}");
        count += 1;
    }
    assert!(count > 70);
}

#[test]
fn what_asks_is_found_with_its_path() {
    let text = r#"{"signIn": 1, "config": {"deep": [1, {"signIn": {}}]}, "auth.signIn": true}"#;
    let root: Map<String, Value> = serde_json::from_str(text).unwrap();
    let paths: Vec<String> =
        door::asking(&root, "signIn").into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["auth.signIn", "config.deep.1.signIn"]);
}

#[test]
fn copies_are_kept_where_nobody_signs_in_or_the_host_wants_them() {
    let sign_in = r#""signIn": {"clientId": "1-a.apps.googleusercontent.com"}"#;
    for (text, kept) in [
        ("{}".to_owned(), true),
        (r#"{"offline": {}}"#.to_owned(), true),
        (r#"{"offline": {"keep": "open"}}"#.to_owned(), true),
        (r#"{"offline": {"keep": "always"}}"#.to_owned(), true),
        (r#"{"offline": {"keep": "never"}}"#.to_owned(), false),
        (r#"{"offline": {"keep": "sometimes"}}"#.to_owned(), false),
        (r#"{"offline": {"keep": null}}"#.to_owned(), false),
        (r#"{"offline": {"keep": "open"}, "offline": {}}"#.to_owned(), false),
        (format!("{{{sign_in}}}"), false),
        (format!(r#"{{{sign_in}, "offline": {{"keep": "open"}}}}"#), false),
        (format!(r#"{{{sign_in}, "offline": {{"keep": "always"}}}}"#), true),
        (format!(r#"{{{sign_in}, "offline": {{"keep": "never"}}}}"#), false),
        (r#"{"signIn": true, "offline": {"keep": "always"}}"#.to_owned(), false),
        (r#"{"requireLogin": true, "offline": {"keep": "always"}}"#.to_owned(), false),
        ("[]".to_owned(), false),
        ("{".to_owned(), false),
    ] {
        assert_eq!(door::may_be_kept(&text), kept, "{text}");
    }
}
