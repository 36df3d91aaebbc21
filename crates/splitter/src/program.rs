//! A compiled program as far as it is looked into here: sections, numbers, texts.

use anyhow::{Context, Result};

/// A section of a program.
pub struct Section<'a> {
    /// What it is, by its number in WebAssembly.
    pub kind: u8,
    /// What it holds.
    pub content: &'a [u8],
    /// The same with its head.
    pub whole: &'a [u8],
}

/// The sections of a program.
///
/// # Errors
/// If it ends too early.
pub fn sections(program: &[u8]) -> Result<Vec<Section<'_>>> {
    let mut words = Words(program.get(8..).context("no program")?);
    let mut sections = Vec::new();
    while !words.0.is_empty() {
        let rest = words.0;
        let (kind, content) = (words.byte()?, words.text()?);
        let whole = &rest[..rest.len() - words.0.len()];
        sections.push(Section { kind, content, whole });
    }
    Ok(sections)
}

/// Bytes that are read from their beginning.
pub struct Words<'a>(pub &'a [u8]);

impl<'a> Words<'a> {
    /// The next byte.
    ///
    /// # Errors
    /// If there is none.
    pub fn byte(&mut self) -> Result<u8> {
        let (&byte, rest) = self.0.split_first().context("it ends too early")?;
        self.0 = rest;
        Ok(byte)
    }

    /// The next number, which is in base 128, least first.
    ///
    /// # Errors
    /// If there is none.
    pub fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for digit in 0..5 {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << (7 * digit);
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        anyhow::bail!("a number is too large")
    }

    /// The next bytes, after their number.
    ///
    /// # Errors
    /// If they are not all there.
    pub fn text(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        let (text, rest) = self.0.split_at_checked(length).context("it ends too early")?;
        self.0 = rest;
        Ok(text)
    }
}

/// Writes a number as [`Words::number`] reads it.
pub fn number(mut number: usize, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for value in [0, 1, 127, 128, 300, 16_384, 4_000_000_000] {
            let mut bytes = Vec::new();
            number(value, &mut bytes);
            let mut words = Words(&bytes);
            assert_eq!(words.number().unwrap(), value);
            assert!(words.0.is_empty());
        }
        assert!(Words(&[0x80]).number().is_err());
    }
}
