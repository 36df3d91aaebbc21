//! What a listener says.

use serde::Deserialize;
use snapshot::bounds::MOST_SEQ;

/// Longest name of a channel.
const LONGEST: usize = 1_000;

/// It wants all events after one.
#[derive(Debug, PartialEq, Eq)]
pub struct Resume {
    /// The last that it has.
    pub after: u64,
    /// The channel of which it has it.
    pub channel: Option<String>,
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "type")]
    kind: String,
    after: u64,
    channel: Option<String>,
}

/// Reads what a listener says, if it is understood.
pub fn read(text: &str) -> Option<Resume> {
    let Record { kind, after, channel } = serde_json::from_str(text).ok()?;
    let fits = channel.as_ref().is_none_or(|channel| channel.len() <= LONGEST);
    (kind == "resume" && after <= MOST_SEQ && fits).then_some(Resume { after, channel })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_resume_is_understood() {
        let resume = |after, channel: Option<&str>| {
            Some(Resume { after, channel: channel.map(str::to_owned) })
        };
        assert_eq!(read(r#"{"type":"resume","after":0}"#), resume(0, None));
        assert_eq!(read(r#"{"type":"resume","after":3,"channel":null}"#), resume(3, None));
        assert_eq!(
            read(r#"{"after":3,"channel":"a","x":1,"type":"resume"}"#),
            resume(3, Some("a"))
        );
        for other in [
            "",
            "[]",
            "{",
            r#"{"type":"resume"}"#,
            r#"{"type":"resume","after":-1}"#,
            r#"{"type":"resume","after":"1"}"#,
            r#"{"type":"resume","after":9007199254740993}"#,
            r#"{"type":"resume","after":1,"channel":7}"#,
            r#"{"type":"hello","after":1}"#,
            r#"[{"type":"resume","after":1}]"#,
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
