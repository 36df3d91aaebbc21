//! The lines that mend what is found, for the kinds of hosts that docs/hub.md knows.

use super::report::Mend;

/// Hosts that read `_headers`: Netlify, Cloudflare Pages and others.
const HEADERS: &str = "_headers (Netlify, Cloudflare Pages)";
/// Hosts that read `_redirects`.
const REDIRECTS: &str = "_redirects (Netlify, Cloudflare Pages)";
const NGINX: &str = "nginx";
const HUB: &str = "hub";

const FOREVER: &str = "public, max-age=31536000, immutable";

/// Lines for one site, whose root is `base`.
pub struct Mends<'a> {
    pub base: &'a str,
}

fn mend(at: &'static str, line: impl Into<String>) -> Mend {
    Mend { at, line: line.into() }
}

/// The site is to be made anew, or sent anew.
pub fn again(how: &str) -> Vec<Mend> {
    vec![mend(HUB, how)]
}

impl Mends<'_> {
    /// A header for one address.
    pub fn header(&self, path: &str, name: &str, value: &str) -> Vec<Mend> {
        let base = self.base;
        let at = if path.contains('*') {
            format!("location ^~ {base}{}", path.trim_end_matches('*'))
        } else {
            format!("location = {base}{path}")
        };
        vec![
            mend(HEADERS, format!("{base}{path}\n  {name}: {value}")),
            mend(NGINX, format!("{at} {{ add_header {name} \"{value}\" always; }}")),
        ]
    }

    /// What keeps its name is asked for each time.
    pub fn asked_each_time(&self, path: &str) -> Vec<Mend> {
        self.header(path, "Cache-Control", "no-cache")
    }

    /// What is named by its content is kept.
    pub fn kept(&self, path: &str) -> Vec<Mend> {
        self.header(path, "Cache-Control", FOREVER)
    }

    /// A line for nginx alone: other hosts do it by themselves.
    #[expect(clippy::unused_self, reason = "beside the others")]
    pub fn nginx(&self, line: &str) -> Vec<Mend> {
        vec![mend(NGINX, line)]
    }

    /// The media type of an ending.
    pub fn kind(&self, ending: &str, kind: &str) -> Vec<Mend> {
        vec![
            mend(HEADERS, format!("{}*.{ending}\n  Content-Type: {kind}", self.base)),
            mend(NGINX, format!("types {{ {kind} {ending}; }}")),
        ]
    }

    /// A snapshot is sent as it is, in parts.
    pub fn ranges(&self) -> Vec<Mend> {
        let base = self.base;
        vec![
            mend(
                HEADERS,
                format!("{base}data/snapshot-*\n  Cache-Control: {FOREVER}, no-transform"),
            ),
            mend(
                NGINX,
                format!(
                    "location ^~ {base}data/snapshot- {{ gzip off; brotli off; max_ranges 1; }}"
                ),
            ),
            mend("any host without ranges", "hub build … --publish chunked, then hub site anew"),
        ]
    }

    /// Every address that is no file is the page's.
    pub fn views(&self) -> Vec<Mend> {
        let base = self.base;
        vec![
            mend(REDIRECTS, format!("{base}* {base}index.html 200")),
            mend(NGINX, format!("location {base} {{ try_files $uri {base}index.html; }}")),
            mend("GitHub Pages and most others", "404.html of the site, at the root of the host"),
        ]
    }

    /// Answers for programs have no ending in their addresses.
    pub fn answers(&self) -> Vec<Mend> {
        let base = self.base;
        vec![
            mend(REDIRECTS, format!("{base}api/kpis {base}api/kpis.json 200")),
            mend(
                NGINX,
                format!("location ^~ {base}api/ {{ try_files $uri.json $uri/index.json =404; }}"),
            ),
        ]
    }

    /// Files of data that are not there are not answered by the page.
    pub fn missing(&self) -> Vec<Mend> {
        let base = self.base;
        vec![
            mend("_redirects (Netlify)", format!("{base}data/* {base}404.html 404")),
            mend(NGINX, format!("location ^~ {base}data/ {{ try_files $uri =404; }}")),
        ]
    }

    /// What a page of another host may read.
    pub fn shared(&self, name: &str, value: &str) -> Vec<Mend> {
        vec![
            mend("_headers of the data's host", format!("/*\n  {name}: {value}")),
            mend("nginx of the data's host", format!("add_header {name} \"{value}\" always;")),
            mend("bucket of an object store (CORS rule)", bucket(name, value)),
        ]
    }
}

/// The rule of a bucket.
fn bucket(name: &str, value: &str) -> String {
    let rule = match name {
        "Access-Control-Expose-Headers" => "ExposeHeaders",
        "Access-Control-Allow-Headers" => "AllowedHeaders",
        _ => "AllowedOrigins",
    };
    let values: Vec<&str> = value.split(',').map(str::trim).collect();
    format!("\"{rule}\": {}", serde_json::json!(values))
}
