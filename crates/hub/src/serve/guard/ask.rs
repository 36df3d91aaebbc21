//! A request as the guard reads it. Forwarded headers are not looked at: anybody can send them.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, HttpBody};
use axum::http::request::Parts;
use axum::http::{HeaderName, Request};
use edge::Refusal;
use edge::ask::{Ask, Headers};

/// A request's head, and its body until somebody takes it.
pub struct Asked {
    head: Parts,
    body: Mutex<Body>,
}

impl Headers for Asked {
    fn header(&self, name: &str) -> Option<String> {
        let name: HeaderName = name.parse().ok()?;
        let values = self.head.headers.get_all(name).iter();
        // A byte is a letter, as in a browser: what is more than ASCII is no less odd for it.
        let text = |value: &[u8]| value.iter().copied().map(char::from).collect::<String>();
        let values: Vec<String> = values.map(|value| text(value.as_bytes())).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

impl Asked {
    /// The names by which the site is asked for.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let target = self.head.uri.authority().map(|authority| authority.as_str().to_owned());
        self.header("host").into_iter().chain(target)
    }

    /// The query of its address.
    pub fn query(&self) -> &str {
        self.head.uri.query().unwrap_or_default()
    }

    /// The request as it came.
    pub fn whole(self) -> Request<Body> {
        Request::from_parts(
            self.head,
            self.body.into_inner().unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// Its head.
    pub fn head(&self) -> &Parts {
        &self.head
    }

    /// Takes its body, of so many bytes at most.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`]; [`Refusal::BadBody`] if it breaks off.
    pub async fn read(&self, most: usize) -> Result<Vec<u8>, Refusal> {
        let said = self.header("content-length").and_then(|text| text.parse::<usize>().ok());
        if said.is_some_and(|said| said > most) {
            return Err(Refusal::TooLarge);
        }
        let mut body = {
            let mut body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *body)
        };
        let mut bytes = Vec::new();
        while let Some(frame) =
            std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
        {
            // What stands behind a body is none of it.
            let Ok(piece) = frame.map_err(|_| Refusal::BadBody)?.into_data() else { continue };
            if bytes.len().saturating_add(piece.len()) > most {
                return Err(Refusal::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }
}

/// Reads a request. Where its target is a whole address, that counts, as in HTTP; else the host that
/// it names. This program speaks no TLS.
///
/// # Errors
/// [`Refusal::OddHost`] if it names none, or is oddly written.
pub fn read(request: Request<Body>) -> Result<Ask<Asked>, Refusal> {
    let (head, body) = request.into_parts();
    let asked = Asked { head, body: Mutex::new(body) };
    let uri = &asked.head.uri;
    let url = match uri.authority() {
        Some(authority) => {
            format!("{}://{authority}{}", uri.scheme_str().unwrap_or("http"), uri.path())
        }
        None => format!("http://{}{}", asked.header("host").ok_or(Refusal::OddHost)?, uri.path()),
    };
    let method = asked.head.method.as_str().to_owned();
    Ask::new(&url, method, asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(target: &str, headers: &[(&str, &str)]) -> Result<Ask<Asked>, Refusal> {
        let request =
            headers.iter().fold(Request::builder().uri(target), |request, (name, value)| {
                request.header(*name, value.as_bytes())
            });
        read(request.body(Body::from("12345")).unwrap())
    }

    #[test]
    fn a_header_that_comes_twice_is_both() {
        let twice = [("host", "a"), ("cookie", "x=1"), ("cookie", "x=2"), ("x-a", "é")];
        let ask = asked("/data/x?a=b", &twice).unwrap();
        assert_eq!((ask.path.as_str(), ask.cookies().as_str()), ("/data/x", "x=1, x=2"));
        assert_eq!(ask.header("x-a").as_deref(), Some("Ã©"));
        assert_eq!(ask.header("x-b"), None);
        assert_eq!(ask.request.query(), "a=b");
    }

    #[test]
    fn a_host_is_named_once_and_plainly() {
        for hosts in [&[][..], &["a", "b"], &["a\\data"], &["u@a"], &["a:0"], &[""], &["a/data"]] {
            let headers: Vec<(&str, &str)> = hosts.iter().map(|host| ("host", *host)).collect();
            assert!(asked("/", &headers).is_err(), "{hosts:?}");
        }
        let ask = asked("http://a.example/data/x", &[("host", "b.example")]).unwrap();
        assert_eq!(ask.path, "/data/x");
        assert_eq!(ask.request.names().collect::<Vec<_>>(), ["b.example", "a.example"]);
        assert!(asked("ftp://a/", &[("host", "a")]).is_err());
    }

    #[tokio::test]
    async fn a_body_is_read_once_and_no_further_than_it_may_be_long() {
        let ask = asked("/", &[("host", "a")]).unwrap();
        assert_eq!(ask.request.read(5).await.unwrap(), b"12345");
        assert!(ask.request.read(5).await.unwrap().is_empty());
        let long = asked("/", &[("host", "a")]).unwrap();
        assert_eq!(long.request.read(4).await, Err(Refusal::TooLarge));
        let said = asked("/", &[("host", "a"), ("content-length", "6")]).unwrap();
        assert_eq!(said.request.read(5).await, Err(Refusal::TooLarge));
    }
}
