//! Listeners: what they are told after what they ask for, and what becomes of those who ask
//! otherwise.

use facts::live::Sequence;
use rusqlite::{Connection, params};
use serde_json::json;
use tungstenite::{Bytes, Message};

use crate::hub::{Hub, numbers, until};

/// Events that lie in a journal before the hub starts.
fn filled(events: u64, bytes: usize) -> Hub {
    let first = Hub::edits();
    let journal = first.journal();
    let Hub { site, folder } = first;
    let site = site.killed();
    let mut file = Connection::open(journal).unwrap();
    let write = file.transaction().unwrap();
    for seq in 1..=events {
        let event = json!({
            "type": "kpi_update", "seq": seq, "at": "2026-07-01T00:00:00Z", "kpi": "x".repeat(bytes),
            "value": seq,
        });
        let row = params![seq, event.to_string()];
        write.execute("INSERT INTO events VALUES (?, ?)", row).unwrap();
    }
    write.commit().unwrap();
    drop(file);
    Hub::over(site, folder, &["--live", "demo", "--live-every", "1"])
}

#[test]
fn whoever_asks_is_told_everything_after_that_and_then_what_happens() {
    let hub = Hub::edits();
    for (key, segment) in [("a", "High Value"), ("b", "Low Value"), ("c", "Medium Value")] {
        hub.edited("C0000030", key, segment);
    }
    let mut listener = hub.listener();
    assert_eq!(listener.protocol.as_deref(), Some("insights-hub.live.v1"));
    listener.resume(1);
    let hello = listener.frame();
    assert_eq!(hello["type"], "hello");
    assert_eq!((&hello["seq"], &hello["from"]), (&json!(3), &json!(1)));
    let channel = hello["channel"].as_str().unwrap().to_owned();
    let frame = listener.frame();
    assert_eq!(frame.as_array().unwrap().len(), 2, "what waits comes in one frame: {frame}");
    assert_eq!(frame[0]["seq"], 2);
    assert_eq!(frame[1]["segment"], "Medium Value");
    assert_eq!(hub.edited("C0000031", "d", "High Value"), 4);
    let frame = listener.event();
    assert_eq!((&frame["seq"], &frame["customer_id"]), (&json!(4), &json!("C0000031")));
    // The same line may be asked again, and about another channel nothing is told that was before.
    listener.say(&json!({ "type": "resume", "after": 2, "channel": channel }).to_string());
    assert_eq!(listener.frame()["type"], "hello");
    assert_eq!(listener.frame()[0]["seq"], 3);
    listener.say(&json!({ "type": "resume", "after": 9, "channel": "another" }).to_string());
    assert_eq!(listener.frame()["channel"], channel);
    assert_eq!(hub.edited("C0000031", "e", "Low Value"), 5);
    assert_eq!(listener.event()["seq"], 5);
}

#[test]
fn silence_is_broken_before_it_is_long() {
    let hub = Hub::with(&["--live", "--live-tick", "20"]);
    let mut listener = hub.listener();
    listener.resume(0);
    assert_eq!(listener.frame()["type"], "hello");
    for _ in 0..3 {
        assert_eq!(listener.frame(), json!({ "type": "tick", "seq": 0 }));
    }
    // Who asks for nothing is not kept.
    assert_eq!(hub.listener().end(), Some(1008));
}

#[test]
fn many_listeners_are_told_the_same_whatever_they_missed() {
    let hub = Hub::with(&["--live", "demo", "--live-every", "5"]);
    std::thread::scope(|scope| {
        let listeners: Vec<_> = (0..8_u64)
            .map(|at| {
                let hub = &hub;
                scope.spawn(move || {
                    let mut sequence = Sequence::after(at);
                    let mut given = Vec::new();
                    // Each loses its line now and then, and goes on after the last that it has.
                    for stop in [30 + 10 * at, 150, 400] {
                        let mut listener = hub.listener();
                        listener.resume(sequence.next() - 1);
                        given.extend(listener.until(&mut sequence, stop));
                    }
                    given
                })
            })
            .collect();
        for (at, listener) in (0..).zip(listeners) {
            let given = listener.join().unwrap();
            let last = *given.last().unwrap();
            assert_eq!(given, numbers(at + 1, last));
        }
    });
}

