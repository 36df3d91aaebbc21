//! The program is killed at any moment, and so is who publishes a newer snapshot meanwhile: what was
//! acknowledged is there once, and what was not is there once or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use serde_json::{Value, json};

use crate::hub::{Hub, hub, numbers};

const EDITORS: usize = 4;

const SEGMENTS: [&str; 3] = ["High Value", "Medium Value", "Low Value"];

/// What comes to the folder while edits are made.
#[derive(Clone, Copy, Debug)]
enum Meanwhile {
    Nothing,
    /// A newer snapshot, which is taken in the moment of the crash.
    Published,
    /// A newer snapshot, whose maker is killed as well.
    BrokenOff,
}

/// An edit as it was sent.
#[derive(Clone)]
struct Sent {
    key: String,
    customer: String,
    segment: &'static str,
}

/// What an editor knows once nobody answers any more.
struct Known {
    answered: Vec<(Sent, u64)>,
    /// What was on its way.
    open: Sent,
}

impl Sent {
    fn body(&self) -> Value {
        json!({ "customer_segment": self.segment })
    }
}

/// Edits as fast as it can.
fn editor(host: String, name: String, customer: String, told: Sender<()>) -> JoinHandle<Known> {
    std::thread::spawn(move || {
        let mut answered = Vec::new();
        for at in 0.. {
            let (key, customer) = (format!("{name}-{at}"), customer.clone());
            let sent = Sent { key, customer, segment: SEGMENTS[at % SEGMENTS.len()] };
            loop {
                let request = ureq::patch(format!("http://{host}/api/customers/{}", sent.customer))
                    .header("content-type", "application/json")
                    .header("idempotency-key", &sent.key);
                let answer = request.send(sent.body().to_string());
                let text = match answer {
                    Ok(mut answer) => answer.body_mut().read_to_string(),
                    Err(ureq::Error::StatusCode(429)) => {
                        std::thread::yield_now();
                        continue;
                    }
                    Err(error) => Err(error),
                };
                // An answer that broke off is none.
                let seq = text
                    .ok()
                    .and_then(|text| serde_json::from_str::<Value>(&text).ok()?["seq"].as_u64());
                let Some(seq) = seq else { return Known { answered, open: sent } };
                answered.push((sent, seq));
                let _ = told.send(());
                break;
            }
        }
        unreachable!("numbers do not end")
    })
}

/// A number below another, by chance.
fn chance(below: u64) -> u64 {
    RandomState::new().hash_one(0) % below
}

fn heard(told: &Receiver<()>, answers: u64) {
    for _ in 0..answers {
        told.recv().unwrap();
    }
}

/// Every event of the channel.
fn events(hub: &Hub) -> Vec<Value> {
    let mut listener = hub.listener();
    listener.resume(0);
    let last = listener.frame()["seq"].as_u64().unwrap();
    let mut events = Vec::new();
    while events.len() < usize::try_from(last).unwrap() {
        match listener.event() {
            Value::Array(some) => events.extend(some),
            one => events.push(one),
        }
    }
    let seqs: Vec<u64> = events.iter().map(|event| event["seq"].as_u64().unwrap()).collect();
    assert_eq!(seqs, numbers(1, last), "no number is missing or there twice");
    events
}

/// The number of each edit by its key; none was made twice.
fn made(events: &[Value]) -> BTreeMap<String, u64> {
    let mut made = BTreeMap::new();
    let mut published = BTreeSet::new();
    for event in events {
        match event["type"].as_str().unwrap() {
            "customer_changed" => {
                let key = event["id"].as_str().unwrap().to_owned();
                let before = made.insert(key, event["seq"].as_u64().unwrap());
                assert_eq!(before, None, "made twice: {event}");
            }
            "snapshot_published" => {
                assert!(published.insert(event["snapshot_id"].to_string()), "told twice: {event}");
            }
            _ => panic!("{event}"),
        }
    }
    made
}

#[test]
fn no_edit_that_was_answered_is_lost_and_none_is_made_twice() {
    let mut hub = Hub::edits();
    let mut answered: Vec<(Sent, u64)> = Vec::new();
    let rounds = [
        Meanwhile::Nothing,
        Meanwhile::Published,
        Meanwhile::BrokenOff,
        Meanwhile::Nothing,
        Meanwhile::Published,
        Meanwhile::BrokenOff,
    ];
    for (round, meanwhile) in rounds.into_iter().enumerate() {
        let (told, answers) = channel();
        let editors: Vec<_> = (0..EDITORS)
            .map(|editor| {
                let (name, customer) =
                    (format!("{round}-{editor}"), format!("C{:07}", 30 + editor));
                self::editor(hub.site.host(), name, customer, told.clone())
            })
            .collect();
        heard(&answers, 1);
        let moment = chance(40);
        match meanwhile {
            Meanwhile::Nothing => heard(&answers, moment),
            Meanwhile::Published => {
                crate::hub::demo(&hub.site.data(), "150", &(10 + round).to_string());
                while !hub.site.log().contains("snapshot_published") {
                    std::thread::yield_now();
                }
            }
            Meanwhile::BrokenOff => {
                let seed = (10 + round).to_string();
                let how = ["demo", "--customers", "3000", "--seed", &seed, "--out"];
                let mut maker = self::hub(&how);
                let maker = maker.arg(hub.site.data()).stdout(Stdio::null()).stderr(Stdio::null());
                let mut maker = maker.spawn().unwrap();
                heard(&answers, moment);
                maker.kill().unwrap();
                maker.wait().unwrap();
            }
        }
        let what = format!("round {round}: {meanwhile:?}, {moment} answers later");
        hub = hub.killed(&["--live"]);
        let known: Vec<Known> = editors.into_iter().map(|one| one.join().unwrap()).collect();
        let open: Vec<Sent> = known.iter().map(|known| known.open.clone()).collect();
        answered.extend(known.into_iter().flat_map(|known| known.answered));

        let events = events(&hub);
        let before = made(&events);
        for (sent, seq) in &answered {
            let event = &events[usize::try_from(*seq).unwrap() - 1];
            assert_eq!(event["id"], sent.key, "{what}");
            assert_eq!(event["segment"], sent.segment, "{what}");
            assert_eq!(event["customer_id"], sent.customer, "{what}");
        }
        // What was on its way was made or not: sent again it is there, and once.
        for sent in open {
            let answer = hub.edit(&sent.customer, &sent.key, &sent.body());
            assert_eq!(answer.status, 200, "{what}: {}", answer.body);
            let seq = answer.json()["seq"].as_u64().unwrap();
            if let Some(before) = before.get(&sent.key) {
                assert_eq!(seq, *before, "{what}");
            }
            answered.push((sent, seq));
        }
        let after = made(&self::events(&hub));
        let keys = answered.iter().map(|(sent, seq)| (sent.key.clone(), *seq));
        assert_eq!(after, keys.collect(), "{what}");
        let counted = hub.site.get("/api/kpis");
        assert_eq!(counted.status, 200, "{what}: {}", counted.body);
    }
}
