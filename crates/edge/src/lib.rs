//! The optional edge function: checks Google's ID tokens, keeps sessions in cookies, guards the data.
//!
//! Everything but [`guard`] and `web` is plain arithmetic on text: no clock, no randomness, no network
//! and no JavaScript type, so that it runs and is tested natively. [`guard`] judges requests with that,
//! over any [`guard::platform::Platform`]: a server that guards its site by itself is one. `web` is
//! another, the thin layer over `Request`, `Response` and `SubtleCrypto` that exists on WebAssembly
//! alone, and knows no host: the same bytes run in Cloudflare's workerd and in Deno.
//!
//! Times are whole seconds since 1970 unless a name says milliseconds.

pub mod address;
pub mod allow;
pub mod answer;
pub mod ask;
pub mod base64url;
pub mod cookie;
pub mod cut;
pub mod guard;
pub mod headers;
pub mod inner;
pub mod jwks;
pub mod key_cache;
pub mod keys;
pub mod leases;
pub mod log;
pub mod nonce;
pub mod origin;
pub mod path;
pub mod range;
pub mod refusal;
pub mod reply;
pub mod route;
pub mod seal;
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod token;
pub mod used;

#[cfg(target_arch = "wasm32")]
mod web;

pub use refusal::Refusal;
