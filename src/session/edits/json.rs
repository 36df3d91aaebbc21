//! The changes as a text, which the browser keeps: ids, segments, how far each has come, and why some do
//! not stand.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::edited::{Accepted, Edited, Wanted};
use super::kept::{Kept, Refusal, Refused};
use super::ledger::MOST;

/// Version of the text; what a newer page has kept is left alone.
const VERSION: u32 = 1;

/// Most bytes of a text.
const LONGEST: usize = 1 << 20;

/// Most bytes of an id or a name in it.
const LONGEST_NAME: usize = 1_000;

#[derive(Serialize)]
struct Text {
    version: u32,
    edits: Vec<KeptEdit>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused: Vec<KeptRefused>,
}

/// The same as it is read: what is none of ours costs itself alone.
#[derive(Deserialize)]
struct Found {
    version: u32,
    #[serde(default)]
    edits: Value,
    #[serde(default)]
    refused: Value,
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

#[derive(Deserialize, Serialize)]
struct KeptRefused {
    key: String,
    id: String,
    segment: String,
    stands: String,
    order: u32,
    why: KeptRefusal,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum KeptRefusal {
    Reason(String),
    Status(u16),
    Unclear,
    Other(String),
}

/// The text.
pub fn to_text(kept: &Kept) -> Option<String> {
    let edit = |(id, edited): (&String, &Edited)| KeptEdit {
        id: id.clone(),
        wanted: edited.wanted.clone().map(KeptWanted::of),
        accepted: edited.accepted.clone().map(KeptAccepted::of),
    };
    let refused = |(key, refused): (&String, &Refused)| KeptRefused::of(key, refused.clone());
    let text = Text {
        version: VERSION,
        edits: kept.edits.iter().map(edit).collect(),
        refused: kept.refused.iter().map(refused).collect(),
    };
    let text = serde_json::to_string(&text).ok()?;
    (text.len() <= LONGEST).then_some(text)
}

/// The changes of a text; what is none of ours is none.
pub fn read(text: &str) -> Kept {
    if text.len() > LONGEST {
        return Kept::default();
    }
    let Ok(Found { version: VERSION, edits, refused }) = serde_json::from_str(text) else {
        return Kept::default();
    };
    let edits = each::<KeptEdit>(edits);
    let edits = edits.filter(KeptEdit::fits).take(MOST).map(KeptEdit::edited);
    let refused = each::<KeptRefused>(refused);
    let refused = refused.filter(KeptRefused::fits).map(KeptRefused::refused);
    let mut kept = Kept { edits: edits.collect(), refused: refused.collect() };
    kept.forget_oldest();
    kept
}

/// True if a text was kept by a newer page, whose changes this one cannot read.
pub fn is_newer(text: &str) -> bool {
    let found = serde_json::from_str(text);
    text.len() <= LONGEST && found.is_ok_and(|Found { version, .. }| version > VERSION)
}

/// The entries of a list that are as they should be.
fn each<T: DeserializeOwned>(list: Value) -> impl Iterator<Item = T> {
    let list = match list {
        Value::Array(list) => list,
        _ => Vec::new(),
    };
    list.into_iter().filter_map(|one| serde_json::from_value(one).ok())
}

/// True for an id or a name that is kept.
pub fn is_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len())
}

fn are_names<'a>(names: impl IntoIterator<Item = &'a String>) -> bool {
    names.into_iter().all(|name| is_name(name))
}

impl KeptEdit {
    fn fits(&self) -> bool {
        let wanted = self.wanted.iter().flat_map(KeptWanted::names);
        let accepted = self.accepted.iter().flat_map(KeptAccepted::names);
        let is_something = self.wanted.is_some() || self.accepted.is_some();
        is_something && are_names(wanted.chain(accepted).chain([&self.id]))
    }

    fn edited(self) -> (String, Edited) {
        let Self { id, wanted, accepted } = self;
        let wanted = wanted.map(KeptWanted::wanted);
        (id, Edited { wanted, accepted: accepted.map(KeptAccepted::accepted) })
    }
}

impl KeptRefused {
    fn of(key: &str, refused: Refused) -> Self {
        let Refused { customer, segment, stands, why, order } = refused;
        let why = match why {
            Refusal::Reason(reason) => KeptRefusal::Reason(reason),
            Refusal::Status(status) => KeptRefusal::Status(status),
            Refusal::Unclear => KeptRefusal::Unclear,
            Refusal::Other(segment) => KeptRefusal::Other(segment),
        };
        Self { key: key.to_owned(), id: customer, segment, stands, order, why }
    }

