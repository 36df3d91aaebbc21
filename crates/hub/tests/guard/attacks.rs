//! The attacks that the edge function is tested with, on this program.

use std::process::Command;

/// One table of attacks for all that guards by this code; `tests/edge/run.mjs` judges each answer.
#[test]
fn what_does_not_get_through_the_edge_does_not_get_through_here() {
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/edge/run.mjs");
    let output = Command::new("node")
        .arg(table)
        .env("HUB", env!("CARGO_BIN_EXE_hub"))
        .output()
        .expect("Node.js runs the attacks");
    let said = String::from_utf8_lossy(&output.stdout);
    let passed =
        said.trim_end().lines().last().and_then(|line| line.strip_suffix(" passed, 0 failed"));
    let passed = passed.and_then(|number| number.parse::<u32>().ok());
    assert!(
        output.status.success() && passed > Some(350),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
