//! The page of the E-Commerce Insights Hub: a Yew app over a read-only snapshot.
//!
//! Data flows one way: [`load`] asks [`engine_http`] for columns, the store in [`state`] holds
//! the facts made of them, cards compute widgets from the store, and [`host::plotly`] draws. Only
//! [`engine_http`] knows the database part, only [`host::plotly`] the charts' script.

mod about;
pub mod accent;
mod access;
pub mod app;
pub mod board;
mod card;
pub mod compute;
pub mod config;
pub mod data;
mod early;
pub mod engine_http;
pub mod export;
pub mod filter;
mod focus;
pub mod host;
mod icon;
pub mod language;
mod later;
pub mod load;
pub mod look;
mod page;
mod phrase;
pub mod prefs;
pub mod route;
mod search;
mod select;
mod shell;
mod sign_in;
pub mod state;
mod store;
pub mod supply;
pub mod theme;

pub use app::{App, AppProps};
pub use early::Early;
pub use focus::follow as follow_history;
pub use later::serve_worker;

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
