//! The files of the app: all of them there, unchanged, of their types, kept for as long as they last;
//! the configuration, and the answers for programs.

use sha2::{Digest, Sha256};
use site::{AppFile, Config, WORKER, html, listed};
use url::Url;

use super::ask::{Answer, PLAIN};
use super::caching::{Fresh, LONG, fresh};
use super::mend::again;
use super::report::Report;
use super::{Site, page};

/// Bytes of a file of the app at most.
const MOST: u64 = 64 << 20;

/// Types of files by their endings: those that browsers demand, and those with which they make do.
const KINDS: [(&str, &str, &[&str], bool); 7] = [
    ("js", "text/javascript", &["application/javascript", "application/x-javascript"], true),
    ("wasm", "application/wasm", &[], true),
    ("css", "text/css", &[], true),
    ("json", "application/json", &[], false),
    ("webmanifest", "application/manifest+json", &["application/json"], false),
    ("svg", "image/svg+xml", &[], true),
    ("png", "image/png", &[], false),
];

impl Site<'_> {
    /// Asks for a file of the site; nothing, and a fault, if it is not there.
    pub fn file(&self, path: &str, report: &mut Report) -> Option<(Url, Answer)> {
        let url = self.at(path)?;
        match self.client.get(&url, &[PLAIN], MOST) {
            Ok(answer) if answer.status != 200 => {
                let what = format!("status {}: the page needs this file", answer.status);
                let mend = again("upload all that hub site has made");
                report.fault("missing", url.as_str(), what, mend);
                None
            }
            Ok(answer) if html::seen(&answer.text()).is_some() || answer.kind() == "text/html" => {
                let what = "a page of HTML comes in the place of this file: it is not there, or a rule for \
                            the page's addresses goes over files";
                report.fault("page-for-file", url.as_str(), what.to_owned(), self.mends.views());
                None
            }
            Ok(answer) => Some((url, answer)),
            Err(error) => {
                report.fault("no-answer", url.as_str(), format!("{error:#}"), Vec::new());
                None
            }
        }
    }
}

/// The configuration, if it can be read.
pub fn config(site: &Site<'_>, report: &mut Report) -> Option<Config> {
    const PATH: &str = "config.json";
    let (url, answer) = site.file(PATH, report)?;
    page::changing(&url, PATH, &answer, site.mends, report);
    kind(site, &url, PATH, &answer, report);
    match Config::of(answer.text()) {
        Ok(config) => Some(config),
        Err(error) => {
            let mend = again("docs/configuration.md says what may stand in it");
            report.fault("config", url.as_str(), format!("{error:#}"), mend);
            None
        }
    }
}

/// Everything that the service worker lists, and what stands beside it.
pub fn look(site: &Site<'_>, report: &mut Report) {
    if let Some((url, answer)) = site.file("app.webmanifest", report) {
        page::changing(&url, "app.webmanifest", &answer, site.mends, report);
        kind(site, &url, "app.webmanifest", &answer, report);
    }
    let Some((url, worker)) = site.file(WORKER, report) else { return };
    page::changing(&url, WORKER, &worker, site.mends, report);
    kind(site, &url, WORKER, &worker, report);
    let Some(files) = listed(&worker.text()) else {
        let what = "it names no files: is it of another version?";
        report.remark("worker", url.as_str(), what.to_owned(), again("hub site makes it"));
        return;
    };
    for (path, file) in &files {
        app_file(site, path, file, report);
    }
    let script = files.keys().find(|path| path.starts_with("app-") && path.ends_with(".js"));
    if let Some(url) = script.and_then(|path| site.at(path)) {
        page::packed(site.client, &url, site.mends, report);
    }
}

fn app_file(site: &Site<'_>, path: &str, file: &AppFile, report: &mut Report) {
    let Some((url, answer)) = site.file(path, report) else { return };
    let hash: String =
        Sha256::digest(&answer.body).iter().map(|byte| format!("{byte:02x}")).collect();
    if answer.encoding().is_some() {
        let what = "compressed, though it was asked for as it is";
        report.remark("packed-unasked", url.as_str(), what.to_owned(), Vec::new());
    } else if hash != file.hash {
        let what = format!(
            "not the file that was made ({} bytes of {}): an upload that broke off, or of another build",
            answer.body.len(),
            file.bytes
        );
        let mend = again("upload all that hub site has made, and clear the host's cache");
        report.fault("changed-file", url.as_str(), what, mend);
    }
    kind(site, &url, path, &answer, report);
    // Pictures may be replaced.
    if path.starts_with("icons/") {
        return;
    }
    lasting(site, &url, path, &answer, report);
}

/// Whether what is named by its content is kept.
pub fn lasting(site: &Site<'_>, url: &Url, path: &str, answer: &Answer, report: &mut Report) {
    if !matches!(fresh(answer), Fresh::Seconds(seconds) if seconds >= LONG) {
        let what = "asked for again on every visit, though it never changes";
        let pattern =
            path.split_once('/').map_or_else(|| path.to_owned(), |(top, _)| format!("{top}/*"));
        report.remark("not-kept", url.as_str(), what.to_owned(), site.mends.kept(&pattern));
    }
}

/// Whether a file comes under its type.
fn kind(site: &Site<'_>, url: &Url, path: &str, answer: &Answer, report: &mut Report) {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let known = KINDS.iter().find(|(known, ..)| *known == ending);
    let Some((_, wanted, others, demanded)) = known else { return };
    let found = answer.kind();
    if found == *wanted || others.contains(&found.as_str()) {
        return;
    }
    let what = format!("its type is {found:?}, should be {wanted}");
    let mend = site.mends.kind(ending, wanted);
    if *demanded {
        report.fault("type", url.as_str(), what, mend);
    } else {
        report.remark("type", url.as_str(), what, mend);
    }
}

/// Whether programs are answered, where everybody may read.
pub fn answers(site: &Site<'_>, config: &Config, report: &mut Report) {
    let (Some(file), Some(address)) = (site.at("api/kpis.json"), site.at("api/kpis")) else {
        return;
    };
    if !config.is_open() {
        return;
    }
    let is_json = |url: &Url| {
        let answer = site.client.get(url, &[PLAIN], MOST).ok();
        answer.is_some_and(|answer| {
            answer.status == 200
                && serde_json::from_slice::<serde_json::Value>(&answer.body).is_ok()
        })
    };
    if is_json(&address) {
        return;
    }
    // A site may be without them.
    if is_json(&file) {
        let what = "programs are answered under api/kpis.json alone, not under api/kpis";
        let mend = site.mends.answers();
        report.remark("answers", address.as_str(), what.to_owned(), mend);
    }
}
