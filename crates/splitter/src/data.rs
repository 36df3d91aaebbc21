//! A piece that gives nothing but data goes into the first file: nobody has to ask for it then.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};

use crate::program::{Words, number, sections};

const EXPORTS: u8 = 7;
const START: u8 = 8;
const ELEMENTS: u8 = 9;
const DATA: u8 = 11;
const DATA_COUNT: u8 = 12;

/// What the script does with a piece, after its name.
const FETCHED: &str = r#"", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));"#;

/// Moves the data of such pieces, and lets the script fetch nothing in their place.
///
/// # Errors
/// If a piece cannot be read, or the first file or the script not be written.
pub fn moved(pieces: &Path, shared: &BTreeSet<String>, rest: &Path, link: &Path) -> Result<()> {
    for piece in shared {
        let path = pieces.join(piece).with_extension("wasm");
        let program = std::fs::read(&path).with_context(|| path.display().to_string())?;
        let script = std::fs::read_to_string(link).context("the cut has left no script")?;
        let fetch = format!(r#"const src = fetch(new URL("./{piece}.wasm{FETCHED}"#);
        if let Some(data) = alone(&program)?
            && script.contains(&fetch)
        {
            std::fs::write(rest, with(&std::fs::read(rest)?, &data)?)?;
            std::fs::write(link, script.replace(&fetch, "return async () => {};"))?;
        }
    }
    Ok(())
}

/// Segments of data.
struct Data {
    count: usize,
    bytes: Vec<u8>,
}

/// The data of a piece that gives nothing else.
fn alone(piece: &[u8]) -> Result<Option<Data>> {
    let mut data = Data { count: 0, bytes: Vec::new() };
    for section in sections(piece)? {
        let mut words = Words(section.content);
        match section.kind {
            // Without these nobody can reach its code, if it has any.
            EXPORTS | ELEMENTS if words.number()? > 0 => return Ok(None),
            START => return Ok(None),
            DATA => data = Data { count: words.number()?, bytes: words.0.to_vec() },
            _ => {}
        }
    }
    Ok(Some(data))
}

/// A program with more data.
fn with(program: &[u8], data: &Data) -> Result<Vec<u8>> {
    let mut out = program.get(..8).context("no program")?.to_vec();
    for section in sections(program)? {
        if !matches!(section.kind, DATA | DATA_COUNT) {
            out.extend_from_slice(section.whole);
            continue;
        }
        let mut words = Words(section.content);
        let mut content = Vec::with_capacity(section.content.len() + data.bytes.len());
        number(words.number()? + data.count, &mut content);
        content.extend_from_slice(words.0);
        if section.kind == DATA {
            content.extend_from_slice(&data.bytes);
        }
        out.push(section.kind);
        number(content.len(), &mut out);
        out.extend(content);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn only_pieces_of_data_alone_are_moved() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        let write = |name: &str, parts: &[&[u8]]| {
            std::fs::write(file(name), [&[HEAD], parts].concat().concat()).unwrap();
        };
        write("rest.wasm", &[&[12, 1, 1], &[10, 2, 1, 7], &[11, 3, 1, 5, 5]]);
        write("chunk_1.wasm", &[&[7, 1, 0], &[12, 1, 2], &[10, 2, 1, 7], &[11, 5, 2, 6, 6, 7, 7]]);
        write("chunk_2.wasm", &[&[9, 2, 1, 7], &[10, 2, 1, 7], &[11, 3, 1, 8, 8]]);
        let fetch = |piece| format!(r#"const src = fetch(new URL("./{piece}.wasm{FETCHED}"#);
        std::fs::write(file("link.js"), fetch("chunk_1") + &fetch("chunk_2")).unwrap();
        let shared = ["chunk_1", "chunk_2"].map(str::to_owned).into();
        moved(folder.path(), &shared, &file("rest.wasm"), &file("link.js")).unwrap();
        let script = std::fs::read_to_string(file("link.js")).unwrap();
        assert_eq!(script, format!("return async () => {{}};{}", fetch("chunk_2")));
        let expected = [HEAD, &[12, 1, 3], &[10, 2, 1, 7], &[11, 7, 3, 5, 5, 6, 6, 7, 7]].concat();
        assert_eq!(std::fs::read(file("rest.wasm")).unwrap(), expected);
    }
}
