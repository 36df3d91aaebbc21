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
pub mod host;
pub mod language;
mod later;
pub mod load;
pub mod look;
mod page;
pub mod prefs;
mod search;
mod shell;
mod sign_in;
pub mod state;
mod store;
pub mod supply;
pub mod theme;
mod ui;

pub use app::{App, AppProps};
pub use early::Early;
pub use later::serve_worker;
pub use ui::focus::follow as follow_history;

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
