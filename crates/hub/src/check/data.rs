//! The data: the manifest, and every file that it names, as they were published.

use serde_json::Value;
use site::{Config, html};
use snapshot::{Manifest, Publishing, SideFile};
use url::Url;

use super::app::lasting;
use super::ask::{Answer, PLAIN};
use super::caching::{Fresh, LATE, fresh};
use super::mend::again;
use super::report::Report;
use super::{Site, elsewhere, manifest_of, page, ranges};

/// Bytes of a manifest, and of a file beside it, at most.
const MOST: u64 = 256 << 20;

/// A name that no snapshot has.
const NOBODYS: &str = "snapshot-0000000000000000.sqlite";

/// Looks at the data of a configuration.
pub fn look(site: &Site<'_>, config: &Config, report: &mut Report) {
    let Some(url) = manifest_of(site, config) else { return };
    if config.asks_for_sign_in() {
        return guarded(site, &url, report);
    }
    if url.origin() != site.root.origin() {
        elsewhere::look(site, &url, report);
    }
    let Some(manifest) = manifest(site, &url, report) else { return };
    report.snapshot = Some(manifest.meta.snapshot_id.clone());
    let more = manifest.first_view.as_ref().and_then(|first| first.more.as_ref());
    for file in
        [manifest.file.places.as_ref(), more, manifest.events.as_ref()].into_iter().flatten()
    {
        beside(site, &url, file, report);
    }
    match &manifest.file.publishing {
        Publishing::Single { path } => {
            if let Ok(url) = url.join(path) {
                ranges::look(site, &url, manifest.file.bytes, report);
            }
        }
        Publishing::Chunked { .. } => chunks(site, &url, &manifest, report),
    }
    missing(site, &url, report);
}

/// Where readers have to sign in, nobody gets data who has not.
fn guarded(site: &Site<'_>, url: &Url, report: &mut Report) {
    let Ok(answer) = site.client.get(url, &[PLAIN], MOST) else { return };
    if answer.status == 200 && html::seen(&answer.text()).is_none() {
        let what = "readers have to sign in to see the page, and everybody may read the data";
        let mend =
            again("put a guard before the files, the edge function or `hub serve`: docs/edge.md");
        report.fault("unguarded", url.as_str(), what.to_owned(), mend);
    }
}

fn manifest(site: &Site<'_>, url: &Url, report: &mut Report) -> Option<Manifest> {
    const PATH: &str = "data/manifest.json";
    let (url, answer) = site.file(url.as_str(), report)?;
    page::changing(&url, PATH, &answer, site.mends, report);
    match Manifest::from_json(&answer.text()) {
        Ok(manifest) => {
            unchanged(site, &url, &answer, report);
            Some(manifest)
        }
        Err(error) => {
            let mend = again("make the site anew with this program, from a snapshot that it reads");
            report.fault("manifest", url.as_str(), error.to_string(), mend);
            None
        }
    }
}

/// Whether asking for the manifest again costs no body.
fn unchanged(site: &Site<'_>, url: &Url, answer: &Answer, report: &mut Report) {
    let again = match (answer.header("etag"), answer.header("last-modified")) {
        (Some(etag), _) => site.client.get(url, &[PLAIN, ("if-none-match", etag)], 0),
        (None, Some(date)) => site.client.get(url, &[PLAIN, ("if-modified-since", date)], 0),
        (None, None) => {
            let what =
                "neither ETag nor Last-Modified: open tabs read it whole each time they look";
            return report.remark("no-name", url.as_str(), what.to_owned(), Vec::new());
        }
    };
    if !again.is_ok_and(|answer| answer.status == 304) {
        let what =
            "not answered with 304 when it is known: open tabs read it whole each time they look";
        report.remark("no-name", url.as_str(), what.to_owned(), Vec::new());
    }
}

/// A file beside the manifest.
fn beside(site: &Site<'_>, manifest: &Url, file: &SideFile, report: &mut Report) {
    let Ok(url) = manifest.join(&file.path) else { return };
    let Some((url, answer)) = site.file(url.as_str(), report) else { return };
    if let Err(why) = file.read::<Value>(&answer.body) {
        report.fault("changed-data", url.as_str(), why, again("upload the folder data/ anew"));
    }
    lasting(site, &url, &format!("data/{}", file.path), &answer, report);
}

/// The files into which a snapshot was cut: all of them there, the first and the last whole.
fn chunks(site: &Site<'_>, manifest: &Url, described: &Manifest, report: &mut Report) {
    let files = site::files(described);
    let chunks: Vec<&(String, u64)> = files.iter().filter(|(name, _)| name.contains('/')).collect();
    let last = chunks.len().saturating_sub(1);
    for (at, (name, bytes)) in chunks.iter().enumerate() {
        let Ok(url) = manifest.join(name) else { continue };
        let whole = at == 0 || at == last;
        let asked = if whole {
            site.client.get(&url, &[PLAIN], bytes.saturating_add(1))
        } else {
            site.client.ask("HEAD", &url, &[PLAIN], 0)
        };
        let mend = || again("upload the folder data/ anew, with all folders in it");
        match asked {
            Err(error) => report.fault("no-answer", url.as_str(), format!("{error:#}"), Vec::new()),
            Ok(answer) if answer.status != 200 || answer.kind() == "text/html" => {
                let what = format!(
                    "status {}, type {}: a part of the data is not there",
                    answer.status,
                    answer.kind()
                );
                report.fault("chunk", url.as_str(), what, mend());
            }
            Ok(answer)
                if whole && answer.encoding().is_none() && answer.body.len() as u64 != *bytes =>
            {
                let what = format!("{} bytes, should be {bytes}", answer.body.len());
                report.fault("chunk", url.as_str(), what, mend());
            }
            Ok(answer) if at == 0 => {
                lasting(site, &url, &format!("data/{name}"), &answer, report);
                if !answer.body.starts_with(ranges::MAGIC) {
                    let what = "it does not begin as a snapshot does".to_owned();
                    report.fault("chunk", url.as_str(), what, mend());
                }
            }
            Ok(_) => {}
        }
    }
}

/// What is not there is said not to be there, and not for long.
fn missing(site: &Site<'_>, manifest: &Url, report: &mut Report) {
    let Ok(url) = manifest.join(NOBODYS) else { return };
    let Ok(answer) = site.client.get(&url, &[PLAIN], 1 << 20) else { return };
    let is_long = matches!(fresh(&answer), Fresh::Seconds(seconds) if seconds > LATE);
    if is_long && answer.status < 400 {
        let what = format!(
            "a file that is not there gets status {} and may be kept for long: where an upload takes its \
             time, browsers keep the wrong answer for ever",
            answer.status
        );
        report.fault("missing-kept", url.as_str(), what, site.mends.missing());
    } else if answer.status < 400 {
        let what = format!("a file that is not there gets status {}, should be 404", answer.status);
        report.remark("missing-found", url.as_str(), what, site.mends.missing());
    }
}
