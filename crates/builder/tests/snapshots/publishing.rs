//! Publishing: at once or not at all, nothing overwritten, the same bytes in one file or many.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::bail;
use builder::build;
use builder::publish::PublishMode;
use snapshot::{FORMAT_VERSION, Publishing};

use crate::folder::Folder;

#[test]
fn a_build_leaves_a_manifest_and_the_file_it_points_at() {
    let folder = Folder::demo(60, 1);
    let manifest = folder.opened().manifest;
    let id = &manifest.meta.snapshot_id;
    let more = manifest.first_view.and_then(|view| view.more).unwrap().path;
    let places = manifest.file.places.unwrap().path;
    let own = snapshot::manifest_name(id);
    let file = format!("snapshot-{id}.sqlite");
    let events = manifest.events.unwrap().path;
    let files = [events, more, own.clone(), "manifest.json".to_owned(), places, file];
    assert_eq!(folder.files(), files);
    let text = |name: &str| fs::read_to_string(folder.out().join(name)).unwrap();
    assert_eq!(text(&own), text("manifest.json"), "the one that stays says the same");
    assert_eq!(id.len(), 16);
    assert_eq!(manifest.format_version, FORMAT_VERSION);
    assert_eq!(manifest.meta.built_at, "2026-06-30T00:00:00Z");
}

#[test]
fn chunks_are_the_same_bytes() {
    let (single, chunked) = (Folder::demo(60, 1), Folder::new());
    let mode = PublishMode::chunked(65_536).unwrap();
    let manifest = chunked.build_demo(60, 1, mode).unwrap();
    assert_eq!(manifest.file.sha256, single.opened().manifest.file.sha256);
    let Publishing::Chunked { prefix, digits, chunk_bytes } = &manifest.file.publishing else {
        panic!("not chunked")
    };
    assert_eq!((*digits, *chunk_bytes), (5, 65_536));
    let first = fs::metadata(chunked.out().join(format!("{prefix}00000"))).unwrap();
    assert_eq!(first.len(), 65_536);
    let report = chunked.verify_with(false);
    assert!(report.is_clean(), "{report}");
}

#[test]
fn chunks_never_cut_a_page() {
    assert!(PublishMode::chunked(0).is_err());
    assert!(PublishMode::chunked(10_000).is_err());
}

#[test]
fn older_snapshots_stay_and_the_manifest_moves_on() {
    let folder = Folder::demo(60, 1);
    let first = folder.opened().manifest.meta.snapshot_id;
    folder.build_demo(60, 2, PublishMode::Single).unwrap();
    let second = folder.opened().manifest.meta.snapshot_id;
    assert_ne!(first, second);
    let both = folder.files();
    assert_eq!(both.len(), 11);
    for id in [&first, &second] {
        assert!(both.contains(&snapshot::manifest_name(id)), "each can be found by its id");
    }
    folder.build_demo(60, 1, PublishMode::Single).unwrap();
    assert_eq!(folder.opened().manifest.meta.snapshot_id, first);
    assert_eq!(folder.files(), both);
}

#[test]
fn a_published_file_is_never_overwritten() {
    for mode in [PublishMode::Single, PublishMode::chunked(65_536).unwrap()] {
        let folder = Folder::new();
        folder.build_demo(60, 1, mode).unwrap();
        let path = folder.out().join(folder.files().last().unwrap());
        let file = if path.is_dir() { path.join("00001") } else { path };
        fs::write(&file, "something else").unwrap();
        let manifest = fs::read(folder.out().join("manifest.json")).unwrap();
        let error = folder.build_demo(60, 1, mode).unwrap_err();
        assert!(format!("{error:#}").contains("not overwritten"), "{error:#}");
        assert_eq!(fs::read(&file).unwrap(), b"something else");
        assert_eq!(fs::read(folder.out().join("manifest.json")).unwrap(), manifest);
        assert_eq!(folder.files().len(), 6);
    }
}

#[test]
fn a_build_that_fails_leaves_nothing() {
    let folder = Folder::new();
    let fails = |folder: &Folder| {
        build::build(&folder.options(PublishMode::Single), |_| bail!("no rows today")).unwrap_err()
    };
    assert_eq!(fails(&folder).to_string(), "no rows today");
    assert!(!folder.out().exists());
    folder.build_demo(60, 1, PublishMode::Single).unwrap();
    let before = folder.files();
    fails(&folder);
    assert_eq!(folder.files(), before);
}

#[test]
fn a_build_that_is_killed_leaves_no_snapshot_and_can_be_done_again() {
    let folder = Folder::new();
    let under_way = || folder.files().iter().any(|name| name.starts_with(".build-"));
    let mut killed = Command::new(env!("CARGO_BIN_EXE_builder"))
        .args(["demo", "--customers", "20000", "--out"])
        .arg(folder.out())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while !under_way() {
        assert!(killed.try_wait().unwrap().is_none(), "the build ended before it was killed");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(folder.files().iter().all(|name| name.starts_with(".build-")), "{:?}", folder.files());
    folder.build_demo(60, 1, PublishMode::Single).unwrap();
    assert!(!under_way(), "what was left behind is gone");
    assert_eq!(folder.files().len(), 6);
}
