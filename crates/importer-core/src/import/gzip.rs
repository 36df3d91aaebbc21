//! Files that are compressed with gzip, read as what is inside, piece by piece.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result};

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};
use snapshot::checksum::Checksum;

/// How such a file begins.
pub const START: [u8; 2] = *b"\x1f\x8b";

/// How names of such files end.
pub const ENDING: &str = ".gz";

/// Bytes that are read in one go.
const BLOCK: usize = 1 << 16;

/// The one way of compressing that there is.
const DEFLATE: u8 = 8;

// What a header says is in it.
const HEADER_SUM: u8 = 1 << 1;
const EXTRA: u8 = 1 << 2;
const NAME: u8 = 1 << 3;
const COMMENT: u8 = 1 << 4;
const UNKNOWN: u8 = 0b1110_0000;

/// A name without the ending that only says that the file is compressed.
pub fn unpacked_name(name: &str) -> &str {
    let at = name.len().saturating_sub(ENDING.len());
    match name.split_at_checked(at) {
        Some((rest, end)) if end.eq_ignore_ascii_case(ENDING) && !rest.is_empty() => rest,
        _ => name,
    }
}

/// What is inside: of one part after the other, where several were put together.
pub struct Unpacked<R> {
    packed: BufReader<R>,
    state: Box<InflateState>,
    /// The sum of the part under way, and how long it is.
    sum: Checksum,
    length: u32,
    at: At,
}

/// Where reading is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before the first part.
    Start,
    /// In a part.
    Inside,
    /// Behind a part.
    Between,
    /// Behind the last one.
    End,
}

impl<R: Read> Unpacked<R> {
    /// What is inside of some bytes.
    pub fn new(packed: R) -> Self {
        Self {
            packed: BufReader::with_capacity(BLOCK, packed),
            state: InflateState::new_boxed(DataFormat::Raw),
            sum: Checksum::new(),
            length: 0,
            at: At::Start,
        }
    }

    /// Reads the header of the next part, if there is one.
    fn begin(&mut self) -> Result<()> {
        if self.at == At::Between && !self.goes_on()? {
            self.at = At::End;
            return Ok(());
        }
        for sign in START {
            if self.take()? != [sign] {
                return Err(damaged("something else stands behind what is compressed"));
            }
        }
        // When it was written, and by which program, is of no matter.
        let [way, flags, ..] = self.take::<8>()?;
        if way != DEFLATE || flags & UNKNOWN != 0 {
            return Err(damaged("its header is none that gzip writes"));
        }
        if flags & EXTRA != 0 {
            let length = u64::from(u16::from_le_bytes(self.take()?));
            let skipped =
                std::io::copy(&mut self.packed.by_ref().take(length), &mut std::io::sink())?;
            if skipped < length {
                return Err(cut_short());
            }
        }
        for text in [NAME, COMMENT] {
            while flags & text != 0 && self.take::<1>()? != [0] {}
        }
        if flags & HEADER_SUM != 0 {
            self.take::<2>()?;
        }
        self.state.reset(DataFormat::Raw);
        (self.sum, self.length, self.at) = (Checksum::new(), 0, At::Inside);
        Ok(())
    }

    /// Whether another part follows; some programs fill up with zeros.
    fn goes_on(&mut self) -> Result<bool> {
        loop {
            let rest = self.packed.fill_buf()?;
            let zeros = rest.iter().take_while(|&&byte| byte == 0).count();
            let (all, is_end) = (zeros == rest.len(), rest.is_empty());
            self.packed.consume(zeros);
            if is_end || !all {
                return Ok(!is_end);
            }
        }
    }

    /// Holds a part that is read against the sum and the length behind it.
    fn end(&mut self) -> Result<()> {
        let sum = u32::from_le_bytes(self.take()?);
        let length = u32::from_le_bytes(self.take()?);
        self.at = At::Between;
        if (sum, length) == (self.sum.clone().finalize(), self.length) {
            Ok(())
        } else {
            Err(damaged("what is inside has another checksum than the file says"))
        }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        let read = self.packed.read_exact(&mut bytes);
        read.map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => cut_short(),
            _ => error,
        })?;
        Ok(bytes)
    }

    /// Unpacks as much as is there and has room.
    fn unpack(&mut self, into: &mut [u8]) -> Result<usize> {
        let packed = self.packed.fill_buf()?;
        let is_end = packed.is_empty();
        let done = inflate(&mut self.state, packed, into, MZFlush::None);
        self.packed.consume(done.bytes_consumed);
        let written = into.get(..done.bytes_written).unwrap_or_default();
        self.sum.update(written);
        // The length behind a part is counted in 32 bits, whatever it is.
        #[expect(clippy::cast_possible_truncation, reason = "so gzip counts")]
        let more = written.len() as u32;
        self.length = self.length.wrapping_add(more);
        match done.status {
            Ok(MZStatus::StreamEnd) => self.end()?,
            Ok(_) | Err(MZError::Buf) if is_end && written.is_empty() => return Err(cut_short()),
            Ok(_) | Err(MZError::Buf) => {}
            Err(_) => return Err(damaged("what is compressed cannot be unpacked")),
        }
        Ok(done.bytes_written)
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        while !into.is_empty() {
            match self.at {
                At::End => break,
                At::Start | At::Between => self.begin()?,
                At::Inside => {
                    let written = self.unpack(into)?;
                    if written > 0 {
                        return Ok(written);
                    }
                }
            }
        }
        Ok(0)
    }
}

fn cut_short() -> Error {
    let words = "it is compressed with gzip, and ends before it is complete: fetch or copy it anew";
    Error::new(ErrorKind::UnexpectedEof, words)
}

fn damaged(what: &str) -> Error {
    let words = format!("it is compressed with gzip, and damaged ({what}): fetch or copy it anew");
    Error::new(ErrorKind::InvalidData, words)
}

#[cfg(test)]
mod tests;
