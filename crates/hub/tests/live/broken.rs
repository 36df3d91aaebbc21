//! A journal that breaks off, is damaged, or has no room on its disk.

use std::path::Path;

use serde_json::{Value, json};

use crate::hub::{Hub, hub};

fn high() -> Value {
    json!({ "customer_segment": "High Value" })
}

/// The keys of all events, by their numbers.
fn keys(hub: &Hub) -> Vec<String> {
    let mut listener = hub.listener();
    listener.resume(0);
    let last = usize::try_from(listener.frame()["seq"].as_u64().unwrap()).unwrap();
    let mut events: Vec<Value> = Vec::new();
    while events.len() < last {
        match listener.event() {
            Value::Array(some) => events.extend(some),
            one => events.push(one),
        }
    }
    events.iter().map(|event| event["id"].as_str().unwrap().to_owned()).collect()
}

/// Edits that are made, under keys that are numbers.
fn edited(hub: &Hub, edits: u64) {
    for at in 1..=edits {
        assert_eq!(hub.edited("C0000031", &at.to_string(), "High Value"), at);
    }
}

fn first(count: usize) -> Vec<String> {
    (1..=count).map(|at| at.to_string()).collect()
}

#[test]
fn a_journal_that_breaks_off_keeps_every_whole_edit() {
    const EDITS: usize = 12;
    let hub = Hub::edits();
    edited(&hub, EDITS as u64);
    let Hub { site, folder } = hub;
    let mut site = site.killed();
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    let (file, log) = (read("live.sqlite"), read("live.sqlite-wal"));
    let mut before = EDITS;
    // The last edit's last byte is missing; then more and more.
    let cuts = [0, 1].into_iter().chain((1..8).map(|part| log.len() * part / 8 + part));
    for missing in cuts {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("live.sqlite"), &file).unwrap();
        let kept = &log[..log.len() - missing];
        std::fs::write(folder.path().join("live.sqlite-wal"), kept).unwrap();
        let hub = Hub::over(site, folder, &["--live"]);
        let there = keys(&hub);
        assert_eq!(there, first(there.len()), "{missing} bytes are missing");
        assert!(there.len() <= before, "{missing} bytes are missing");
        match missing {
            0 => assert_eq!(there.len(), EDITS),
            1 => assert_eq!(there.len(), EDITS - 1, "half an edit is none"),
            _ => before = there.len(),
        }
        // Who asks again has it made, once.
        for at in 1..=EDITS {
            assert_eq!(hub.edited("C0000031", &at.to_string(), "High Value"), at as u64);
        }
        assert_eq!(keys(&hub), first(EDITS), "{missing} bytes were missing");
        site = hub.site.killed();
    }
    assert!(before < EDITS / 2, "so much was missing");
}

/// What is said where a journal is not taken.
fn refused(site: &Path, journal: &Path) -> String {
    let output = hub(&["serve", "--port", "0", "--live", "--journal"])
        .arg(journal)
        .arg("--site")
        .arg(site)
        .output()
        .unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[cfg(unix)]
#[test]
fn a_damaged_journal_is_named_and_nothing_is_answered_over_it() {
    let hub = Hub::edits();
    edited(&hub, 12);
    let (site, journal) = (crate::hub::built(), hub.journal());
    let Hub { site: served, folder } = hub;
    assert!(served.end(), "one tidy file is left");
    let whole = std::fs::read(&journal).unwrap();
    for damaged in [
        &whole[..whole.len() / 2],
        &whole[..whole.len() - 4096],
        &whole[..100],
        b"no journal at all, and longer than its header would be by far",
    ] {
        std::fs::write(&journal, damaged).unwrap();
        let said = refused(site.path(), &journal);
        assert!(said.contains(journal.to_str().unwrap()), "{} bytes: {said}", damaged.len());
        assert_eq!(std::fs::read(&journal).unwrap(), damaged, "it is left as it is");
    }
    std::fs::write(&journal, &whole).unwrap();
    let hub = Hub::over(site, folder, &["--live"]);
    assert_eq!(keys(&hub), first(12));
}

#[cfg(target_os = "linux")]
#[test]
fn where_there_is_no_room_no_edit_is_acknowledged() {
    use std::process::Command;

    use crate::hub::Site;

    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("live.sqlite");
    let options = ["--live", "--journal", journal.to_str().unwrap()];
    // Files may grow to 200 KiB, as if the disk had no more.
    let site = Site::with_room(crate::hub::built(), &options, 200);
    let hub = Hub { site, folder };
    let mut made = 0;
    let full = loop {
        let answer = hub.edit("C0000031", &(made + 1).to_string(), &high());
        match answer.status {
            200 => made += 1,
            _ => break answer,
        }
        assert!(made < 150, "it was never full");
    };
    assert!(made > 0, "{}", full.body);
    for at in 0..5 {
        let answer = hub.edit("C0000032", &format!("more-{at}"), &high());
        assert_eq!(answer.status, 507, "{}", answer.body);
        assert!(answer.json()["error"].as_str().unwrap().contains("nothing is changed"));
        assert_eq!(answer.header("retry-after"), "");
    }
    // Numbers and what was told before go on.
    assert_eq!(keys(&hub), first(made));
    let counted = hub.site.get("/api/kpis");
    assert_eq!(counted.status, 200);
    assert!(counted.header("etag").ends_with(&format!("-{made}\"")), "{}", counted.header("etag"));
    let again = hub.edit("C0000031", "1", &high());
    assert_eq!((again.status, &again.json()["seq"]), (200, &json!(1)), "what was made is known");
    let pid = hub.site.id().to_string();
    let room = ["--pid", &pid, "--fsize=unlimited:unlimited"];
    assert!(Command::new("prlimit").args(room).status().unwrap().success());
    // Under the same keys as before: what was refused was not made.
    let next = hub.edited("C0000031", &(made + 1).to_string(), "High Value");
    assert_eq!(next, made as u64 + 1);
    let hub = hub.killed(&["--live"]);
    assert_eq!(keys(&hub), first(made + 1));
}
