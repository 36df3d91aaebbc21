//! One request, answered, counted and written down.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response};

use super::hub::Hub;
use super::{everybody, guarded, log, reply};

/// Answers a request.
pub async fn answer(State(hub): State<Arc<Hub>>, request: Request<Body>) -> Response<Body> {
    let (start, method) = (Instant::now(), request.method().clone());
    let (route, response) = if hub.is_guarded() {
        guarded::answer(&hub, request).await
    } else {
        let (route, mut response) = everybody::answer(&hub, request).await;
        if hub.cors && route.starts_with('/') {
            reply::for_everybody(response.headers_mut());
        }
        (route, response)
    };
    let (status, took) = (response.status().as_u16(), start.elapsed());
    hub.metrics.count(&route, status, took);
    log::answered(&method, &route, status, took);
    response
}
