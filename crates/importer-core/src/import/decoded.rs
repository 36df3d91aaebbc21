//! The bytes of a text as UTF-8, whatever its encoding, or its byte order mark, is.

use std::io::{self, Chain, Cursor, Read};

use letters::{Decoder, Encoding, Letters};

/// Bytes that are read in one go.
const BLOCK: usize = 1 << 16;

/// Bytes in which a mark is looked for.
const HEAD: u64 = 3;

/// Byte order marks, and what is said by them.
const MARKS: [(&[u8], Option<&str>); 3] =
    [(b"\xef\xbb\xbf", None), (b"\xff\xfe", Some("UTF-16LE")), (b"\xfe\xff", Some("UTF-16BE"))];

type Bytes = Chain<Cursor<Vec<u8>>, Box<dyn Read>>;

/// A text under way, without its mark.
pub struct Decoded {
    bytes: Bytes,
    /// None where it is UTF-8: that is passed on as it is, so that damage is found in its row, not
    /// papered over.
    other: Option<Other>,
}

/// A text that is not UTF-8.
struct Other {
    decoder: Box<dyn Decoder>,
    block: Vec<u8>,
    text: Cursor<Vec<u8>>,
    is_over: bool,
}

impl Decoded {
    /// Begins to read a text that is in an encoding, unless a mark says that it is UTF-16.
    ///
    /// # Errors
    /// If the bytes cannot be read, or the encoding's letters are not at hand.
    pub fn of(
        mut bytes: Box<dyn Read>,
        encoding: &Encoding,
        letters: &'static dyn Letters,
    ) -> io::Result<Self> {
        let mut head = Vec::new();
        bytes.by_ref().take(HEAD).read_to_end(&mut head)?;
        let marked = MARKS.iter().find(|(mark, _)| head.starts_with(mark));
        // Two bytes are too few to say anything; as a mark they are no text either.
        let says = marked.and_then(|&(_, name)| name.filter(|_| head.len() as u64 == HEAD));
        let name =
            says.or(Some(&encoding.name).filter(|_| !encoding.is_utf_8()).map(String::as_str));
        let text = head.split_off(marked.map_or(0, |(mark, _)| mark.len()));
        let other = name.map(|name| letters.decoder(name)).transpose()?.map(Other::of);
        Ok(Self { bytes: Cursor::new(text).chain(bytes), other })
    }
}

impl Read for Decoded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match &mut self.other {
            Some(other) => other.read(&mut self.bytes, into),
            None => self.bytes.read(into),
        }
    }
}

impl Other {
    fn of(decoder: Box<dyn Decoder>) -> Self {
        Self { decoder, block: vec![0; BLOCK], text: Cursor::default(), is_over: false }
    }

    fn read(&mut self, bytes: &mut Bytes, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let length = self.text.read(into)?;
            if length > 0 || self.is_over || into.is_empty() {
                return Ok(length);
            }
            let read = bytes.read(&mut self.block)?;
            self.is_over = read == 0;
            let block = self.block.get(..read).unwrap_or_default();
            self.text = Cursor::new(self.decoder.decode(block, self.is_over)?);
        }
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{Encoding as Table, UTF_8};
    use encoding_rs_io::DecodeReaderBytesBuilder;
    use letters::Tables;
    use proptest::prelude::*;

    use super::*;

    const LABELS: [&str; 14] = [
        "utf-8",
        "utf-16le",
        "utf-16be",
        "windows-1252",
        "windows-1250",
        "macintosh",
        "iso-8859-15",
        "shift_jis",
        "euc-jp",
        "iso-2022-jp",
        "gb18030",
        "gbk",
        "big5",
        "euc-kr",
    ];

    /// Some bytes at a time.
    struct Few(Cursor<Vec<u8>>, usize);

    impl Read for Few {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let length = into.len().min(self.1);
            self.0.read(&mut into[..length])
        }
    }

    fn ours(bytes: &[u8], label: &str, few: usize) -> Vec<u8> {
        let encoding = Tables.known(label).unwrap().unwrap();
        let bytes = Box::new(Few(Cursor::new(bytes.to_vec()), few));
        let mut text = Vec::new();
        Decoded::of(bytes, &encoding, &Tables).unwrap().read_to_end(&mut text).unwrap();
        text
    }

    fn known_reader(bytes: &[u8], label: &str) -> Vec<u8> {
        let table = Table::for_label(label.as_bytes()).unwrap();
        let mut reader = DecodeReaderBytesBuilder::new()
            .encoding(Some(table).filter(|&table| table != UTF_8))
            .utf8_passthru(true)
            .strip_bom(true)
            .bom_override(true)
            .build(bytes);
        // In a small buffer it cuts the mark of what is wrong at the end.
        let (mut text, mut buffer) = (Vec::new(), [0; 4_096]);
        loop {
            match reader.read(&mut buffer).unwrap() {
                0 => return text,
                length => text.extend_from_slice(&buffer[..length]),
            }
        }
    }

    #[test]
    fn every_pair_of_bytes_is_read_as_by_a_known_reader() {
        for label in LABELS {
            for first in 0..=u8::MAX {
                let pairs: Vec<u8> =
                    (0..=u8::MAX).flat_map(|second| [first, second, b' ', b'\n']).collect();
                assert_eq!(
                    ours(&pairs, label, 999),
                    known_reader(&pairs, label),
                    "{label} {first}"
                );
                let ends = [b'a', first];
                assert_eq!(ours(&ends, label, 9), known_reader(&ends, label), "{label} {first}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_as_by_a_known_reader(
            mark in prop::sample::select(vec![&b""[..], b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]),
            twice in any::<bool>(),
            rest in prop::collection::vec(any::<u8>(), 0..90),
            label in prop::sample::select(LABELS.to_vec()),
            few in 1_usize..9,
        ) {
            let mut bytes = mark.repeat(1 + usize::from(twice));
            bytes.extend(rest);
            prop_assert_eq!(ours(&bytes, label, few), known_reader(&bytes, label));
        }
    }
}
