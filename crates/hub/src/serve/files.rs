//! The site's files: ranges, conditional requests, compressed copies, and the page for every
//! address that is no file.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::Result;
use axum::body::Body;
use axum::http::header::{ETAG, HeaderValue, IF_NONE_MATCH, IF_RANGE, RANGE, VARY};
use axum::http::{Request, Response, StatusCode, Uri};
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
            None if Path::new(path).extension().is_none() => {
                (format!("/{PAGE}"), self.root.join(PAGE))
            }
            None => return missing(),
        };
        let etag = etag(&file);
        let known = head.headers.get(IF_NONE_MATCH);
        let same = etag.as_ref().is_some_and(|etag| known.is_some_and(|known| holds(known, etag)));
        let mut response = if same {
            let mut unchanged = Response::new(Body::empty());
            *unchanged.status_mut() = StatusCode::NOT_MODIFIED;
            unchanged
        } else {
            let mut request = Request::new(Body::empty());
            *request.method_mut() = head.method.clone();
            *request.headers_mut() = head.headers;
            // The names of files here are weak ones, of which no part may be asked for by condition.
            if request.headers().contains_key(IF_RANGE) {
                request.headers_mut().remove(RANGE);
            }
            let Ok(uri) = served.parse::<Uri>() else { return missing() };
            *request.uri_mut() = uri;
            match self.folder.clone().oneshot(request).await {
                Ok(response) => response.map(Body::new),
                Err(never) => match never {},
            }
        };
        let named = format!("{}{}", self.base.trim_end_matches('/'), served);
        self.rules.apply(&named, response.headers_mut());
        if let Some(etag) = etag {
            response.headers_mut().insert(ETAG, etag);
        }
        response.headers_mut().entry(VARY).or_insert(HeaderValue::from_static("accept-encoding"));
        response
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
