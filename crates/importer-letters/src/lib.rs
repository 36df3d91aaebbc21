//! Encodings other than UTF-8 as a program of their own: the worker of the importer fetches it when the
//! first file needs one, which most never do. All of it is the crate `letters`; `crates/importer` asks
//! it by way of the worker's script, `static/js/worker/letters.js`.

#[cfg(target_arch = "wasm32")]
mod web;