#[test]
fn a_flood_comes_whole() {
    let hub = Hub::with(&["--live", "demo", "--live-every", "1"]);
    let mut listener = hub.listener();
    let mut sequence = Sequence::after(0);
    listener.resume(0);
    // After the 600 recorded ones the orders come again, under other numbers.
    let given = listener.until(&mut sequence, 3_000);
    assert_eq!(given, numbers(1, *given.last().unwrap()));
    assert_eq!((sequence.missing(), sequence.lost()), (None, None));
}

#[test]
fn who_does_not_read_is_dropped_and_the_others_are_not() {
    let hub = filled(60_000, 400);
    let mut silent = hub.listener();
    silent.resume(0);
    let mut reader = hub.listener();
    let mut sequence = Sequence::after(59_000);
    reader.resume(59_000);
    until("nobody is dropped", || {
        let next = sequence.next();
        reader.until(&mut sequence, next + 200);
        hub.listeners() == 1
    });
    let next = sequence.next();
    assert!(!reader.until(&mut sequence, next + 10).is_empty());
    drop(silent);
}

#[test]
fn what_is_gone_is_said_to_be_gone() {
    let hub = filled(50, 1);
    let Hub { site, folder } = hub;
    let site = site.killed();
    let file = Connection::open(folder.path().join("live.sqlite")).unwrap();
    file.execute("DELETE FROM events WHERE seq < 20", []).unwrap();
    drop(file);
    let hub = Hub::over(site, folder, &["--live"]);
    let mut listener = hub.listener();
    let mut sequence = Sequence::after(3);
    listener.resume(3);
    let hello = listener.text().unwrap();
    sequence.take(facts::live::read(&hello).unwrap());
    assert_eq!(sequence.lost(), Some(4..=19));
}

#[test]
fn who_says_something_else_is_sent_away() {
    let hub = Hub::edits();
    let said = |message: Message| {
        let mut listener = hub.listener();
        listener.send(message);
        listener.end()
    };
    for garbage in
        ["", "{", "null", r#"{"type":"resume"}"#, r#"{"type":"hello","after":1}"#, "\u{0}"]
    {
        assert_eq!(said(Message::text(garbage)), Some(1008), "{garbage}");
    }
    assert_eq!(said(Message::Binary(Bytes::from_static(b"\xff\x00"))), Some(1003));
    let long = format!(r#"{{"type":"resume","after":0,"channel":"{}"}}"#, "x".repeat(5_000));
    assert_eq!(said(Message::text(long)), Some(1009));
    let mut curious = hub.listener();
    for _ in 0..30 {
        curious.send(Message::text(r#"{"type":"resume","after":0}"#));
    }
    assert_eq!(curious.end(), Some(1008), "asked too often");
    until("somebody is still there", || hub.listeners() == 0);
}

#[cfg(unix)]
#[test]
fn listeners_are_told_when_it_ends() {
    let hub = Hub::edits();
    hub.edited("C0000031", "k", "High Value");
    let mut listener = hub.listener();
    listener.resume(1);
    assert_eq!(listener.frame()["type"], "hello");
    let Hub { site, folder } = hub;
    assert!(site.end());
    assert_eq!(listener.end(), Some(1001));
    let unsettled = std::fs::metadata(folder.path().join("live.sqlite-wal"));
    assert_eq!(unsettled.map_or(0, |file| file.len()), 0, "one tidy file is left");
}

#[test]
fn a_newer_snapshot_is_told_with_the_events_that_it_holds() {
    let hub = Hub::edits();
    let mut listener = hub.listener();
    listener.resume(0);
    assert_eq!(listener.frame()["seq"], 0);
    crate::hub::demo(&hub.site.data(), "120", "6");
    let news = listener.event();
    let id = hub.site.get("/healthz").json()["snapshot"].clone();
    assert_eq!((&news["type"], &news["seq"]), (&json!("snapshot_published"), &json!(1)));
    assert_eq!((&news["snapshot_id"], &news["covers"]), (&id, &json!(0)));
    // Who comes later is told once, and so is who comes after the program began anew.
    let hub = hub.killed(&["--live"]);
    let mut late = hub.listener();
    late.resume(0);
    assert_eq!((late.frame()["seq"].clone(), late.frame()["snapshot_id"].clone()), (json!(1), id));
}
