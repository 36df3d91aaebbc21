//! The walk that `ARCHITECTURE.md` tells, from a click to the figure drawn anew, is that of the code.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod sources;

use std::fs;

use sources::project;

/// Files on the way, at most: more is a reason to join what is only passed through.
const MOST: usize = 14;

#[test]
fn every_file_of_the_walk_is_there() {
    let map = fs::read_to_string(project().join("ARCHITECTURE.md")).expect("a map");
    let (_, walk) = map.split_once("## A filter click, file by file").expect("a walk");
    let walk = walk.split("\n## ").next().unwrap_or_default();
    let numbered = walk.lines().filter_map(|line| line.split_once(". `"));
    let files: Vec<&str> = numbered.filter_map(|(_, rest)| rest.split('`').next()).collect();
    assert!((8..=MOST).contains(&files.len()), "{files:?}");
    for file in files {
        assert!(project().join(file).is_file(), "{file} is told of, and not there");
    }
}
