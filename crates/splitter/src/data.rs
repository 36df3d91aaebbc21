//! A piece that gives nothing but data goes into the first file: nobody has to ask for it then.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};

use wasm_encoder::{DataCountSection, DataSection};
use wasmparser::{Data, DataSectionReader, Parser, Payload};

use crate::program::{bytes, rewritten};

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

/// The segments of data of a piece that gives nothing else, as they are written.
fn alone(piece: &[u8]) -> Result<Option<Vec<Vec<u8>>>> {
    let mut data = Vec::new();
    for payload in Parser::new(0).parse_all(piece) {
        match payload? {
            // Without these nobody can reach its code, if it has any.
            Payload::ExportSection(exports) if exports.count() > 0 => return Ok(None),
            Payload::ElementSection(elements) if elements.count() > 0 => return Ok(None),
            Payload::StartSection { .. } => return Ok(None),
            Payload::DataSection(segments) => data = all(piece, &segments)?,
            _ => {}
        }
    }
    Ok(Some(data))
}

fn all(program: &[u8], segments: &DataSectionReader<'_>) -> Result<Vec<Vec<u8>>> {
    let segment = |data: wasmparser::Result<Data<'_>>| Ok(bytes(program, data?.range)?.to_vec());
    segments.clone().into_iter().map(segment).collect()
}

/// A program with more data.
fn with(program: &[u8], more: &[Vec<u8>]) -> Result<Vec<u8>> {
    rewritten(program, |section| match section {
        Payload::DataCountSection { count, .. } => {
            let count = count.checked_add(u32::try_from(more.len())?).context("too much data")?;
            Ok(Some(Box::new(DataCountSection { count })))
        }
        Payload::DataSection(segments) => {
            let mut data = DataSection::new();
            for segment in all(program, segments)?.iter().chain(more) {
                data.raw(segment);
            }
            Ok(Some(Box::new(data)))
        }
        _ => Ok(None),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";
    /// A function that takes and gives nothing.
    const FUNCTION: &[u8] = &[1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0];

    #[test]
    fn only_pieces_of_data_alone_are_moved() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        let write = |name: &str, parts: &[&[u8]]| {
            std::fs::write(file(name), [&[HEAD, FUNCTION], parts].concat().concat()).unwrap();
        };
        // It does nothing; segments (kind 1) hold one byte each.
        let code = &[10, 4, 1, 2, 0, 11];
        write("rest.wasm", &[&[12, 1, 1], code, &[11, 4, 1, 1, 1, 5]]);
        let data = &[11, 7, 2, 1, 1, 6, 1, 1, 7];
        write("chunk_1.wasm", &[&[7, 1, 0], &[12, 1, 2], code, data]);
        write("chunk_2.wasm", &[&[9, 2, 1, 7], code, &[11, 4, 1, 1, 1, 8]]);
        let fetch = |piece| format!(r#"const src = fetch(new URL("./{piece}.wasm{FETCHED}"#);
        std::fs::write(file("link.js"), fetch("chunk_1") + &fetch("chunk_2")).unwrap();
        let shared = ["chunk_1", "chunk_2"].map(str::to_owned).into();
        moved(folder.path(), &shared, &file("rest.wasm"), &file("link.js")).unwrap();
        let script = std::fs::read_to_string(file("link.js")).unwrap();
        assert_eq!(script, format!("return async () => {{}};{}", fetch("chunk_2")));
        let all = &[11, 10, 3, 1, 1, 5, 1, 1, 6, 1, 1, 7];
        let expected = [HEAD, FUNCTION, &[12, 1, 3], code, all].concat();
        assert_eq!(std::fs::read(file("rest.wasm")).unwrap(), expected);
    }
}
