//! The changes as a text, which the browser keeps: ids, segments, and how far each has come.

use serde::{Deserialize, Serialize};

use super::edited::{Accepted, Edited, Edits, Wanted};
use super::ledger::MOST;

/// Version of the text; what a newer page has kept is left alone.
const VERSION: u32 = 1;

/// Most bytes of a text.
const LONGEST: usize = 1 << 20;

/// Most bytes of an id or a name in it.
const LONGEST_NAME: usize = 1_000;

#[derive(Deserialize, Serialize)]
struct Kept {
    version: u32,
    edits: Vec<KeptEdit>,
}

#[derive(Deserialize, Serialize)]
struct KeptEdit {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wanted: Option<KeptWanted>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    accepted: Option<KeptAccepted>,
}

#[derive(Deserialize, Serialize)]
struct KeptWanted {
    segment: String,
    before: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    was: Option<String>,
    key: String,
    tried: bool,
    local: bool,
}

#[derive(Deserialize, Serialize)]
struct KeptAccepted {
    segment: String,
    before: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seq: Option<u64>,
    snapshot: String,
}

/// The text.
pub fn to_text(edits: &Edits) -> Option<String> {
    let kept = |(id, edited): (&String, &Edited)| KeptEdit {
        id: id.clone(),
        wanted: edited.wanted.clone().map(KeptWanted::of),
        accepted: edited.accepted.clone().map(KeptAccepted::of),
    };
    let kept = Kept { version: VERSION, edits: edits.iter().map(kept).collect() };
    let text = serde_json::to_string(&kept).ok()?;
    (text.len() <= LONGEST).then_some(text)
}

/// The changes of a text; what is none of ours is none.
pub fn read(text: &str) -> Edits {
    if text.len() > LONGEST {
        return Edits::new();
    }
    let Ok(Kept { version: VERSION, edits }) = serde_json::from_str(text) else {
        return Edits::new();
    };
    let fits = |edit: &KeptEdit| {
        let wanted = edit.wanted.iter().flat_map(KeptWanted::names);
        let accepted = edit.accepted.iter().flat_map(KeptAccepted::names);
        let is_something = edit.wanted.is_some() || edit.accepted.is_some();
        let names = wanted.chain(accepted).chain([&edit.id]);
        is_something && names.into_iter().all(|name| (1..=LONGEST_NAME).contains(&name.len()))
    };
    let edits =
        edits.into_iter().filter(fits).take(MOST).map(|KeptEdit { id, wanted, accepted }| {
            let wanted = wanted.map(KeptWanted::wanted);
            (id, Edited { wanted, accepted: accepted.map(KeptAccepted::accepted) })
        });
    edits.collect()
}

impl KeptWanted {
    fn of(wanted: Wanted) -> Self {
        let Wanted { segment, before, was, key, tried, local } = wanted;
        Self { segment, before, was, key, tried, local }
    }

    fn wanted(self) -> Wanted {
        let Self { segment, before, was, key, tried, local } = self;
        Wanted { segment, before, was, key, tried, local }
    }

    fn names(&self) -> [&String; 3] {
        [&self.segment, &self.before, &self.key]
    }
}

impl KeptAccepted {
    fn of(accepted: Accepted) -> Self {
        let Accepted { segment, before, seq, snapshot } = accepted;
        Self { segment, before, seq, snapshot }
    }

    fn accepted(self) -> Accepted {
        let Self { segment, before, seq, snapshot } = self;
        Accepted { segment, before, seq, snapshot }
    }

    fn names(&self) -> [&String; 2] {
        [&self.segment, &self.before]
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn some() -> Edits {
        let wanted = Wanted {
            segment: "High Value".to_owned(),
            before: "Low Value".to_owned(),
            was: None,
            key: "k".to_owned(),
            tried: true,
            local: false,
        };
        let accepted = Accepted {
            segment: "Low Value".to_owned(),
            before: "Medium Value".to_owned(),
            seq: Some(7),
            snapshot: "abc".to_owned(),
        };
        let both = Edited { wanted: Some(wanted), accepted: Some(accepted.clone()) };
        let heard = Edited { wanted: None, accepted: Some(Accepted { seq: None, ..accepted }) };
        [("C\"1".to_owned(), both), ("Ü2".to_owned(), heard)].into()
    }

    #[wasm_bindgen_test]
    fn what_is_kept_is_read_again() {
        assert_eq!(read(&to_text(&some()).unwrap()), some());
    }

    #[wasm_bindgen_test]
    fn what_is_none_of_ours_is_none() {
        let text = to_text(&some()).unwrap();
        let newer = text.replace("\"version\":1", "\"version\":2");
        let empty = r#"{"version":1,"edits":[{"id":"a"},{"id":""}]}"#;
        for bad in ["", "[]", "{}", "null", newer.as_str(), &text[1..], empty, &" ".repeat(1 << 21)]
        {
            assert_eq!(read(bad), Edits::new(), "{bad:.60}");
        }
        let long = text.replace("High Value", &"x".repeat(1_001));
        assert_eq!(read(&long).len(), 1, "the others count");
    }
}
