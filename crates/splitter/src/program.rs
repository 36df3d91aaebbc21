//! Writes a compiled program anew, section by section.

use std::ops::Range;

use anyhow::Result;
use wasm_encoder::{Module, RawSection, Section};
use wasmparser::{Parser, Payload};

/// What comes in a section's place; nothing where it stays.
pub type Changed = Option<Box<dyn Section>>;

/// The program with some of its sections changed; what is in all others stays byte by byte.
///
/// # Errors
/// If it is no program, or a section cannot be read.
pub fn rewritten(
    program: &[u8],
    mut change: impl FnMut(&Payload<'_>) -> Result<Changed>,
) -> Result<Vec<u8>> {
    let mut written = Module::HEADER.to_vec();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else { continue };
        match change(&payload)? {
            Some(section) => section.append_to(&mut written),
            None => RawSection { id, data: bytes(program, range)? }.append_to(&mut written),
        }
    }
    Ok(written)
}

/// Part of a program that its reader has found in it.
///
/// # Errors
/// Where it lies outside.
pub fn bytes(program: &[u8], range: Range<u64>) -> Result<&[u8]> {
    let (from, to) = (usize::try_from(range.start)?, usize::try_from(range.end)?);
    program.get(from..to).ok_or_else(|| anyhow::anyhow!("a section lies outside the program"))
}
