//! Archives that are the same, byte for byte, whenever and wherever the same files are packed.

use std::io::{Cursor, Write};

use anyhow::{Context, Result};
use chrono::{DateTime, Datelike, Timelike, Utc};
use flate2::{Compression, GzBuilder};
use zip::write::SimpleFileOptions;

/// A file of an archive.
pub struct Entry {
    /// Its path in the archive, with slashes.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Whether it is a program.
    pub runs: bool,
}

impl Entry {
    /// What its owner, and what others may do with it.
    const fn mode(&self) -> u32 {
        if self.runs { 0o755 } else { 0o644 }
    }
}

/// The form of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For systems that know modes of files.
    TarGz,
    /// For Windows.
    Zip,
}

impl Form {
    /// What the users of a target expect.
    pub fn of(target: &str) -> Self {
        if target.contains("-windows") { Self::Zip } else { Self::TarGz }
    }

    /// The end of a file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::TarGz => ".tar.gz",
            Self::Zip => ".zip",
        }
    }
}

/// Packs files, in the order of their paths, all of one time (seconds since 1970) and owner.
///
/// # Errors
/// If the form cannot hold a path, or the time is none of the calendar.
pub fn pack(mut entries: Vec<Entry>, form: Form, seconds: u64) -> Result<Vec<u8>> {
    entries.sort_by(|one, other| one.path.cmp(&other.path));
    match form {
        Form::TarGz => tar_gz(&entries, seconds),
        Form::Zip => zip(&entries, seconds),
    }
}

fn tar_gz(entries: &[Entry], seconds: u64) -> Result<Vec<u8>> {
    let packed = GzBuilder::new().write(Vec::new(), Compression::best());
    let mut archive = tar::Builder::new(packed);
    for entry in entries {
        let mut header = tar::Header::new_ustar();
        header.set_size(u64::try_from(entry.bytes.len())?);
        header.set_mode(entry.mode());
        header.set_mtime(seconds);
        header.set_uid(0);
        header.set_gid(0);
        let context = || entry.path.clone();
        archive.append_data(&mut header, &entry.path, &entry.bytes[..]).with_context(context)?;
    }
    Ok(archive.into_inner()?.finish()?)
}

fn zip(entries: &[Entry], seconds: u64) -> Result<Vec<u8>> {
    let time = DateTime::<Utc>::from_timestamp(i64::try_from(seconds)?, 0);
    let time = zip_time(time.context("a time beyond the calendar")?)?;
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        let options = SimpleFileOptions::default()
            .compression_level(Some(9))
            .last_modified_time(time)
            .unix_permissions(entry.mode());
        archive.start_file(&*entry.path, options).with_context(|| entry.path.clone())?;
        archive.write_all(&entry.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The form knows no time before 1980, and takes what it is given for that of the place.
fn zip_time(time: DateTime<Utc>) -> Result<zip::DateTime> {
    let Ok(year @ 1980..) = u16::try_from(time.year()) else { return Ok(zip::DateTime::default()) };
    let [month, day] = [time.month(), time.day()].map(u8::try_from);
    let [hour, minute, second] = [time.hour(), time.minute(), time.second()].map(u8::try_from);
    let time = zip::DateTime::from_date_and_time(year, month?, day?, hour?, minute?, second?);
    time.context("a time beyond the calendar of zip")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// 2024-02-29 12:34:56 UTC.
    const SECONDS: u64 = 1_709_210_096;

    fn entries() -> Vec<Entry> {
        let entry = |path: &str, text: &str, runs| Entry {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
            runs,
        };
        vec![entry("hub-1/hub", "a program", true), entry("hub-1/README.md", "read me", false)]
    }

    #[test]
    fn a_tar_holds_the_files_in_order_of_one_time_and_owner() {
        let bytes = pack(entries(), Form::TarGz, SECONDS).unwrap();
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(&bytes[..]));
        let mut found = Vec::new();
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let header = entry.header().clone();
            assert_eq!(header.mtime().unwrap(), SECONDS);
            assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0));
            let path = entry.path().unwrap().display().to_string();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            found.push((path, header.mode().unwrap(), text));
        }
        let expected = [("hub-1/README.md", 0o644, "read me"), ("hub-1/hub", 0o755, "a program")];
        assert_eq!(
            found,
            expected.map(|(path, mode, text)| (path.to_owned(), mode, text.to_owned()))
        );
    }

    #[test]
    fn a_zip_holds_the_files_in_order_of_one_time() {
        let bytes = pack(entries(), Form::Zip, SECONDS).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(archive.len(), 2);
        assert_eq!(archive.by_index(0).unwrap().name().unwrap(), "hub-1/README.md");
        let mut program = archive.by_index(1).unwrap();
        assert_eq!(program.name().unwrap(), "hub-1/hub");
        assert_eq!(program.unix_mode().unwrap() & 0o777, 0o755);
        let time = program.last_modified().unwrap();
        assert_eq!((time.year(), time.month(), time.day(), time.hour()), (2024, 2, 29, 12));
        let mut text = String::new();
        program.read_to_string(&mut text).unwrap();
        assert_eq!(text, "a program");
    }

    #[test]
    fn the_same_files_give_the_same_bytes_in_any_order() {
        for form in [Form::TarGz, Form::Zip] {
            let mut turned = entries();
            turned.reverse();
            let bytes = pack(entries(), form, SECONDS).unwrap();
            assert_eq!(bytes, pack(turned, form, SECONDS).unwrap(), "{form:?}");
            assert_ne!(bytes, pack(entries(), form, SECONDS + 60).unwrap(), "{form:?}");
            pack(entries(), form, 0).unwrap();
        }
    }

    #[test]
    fn windows_gets_a_zip() {
        assert_eq!(Form::of("x86_64-pc-windows-msvc"), Form::Zip);
        assert_eq!(Form::of("aarch64-apple-darwin"), Form::TarGz);
    }
}
