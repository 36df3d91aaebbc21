//! Stands in for `wasm-bindgen` when trunk builds the app, and cuts the program first.
//!
//! Trunk knows no programs of several files. Where it calls `wasm-bindgen` on the compiled app,
//! this cuts it at the functions that `src/app/parts.rs` marks, leaves the pieces in the folder
//! `HUB_PIECES`, where `static/js/pieces.mjs` finds them, and hands the rest to the real program,
//! `HUB_WASM_BINDGEN`. Whatever else that is asked for goes to it as it is.

mod call;
mod data;
mod first;
mod program;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use wasm_split_cli_support::{Options, transform};

use call::Call;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    let program = variable("HUB_WASM_BINDGEN")?;
    let args = match Call::read(&args) {
        Some(call) => call.on(&cut(&call, &variable("HUB_PIECES")?)?),
        None => args,
    };
    let status = Command::new(&program).args(args).status();
    let status = status.with_context(|| format!("{} does not start", program.display()))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn variable(name: &str) -> Result<PathBuf> {
    let value = std::env::var_os(name).filter(|value| !value.is_empty());
    let value = value.with_context(|| format!("{name} is not set: build by cargo xtask"))?;
    Ok(value.into())
}

/// The section in which a program says that it wants to be cut.
const MARK: &[u8] = b"__wasm_split_unstable";

/// Writes the pieces and the script that fetches them; gives the file with the rest, or the program
/// itself if it has no mark to be cut at.
fn cut(call: &Call, pieces: &Path) -> Result<PathBuf> {
    let input = std::fs::read(&call.program).context("the compiled app cannot be read")?;
    if !input.windows(MARK.len()).any(|bytes| bytes == MARK) {
        return Ok(call.program.clone());
    }
    let rest = pieces.join(format!("{}.wasm", call.name));
    let glue = format!("./{}.js", call.name);
    let mut shared = cut_at_marks(&input, pieces, &rest, &glue)?;
    let kept = first::small(pieces, &shared)?;
    if !kept.is_empty() {
        shared = cut_at_marks(&first::exporting(&input, &kept)?, pieces, &rest, &glue)?;
    }
    let link = pieces.join(Options::new(&input).link_name);
    data::moved(pieces, &shared, &rest, &link)?;
    Ok(rest)
}

/// Cuts a program; gives the pieces that several files share.
fn cut_at_marks(input: &[u8], pieces: &Path, rest: &Path, glue: &str) -> Result<BTreeSet<String>> {
    if pieces.exists() {
        std::fs::remove_dir_all(pieces).with_context(|| pieces.display().to_string())?;
    }
    std::fs::create_dir_all(pieces).with_context(|| pieces.display().to_string())?;
    let mut options = Options::new(input);
    options.output_dir = pieces;
    options.main_out_path = rest;
    options.main_module = glue;
    // Its errors are of a kind that anyhow cannot hold.
    let cut = transform(options);
    let cut = cut.map_err(|error| anyhow::anyhow!("the app cannot be cut: {error:#}"))?;
    Ok(first::shared(cut.prefetch_map))
}
