//! Edits: made once each, told to everybody, and refused in words.

use std::io::Read;

use serde_json::{Value, json};

use crate::hub::{Hub, until};

fn high() -> Value {
    json!({ "customer_segment": "High Value" })
}

#[test]
fn an_edit_is_an_event_that_everybody_is_told() {
    let hub = Hub::edits();
    let mut listeners = [hub.listener(), hub.listener()];
    for listener in &mut listeners {
        listener.resume(0);
        assert_eq!(listener.frame()["type"], "hello");
    }
    let answer = hub.edit("C0000031", "5c1e7bd6", &high());
    let expected = json!({ "customer_id": "C0000031", "customer_segment": "High Value", "seq": 1 });
    assert_eq!((answer.status, answer.json()), (200, expected));
    assert_eq!(answer.header("content-type"), "application/json");
    for listener in &mut listeners {
        let event = listener.event();
        assert_eq!(event["type"], "customer_changed");
        assert_eq!((&event["seq"], &event["id"]), (&json!(1), &json!("5c1e7bd6")));
        assert_eq!(event["customer_id"], "C0000031");
        assert_eq!(event["segment"], "High Value");
    }
}

#[test]
fn the_same_key_gets_the_same_answer_and_no_second_event() {
    let hub = Hub::edits();
    let first = hub.edit("C0000031", "k", &high());
    hub.edited("C0000031", "other", "Low Value");
    let again = hub.edit("C0000031", "k", &high());
    assert_eq!((again.status, &again.body), (200, &first.body));
    let hub = hub.killed(&["--live"]);
    assert_eq!(hub.edit("C0000031", "k", &high()).body, first.body, "it is kept");
    for (customer, body) in [
        ("C0000032", high()),
        ("C0000031", json!({ "customer_segment": "Low Value" })),
        ("C0000031", json!({ "customer_segment": "High Value", "was": "High Value" })),
    ] {
        let answer = hub.edit(customer, "k", &body);
        assert_eq!(answer.status, 422, "{body}: {}", answer.body);
        assert!(answer.json()["error"].as_str().unwrap().contains("another edit"));
    }
    assert_eq!(hub.edited("C0000033", "new", "High Value"), 3);
}

#[test]
fn many_who_edit_at_once_get_numbers_of_their_own() {
    let hub = Hub::edits();
    let mut numbers: Vec<u64> = std::thread::scope(|scope| {
        let edits: Vec<_> = (0..8)
            .map(|at| {
                let hub = &hub;
                let edit = move |n| {
                    // Every second edit is sent twice, by two at once.
                    let key = format!("{}-{n}", at / 2);
                    hub.edited(&format!("C{:07}", 40 + at / 2), &key, "High Value")
                };
                scope.spawn(move || (0..10).map(edit).collect::<Vec<_>>())
            })
            .collect();
        edits.into_iter().flat_map(|edits| edits.join().unwrap()).collect()
    });
    numbers.sort_unstable();
    assert_eq!(numbers.len(), 80);
    numbers.dedup();
    assert_eq!(numbers, (1..=40).collect::<Vec<u64>>());
}

#[test]
fn what_was_is_looked_at_if_it_is_said() {
    let hub = Hub::edits();
    hub.edited("C0000031", "a", "Medium Value");
    let late = json!({ "customer_segment": "High Value", "was": "Low Value" });
    let answer = hub.edit("C0000031", "b", &late);
    assert_eq!((answer.status, &answer.json()["customer_segment"]), (409, &json!("Medium Value")));
    assert!(answer.json()["error"].as_str().unwrap().contains("Medium Value"));
    let fresh = json!({ "customer_segment": "High Value", "was": "Medium Value" });
    // A key whose edit was refused may be used again.
    assert_eq!(hub.edit("C0000031", "b", &fresh).status, 200);
    assert_eq!(hub.edit("C0000031", "b", &fresh).status, 200, "though it is High Value by now");
    let unknown = json!({ "customer_segment": "High Value", "was": null });
    assert_eq!(hub.edit("C0000031", "c", &unknown).status, 200);
}

#[test]
fn somebody_new_may_be_edited_too() {
    let hub = Hub::with(&["--live", "demo", "--live-every", "1"]);
    // The first customers who come have the numbers after those of the snapshot.
    until("nobody came", || hub.edit("C0000151", "a", &high()).status == 200);
}

