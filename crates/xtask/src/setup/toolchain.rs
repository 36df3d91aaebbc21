//! What compiles for the web.

use std::path::PathBuf;

use super::Env;

/// The target's name.
pub const TRIPLE: &str = "wasm32-unknown-unknown";

/// How to use a compiler for the web.
#[derive(Default)]
pub struct Toolchain {
    /// A folder with its `cargo` and `rustc`, when they are not the ones already on `PATH`.
    pub folder: Option<PathBuf>,
    /// Variables it needs.
    pub env: Env,
}
