//! `_headers` and `_redirects`, in the form that Netlify, Cloudflare Pages and others read.

use crate::answers::FAMILIES;
use crate::parts::is_hashed;

const FOREVER: &str = "Cache-Control: public, max-age=31536000, immutable";
const ASK_EVERY_TIME: &str = "Cache-Control: no-cache";

/// What keeps its name when its content changes.
const CHANGING: [&str; 8] = [
    "",
    "index.html",
    "404.html",
    "app.webmanifest",
    "config.json",
    "service-worker.js",
    "data/manifest.json",
    "icons/*",
];

/// What is named by its content, beside files at the top of the site.
const LASTING: [&str; 5] =
    ["js/*", "data/events-*", "data/first-view-*", "data/manifest-*", "data/places-*"];

/// Nothing of what a browser can do for a page is needed, but Google's sign-in where it is asked for.
fn permissions(sign_in: bool) -> String {
    let unused = ["camera", "geolocation", "microphone", "payment", "usb"];
    let google = if sign_in { "(self \"https://accounts.google.com\")" } else { "()" };
    let unused = unused.map(|name| format!("{name}=()")).join(", ");
    format!("Permissions-Policy: {unused}, identity-credentials-get={google}")
}

/// Response headers for a page under `base`, whose folder holds the files and folders `names`.
pub fn headers_file(base: &str, policy: &str, names: &[String], sign_in: bool) -> String {
    // A header can also say who may frame the page, which the <meta> cannot.
    let mut always = vec![format!("Content-Security-Policy: {policy}; frame-ancestors 'self'")];
    // A page with readers' own data shares no process with the page that opened it; Google's window
    // must be able to answer. Without a sign-in there is nothing to part, and a browser would begin
    // anew with another process before it reads the page.
    if sign_in {
        always.push("Cross-Origin-Opener-Policy: same-origin-allow-popups".to_owned());
    }
    always.push(permissions(sign_in));
    always.push("X-Content-Type-Options: nosniff".to_owned());
    always.push("Referrer-Policy: strict-origin-when-cross-origin".to_owned());
    let one = |line: &str| vec![line.to_owned()];
    let mut rules = vec![("*".to_owned(), always)];
    rules.extend(CHANGING.map(|name| (name.to_owned(), one(ASK_EVERY_TIME))));
    let kind = "Content-Type: application/manifest+json";
    rules.push(("app.webmanifest".to_owned(), one(kind)));
    let hashed = names.iter().filter(|name| is_hashed(name));
    rules.extend(hashed.map(|name| (name.clone(), one(FOREVER))));
    // Whatever a page without a sign-in shows is everybody's, other pages' scripts included.
    let everybodys = vec![ASK_EVERY_TIME.to_owned(), "Access-Control-Allow-Origin: *".to_owned()];
    let families = FAMILIES.iter().filter(|family| names.iter().any(|name| name == *family));
    rules.extend(families.map(|family| (format!("{family}/*"), everybodys.clone())));
    rules.extend(LASTING.map(|name| (name.to_owned(), one(FOREVER))));
    // A snapshot is read by byte ranges, so no one on the way may compress it.
    rules.push(("data/snapshot-*".to_owned(), vec![format!("{FOREVER}, no-transform")]));
    let written = rules.iter().map(|(name, lines)| {
        let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
        format!("{base}{name}\n{lines}")
    });
    written.collect()
}

/// The answers for programs have rules of their own; every other address that is no file is the page's.
pub fn redirects_file(base: &str, rules: &[String]) -> String {
    let page = format!("{base}* {base}index.html 200");
    rules.iter().chain([&page]).map(|rule| format!("{rule}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str], sign_in: bool) -> String {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        headers_file("/x/", "default-src 'self'", &names, sign_in)
    }

    #[test]
    fn names_by_content_last_and_others_do_not() {
        let text = of(&["app-0123456789abcdef.js", "app-01.js", "api", "index.html"], false);
        assert!(
            text.contains("/x/app-0123456789abcdef.js\n  Cache-Control: public, max-age=31536000")
        );
        assert!(text.contains("/x/index.html\n  Cache-Control: no-cache\n"));
        assert!(text.contains("/x/\n  Cache-Control: no-cache\n"));
        assert!(
            text.contains(
                "/x/api/*\n  Cache-Control: no-cache\n  Access-Control-Allow-Origin: *\n"
            )
        );
        assert!(!text.contains("app-01.js") && !text.contains("/x/backend"), "{text}");
        assert!(
            text.contains("/x/data/snapshot-*\n") && text.contains("immutable, no-transform\n")
        );
        assert!(text.starts_with(
            "/x/*\n  Content-Security-Policy: default-src 'self'; frame-ancestors 'self'\n"
        ));
        assert!(text.contains("identity-credentials-get=()") && !text.contains("Cross-Origin"));
        let closed = of(&[], true);
        assert!(closed.contains("  Cross-Origin-Opener-Policy: same-origin-allow-popups\n"));
        assert!(closed.contains("identity-credentials-get=(self \"https://accounts.google.com\")"));
    }
}
