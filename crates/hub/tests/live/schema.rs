//! What is said is as `docs/live.schema.json` has it: recorded events, the frames of this program and
//! the examples of `docs/live.md`.

use std::path::Path;

use boon::{Compiler, SchemaIndex, Schemas};
use facts::live::read;
use serde_json::{Value, json};

use crate::hub::Hub;

struct Schema {
    schemas: Schemas,
    parts: Vec<(&'static str, SchemaIndex)>,
}

const PARTS: [&str; 7] = ["server", "event", "recorded", "resume", "edit", "edited", "refused"];

impl Schema {
    fn read() -> Self {
        let text = docs("live.schema.json");
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        let url = "urn:insights-hub:live:v1";
        compiler.add_resource(url, serde_json::from_str(&text).unwrap()).unwrap();
        let parts = PARTS.map(|part| {
            let at = format!("{url}#/$defs/{part}");
            (part, compiler.compile(&at, &mut schemas).unwrap_or_else(|error| panic!("{error:#}")))
        });
        Self { schemas, parts: parts.to_vec() }
    }

    fn fits(&self, part: &str, value: &Value) -> bool {
        let (_, index) = self.parts.iter().find(|(name, _)| *name == part).unwrap();
        self.schemas.validate(value, *index).is_ok()
    }
}

fn docs(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn the_examples_of_the_document_are_what_the_page_reads() {
    let (schema, text) = (Schema::read(), docs("live.md"));
    let blocks: Vec<&str> =
        text.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let mut kinds = Vec::new();
    for block in blocks {
        let value: Value = serde_json::from_str(block).unwrap_or_else(|_| panic!("{block}"));
        let is = |part| schema.fits(part, &value);
        match (is("server"), is("resume"), is("edited")) {
            (true, false, false) => {
                let frame = read(block).unwrap();
                assert!(frame.bad.is_empty(), "{block}: {:?}", frame.bad);
                let some = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
                kinds.extend(some.iter().map(|one| one["type"].as_str().unwrap().to_owned()));
            }
            (false, true, false) => kinds.push("resume".to_owned()),
            (false, false, true) => kinds.push("edited".to_owned()),
            other => panic!("{other:?}: {block}"),
        }
    }
    for kind in [
        "resume",
        "hello",
        "tick",
        "edited",
        "order_placed",
        "order_returned",
        "feedback_received",
        "campaign_response",
        "new_customer",
        "customer_changed",
        "kpi_update",
        "snapshot_published",
    ] {
        assert!(kinds.iter().any(|found| found == kind), "{kind} has no example");
    }
}

#[test]
fn recorded_events_and_the_frames_of_this_program_fit() {
    let schema = Schema::read();
    let hub = Hub::with(&["--live", "demo", "--live-every", "1", "--live-tick", "50"]);
    let data = hub.site.data();
    let manifest = std::fs::read_to_string(data.join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    let file = data.join(manifest["events"]["path"].as_str().unwrap());
    let recorded: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert!(schema.fits("recorded", &recorded));
    let resume = json!({ "type": "resume", "after": 0 });
    assert!(schema.fits("resume", &resume));
    let mut listener = hub.listener();
    listener.say(&resume.to_string());
    let mut last = 0;
    while last < 650 {
        let frame = listener.frame();
        assert!(schema.fits("server", &frame), "{frame}");
        let one = frame.as_array().and_then(|all| all.last()).unwrap_or(&frame);
        last = one["seq"].as_u64().unwrap();
    }
    let edit = json!({ "customer_segment": "High Value", "was": null });
    assert!(schema.fits("edit", &edit));
    let answer = hub.edit("C0000031", "k", &edit);
    assert!(schema.fits("edited", &answer.json()), "{}", answer.body);
    let refused = hub.edit("Nobody", "l", &edit);
    assert!(schema.fits("refused", &refused.json()), "{}", refused.body);
    // Without events there is a tick, after the hello.
    let quiet = Hub::with(&["--live", "--live-tick", "20"]);
    let mut listener = quiet.listener();
    listener.resume(0);
    for kind in ["hello", "tick"] {
        let frame = listener.frame();
        assert_eq!(frame["type"], kind);
        assert!(schema.fits("server", &frame), "{frame}");
    }
}

#[test]
fn what_the_page_does_not_read_does_not_fit() {
    let schema = Schema::read();
    let at = "2026-07-01T00:00:00Z";
    let line = json!({ "amount": 1 });
    for bad in [
        json!({ "type": "order_placed", "seq": 0, "at": at, "order_id": "O", "lines": [line] }),
        json!({ "type": "order_placed", "seq": 1, "at": at, "order_id": "O", "lines": [] }),
        json!({ "type": "order_placed", "seq": 1, "at": at, "lines": [line] }),
        json!({ "type": "order_placed", "seq": 1, "at": at, "order_id": "", "lines": [line] }),
        json!({ "type": "order_placed", "seq": 1, "at": at, "order_id": "O",
                "lines": [{ "amount": "1e3" }] }),
        json!({ "type": "feedback_received", "seq": 1, "at": at, "score": 6 }),
        json!({ "type": "campaign_response", "seq": 1, "at": at }),
        json!({ "type": "new_customer", "seq": 1, "at": at }),
        json!({ "type": "new_customer", "seq": 1, "customer_id": "C" }),
        json!({ "type": "kpi_update", "seq": 1, "at": at, "kpi": "a" }),
        json!({ "type": "snapshot_published", "seq": 1, "at": at, "snapshot_id": "a" }),
        json!({ "type": "weather", "seq": 1, "at": at }),
        json!({ "type": "hello", "seq": 1, "from": 1 }),
        json!({ "type": "hello", "channel": "", "seq": 1, "from": 1 }),
        json!({ "type": "tick" }),
    ] {
        assert!(!schema.fits("server", &bad), "{bad}");
        assert!(!read(&bad.to_string()).unwrap().bad.is_empty(), "{bad}");
    }
    // What is sent back is never below zero: that is seen where it is laid over a snapshot.
    let back = json!({ "type": "order_returned", "seq": 1, "at": at, "order_id": "O",
                       "lines": [{ "amount": -1 }] });
    assert!(!schema.fits("event", &back));
}
