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
            self.sent(&served, head.method, headers).await
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
            if same { unchanged() } else { self.sent(path, head.method, headers).await };
        let is_packed = response.headers().contains_key(CONTENT_ENCODING);
        let path = if path == "/" { format!("/{PAGE}") } else { path.to_owned() };
        self.rules.apply(&self.named(&path), response.headers_mut());
        if let Some(etag) = if is_packed { weak } else { strong } {
            response.headers_mut().insert(ETAG, etag);
        }
        response.headers_mut().entry(VARY).or_insert(HeaderValue::from_static("accept-encoding"));
        response
    }

    /// What the folder answers for a path.
    async fn sent(&self, path: &str, method: Method, headers: HeaderMap) -> Response<Body> {
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