    fn fits(&self) -> bool {
        let why = match &self.why {
            KeptRefusal::Reason(text) | KeptRefusal::Other(text) => Some(text),
            KeptRefusal::Status(_) | KeptRefusal::Unclear => None,
        };
        are_names([&self.key, &self.id, &self.segment, &self.stands].into_iter().chain(why))
    }

    fn refused(self) -> (String, Refused) {
        let Self { key, id: customer, segment, stands, order, why } = self;
        let why = match why {
            KeptRefusal::Reason(reason) => Refusal::Reason(reason),
            KeptRefusal::Status(status) => Refusal::Status(status),
            KeptRefusal::Unclear => Refusal::Unclear,
            KeptRefusal::Other(segment) => Refusal::Other(segment),
        };
        (key, Refused { customer, segment, stands, why, order })
    }
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

    fn some() -> Kept {
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
        let edits = [("C\"1".to_owned(), both), ("Ü2".to_owned(), heard)].into();
        let reasons = [
            Refusal::Reason("frozen".to_owned()),
            Refusal::Status(422),
            Refusal::Unclear,
            Refusal::Other("Platinum".to_owned()),
        ];
        let refused = reasons.into_iter().zip(1..).map(|(why, order)| {
            let customer = "Ü3".to_owned();
            let (segment, stands) = ("High Value".to_owned(), "Low Value".to_owned());
            (format!("key {order}"), Refused { customer, segment, stands, why, order })
        });
        Kept { edits, refused: refused.collect() }
    }

    #[wasm_bindgen_test]
    fn what_is_kept_is_read_again() {
        assert_eq!(read(&to_text(&some()).unwrap()), some());
    }

    #[wasm_bindgen_test]
    fn what_was_kept_before_refusals_were_is_read_all_the_same() {
        let text = to_text(&Kept { refused: Default::default(), ..some() }).unwrap();
        assert!(!text.contains("refused"));
        assert_eq!(read(&text).edits, some().edits);
    }

    #[wasm_bindgen_test]
    fn what_is_none_of_ours_is_none() {
        let text = to_text(&some()).unwrap();
        let newer = text.replace("\"version\":1", "\"version\":2");
        let empty = r#"{"version":1,"edits":[{"id":"a"},{"id":""}]}"#;
        for bad in ["", "[]", "{}", "null", newer.as_str(), &text[1..], empty, &" ".repeat(1 << 21)]
        {
            assert_eq!(read(bad), Kept::default(), "{bad:.60}");
        }
        let long = text.replace("Platinum", &"x".repeat(1_001));
        assert_eq!(
            (read(&long).edits.len(), read(&long).refused.len()),
            (2, 3),
            "the others count"
        );
        let long = text.replace("Medium Value", &"x".repeat(1_001));
        assert_eq!((read(&long).edits.len(), read(&long).refused.len()), (0, 4), "of edits, too");
    }

    #[wasm_bindgen_test]
    fn an_odd_entry_costs_itself_alone_and_a_newer_text_is_told_from_a_broken_one() {
        let text = to_text(&some()).unwrap();
        let odd = text.replace(r#""unclear""#, r#""sometime""#);
        assert_eq!((read(&odd).edits.len(), read(&odd).refused.len()), (2, 3));
        let (head, _) = text.split_once(r#","refused""#).unwrap();
        assert_eq!(read(&format!(r#"{head},"refused":null}}"#)).edits, some().edits);
        let newer = text.replace("\"version\":1", "\"version\":2");
        assert!(is_newer(&newer) && !is_newer(&text) && !is_newer("{") && !is_newer(""));
    }

    #[wasm_bindgen_test]
    fn the_newest_refusals_are_read_however_many_there_are() {
        let one = some().refused["key 1"].clone();
        let refused = |order| (format!("key {order:03}"), Refused { order, ..one.clone() });
        let kept = Kept { refused: (1..=60).map(refused).collect(), ..Kept::default() };
        let read = read(&to_text(&kept).unwrap()).refused;
        assert_eq!((read.len(), read.contains_key("key 010")), (50, false));
    }
}
