//! The site's files: ranges, conditional requests, compressed copies, and the page for every
//! address that is no file.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::Result;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, ETAG, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    IF_RANGE, LOCATION, RANGE, VARY,
};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use edge::range::{self, Asked, Span};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use super::headers::Rules;
use super::small;

/// The built site.
pub struct Files {
    root: PathBuf,
    folder: ServeDir,
    rules: Rules,
    base: String,
}

/// The page.
const PAGE: &str = "index.html";

impl Files {
    /// A site below a path.
    ///
    /// # Errors
    /// If its rules for headers cannot be read.
    pub fn of(root: &Path, base: &str) -> Result<Self> {
        let root = root.canonicalize()?;
        let folder = ServeDir::new(&root)
            .append_index_html_on_directories(true)
            .precompressed_br()
            .precompressed_gzip();
        let (rules, base) = (Rules::read(&root)?, base.to_owned());
        Ok(Self { root, folder, rules, base })
    }

    /// The answer for a path below the base, which begins with a slash.
    pub async fn answer(&self, path: &str, request: Request<Body>) -> Response<Body> {
        let (head, _) = request.into_parts();
        let found = self.file(path);
        // An address without an ending is a view of the page, which decides what there is.
        let (served, file) = match found {
            Some(file) => (path.to_owned(), file),
            None if self.file(&format!("{path}/")).is_some() => {
                return moved(&self.named(&format!("{path}/")));
            }
            None if Path::new(path).extension().is_none() => {
                (format!("/{PAGE}"), self.root.join(PAGE))
            }
            None => return missing(),
        };
        let etag = etag(&file);
        let request = head.headers;
        let known = request.get(IF_NONE_MATCH);
        let same = etag.as_ref().is_some_and(|etag| known.is_some_and(|known| holds(known, etag)));
        let mut response = if same {
            unchanged()
        } else {
            // The names of files here are weak ones, of which no part may be asked for by condition.
            let mut headers = request;
            if headers.contains_key(IF_RANGE) {
                headers.remove(RANGE);
            }
            self.sent((&served, &file), head.method, headers).await
        };
        self.rules.apply(&self.named(&served), response.headers_mut());
        if let Some(etag) = etag {
            response.headers_mut().insert(ETAG, etag);
        }
        response.headers_mut().entry(VARY).or_insert(HeaderValue::from_static("accept-encoding"));
        response
    }

    /// The file of a path below the base and no other: no page in its place, and nothing to which a
    /// link leads, since its name says who may see it. It has a strong name, unless it is a compressed
    /// copy.
    pub async fn exact(&self, path: &str, request: Request<Body>) -> Response<Body> {
        let (head, _) = request.into_parts();
        let Some(file) = self.file(path).filter(|file| is_itself(file)) else { return missing() };
        let weak = etag(&file);
        let strong = weak.as_ref().and_then(strong);
        let mut headers = head.headers;
        let same = match (headers.remove(IF_NONE_MATCH), &weak) {
            (Some(known), Some(weak)) => {
                // Where a name is said, a time is not looked at.
                headers.remove(IF_MODIFIED_SINCE);
                holds(&known, weak)
            }
            _ => false,
        };
        if headers.remove(IF_RANGE).is_some_and(|meant| Some(meant) != strong) {
            headers.remove(RANGE);
        }
        if let Some(range) = headers.get(RANGE).and_then(|range| within(range, &file)) {
            headers.insert(RANGE, range);
        }
        if [".br", ".gz"].iter().any(|ending| is_link(&file, ending)) {
            headers.remove(ACCEPT_ENCODING);
        }
        let mut response =
            if same { unchanged() } else { self.sent((path, &file), head.method, headers).await };
        let is_packed = response.headers().contains_key(CONTENT_ENCODING);
        let path = if path == "/" { format!("/{PAGE}") } else { path.to_owned() };
        self.rules.apply(&self.named(&path), response.headers_mut());
        if let Some(etag) = if is_packed { weak } else { strong } {
            response.headers_mut().insert(ETAG, etag);
        }
        response.headers_mut().entry(VARY).or_insert(HeaderValue::from_static("accept-encoding"));
        response
    }

    /// What the folder answers for a path, which is that of a file.
    async fn sent(
        &self,
        (path, file): (&str, &Path),
        method: Method,
        headers: HeaderMap,
    ) -> Response<Body> {
        if let Some(small) = small::read(file, &method, &headers) {
            return small;
        }
        self.large(path, method, headers).await
    }

    async fn large(&self, path: &str, method: Method, headers: HeaderMap) -> Response<Body> {
        let Ok(uri) = path.parse::<Uri>() else { return missing() };
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method;
        *request.headers_mut() = headers;
        *request.uri_mut() = uri;
        match self.folder.clone().oneshot(request).await {
            Ok(response) => response.map(Body::new),
            Err(never) => match never {},
        }
    }

