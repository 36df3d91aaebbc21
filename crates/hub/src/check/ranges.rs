//! Byte ranges of a snapshot: parts of the very file, as long as they were asked for, not compressed.

use url::Url;

use super::Site;
use super::app::lasting;
use super::ask::{Answer, PACKED, PLAIN};
use super::mend::again;
use super::report::Report;

/// How every snapshot begins.
pub const MAGIC: &[u8] = b"SQLite format 3\0";

/// Bytes that are asked for.
const PART: u64 = 100;

/// Looks at a snapshot of one file of so many bytes.
pub fn look(site: &Site<'_>, url: &Url, bytes: u64, report: &mut Report) {
    let end = bytes.saturating_sub(1);
    let begin = part(site, url, (0, PART.saturating_sub(1)), bytes, report);
    let Some(begin) = begin else { return };
    if !begin.body.starts_with(MAGIC) {
        let what = "it does not begin as a snapshot does".to_owned();
        report.fault("changed-data", url.as_str(), what, again("upload the folder data/ anew"));
        return;
    }
    if part(site, url, (end.saturating_sub(PART).saturating_add(1), end), bytes, report).is_none() {
        return;
    }
    head(site, url, report);
    by_condition(site, url, &begin, report);
    let path = format!("data/{}", url.path().rsplit('/').next().unwrap_or_default());
    lasting(site, url, &path, &begin, report);
}

/// A part of the file, if it comes as it should; what browsers take compressed is asked for first.
fn part(
    site: &Site<'_>,
    url: &Url,
    (from, to): (u64, u64),
    bytes: u64,
    report: &mut Report,
) -> Option<Answer> {
    let range = format!("bytes={from}-{to}");
    let mut last = None;
    for accepted in [PACKED, PLAIN] {
        // Of a host that sends all of it no more is read than tells.
        let most = PART.saturating_mul(2);
        let answer = match site.client.get(url, &[accepted, ("range", &range)], most) {
            Ok(answer) => answer,
            Err(error) => {
                report.fault("no-answer", url.as_str(), format!("{error:#}"), Vec::new());
                return None;
            }
        };
        let (id, what) = match wrong(&answer, (from, to), bytes) {
            None => {
                last = Some(answer);
                continue;
            }
            Some(wrong) => wrong,
        };
        let mend = match id {
            "missing" | "page-for-file" | "changed-data" => again("upload the folder data/ anew"),
            _ => site.mends.ranges(),
        };
        report.fault(id, url.as_str(), what, mend);
        return None;
    }
    last
}

/// What is wrong with the answer to a range.
fn wrong(answer: &Answer, (from, to): (u64, u64), bytes: u64) -> Option<(&'static str, String)> {
    let range = answer.header("content-range");
    let wanted = format!("bytes {from}-{to}/{bytes}");
    let length = to.saturating_sub(from).saturating_add(1);
    if answer.kind() == "text/html" {
        return Some((
            "page-for-file",
            "a page of HTML comes in the place of the snapshot".to_owned(),
        ));
    }
    match answer.status {
        206 => {}
        200 => {
            let what = "the whole file comes where a part was asked for (status 200, not 206): each look \
                        would read all of it";
            return Some(("no-ranges", what.to_owned()));
        }
        416 => {
            let what =
                format!("status 416 to {from}-{to}: the file is shorter than the manifest says");
            return Some(("changed-data", what));
        }
        status => {
            let what = format!("status {status} where a part of the snapshot was asked for");
            return Some((if status == 404 { "missing" } else { "no-ranges" }, what));
        }
    }
    if let Some(encoding) = answer.encoding() {
        let what =
            format!("a part comes compressed ({encoding}), so that it is no part of the file");
        return Some(("packed-ranges", what));
    }
    if range.map(str::trim) != Some(&wanted) {
        let found = range.unwrap_or("missing");
        let is_longer = range
            .and_then(|range| range.rsplit_once('/'))
            .is_some_and(|(_, all)| all != "*" && all != bytes.to_string());
        let id = if is_longer { "changed-data" } else { "content-range" };
        return Some((id, format!("Content-Range is {found:?}, should be {wanted:?}")));
    }
    let found = answer.body.len() as u64;
    (found != length).then(|| ("short-ranges", format!("{found} bytes come, should be {length}")))
}

/// What the host says of the whole file.
fn head(site: &Site<'_>, url: &Url, report: &mut Report) {
    let Ok(answer) = site.client.ask("HEAD", url, &[PACKED], 0) else { return };
    if let Some(encoding) = answer.encoding() {
        let what =
            format!("HEAD tells of a compressed file ({encoding}): its length is not the file's");
        report.fault("packed-head", url.as_str(), what, site.mends.ranges());
    }
}

/// Whether parts of another version would be mixed with those of this one.
fn by_condition(site: &Site<'_>, url: &Url, begin: &Answer, report: &mut Report) {
    let range = format!("bytes=0-{}", PART.saturating_sub(1));
    let asked = |name: &str| {
        let headers = [PLAIN, ("range", range.as_str()), ("if-range", name)];
        site.client.get(url, &headers, 1).ok().map(|answer| answer.status)
    };
    if asked("\"nobodys-name\"") == Some(206) {
        let what = "If-Range with the name of another file gets a part all the same: a browser may mix \
                    parts of two versions";
        report.fault("if-range", url.as_str(), what.to_owned(), site.mends.ranges());
    }
    // By a weak name no part is to be had.
    let strong = begin.header("etag").filter(|etag| !etag.starts_with("W/"));
    if strong.is_some_and(|etag| asked(etag) != Some(206)) {
        let what =
            "If-Range with the file's own name gets no part: browsers read again what they have";
        report.remark("if-range", url.as_str(), what.to_owned(), Vec::new());
    }
}
