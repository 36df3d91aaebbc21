//! What a file is that is no text: known by how it begins, with what to do about it.

use std::io::{Cursor, ErrorKind, Read};

use anyhow::{Error, Result, anyhow, bail, ensure};

use super::gzip;
use crate::files::Files;

/// Bytes at the beginning of a file that tell what it is.
pub const HEAD: usize = 4_096;

/// Bytes that are looked at in one go.
const BLOCK: usize = 1 << 16;

/// How a SQLite file begins.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// Where a tar archive says what it is, and how.
const TAR: (std::ops::Range<usize>, &[u8]) = (257..262, b"ustar");

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A SQLite database.
    Sqlite,
    /// Text, as far as its beginning tells.
    Text,
}

/// How a file of a kind begins, what it is, and what to do.
const KINDS: [(&[u8], &str, &str); 14] = [
    (b"\x1f\x8b", "compressed with gzip more than once", "unpack it first (gunzip)"),
    (b"BZh", "compressed with bzip2", "unpack it first (bunzip2)"),
    (b"\xfd7zXZ\0", "compressed with xz", "unpack it first (unxz)"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it first (unzstd)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first and give the CSV file in it"),
    (b"Rar!", "a RAR archive", "unpack it first and give the CSV file in it"),
    (b"%PDF", "a PDF document", "ask the program that made it for an export as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)", SAVE),
    (b"PAR1", "a Parquet file", "write it as CSV first"),
    (b"ARROW1", "an Arrow file", "write it as CSV first"),
    (b"FEA1", "a Feather file", "write it as CSV first"),
    (b"Obj\x01", "an Avro file", "write it as CSV first"),
    (b"\x89PNG", "a picture", "give the data as CSV"),
    (b"\xff\xd8\xff", "a picture", "give the data as CSV"),
];

const SAVE: &str = "open it in a spreadsheet program and save the sheet as CSV (UTF-8)";

/// Looks at how a file begins.
///
/// # Errors
/// If it cannot be read, is empty, or is no kind of file that can be imported.
pub fn of(files: &dyn Files, name: &str) -> Result<FileKind> {
    let called = files.called(name);
    let mut head = Vec::new();
    let read = open(files, name)?.take(HEAD as u64).read_to_end(&mut head);
    read.map_err(|error| unreadable(&called, &error))?;
    of_head(&called, &head)
}

/// What a file is that begins with some bytes, [`HEAD`] of them if it has as many.
///
/// # Errors
/// If it is empty, or is no kind of file that can be imported.
pub fn of_head(name: &str, head: &[u8]) -> Result<FileKind> {
    if head.starts_with(SQLITE) {
        return Ok(FileKind::Sqlite);
    }
    if let Some((what, to_do)) = other_than_text(head) {
        bail!("{name} is {what}, not a CSV or SQLite file: {to_do}");
    }
    ensure!(!head.is_empty(), "{name} is empty, it has no header");
    let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    ensure!(
        head.len() == HEAD || !head.iter().all(blank),
        "{name} has no header: there is nothing in it but blanks"
    );
    Ok(FileKind::Text)
}

/// Whether a file without a byte order mark is UTF-8 to its end, and has letters beyond ASCII:
/// no text of another encoding happens to be so.
///
/// # Errors
/// If it cannot be read.
pub fn is_utf8(mut file: impl Read) -> std::io::Result<bool> {
    let (mut begun, mut is_beyond) = (Vec::with_capacity(BLOCK), false);
    loop {
        // A mark may come in several pieces.
        let length = file.by_ref().take(BLOCK as u64).read_to_end(&mut begun)?;
        if length == 0 {
            return Ok(is_beyond && begun.is_empty());
        }
        if !is_beyond && begun.starts_with(b"\xef\xbb\xbf") {
            return Ok(false);
        }
        is_beyond |= !begun.is_ascii();
        let valid = match std::str::from_utf8(&begun) {
            Ok(text) => text.len(),
            // A letter may be cut at the end of a block.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => return Ok(false),
        };
        begun.drain(..valid);
    }
}

/// Opens a file: what is inside, if it is compressed with gzip.
///
/// # Errors
/// If it cannot be read, or is a compressed database, in words.
pub fn open(files: &dyn Files, name: &str) -> Result<Box<dyn Read>> {
    let called = files.called(name);
    let opened = files.open(name).and_then(|mut file| Ok((begun(&mut file, 2)?, file)));
    let (start, rest) = opened.map_err(|error| unreadable(&called, &error))?;
    let is_packed = start == gzip::START;
    let all = Cursor::new(start).chain(rest);
    if !is_packed {
        return Ok(Box::new(all));
    }
    let mut inside = gzip::Unpacked::new(all);
    let start = begun(&mut inside, SQLITE.len()).map_err(|error| unreadable(&called, &error))?;
    // A database is read at any place, of which a compressed file has only the first.
    ensure!(
        start != SQLITE,
        "{called} is a SQLite file that is compressed with gzip: unpack it first (gunzip)"
    );
    Ok(Box::new(Cursor::new(start).chain(inside)))
}

/// The first bytes of a file, so many if it has as many.
fn begun(file: &mut dyn Read, bytes: usize) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    file.take(bytes as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// Why a file cannot be read, in words.
pub fn unreadable(name: &str, error: &std::io::Error) -> Error {
    match error.kind() {
        ErrorKind::PermissionDenied => anyhow!(
            "{name} may not be read: whoever runs this command needs the right to (chmod +r, or ask \
             its owner)"
        ),
        ErrorKind::NotFound => anyhow!("{name} does not exist"),
        ErrorKind::IsADirectory => anyhow!("{name} is a folder where a file should be"),
        _ => anyhow!("cannot read {name}: {error}"),
    }
}

fn other_than_text(head: &[u8]) -> Option<(&'static str, &'static str)> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(packed(head));
    }
    if head.get(TAR.0) == Some(TAR.1) {
        return Some((
            "a tar archive",
            "unpack it first and give the CSV file, or the folder, that is in it",
        ));
    }
    let known = KINDS.iter().find(|(start, ..)| head.starts_with(start));
    known.map(|&(_, what, to_do)| (what, to_do)).or_else(|| marked_up(head))
}