    /// A path as the rules for headers name it.
    fn named(&self, path: &str) -> String {
        format!("{}{path}", self.base.trim_end_matches('/'))
    }

    /// The file of a path, or the page of a folder's; nothing outside the site, and none of the
    /// files that are for hosts alone.
    fn file(&self, path: &str) -> Option<PathBuf> {
        let parts = path.split('/').filter(|part| !part.is_empty());
        let mut file = self.root.clone();
        for part in parts {
            if part.starts_with(['.', '_']) || part.contains(['\\', '%', '\0', ':']) {
                return None;
            }
            file.push(part);
        }
        if path.ends_with('/') {
            file.push(PAGE);
        }
        // A link that leads out of the site is none of its files.
        let real = file.canonicalize().ok()?;
        (real.is_file() && real.starts_with(&self.root)).then_some(file)
    }
}

/// A name for a file's content, as far as the disk tells.
fn etag(file: &Path) -> Option<HeaderValue> {
    let about = std::fs::metadata(file).ok()?;
    let changed = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    // Weak, since compressed copies go out under the same name.
    HeaderValue::from_str(&format!("W/\"{:x}-{changed:x}\"", about.len())).ok()
}

/// The same name for the file as it is.
fn strong(weak: &HeaderValue) -> Option<HeaderValue> {
    HeaderValue::from_str(weak.to_str().ok()?.strip_prefix("W/")?).ok()
}

/// A range as the very bytes of a file that it means; none where it means none.
fn within(range: &HeaderValue, file: &Path) -> Option<HeaderValue> {
    let Asked::One(span) = range::read(range.to_str().ok()) else { return None };
    let (start, end) = span.within(std::fs::metadata(file).ok()?.len())?;
    HeaderValue::from_str(&Span::From(start, end.checked_sub(1)).header()).ok()
}

/// True for a file at which its own path leads by no link.
fn is_itself(file: &Path) -> bool {
    file.canonicalize().is_ok_and(|real| real == file)
}

/// True if what stands beside a file under its name and an ending is a link.
fn is_link(file: &Path, ending: &str) -> bool {
    let mut beside = file.as_os_str().to_owned();
    beside.push(ending);
    std::fs::symlink_metadata(beside).is_ok_and(|about| about.is_symlink())
}

fn unchanged() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    response
}

/// The page of a folder is at the address that ends as folders do, so that what it names is found.
fn moved(to: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

/// Whether a list of names holds one.
pub fn holds(list: &HeaderValue, etag: &HeaderValue) -> bool {
    let bare = |name: &str| name.trim().trim_start_matches("W/").to_owned();
    let (Ok(list), Ok(etag)) = (list.to_str(), etag.to_str()) else { return false };
    list.trim() == "*" || list.split(',').any(|name| bare(name) == bare(etag))
}

fn missing() -> Response<Body> {
    let mut response = Response::new(Body::from("There is no such file.\n"));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    async fn whole(response: Response<Body>) -> (StatusCode, Vec<(String, String)>, Vec<u8>) {
        let (head, body) = response.into_parts();
        let mut headers: Vec<_> = head
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        headers.sort();
        (head.status, headers, to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }

    #[tokio::test]
    async fn a_small_file_is_answered_as_a_large_one_is() {
        let site = tempfile::tempdir().unwrap();
        let write =
            |name: &str, bytes: &[u8]| std::fs::write(site.path().join(name), bytes).unwrap();
        for name in ["a.js", "a.json", "a.sqlite", "a.wasm", "a", "b.js", "b.js.gz"] {
            write(name, b"let whole;");
        }
        write("large.sqlite", &[7; 200_000]);
        write("empty.json", b"");
        let files = Files::of(site.path(), "/").unwrap();
        let mut small = 0;
        for name in
            ["a.js", "a.json", "a.sqlite", "a.wasm", "a", "b.js", "large.sqlite", "empty.json"]
        {
            for header in [
                "",
                "range: bytes=0-3",
                "range: bytes=4-",
                "range: bytes=-2",
                "range: bytes=5-99",
                "range: bytes=100000-100009",
                "range: bytes=99-",
                "range: bytes=0-1,3-4",
                "range: lines=1",
                "accept-encoding: gzip, br",
                "if-modified-since: Thu, 01 Jan 2099 00:00:00 GMT",
            ] {
                let mut headers = HeaderMap::new();
                if let Some((header, value)) = header.split_once(": ") {
                    let header = axum::http::HeaderName::from_static(header);
                    headers.insert(header, HeaderValue::from_static(value));
                }
                let (path, file) = (format!("/{name}"), site.path().join(name));
                let Some(read) = small::read(&file, &Method::GET, &headers) else { continue };
                let large = files.large(&path, Method::GET, headers).await;
                assert_eq!(whole(read).await, whole(large).await, "{name} {header}");
                small += 1;
            }
        }
        assert!(small > 30, "{small}");
    }
}