#[test]
fn every_refusal_has_its_status_and_a_sentence() {
    let hub = Hub::edits();
    let json_type = ("content-type", "application/json");
    let key = ("idempotency-key", "k");
    let body = high().to_string();
    let large = json!({ "customer_segment": "x".repeat(5_000) }).to_string();
    let long = "k".repeat(201);
    for (customer, headers, body, status, word) in [
        ("C0000031", vec![json_type, key], "", 400, "EOF"),
        ("C0000031", vec![json_type, key], "{", 400, "EOF"),
        ("C0000031", vec![json_type, key], "[]", 400, "expected"),
        ("C0000031", vec![json_type, key], "{}", 400, "customer_segment"),
        ("C0000031", vec![json_type, key], r#"{"customer_segment": 1}"#, 400, "string"),
        (
            "C0000031",
            vec![json_type, key],
            r#"{"customer_segment":"Low Value","a":1}"#,
            400,
            "unknown field",
        ),
        ("C0000031", vec![json_type], &body, 400, "Idempotency-Key"),
        ("C0000031", vec![json_type, ("idempotency-key", &long)], &body, 400, "Idempotency-Key"),
        ("Nobody", vec![json_type, key], &body, 404, "no such customer"),
        ("", vec![json_type, key], &body, 404, "no such customer"),
        ("C0000031/x", vec![json_type, key], &body, 404, "no such customer"),
        ("%ff", vec![json_type, key], &body, 404, "no such customer"),
        ("C0000031", vec![json_type, key], &large, 413, "Too large"),
        ("C0000031", vec![key], &body, 415, "application/json"),
        ("C0000031", vec![("content-type", "text/plain"), key], &body, 415, "application/json"),
        (
            "C0000031",
            vec![json_type, key],
            r#"{"customer_segment":"Best"}"#,
            422,
            "no segment Best",
        ),
        ("C0000031", vec![json_type, key], r#"{"customer_segment":""}"#, 422, "no segment"),
    ] {
        let answer = hub.patch(customer, &headers, body);
        assert_eq!(answer.status, status, "{customer} {body}: {}", answer.body);
        let said = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(said.contains(word), "{customer} {body}: {said}");
        assert_eq!(answer.header("content-type"), "application/json");
    }
    for method in ["GET", "POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = hub.site.send(method, "/api/customers/C0000031", &[json_type, key], &body);
        assert_eq!((answer.status, answer.header("allow")), (405, "PATCH"), "{method}");
        assert!(method == "HEAD" || answer.json()["error"].is_string());
    }
    // With a name of its own for the characters of JSON it is the same.
    let utf8 = ("content-type", "Application/JSON; charset=utf-8");
    assert_eq!(hub.patch("C0000031", &[utf8, key], &body).status, 200, "nothing was made before");
}

#[test]
fn the_description_tells_of_edits_where_they_are_taken() {
    let hub = Hub::edits();
    let described = hub.site.get("/api/openapi.json").json();
    let edit = &described["paths"]["/api/customers/{customer_id}"]["patch"];
    for status in ["200", "400", "403", "404", "409", "413", "415", "422", "429", "507"] {
        assert!(edit["responses"][status]["description"].is_string(), "{status}");
    }
    let without = crate::hub::Site::serve().get("/api/openapi.json").json();
    assert!(without["paths"]["/api/customers/{customer_id}"].is_null());
}

#[test]
fn who_edits_too_often_is_told_to_wait() {
    let hub = Hub::edits();
    let refused = (0..5_000).map(|at| hub.edit("Nobody", &at.to_string(), &high()));
    let refused = refused.into_iter().find(|answer| answer.status != 404).unwrap();
    assert_eq!((refused.status, refused.header("retry-after")), (429, "1"));
    assert!(refused.json()["error"].as_str().unwrap().contains("wait"));
    until("it goes on refusing", || hub.edit("C0000031", "k", &high()).status == 200);
}

/// An answer of which the body of the request was not read, as it stands on the line.
fn left_unread(hub: &Hub, request: &str) -> String {
    let head = format!("{request} HTTP/1.1\r\nHost: {}\r\nContent-Length: 40\r\n", hub.site.host());
    let mut stream = hub.site.half(&format!("{head}\r\n"));
    let mut answer = String::new();
    // It ends only because the connection does.
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn whoever_is_refused_unread_is_told_that_the_connection_ends() {
    let hub = Hub::edits();
    for (request, status) in [
        ("PATCH /api/customers/C0000031".to_owned(), 415),
        ("PUT /api/customers/C0000031".to_owned(), 405),
        ("POST /api/kpis".to_owned(), 405),
        ("GET /nowhere.txt".to_owned(), 404),
    ] {
        let answer = left_unread(&hub, &request).to_ascii_lowercase();
        assert!(answer.starts_with(&format!("http/1.1 {status} ")), "{request}: {answer}");
        assert!(answer.contains("\r\nconnection: close\r\n"), "{request}: {answer}");
    }
    // What is read to its end leaves the connection to the next request.
    let read = hub.edit("C0000031", "k", &high());
    assert_eq!((read.status, read.header("connection")), (200, ""));
}
