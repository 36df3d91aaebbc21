//! Building the importer's programs for browsers: WebAssembly and its glue.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::paths;
use crate::process::Run;
use crate::setup::{self, Env, TRIPLE};
use crate::step::step;

/// The packages: the importer, and what only files need that are not UTF-8.
const PACKAGES: [&str; 2] = ["importer", "importer-letters"];

const BINDGEN: [&str; 5] = [
    "--target=web",
    "--no-typescript",
    "--remove-name-section",
    "--remove-producers-section",
    "--out-dir",
];

/// As small as it gets, with what the compiler uses of WebAssembly.
const SMALL: [&str; 11] = [
    "--generate-global-effects",
    "-Oz",
    "--converge",
    // What the linker lays out begins higher up.
    "--low-memory-unused",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Parts of SQLite that no import needs.
const WITHOUT: [&str; 36] = [
    "-DSQLITE_OMIT_AUTHORIZATION",
    "-DSQLITE_OMIT_COMPILEOPTION_DIAGS",
    // A file that vacuums itself is read all the same: it is never written.
    "-DSQLITE_OMIT_AUTOVACUUM",
    // Conditions that nobody writes here are looked up row by row.
    "-DSQLITE_OMIT_BETWEEN_OPTIMIZATION",
    "-DSQLITE_OMIT_LIKE_OPTIMIZATION",
    "-DSQLITE_OMIT_OR_OPTIMIZATION",
    "-DSQLITE_OMIT_COMPLETE",
    "-DSQLITE_OMIT_DECLTYPE",
    "-DSQLITE_OMIT_EXPLAIN",
    // None are declared by what is made here, and none are held in what is only read.
    "-DSQLITE_OMIT_FOREIGN_KEY",
    "-DSQLITE_OMIT_GET_TABLE",
    "-DSQLITE_OMIT_INCRBLOB",
    "-DSQLITE_OMIT_INTEGRITY_CHECK",
    // But for columns that a file has computed of such texts, which the program for hosts reads.
    "-DSQLITE_OMIT_JSON",
    "-DSQLITE_OMIT_LOOKASIDE",
    "-DSQLITE_OMIT_PROGRESS_CALLBACK",
    "-DSQLITE_OMIT_TCL_VARIABLE",
    "-DSQLITE_OMIT_TRACE",
    "-DSQLITE_OMIT_TRUNCATE_OPTIMIZATION",
    // A file that was written with a log is read without, see `database_of` of the importer.
    "-DSQLITE_OMIT_WAL",
    // Statements are the importer's own, and no deeper than they are written.
    "-DSQLITE_MAX_EXPR_DEPTH=0",
    "-DSQLITE_UNTESTABLE",
    "-USQLITE_ENABLE_API_ARMOR",
    "-USQLITE_ENABLE_BYTECODE_VTAB",
    "-USQLITE_ENABLE_COLUMN_METADATA",
    "-USQLITE_ENABLE_DBPAGE_VTAB",
    "-USQLITE_ENABLE_DBSTAT_VTAB",
    "-USQLITE_ENABLE_FTS5",
    "-USQLITE_ENABLE_MATH_FUNCTIONS",
    "-USQLITE_ENABLE_OFFSET_SQL_FUNC",
    "-USQLITE_ENABLE_PREUPDATE_HOOK",
    "-USQLITE_ENABLE_RTREE",
    "-USQLITE_ENABLE_SESSION",
    "-USQLITE_ENABLE_STMTVTAB",
    "-USQLITE_ENABLE_UNKNOWN_SQL_FUNCTION",
    "-USQLITE_ENABLE_UNLOCK_NOTIFY",
];

/// Lints the programs, as they are released: what they have in C is compiled once.
///
/// # Errors
/// When there is no C compiler for the web, or something is to be mended.
pub fn lint(env: &Env) -> Result<()> {
    setup::clang()?;
    step("lints of the importer on wasm32: cargo clippy", "1 min the first time", || {
        PACKAGES.into_iter().try_for_each(|package| {
            let lints = ["clippy", "--release", "--target", TRIPLE, "--package", package];
            let cargo = Run::new("cargo", &[&lints[..], &["--", "--deny", "warnings"]].concat());
            cargo.envs(env).env("SQLITE_WASM_RS_FLAGS", WITHOUT.join(" ")).run()
        })
    })
}

/// What pains are taken to make the programs small.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pains {
    /// Those of the compiler: enough where nothing crosses a network.
    Few,
    /// All there are.
    All,
}

/// Builds it; gives the folder of glue and program.
///
/// # Errors
/// When there is no C compiler for the web, or a step fails.
pub fn build(env: &Env, pains: Pains) -> Result<PathBuf> {
    setup::clang()?;
    let target = paths::cargo_target("wasm")?;
    let folder = target.join("importer");
    let estimate = match pains {
        Pains::Few => "1 min the first time",
        Pains::All => "4 min the first time, 2 min after a change",
    };
    step("build the importer for browsers", estimate, || {
        PACKAGES.into_iter().try_for_each(|package| {
            // Each by itself, so that none has what another asks of the crates they share.
            let release = ["build", "--release", "--target", TRIPLE, "--package", package];
            let cargo = Run::new("cargo", &release).envs(env);
            cargo.env("SQLITE_WASM_RS_FLAGS", WITHOUT.join(" ")).run()?;
            let name = package.replace('-', "_");
            let built = target.join(TRIPLE).join("release").join(format!("{name}.wasm"));
            smaller(&built, &folder, &name, env, pains)
        })
    })?;
    Ok(folder)
}

/// Writes the glue, and the program as small as it gets, unless both are there.
fn smaller(built: &Path, folder: &Path, name: &str, env: &Env, pains: Pains) -> Result<()> {
    // The glue, as the worker's scripts take it in, the program beside it, and what the last one was made
    // of, so that it is not made smaller twice.
    let [glue, program, made_of] = ["{}.js", "{}_bg.wasm", "{}-made-of.wasm"]
        .map(|file| folder.join(file.replace("{}", name)));
    let content = fs::read(built).with_context(|| format!("cannot read {}", built.display()))?;
    if glue.is_file() && program.is_file() && fs::read(&made_of).is_ok_and(|known| known == content)
    {
        return Ok(());
    }
    // Whatever ends this half way leaves nothing that passes for done.
    if made_of.exists() {
        fs::remove_file(&made_of)?;
    }
    Run::new("wasm-bindgen", &BINDGEN).arg(folder).arg(built).envs(env).run()?;
    if pains == Pains::Few {
        return Ok(());
    }
    let large = folder.join(format!("{name}-large.wasm"));
    fs::rename(&program, &large)?;
    let optimized = Run::new("wasm-opt", &SMALL).arg(&large).arg("-o").arg(&program);
    optimized.envs(env).run()?;
    fs::remove_file(&large)?;
    Ok(fs::write(&made_of, content)?)
}
