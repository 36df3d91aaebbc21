//! Small files and small parts of files, read where they are asked for. To hand each step of it to
//! other threads, as is right for large ones, takes ten times as long as the reading itself.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HeaderValue,
    IF_MATCH, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE, LAST_MODIFIED, RANGE,
};
use axum::http::{HeaderMap, Method, Response, StatusCode};
use edge::range::{self, Asked};

/// Bytes that are read so at most.
const MOST: u64 = 64 * 1024;

/// The answer to a plain request for a small file or a small part of one; nothing for any other.
pub fn read(file: &Path, method: &Method, headers: &HeaderMap) -> Option<Response<Body>> {
    let conditions = [IF_MATCH, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE];
    let is_plain =
        *method == Method::GET && !conditions.iter().any(|name| headers.contains_key(name));
    if !is_plain || (headers.contains_key(ACCEPT_ENCODING) && has_copies(file)) {
        return None;
    }
    let mut opened = File::open(file).ok()?;
    let about = opened.metadata().ok().filter(std::fs::Metadata::is_file)?;
    let length = about.len();
    let part = match headers.get(RANGE).map(|range| range::read(range.to_str().ok())) {
        Some(Asked::One(span)) => Some(span.within(length)?),
        Some(_) => return None,
        None => None,
    };
    let (start, end) = part.unwrap_or((0, length));
    let size = end.checked_sub(start).filter(|size| *size <= MOST)?;
    let mut bytes = vec![0; usize::try_from(size).ok()?];
    opened.seek(SeekFrom::Start(start)).ok()?;
    opened.read_exact(&mut bytes).ok()?;
    let mut response = Response::new(Body::from(bytes));
    let put = response.headers_mut();
    put.insert(CONTENT_TYPE, HeaderValue::from_static(kind(file)));
    put.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    put.insert(CONTENT_LENGTH, size.into());
    let changed = httpdate::fmt_http_date(about.modified().ok()?);
    put.insert(LAST_MODIFIED, HeaderValue::from_str(&changed).ok()?);
    if part.is_some() {
        let place = format!("bytes {start}-{}/{length}", end.checked_sub(1)?);
        put.insert(CONTENT_RANGE, HeaderValue::from_str(&place).ok()?);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Some(response)
}

fn kind(file: &Path) -> &'static str {
    mime_guess::from_path(file).first_raw().unwrap_or("application/octet-stream")
}

/// True if compressed copies lie beside a file.
fn has_copies(file: &Path) -> bool {
    [".br", ".gz"].iter().any(|ending| {
        let mut beside = file.as_os_str().to_owned();
        beside.push(ending);
        Path::new(&beside).exists()
    })
}
