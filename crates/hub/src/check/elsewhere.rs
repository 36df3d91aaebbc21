//! Data on another host than the page's: whether its answers may be read by the page.

use url::Url;

use super::Site;
use super::ask::{PACKED, PLAIN};
use super::mend::again;
use super::report::Report;
use site::html;

/// Looks at the host of a manifest.
pub fn look(site: &Site<'_>, manifest: &Url, report: &mut Report) {
    let origin = site.root.origin().ascii_serialization();
    may_connect(site, manifest, report);
    let from = ("origin", origin.as_str());
    let Ok(answer) = site.client.get(manifest, &[PLAIN, from], 1 << 20) else { return };
    let allowed = answer.header("access-control-allow-origin").map(str::trim);
    if !matches!(allowed, Some(allowed) if allowed == "*" || allowed == origin) {
        let found = allowed.unwrap_or("missing");
        let what =
            format!("Access-Control-Allow-Origin is {found}: the page at {origin} may not read it");
        let mend = site.mends.shared("Access-Control-Allow-Origin", &origin);
        report.fault("cors", manifest.as_str(), what, mend);
        return;
    }
    let Ok(part) = site.client.get(manifest, &[PACKED, from, ("range", "bytes=0-1")], 1) else {
        return;
    };
    let exposed = part.header("access-control-expose-headers").unwrap_or_default();
    let names: Vec<String> =
        exposed.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
    if !names.iter().any(|name| name == "content-range" || name == "*") {
        let what = "Access-Control-Expose-Headers is without Content-Range: the page cannot tell which part \
                    has come";
        let mend = site.mends.shared(
            "Access-Control-Expose-Headers",
            "Content-Range, Content-Length, ETag, Accept-Ranges",
        );
        report.fault("cors", manifest.as_str(), what.to_owned(), mend);
    }
    let asks = [
        from,
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "range"),
    ];
    let Ok(before) = site.client.ask("OPTIONS", manifest, &asks, 1) else { return };
    let takes =
        before.header("access-control-allow-headers").unwrap_or_default().to_ascii_lowercase();
    if before.status >= 400 || !(takes.contains("range") || takes.contains('*')) {
        let what = "asked beforehand, the host allows no Range: some browsers then read nothing";
        let mend = site.mends.shared("Access-Control-Allow-Headers", "Range");
        report.fault("cors", manifest.as_str(), what.to_owned(), mend);
    }
}

/// Whether the page's policy lets it talk with the host.
fn may_connect(site: &Site<'_>, manifest: &Url, report: &mut Report) {
    let Ok(page) = site.client.get(site.root, &[PLAIN], 8 << 20) else { return };
    let policy = html::seen(&page.text()).and_then(|seen| seen.policy).unwrap_or_default();
    let rule = policy.split(';').map(str::trim).find(|rule| rule.starts_with("connect-src"));
    let host = manifest.origin().ascii_serialization();
    if rule.is_some_and(|rule| !rule.split(' ').any(|source| source == host)) {
        let what = format!("the page's policy lets it talk with no {host}, where its data is");
        let mend = again("make the site anew: hub site … --brand FILE with \"snapshot\" in it");
        report.fault("policy", site.root.as_str(), what, mend);
    }
}
