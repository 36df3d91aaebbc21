//! Small pieces that several files share are kept in the first file: what they have in common by
//! chance is often less than a request for it costs.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result};

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportKind, ExportSection};
use wasmparser::{ExportSectionReader, KnownCustom, Name, Naming, Parser, Payload};

use crate::program::rewritten;

/// Pieces of up to so many bytes, names included, are not worth a request.
const SMALL: usize = 16_000;

/// The functions in small pieces of a program that were cut: their names for the linker.
///
/// # Errors
/// If a piece cannot be read.
pub fn small(pieces: &Path, shared: &BTreeSet<String>) -> Result<HashSet<Vec<u8>>> {
    let mut names = HashSet::new();
    for piece in shared {
        let path = pieces.join(piece).with_extension("wasm");
        let program = std::fs::read(&path).with_context(|| path.display().to_string())?;
        if program.len() <= SMALL {
            let named = functions(&program).with_context(|| path.display().to_string())?;
            names.extend(named.into_iter().map(|(_, name)| name.to_vec()));
        }
    }
    Ok(names)
}

/// The pieces that several files share, of those that each file needs.
pub fn shared(needed: HashMap<String, Vec<String>>) -> BTreeSet<String> {
    needed.into_values().flatten().filter(|piece| piece.starts_with("chunk_")).collect()
}

/// The program with these functions exported, which are therefore never cut off.
///
/// # Errors
/// If it is no program with names and exports.
pub fn exporting(program: &[u8], names: &HashSet<Vec<u8>>) -> Result<Vec<u8>> {
    let kept = functions(program)?.into_iter().filter(|(_, name)| names.contains(*name));
    let kept: Vec<u32> = kept.map(|(function, _)| function).collect();
    rewritten(program, |section| match section {
        Payload::ExportSection(present) => Ok(Some(Box::new(with_exports(present, &kept)?))),
        _ => Ok(None),
    })
}

fn with_exports(present: &ExportSectionReader<'_>, functions: &[u32]) -> Result<ExportSection> {
    let mut exports = ExportSection::new();
    RoundtripReencoder.parse_export_section(&mut exports, present.clone())?;
    for (at, &function) in functions.iter().enumerate() {
        exports.export(&format!("__keep{at}"), ExportKind::Func, function);
    }
    Ok(exports)
}

/// The functions that have a name for the linker.
fn functions(program: &[u8]) -> Result<Vec<(u32, &[u8])>> {
    let mut named = Vec::new();
    for payload in Parser::new(0).parse_all(program) {
        let Payload::CustomSection(section) = payload? else { continue };
        let KnownCustom::Name(names) = section.as_known() else { continue };
        for part in names {
            let Name::Function(functions) = part? else { continue };
            for function in functions {
                let Naming { index, name } = function?;
                named.push((index, name.as_bytes()));
            }
            return Ok(named);
        }
        return Ok(named);
    }
    anyhow::bail!("the program has no names")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";

    /// Exports one function as `a`; functions 1 and 300 have names.
    fn program() -> Vec<u8> {
        let names = [&[4][..], b"name", &[1, 8, 2, 1, 1, b'f', 0xac, 0x02, 1, b'g']].concat();
        let length = u8::try_from(names.len()).unwrap();
        [HEAD, &[7, 5, 1, 1, b'a', 0, 1], &[0, length], &names].concat()
    }

    #[test]
    fn functions_are_found_by_their_names_and_exported() {
        let before = program();
        assert_eq!(functions(&before).unwrap(), [(1, &b"f"[..]), (300, &b"g"[..])]);
        let after = exporting(&before, &HashSet::from([b"g".to_vec()])).unwrap();
        let exports = [&[7, 16, 2, 1, b'a', 0, 1, 7][..], b"__keep0", &[0, 0xac, 0x02]].concat();
        assert_eq!(after, [HEAD, &exports, &before[HEAD.len() + 7..]].concat());
        assert!(exporting(&before[..before.len() - 1], &HashSet::new()).is_err());
    }

    #[test]
    fn only_small_pieces_that_are_shared_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("chunk_1.wasm"), program()).unwrap();
        let large = [program(), vec![0, 0xa0, 0x9c, 1], vec![0; 20_000]].concat();
        std::fs::write(folder.path().join("chunk_2.wasm"), large).unwrap();
        let needed = ["chunk_1", "chunk_2", "dashboard"].map(str::to_owned).to_vec();
        let shared = shared(HashMap::from([("dashboard".to_owned(), needed)]));
        let names = small(folder.path(), &shared).unwrap();
        assert_eq!(names, HashSet::from([b"f".to_vec(), b"g".to_vec()]));
    }
}
