//! A scratch folder to build in, and the questions that tests ask of what was built.

use std::fs;
use std::path::{Path, PathBuf};

use builder::build::{self, Options};
use builder::demo::Demo;
use builder::disk;
use builder::open::{self, Opened};
use builder::progress::Progress;
use builder::publish::PublishMode;
use builder::verify::{self, report::Report};
use rusqlite::Connection;
use rusqlite::types::FromSql;
use snapshot::Manifest;
use tempfile::TempDir;

use crate::german::assert_known;

/// A scratch folder with input files in `in` and the snapshot in `out`.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.input()).unwrap();
        folder
    }

    /// A folder with a demo snapshot.
    pub fn demo(customers: u64, seed: u64) -> Self {
        let folder = Self::new();
        folder.build_demo(customers, seed, PublishMode::Single).unwrap();
        folder
    }

    pub fn input(&self) -> PathBuf {
        self.0.path().join("in")
    }

    pub fn out(&self) -> PathBuf {
        self.0.path().join("out")
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.input().join(name), content).unwrap();
        self
    }

    pub fn options(&self, publish: PublishMode) -> Options {
        Options {
            out: self.out(),
            publish,
            built_at: None,
            covers: 0,
            pairs_from: Some(0),
            progress: Progress::Silent,
        }
    }

    pub fn build_demo(
        &self,
        customers: u64,
        seed: u64,
        publish: PublishMode,
    ) -> anyhow::Result<Manifest> {
        let demo = Demo { customers, seed };
        build::build(&self.options(publish), |loader| demo.feed(loader, Progress::Silent))
    }

    /// Imports the input folder (or a file in it) by a mapping.
    pub fn import_from(&self, from: &Path, mapping: &str) -> Result<Manifest, String> {
        let path = self.0.path().join("mapping.toml");
        fs::write(&path, mapping).unwrap();
        let build = || {
            let import = disk::import(from, disk::mapping(&path)?);
            let options = self.options(PublishMode::Single);
            build::build(&options, |loader| import.feed(loader, &Progress::Silent))
        };
        let built = build().map_err(|error| format!("{error:#}"));
        built.inspect_err(|refusal| assert_known(refusal))
    }

    pub fn import(&self, mapping: &str) -> Result<Manifest, String> {
        self.import_from(&self.input(), mapping)
    }

    pub fn opened(&self) -> Opened {
        open::open(&self.out()).unwrap()
    }

    pub fn sqlite(&self) -> Connection {
        Connection::open(self.opened().path).unwrap()
    }

    /// The one value that a question has.
    pub fn ask<T: FromSql>(&self, sql: &str) -> T {
        self.sqlite().query_row(sql, [], |row| row.get(0)).unwrap_or_else(|e| panic!("{sql}: {e}"))
    }

    pub fn verify(&self) -> Report {
        self.verify_with(true)
    }

    /// All of it, or all but the many questions to each source.
    pub fn verify_with(&self, sources: bool) -> Report {
        let options = verify::Options { filters: 12, seed: 3, sources };
        verify::verify(&self.out(), options, Progress::Silent).unwrap()
    }

    /// Fails with the report unless everything is as it should be.
    pub fn assert_sound(&self) {
        let report = self.verify();
        assert!(report.is_clean(), "{report}");
    }

    /// Names of everything in the output folder, sorted; none if there is no folder.
    pub fn files(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.out()) else { return Vec::new() };
        let name = |entry: std::io::Result<fs::DirEntry>| {
            entry.unwrap().file_name().into_string().unwrap()
        };
        let mut names: Vec<String> = entries.map(name).collect();
        names.sort();
        names
    }
}
