//! Building the edge function: WebAssembly and its glue, beside the shim that loads them.

use anyhow::Result;

use crate::paths;
use crate::process::Run;
use crate::setup::{Env, TRIPLE};
use crate::step::step;

/// Where `edge/shim.js` looks for what is built; ignored by git.
const BUILT: &str = "edge/built";

/// The state can be made anew after a panic; names of functions help nobody there.
const BINDGEN: [&str; 7] = [
    "--target=module",
    "--no-typescript",
    "--remove-name-section",
    "--remove-producers-section",
    "--experimental-reset-state-function",
    "--force-enable-abort-handler",
    "--out-dir",
];

/// Builds it for release.
///
/// # Errors
/// When cargo or wasm-bindgen fails.
pub fn build(env: &Env) -> Result<()> {
    step("build the edge function", "1 min the first time", || {
        let release = ["build", "--release", "--target", TRIPLE, "--package", "edge"];
        Run::new("cargo", &release).envs(env).run()?;
        let built = paths::cargo_target("wasm")?.join(TRIPLE).join("release/edge.wasm");
        Run::new("wasm-bindgen", &BINDGEN).arg(BUILT).arg(built).envs(env).run()
    })
}
