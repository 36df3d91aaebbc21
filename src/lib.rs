//! The page of the E-Commerce Insights Hub: a Yew app over a read-only snapshot.

pub mod engine_http;
pub mod script;
