//! The page of the E-Commerce Insights Hub: a Yew app over a read-only snapshot.
//!
//! Data flows one way: [`session::load`] asks [`session::engine_http`] for columns, the store in [`session::state`] holds
//! the facts made of them, cards compute widgets from the store, and [`host::plotly`] draws. Only
//! [`session::engine_http`] knows the database part, only [`host::plotly`] the charts' script.

mod about;
pub mod app;
mod ask;
pub mod board;
mod cards;
mod edits;
pub mod export;
pub mod filter;
pub mod host;
pub mod live;
pub mod look;
mod page;
mod search;
pub mod session;
mod shell;
mod sign_in;
mod ui;

pub use app::{App, AppProps, serve_worker};
pub use session::early::Early;
pub use ui::focus::follow as follow_history;

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
