//! The page itself: whether it is there, for this place, as it was built, with its headers, and at the
//! addresses of its views.

use site::html::{self, Seen};
use site::policy::hashes;
use url::Url;

use super::ask::{Answer, Client, PACKED};
use super::caching::{Fresh, LATE, fresh};
use super::mend::{Mends, again};
use super::report::Report;

/// Bytes of a page at most.
const MOST: u64 = 8 << 20;

/// Asks for whatever is read as text, as it is.
const TEXT: [(&str, &str); 1] = [super::ask::PLAIN];

/// Looks at the page of an address; gives the address of its root, if the hub's page is there.
pub fn look(client: &Client, url: &Url, report: &mut Report) -> Option<Url> {
    let answer = match client.get(url, &TEXT, MOST) {
        Ok(answer) => answer,
        Err(error) => {
            report.fault("no-answer", url.as_str(), format!("{error:#}"), Vec::new());
            return None;
        }
    };
    let text = answer.text();
    let Some(seen) = html::seen(&text).filter(|_| answer.status == 200) else {
        let what = format!("status {}, and no page of the hub", answer.status);
        let mend = again("upload all that hub site has made, index.html among it, to this address");
        report.fault("no-page", url.as_str(), what, mend);
        return None;
    };
    let mut root = answer.url.clone();
    root.set_query(None);
    let path = root.path().trim_end_matches("index.html").to_owned();
    root.set_path(&path);
    let mends = Mends { base: root.path() };
    place(&root, &seen, report);
    as_built(&root, &text, &seen, &answer, report);
    headers(&root, &answer, &mends, report);
    changing(&root, "", &answer, &mends, report);
    views(client, &root, &mends, report);
    Some(root)
}

/// Whether the page was built for its address.
fn place(root: &Url, seen: &Seen, report: &mut Report) {
    let base = seen.base.as_deref().unwrap_or_default();
    if base != root.path() {
        let what = format!("the page was made for {base}, and lies under {}", root.path());
        let mend = again(&format!("hub site … --base {}", root.path()));
        report.fault("base", root.as_str(), what, mend);
    }
    let local =
        root.host_str().is_some_and(|host| ["127.0.0.1", "localhost", "[::1]"].contains(&host));
    if root.scheme() == "http" && !local {
        let what = "plain http: browsers keep nothing for later visits, and anybody on the way reads along";
        report.remark("no-tls", root.as_str(), what.to_owned(), Vec::new());
    }
}

/// Whether the page's own scripts and styles are still those that its policy lets in.
fn as_built(root: &Url, text: &str, seen: &Seen, answer: &Answer, report: &mut Report) {
    let policy = seen.policy.as_deref().unwrap_or_default();
    let own = html::inline(text);
    let own: Vec<String> = [hashes(&own.scripts), hashes(&own.styles)].concat();
    if own.iter().any(|hash| !policy.contains(hash)) {
        let what = "the page is not as it was made (minified, or something was put into it): its policy \
                    refuses what stands in it now";
        let mend =
            again("turn off whatever changes HTML on the way (minifying, analytics, banners)");
        report.fault("changed-page", root.as_str(), what.to_owned(), mend);
        return;
    }
    let header = answer.header("content-security-policy");
    let mends = Mends { base: root.path() };
    let guarded = format!("{policy}; frame-ancestors 'self'");
    match header {
        Some(header) if own.iter().any(|hash| refuses(header, hash)) => {
            let what = format!(
                "the host's Content-Security-Policy refuses the page's own scripts: {header}"
            );
            let mend = mends.header("*", "Content-Security-Policy", &guarded);
            report.fault("policy", root.as_str(), what, mend);
        }
        Some(header) if header.contains("frame-ancestors") => {}
        _ => {
            let what = "no Content-Security-Policy of the host says who may frame the page";
            let mend = mends.header("*", "Content-Security-Policy", "frame-ancestors 'self'");
            report.remark("framing", root.as_str(), what.to_owned(), mend);
        }
    }
}

/// Whether a policy has rules for scripts or styles, and lets something in neither.
fn refuses(policy: &str, hash: &str) -> bool {
    let rules = policy.split([';', ',']).map(str::trim);
    let of_code = |rule: &str| {
        ["script-src", "style-src", "default-src"].iter().any(|name| rule.starts_with(name))
    };
    let mut code = rules.filter(|rule| of_code(rule)).peekable();
    code.peek().is_some() && !policy.contains(hash) && !policy.contains("'unsafe-inline'")
}

fn headers(root: &Url, answer: &Answer, mends: &Mends<'_>, report: &mut Report) {
    for (name, value, why) in [
        ("X-Content-Type-Options", "nosniff", "browsers may guess at types"),
        (
            "Referrer-Policy",
            "strict-origin-when-cross-origin",
            "old browsers tell other sites the filter in the address",
        ),
        (
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "the page may ask for what it never needs",
        ),
    ] {
        if answer.header(name).is_none() {
            let what = format!("no {name}: {why}");
            report.remark("headers", root.as_str(), what, mends.header("*", name, value));
        }
    }
}

/// Whether what keeps its name is asked for each time.
pub fn changing(url: &Url, path: &str, answer: &Answer, mends: &Mends<'_>, report: &mut Report) {
    let mend = || mends.asked_each_time(path);
    match fresh(answer) {
        Fresh::Never => {}
        Fresh::Seconds(seconds) if seconds > LATE => {
            let what = format!(
                "may be kept for {seconds} seconds without asking: readers go on with an old one"
            );
            report.fault("kept-too-long", url.as_str(), what, mend());
        }
        Fresh::Seconds(seconds) => {
            let what =
                format!("may be kept for {seconds} seconds: what is new comes so much later");
            report.remark("kept", url.as_str(), what, mend());
        }
        Fresh::Unsaid => {
            let what = "no Cache-Control: browsers guess for how long they may keep it";
            report.fault("kept-unsaid", url.as_str(), what.to_owned(), mend());
        }
    }
}

/// Whether the address of a view leads to the page.
fn views(client: &Client, root: &Url, mends: &Mends<'_>, report: &mut Report) {
    for view in ["dashboard", "customers/a%20b"] {
        let Ok(url) = root.join(view) else { continue };
        let answer = match client.get(&url, &TEXT, MOST) {
            Ok(answer) => answer,
            Err(error) => {
                report.fault("no-answer", url.as_str(), format!("{error:#}"), Vec::new());
                continue;
            }
        };
        match (answer.status, html::seen(&answer.text())) {
            (200, Some(_)) => {}
            (404, Some(_)) => {
                let what = "a view's address gets the page with status 404: it works, and search engines \
                            and some proxies take it for missing";
                report.remark("deep-link", url.as_str(), what.to_owned(), mends.views());
            }
            (status, _) => {
                let what = format!("a view's address gets status {status}, and no page");
                report.fault("deep-link", url.as_str(), what, mends.views());
            }
        }
    }
}

/// Whether texts come compressed, by one of them.
pub fn packed(client: &Client, url: &Url, mends: &Mends<'_>, report: &mut Report) {
    let Ok(answer) = client.get(url, &[PACKED], 1) else { return };
    if answer.status == 200 && answer.encoding().is_none() {
        let what = "sent as it is, where brotli or gzip would take a quarter of the time";
        let line = "gzip_static on; brotli_static on; gzip on; gzip_types text/javascript application/wasm \
                    application/json text/css;";
        report.remark("not-packed", url.as_str(), what.to_owned(), mends.nginx(line));
    }
}
