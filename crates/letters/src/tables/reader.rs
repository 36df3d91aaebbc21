//! A text of an encoding, as UTF-8.

use encoding_rs::{Decoder, Encoding};

/// A text that is read in pieces.
pub struct Reader(Decoder);

impl Reader {
    /// Of an encoding by its name; none if there is no such.
    pub fn of(name: &str) -> Option<Self> {
        Encoding::for_label(name.as_bytes()).map(|table| Self(table.new_decoder_with_bom_removal()))
    }

    /// The next bytes; what is no letter becomes U+FFFD.
    pub fn read(&mut self, bytes: &[u8], is_last: bool) -> String {
        let most = self.0.max_utf8_buffer_length(bytes.len());
        let mut text = String::with_capacity(most.unwrap_or_default());
        // There is room for all of it.
        let _ = self.0.decode_to_string(bytes, &mut text, is_last);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Reader;

    fn read(name: &str, pieces: &[&[u8]]) -> String {
        let mut reader = Reader::of(name).unwrap();
        let text: String = pieces.iter().map(|piece| reader.read(piece, false)).collect();
        text + &reader.read(b"", true)
    }

    #[test]
    fn letters_that_are_cut_are_whole() {
        assert_eq!(read("Shift_JIS", &[b"\x93", b"\x8c\x8b", b"\x9e"]), "東京");
        assert_eq!(read("UTF-16LE", &[b"\xff", b"\xfea", b"\0\xfc", b"\0"]), "aü");
        assert_eq!(read("gb18030", &[b"\x81\x30", b"\x81", b"\x30"]), "\u{80}");
    }

    #[test]
    fn what_is_no_letter_is_marked() {
        assert_eq!(read("Shift_JIS", &[b"a\x93"]), "a\u{fffd}");
        assert_eq!(read("UTF-16LE", &[b"a\0b"]), "a\u{fffd}");
        assert_eq!(read("windows-1253", &[b"\xd2"]), "\u{fffd}");
        assert!(Reader::of("cp850").is_none());
    }
}
