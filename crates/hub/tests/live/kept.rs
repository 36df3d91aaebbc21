//! What was acknowledged is kept, however the program ends.

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use facts::live::Sequence;
use serde_json::{Value, json};

use crate::hub::{Hub, numbers};

const SEGMENTS: [&str; 3] = ["High Value", "Medium Value", "Low Value"];

#[test]
fn no_edit_that_was_answered_is_lost_when_the_program_is_killed() {
    let mut hub = Hub::edits();
    let mut answered: Vec<(String, Value)> = Vec::new();
    for round in 0..4 {
        // Some edit as fast as they can, until it is killed in the midst of it.
        let (told, heard) = channel();
        let kept = Arc::new(Mutex::new(Vec::new()));
        let host = hub.site.host();
        let editors: Vec<_> = (0..4)
            .map(|editor| {
                let (told, kept, host) = (told.clone(), kept.clone(), host.clone());
                std::thread::spawn(move || {
                    for at in 0.. {
                        let key = format!("{round}-{editor}-{at}");
                        let body = json!({ "customer_segment": SEGMENTS[at % 3] }).to_string();
                        let customer = format!("C{:07}", 30 + editor);
                        let request =
                            ureq::patch(format!("http://{host}/api/customers/{customer}"))
                                .header("content-type", "application/json")
                                .header("idempotency-key", &key);
                        match request.send(&body) {
                            Ok(mut answer) => {
                                let answer = answer.body_mut().read_to_string().unwrap();
                                let answer = serde_json::from_str(&answer).unwrap();
                                kept.lock().unwrap().push((key, answer));
                                let _ = told.send(());
                            }
                            Err(ureq::Error::StatusCode(429)) => std::thread::yield_now(),
                            Err(_) => return,
                        }
                    }
                })
            })
            .collect();
        for _ in 0..25 {
            heard.recv().unwrap();
        }
        hub = hub.killed(&["--live"]);
        editors.into_iter().for_each(|editor| editor.join().unwrap());
        answered.append(&mut kept.lock().unwrap());
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
        assert_eq!(seqs, numbers(1, last));
        assert!(answered.len() >= 25 * (round + 1));
        for (key, answer) in &answered {
            let at = usize::try_from(answer["seq"].as_u64().unwrap()).unwrap() - 1;
            assert_eq!(events[at]["id"], key.as_str());
            assert_eq!(events[at]["segment"], answer["customer_segment"]);
            assert_eq!(events[at]["customer_id"], answer["customer_id"]);
        }
        // What was on its way was made once or not at all: asked again, it is there once.
        for editor in 0..4 {
            let key = format!("{round}-{editor}-0");
            let body = json!({ "customer_segment": "High Value" });
            let again = hub.edit(&format!("C{:07}", 30 + editor), &key, &body);
            let before = events.iter().find(|event| event["id"] == key.as_str());
            if let Some(before) = before {
                assert_eq!(again.json()["seq"], before["seq"]);
            }
        }
    }
}

#[test]
fn a_channel_goes_on_where_it_was() {
    let demo = ["--live", "demo", "--live-every", "1"];
    let hub = Hub::with(&demo);
    let mut sequence = Sequence::after(0);
    let mut listener = hub.listener();
    listener.resume(0);
    let mut given = listener.until(&mut sequence, 100);
    let channel = sequence.channel().unwrap().to_owned();
    let hub = hub.killed(&demo);
    let mut listener = hub.listener();
    let resume = json!({ "type": "resume", "after": sequence.next() - 1, "channel": channel });
    listener.say(&resume.to_string());
    given.extend(listener.until(&mut sequence, 300));
    assert_eq!(given, numbers(1, *given.last().unwrap()));
    assert_eq!(sequence.channel(), Some(&*channel), "it is the same");
    // Another journal is another channel.
    let other = Hub::edits();
    let mut listener = other.listener();
    listener.say(&resume.to_string());
    let taken = sequence.take(facts::live::read(&listener.text().unwrap()).unwrap());
    assert_eq!(taken.news.unwrap().before, channel);
}
