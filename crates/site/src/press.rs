//! Compressed copies beside the files that hosts may send compressed (`name.br`, `name.gz`), for hosts
//! that look for them, as nginx does with brotli_static and gzip_static.
//!
//! Only files that never change without a build: a manifest or a configuration that is replaced by
//! hand would go on being sent as its old copy.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, anyhow};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::data::names_below;

const KINDS: [&str; 5] = [".css", ".html", ".js", ".svg", ".wasm"];

/// Bytes below which a file is sent as it is.
const SMALLEST: u64 = 800;

/// Writes the copies that are missing of everything in a folder, but not of data.
///
/// # Errors
/// If a file cannot be read or written.
pub fn fill(folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    for name in names_below(folder)? {
        let path = folder.join(&name);
        let is_kind = KINDS.iter().any(|kind| name.ends_with(kind)) && !name.starts_with("data/");
        if is_kind && fs::metadata(&path)?.len() >= SMALLEST {
            files.push(path);
        }
    }
    // The largest first, so that no thread has the longest work left at the end.
    files.sort_by_key(|path| std::cmp::Reverse(fs::metadata(path).map_or(0, |about| about.len())));
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            copies(path).with_context(|| path.display().to_string())?;
        }
        Ok(())
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let broken = || anyhow!("a thread broke off");
        all.into_iter().try_for_each(|one| one.join().map_err(|_| broken())?)
    })
}

/// Takes the copies of a file away, which are of an older one.
///
/// # Errors
/// If one cannot be removed.
pub fn forget(file: &Path) -> Result<()> {
    for kind in ["br", "gz"] {
        let copy = beside(file, kind);
        if copy.exists() {
            fs::remove_file(copy)?;
        }
    }
    Ok(())
}

fn copies(file: &Path) -> Result<()> {
    let (br, gz) = (beside(file, "br"), beside(file, "gz"));
    if br.exists() && gz.exists() {
        return Ok(());
    }
    let bytes = fs::read(file)?;
    if !br.exists() {
        fs::write(&br, smallest(&bytes)?)?;
    }
    if !gz.exists() {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&bytes)?;
        fs::write(&gz, packed.finish()?)?;
    }
    Ok(())
}

/// What a file weighs on the wire at its smallest.
fn smallest(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
    Ok(packed)
}

fn beside(file: &Path, kind: &str) -> std::path::PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{kind}"));
    name.into()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn copies_are_the_file_and_only_missing_ones_are_made() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let text = "let whole = 1;\n".repeat(100);
        fs::create_dir(at("data")).unwrap();
        for name in ["a.js", "data/b.js", "c.json"] {
            fs::write(at(name), &text).unwrap();
        }
        fs::write(at("d.js"), "short").unwrap();
        fs::write(at("e.css"), &text).unwrap();
        fs::write(at("e.css.br"), "as it was").unwrap();
        fill(folder.path()).unwrap();
        let mut unpacked = Vec::new();
        let packed = fs::read(at("a.js.br")).unwrap();
        brotli::BrotliDecompress(&mut &*packed, &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        let mut unpacked = String::new();
        let packed = fs::read(at("a.js.gz")).unwrap();
        flate2::read::GzDecoder::new(&*packed).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        assert_eq!(fs::read(at("e.css.br")).unwrap(), b"as it was");
        for none in ["data/b.js.br", "c.json.br", "d.js.gz"] {
            assert!(!at(none).exists(), "{none}");
        }
        forget(&at("a.js")).unwrap();
        assert!(!at("a.js.br").exists() && !at("a.js.gz").exists());
    }
}
