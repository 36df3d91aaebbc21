//! Small pieces that several files share are kept in the first file: what they have in common by
//! chance is often less than a request for it costs.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result};

use crate::program::{Section, Words, number, sections};

/// Pieces of up to so many bytes, names included, are not worth a request.
const SMALL: usize = 16_000;

const EXPORTS: u8 = 7;

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
    let kept: Vec<usize> = kept.map(|(function, _)| function).collect();
    let mut out = program.get(..8).context("no program")?.to_vec();
    for section in sections(program)? {
        if section.kind == EXPORTS {
            let content = with_exports(section.content, &kept)?;
            out.push(EXPORTS);
            number(content.len(), &mut out);
            out.extend(content);
        } else {
            out.extend_from_slice(section.whole);
        }
    }
    Ok(out)
}

fn with_exports(content: &[u8], functions: &[usize]) -> Result<Vec<u8>> {
    let mut words = Words(content);
    let before = words.number()?;
    let mut out = Vec::with_capacity(content.len() + functions.len() * 16);
    number(before + functions.len(), &mut out);
    out.extend_from_slice(words.0);
    for (at, &function) in functions.iter().enumerate() {
        let name = format!("__keep{at}");
        number(name.len(), &mut out);
        out.extend_from_slice(name.as_bytes());
        out.push(0);
        number(function, &mut out);
    }
    Ok(out)
}

/// The functions that have a name for the linker.
fn functions(program: &[u8]) -> Result<Vec<(usize, &[u8])>> {
    const FUNCTIONS: u8 = 1;
    let sections = sections(program)?;
    let mut words = sections.iter().find_map(names).context("the program has no names")?;
    while !words.0.is_empty() {
        let kind = words.byte()?;
        let mut part = Words(words.text()?);
        if kind == FUNCTIONS {
            let count = part.number()?;
            return (0..count).map(|_| Ok((part.number()?, part.text()?))).collect();
        }
    }
    Ok(Vec::new())
}

/// What the section of names holds.
fn names<'a>(section: &Section<'a>) -> Option<Words<'a>> {
    let mut words = Words(section.content);
    (section.kind == 0 && words.text().ok()? == b"name").then_some(words)
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
