//! What the view tells, part by part: the same on the screen and as a text.

use snapshot::{FORMAT_VERSION, Manifest};
use widgets::Format;
use words::say;

use super::collected::{Collected, Noted, Requests};
use crate::session::data::Data;

/// A heading and its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Id of the heading.
    pub id: &'static str,
    /// The heading.
    pub title: String,
    /// Names and values.
    pub lines: Vec<(String, String)>,
}

/// What there is to tell.
pub struct Told<'a> {
    /// Of the visit.
    pub collected: &'a Collected,
    /// The snapshot, once it was described.
    pub manifest: Option<&'a Manifest>,
    /// What is known of it.
    pub data: Option<&'a Data>,
    /// How numbers are written.
    pub format: &'a Format,
}

/// All parts, in the order in which they are shown.
pub fn sections(told: &Told<'_>) -> Vec<Section> {
    vec![versions(told), times(told), requests(told), storage(told), browser(told)]
}

/// The parts as a text, with the errors below.
pub fn text(sections: &[Section], noted: &[Noted]) -> String {
    let mut text = String::new();
    for Section { title, lines, .. } in sections {
        text.push_str(title);
        text.push('\n');
        for (name, value) in lines {
            text.push_str(&format!("  {name}: {value}\n"));
        }
    }
    text.push_str(&say!("Errors of this visit"));
    text.push('\n');
    for Noted { at, kind, text: said } in noted {
        let at = at.map_or_else(|| "-".to_owned(), |at| format!("{at} ms"));
        text.push_str(&format!("  {at}: {kind}: {said}\n"));
    }
    text
}

fn versions(told: &Told<'_>) -> Section {
    let mut lines = vec![
        (say!("Version"), env!("CARGO_PKG_VERSION").to_owned()),
        (say!("Program"), told.collected.program.clone()),
        (say!("Format that is read"), FORMAT_VERSION.to_string()),
    ];
    if let Some(manifest) = told.manifest {
        lines.push((say!("Snapshot id"), manifest.meta.snapshot_id.clone()));
        lines.push((say!("Format of the snapshot"), manifest.format_version.to_string()));
        lines.push((say!("Built"), manifest.meta.built_at.clone()));
        lines.push((say!("Size of the snapshot"), size_of(manifest.file.bytes, told.format)));
    }
    Section { id: "versions", title: say!("Versions"), lines }
}

fn times(told: &Told<'_>) -> Section {
    let times = &told.collected.times;
    let after = |milliseconds: Option<u64>| match milliseconds {
        Some(milliseconds) => milliseconds_of(milliseconds, told.format),
        None => say!("not known"),
    };
    let lines = vec![
        (say!("First number on the screen"), after(times.first_number)),
        (say!("Page can be used"), after(times.usable)),
        (say!("Page is complete"), after(times.ready)),
        (say!("Longest piece of work"), after(times.longest_task)),
        (say!("Pieces of work over 50 ms"), counted(times.long_tasks, told.format)),
    ];
    Section { id: "times", title: say!("Times since the visit began"), lines }
}

fn requests(told: &Told<'_>) -> Section {
    let format = told.format;
    let line = |of: &Requests| {
        let kind = match of.kind.as_str() {
            "program" => say!("Program"),
            "data" => say!("Data"),
            _ => say!("Page and all else"),
        };
        let value = say!(
            "{requests} asked for, {size}; {cached} out of the cache",
            requests = counted(of.requests, format),
            size = size_of(of.bytes, format),
            cached = counted(of.cached, format)
        );
        (kind, value)
    };
    let mut lines: Vec<_> = told.collected.requests.iter().map(line).collect();
    if let Some(data) = told.data {
        let traffic = data.traffic();
        let value = say!(
            "{requests} asked for, {size}",
            requests = counted(traffic.requests, format),
            size = size_of(traffic.bytes, format)
        );
        lines.push((say!("Parts of the snapshot, workers included"), value));
    }
    Section { id: "requests", title: say!("Requests"), lines }
}

fn storage(told: &Told<'_>) -> Section {
    let size = |bytes: Option<u64>| {
        bytes.map_or_else(|| say!("not known"), |bytes| size_of(bytes, told.format))
    };
    let storage = &told.collected.storage;
    let lines = vec![
        (say!("Kept for this host"), size(storage.used)),
        (say!("At most"), size(storage.most)),
    ];
    Section { id: "storage", title: say!("Storage of the browser"), lines }
}

/// Seconds by which clocks may differ without a word.
const TOLERATED_S: u64 = 120;

fn browser(told: &Told<'_>) -> Section {
    let browser = &told.collected.browser;
    let yes = |is: bool| if is { say!("yes") } else { say!("no") };
    let known = |text: Option<String>| text.unwrap_or_else(|| say!("not known"));
    let clock = match told.collected.clock {
        None => say!("not known"),
        Some(ahead) if ahead.unsigned_abs() <= TOLERATED_S => say!("right"),
        Some(ahead) => {
            let seconds = counted(ahead.unsigned_abs(), told.format);
            if ahead > 0 {
                say!("{seconds} s ahead of the host's; set it right", seconds)
            } else {
                say!("{seconds} s behind the host's; set it right", seconds)
            }
        }
    };
    let lines = vec![
        (say!("Browser"), browser.name.clone()),
        (say!("Language"), browser.language.clone()),
        (say!("Window"), format!("{} × {} ({})", browser.width, browser.height, browser.pixels)),
        (say!("Connection"), yes(browser.online)),
        (say!("Line"), known(browser.line.clone())),
        (say!("Processors"), known(browser.processors.map(|number| number.to_string()))),
        (say!("3D (WebGL)"), yes(browser.webgl)),
        (say!("Clock"), clock),
    ];
    Section { id: "browser", title: say!("Browser"), lines }
}

fn counted(number: u64, format: &Format) -> String {
    format.count(i64::try_from(number).unwrap_or(i64::MAX))
}

fn milliseconds_of(number: u64, format: &Format) -> String {
    format!("{} ms", counted(number, format))
}

/// A size in thousands or millions of bytes.
fn size_of(bytes: u64, format: &Format) -> String {
    if bytes < 1_000_000 {
        return format!("{} KB", format.decimals(bytes as f64 / 1e3, 0));
    }
    let places = if bytes < 10_000_000 { 1 } else { 0 };
    format!("{} MB", format.decimals(bytes as f64 / 1e6, places))
}
