//! A file of the site, by the way that was judged, in an answer that fits what was asked for.

use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, HeaderName, HeaderValue};
use axum::http::{Method, Request, Response};
use edge::Refusal;
use edge::answer::{self, Answer};
use edge::ask::Ask;
use edge::inner::{HOST, Inner};
use edge::reply::Reply;
use edge::route::{Route, Site};

use super::ask::Asked;
use super::respond;
use crate::serve::files::Files;

/// The file that a request asks for, by a route that it may take.
///
/// # Errors
/// If there is none, or it cannot be had so.
pub async fn file(
    files: &Files,
    ask: &Ask<Asked>,
    (site, secure): (Site<'_>, bool),
    route: Route,
) -> Result<Response<Body>, Refusal> {
    let inner = Inner::new(route, &ask.path, site.base, &ask.method, |name| ask.header(name))?;
    let path = inner.url.strip_prefix(HOST).and_then(|path| path.strip_prefix(site.base));
    let path = format!("/{}", path.ok_or(Refusal::NotFound)?);
    let found = files.exact(&path, request(&inner, ask)?).await;
    let (head, body) = found.into_parts();
    let given = |name: &str| head.headers.get(name)?.to_str().map(str::to_owned).ok();
    match answer::judge(&inner, secure, head.status.as_u16(), given) {
        Answer::Pass(head) => Ok(respond::file(&head, body)),
        Answer::Bare(head) => Ok(respond::file(&head, Body::empty())),
        Answer::Outside(length) => Ok(respond::reply(&Reply::bad_range(length))),
        Answer::Refuse(refusal) => Err(refusal),
        // Parts are cut by whoever reads the files here.
        Answer::Stream(..) | Answer::Keep(..) => Err(Refusal::FilesUnavailable),
    }
}

/// What the files are asked for.
fn request(inner: &Inner, ask: &Ask<Asked>) -> Result<Request<Body>, Refusal> {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = if inner.method == "HEAD" { Method::HEAD } else { Method::GET };
    let headers = request.headers_mut();
    for (name, value) in &inner.headers {
        let value = HeaderValue::from_str(value).map_err(|_| Refusal::NotFound)?;
        headers.insert(HeaderName::from_static(name), value);
    }
    // A part is one of the file as it is.
    if inner.span.is_none()
        && let Some(packed) = ask.request.head().headers.get(ACCEPT_ENCODING)
    {
        headers.insert(ACCEPT_ENCODING, packed.clone());
    }
    Ok(request)
}
