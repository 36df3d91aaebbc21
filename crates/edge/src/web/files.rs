//! Static files: the page for everybody, the data for signed-in users, ranges cut out of files
//! where the host's own service ignores them.

use wasm_bindgen::JsValue;
use web_sys::{Headers, ReadableStream, Request, RequestInit, RequestRedirect, Response};

use super::ask::Asked;
use super::{host, kept, respond};
use crate::Refusal;
use crate::answer::{self, Answer, Head};
use crate::ask::Ask;
use crate::inner::Inner;
use crate::reply::Reply;
use crate::route::Route;

/// Answers with a file.
pub async fn serve(
    ask: &Ask<Asked>,
    env: &JsValue,
    route: Route,
    base: &str,
) -> Result<Response, Refusal> {
    let inner = Inner::new(route, &ask.path, base, &ask.method, |name| ask.header(name))?;
    let request = request(&inner).map_err(|_| Refusal::Internal)?;
    // What the platform asks for is what was judged, letter for letter.
    if request.url() != inner.url {
        return Err(Refusal::OddPath);
    }
    let file = host::file(env, &request).await?;
    let given = file.headers();
    let header = |name: &str| given.get(name).ok().flatten();
    let judged = answer::judge(&inner, ask.is_secure(), file.status(), header);
    answer(judged, file.body()).await
}

async fn answer(judged: Answer, body: Option<ReadableStream>) -> Result<Response, Refusal> {
    let made = match judged {
        Answer::Pass(head) => passed(&head, body.as_ref()),
        Answer::Stream(head, part) => {
            let body = body.ok_or(Refusal::FilesUnavailable)?;
            let part = host::part(&body, part.start, part.end - part.start);
            passed(&head, Some(&part.map_err(|_| Refusal::FilesUnavailable)?))
        }
        Answer::Keep(head, plan) => {
            return kept::part(head, plan, body.ok_or(Refusal::FilesUnavailable)?).await;
        }
        Answer::Bare(head) => {
            host::drop_body(body.as_ref());
            passed(&head, None)
        }
        Answer::Outside(length) => {
            host::drop_body(body.as_ref());
            respond::reply(&Reply::bad_range(length))
        }
        Answer::Refuse(refusal) => {
            host::drop_body(body.as_ref());
            return Err(refusal);
        }
    };
    made.map_err(|_| Refusal::Internal)
}

fn request(inner: &Inner) -> Result<Request, JsValue> {
    let init = RequestInit::new();
    init.set_method(inner.method);
    init.set_headers_headers(&respond::headers(&inner.headers)?);
    init.set_redirect(RequestRedirect::Manual);
    Request::new_with_str_and_init(&inner.url, &init)
}

fn passed(head: &Head, body: Option<&ReadableStream>) -> Result<Response, JsValue> {
    let headers: Headers = respond::headers(&head.headers)?;
    let init = respond::init(head.status, &headers);
    Response::new_with_opt_readable_stream_and_init(body, &init)
}
