//! Recorded events of a demo, and what a snapshot says of the events that it holds.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use miniz_oxide::deflate::compress_to_vec;
use serde_json::{Value, json};

use crate::folder::Folder;

/// What the tests of a size that every visitor waits for allow: deflate takes more than brotli.
const MOST_BYTES: usize = 20_000;

/// What is done to the events of a file.
type Spoil = fn(&mut Value);

fn text(folder: &Folder) -> String {
    let file = folder.opened().manifest.events.expect("a demo has recorded events");
    fs::read_to_string(folder.out().join(file.path)).unwrap()
}

fn events(folder: &Folder) -> Vec<Value> {
    let file: Value = serde_json::from_str(&text(folder)).unwrap();
    file["events"].as_array().unwrap().clone()
}

#[test]
fn a_demo_goes_on_after_its_last_day_the_same_for_the_same_seed() {
    let folder = Folder::demo(300, 1);
    assert_eq!(text(&folder), text(&Folder::demo(300, 1)));
    assert_ne!(text(&folder), text(&Folder::demo(300, 2)));
    assert!(compress_to_vec(text(&folder).as_bytes(), 9).len() < MOST_BYTES);
    let events = events(&folder);
    assert_eq!(events.len(), 600);
    let of = |field: &str, value: &str| {
        events.iter().filter(|event| event[field].as_str().unwrap().starts_with(value)).count()
    };
    assert!(of("at", "2026-06-30T") > 50 && of("at", "2026-07-01T") > 300);
    for kind in [
        "order_placed",
        "order_returned",
        "feedback_received",
        "campaign_response",
        "new_customer",
        "customer_changed",
    ] {
        assert!(of("type", kind) > 10, "{kind}: {}", of("type", kind));
    }
    let new: BTreeSet<&str> = events
        .iter()
        .filter(|event| event["type"] == "new_customer")
        .map(|event| event["customer_id"].as_str().unwrap())
        .collect();
    let buys = |event: &&Value| {
        event["type"] == "order_placed"
            && event["customer_id"].as_str().is_some_and(|id| new.contains(id))
    };
    assert!(events.iter().filter(buys).count() > 10, "who is new buys");
    // Whoever changes has been of another segment.
    for event in events.iter().filter(|event| event["type"] == "customer_changed") {
        let id = event["customer_id"].as_str().unwrap();
        let sql = format!("SELECT customer_segment FROM customer_360 WHERE customer_id = '{id}'");
        assert_ne!(event["segment"], folder.ask::<String>(&sql), "{id}");
    }
}

#[test]
fn what_is_wrong_with_a_recorded_event_is_found() {
    let spoiled: [(&str, Spoil); 7] = [
        ("event 2: customer_id is missing", |events| {
            events[1] = json!({ "type": "new_customer", "seq": 2, "at": "2026-06-30T18:10:00Z" });
        }),
        ("an event of an unknown type", |events| events[4]["type"] = "weather".into()),
        ("an event's number is 9, should be 3", |events| events[2]["seq"] = 9.into()),
        ("instants in their order", |events| events[9]["at"] = "2026-06-29T18:10:00Z".into()),
        ("customer Nobody is not known", |events| {
            events.as_array_mut().unwrap().push(json!({
                "type": "customer_changed", "seq": 601, "at": "2026-07-02T13:00:00Z",
                "customer_id": "Nobody", "segment": "High Value",
            }));
        }),
        ("is there already", |events| {
            events.as_array_mut().unwrap().push(json!({
                "type": "new_customer", "seq": 601, "at": "2026-07-02T13:00:00Z",
                "customer_id": "C0000001",
            }));
        }),
        ("notes among the events", |events| {
            events.as_array_mut().unwrap().push(json!({ "type": "tick", "seq": 600 }));
        }),
    ];
    let folder = Folder::demo(60, 1);
    let manifest = folder.out().join("manifest.json");
    let published = fs::read_to_string(&manifest).unwrap();
    let original = text(&folder);
    for (said, spoil) in spoiled {
        let mut file: Value = serde_json::from_str(&original).unwrap();
        spoil(&mut file["events"]);
        let file = file.to_string();
        fs::write(folder.out().join("events-other.json"), &file).unwrap();
        let mut spoiled: Value = serde_json::from_str(&published).unwrap();
        let (bytes, crc32) = (file.len(), crc32fast::hash(file.as_bytes()));
        spoiled["events"] =
            json!({ "path": "events-other.json", "bytes": bytes, "sha256": "", "crc32": crc32 });
        fs::write(&manifest, spoiled.to_string()).unwrap();
        let report = folder.verify_with(false);
        assert_eq!(report.failed(), ["recorded events"], "{said}");
        assert!(report.to_string().contains(said), "{said}: {report}");
    }
    fs::write(folder.out().join("events-other.json"), original).unwrap();
    let report = folder.verify_with(false).to_string();
    assert!(report.contains("not the file that was published"), "{report}");
}

#[test]
fn a_snapshot_says_which_events_it_holds() {
    let folder = Folder::new();
    folder.write("sales.csv", "transaction_date,amount\n2025-01-01,3\n");
    folder.write("mapping.toml", "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n");
    let build = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_builder"))
            .args(["build", "--from"])
            .arg(folder.input().join("sales.csv"))
            .arg("--mapping")
            .arg(folder.input().join("mapping.toml"))
            .arg("--out")
            .arg(folder.out())
            .args(more)
            .output()
            .unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    build(&[]);
    let without = folder.opened().manifest;
    assert_eq!((without.meta.covers, &without.events), (0, &None));
    build(&["--covers", "0"]);
    assert_eq!(folder.opened().manifest, without, "the bytes stay");
    build(&["--covers", "41"]);
    let with = folder.opened().manifest;
    assert_eq!(with.meta.covers, 41);
    assert_ne!(with.meta.snapshot_id, without.meta.snapshot_id);
    folder.assert_sound();
    let refused = build(&["--covers", "9007199254740993"]);
    assert!(refused.contains("meta.covers"), "{refused}");
}
