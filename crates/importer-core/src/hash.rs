//! What files are named by.

use std::io::{ErrorKind, Read};

use anyhow::Result;
use sha2::{Digest, Sha256};

/// Bytes that are hashed in one go: what the processor keeps near.
const BLOCK: usize = 1 << 16;

/// SHA-256 of bytes to their end, in hexadecimal.
///
/// # Errors
/// If they cannot be read.
pub fn sha256(mut bytes: impl Read) -> Result<String> {
    let (mut hash, mut block) = (Sha256::new(), vec![0; BLOCK]);
    loop {
        match bytes.read(&mut block) {
            Ok(0) => return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            Ok(length) => hash.update(&block[..length]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}