/// What a ZIP archive holds: the formats of office programs are such archives.
fn packed(head: &[u8]) -> (&'static str, &'static str) {
    let has = |name: &str| head.windows(name.len()).any(|part| part == name.as_bytes());
    if has("xl/") || has("[Content_Types].xml") || has("docProps/") {
        ("an Excel workbook (.xlsx)", SAVE)
    } else if has("application/vnd.oasis.opendocument") {
        ("an OpenDocument file (.ods)", SAVE)
    } else {
        ("a ZIP archive", "unpack it first and give the CSV file, or the folder, that is in it")
    }
}

/// Pages and data that are text, but no rows of cells.
fn marked_up(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start().to_lowercase();
    let next = |sign: char| text.strip_prefix(sign).map(str::trim_start);
    if ["<!doctype html", "<html", "<head", "<body", "<table"]
        .iter()
        .any(|tag| text.starts_with(tag))
    {
        let to_do = "as programs write that call it .xls: open it in a spreadsheet program and save it as CSV; \
                     or perhaps a download asked for a sign-in: fetch the export anew";
        return Some(("a web page (HTML)", to_do));
    }
    if text.starts_with("<?xml") {
        return Some(("an XML file", "ask for an export as CSV"));
    }
    let is_object = next('{').is_some_and(|rest| rest.starts_with(['"', '}']));
    let is_list = next('[').is_some_and(|rest| rest.starts_with(['{', '[', '"', ']']));
    (is_object || is_list).then_some(("JSON", "write it as CSV first, one row a line of an order"))
}

#[cfg(test)]
mod tests {
    use super::other_than_text;

    #[test]
    fn files_are_known_by_how_they_begin() {
        for (head, what) in [
            (&b"PK\x03\x04....[Content_Types].xml"[..], Some("an Excel workbook (.xlsx)")),
            (b"PK\x03\x04....orders.csv", Some("a ZIP archive")),
            (b"\x1f\x8b\x08", Some("compressed with gzip more than once")),
            (b"%PDF-1.7", Some("a PDF document")),
            (b"\xef\xbb\xbf\n <!DOCTYPE html>", Some("a web page (HTML)")),
            (b"[\n {\"id\": 1}]", Some("JSON")),
            (b"{ \"orders\": []}", Some("JSON")),
            (b"PAR1\x15", Some("a Parquet file")),
            (b"[id],[day]", None),
            (b"order,day", None),
            (b"", None),
        ] {
            assert_eq!(other_than_text(head).map(|(what, _)| what), what, "{head:?}");
        }
    }
}
