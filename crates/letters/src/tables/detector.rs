//! In which encoding a text is, from all of its bytes.

use std::collections::BTreeSet;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, SHIFT_JIS, WINDOWS_1250, WINDOWS_1252};

use super::between::{Between, by_dos, points};
use crate::Verdict;

/// Bytes beyond ASCII whose neighbours are looked at.
const LOOKED_AT: usize = 5_000;

/// A text that is not UTF-8.
pub struct Finder {
    detector: EncodingDetector,
    beyond: Vec<Between>,
    before: u8,
    /// Bytes beyond ASCII that there are.
    seen: BTreeSet<u8>,
}

impl Default for Finder {
    fn default() -> Self {
        let detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        Self { detector, beyond: Vec::new(), before: b' ', seen: BTreeSet::new() }
    }
}

impl Finder {
    /// Looks through the next bytes.
    pub fn look(&mut self, bytes: &[u8]) {
        // What may be the end of a letter is never left out.
        if bytes.is_ascii() && self.before.is_ascii() {
            self.before = bytes.last().copied().unwrap_or(self.before);
            return;
        }
        self.detector.feed(bytes, false);
        self.note(bytes);
    }

    fn note(&mut self, bytes: &[u8]) {
        for (at, &byte) in bytes.iter().enumerate() {
            if !byte.is_ascii() {
                self.seen.insert(byte);
                if self.beyond.len() < LOOKED_AT {
                    let next = at.saturating_add(1);
                    let behind = bytes.get(next).copied().unwrap_or(b' ');
                    self.beyond.push((self.before, byte, behind));
                }
            }
            self.before = byte;
        }
    }

    /// Holds what the detector says, which knows the encodings of the web, against those of old
    /// Macintosh and DOS programs, which it does not.
    pub fn verdict(mut self) -> Verdict {
        self.detector.feed(b"", true);
        let detected = self.detector.guess(None, Utf8Detection::Deny);
        let alone = self.beyond.iter().filter(|(a, _, b)| a.is_ascii() && b.is_ascii()).count();
        // Of Japanese letters many end with a byte of ASCII; all of their pairs begin as few others do.
        let is_kana = |(_, byte, _): &&Between| matches!(byte, 0x82 | 0x83);
        let kana = self.beyond.iter().filter(is_kana).count();
        let is_japanese = detected == SHIFT_JIS && kana.saturating_mul(4) >= self.beyond.len();
        if is_japanese || alone.saturating_mul(2) < self.beyond.len() {
            return verdict(detected, true);
        }
        // A letter stands in a word; what stands before numbers alone is the sign of a currency, which one
        // half of the world writes as the other writes letters.
        let in_word = |&(a, _, b): &Between| a.is_ascii_alphabetic() || b.is_ascii_alphabetic();
        if detected.is_single_byte() && !self.beyond.iter().any(in_word) {
            return verdict(WINDOWS_1252, false);
        }
        // Encodings that read these letters alike are one, under its usual name.
        let is_alike = |byte: &u8| letter(detected, *byte) == letter(WINDOWS_1252, *byte);
        let is_latin = !detected.is_single_byte() || self.seen.iter().all(is_alike);
        let latin = if is_latin { WINDOWS_1252 } else { detected };
        let score = |decode: &dyn Fn(u8) -> Option<char>| -> i64 {
            let points = self.beyond.iter().map(|&between| points(between, decode));
            points.fold(0, i64::saturating_add)
        };
        let by = |encoding: &'static Encoding| score(&|byte| letter(encoding, byte));
        let (web, mac, dos) = (by(latin), by(MACINTOSH), score(&by_dos));
        if dos > web && dos > mac {
            return Verdict { is_dos: true, ..verdict(WINDOWS_1252, true) };
        }
        // Where two of the usual encodings read it alike there is nothing to be wrong about.
        let is_same = |byte: &u8| letter(WINDOWS_1252, *byte) == letter(WINDOWS_1250, *byte);
        let is_doubtful = !(is_latin && self.seen.iter().all(is_same));
        if mac > web { verdict(MACINTOSH, true) } else { verdict(latin, is_doubtful) }
    }
}

fn letter(encoding: &'static Encoding, byte: u8) -> Option<char> {
    encoding.decode_without_bom_handling(&[byte]).0.chars().next()
}

fn verdict(encoding: &'static Encoding, is_doubtful: bool) -> Verdict {
    let (label, name) = (label(encoding).to_owned(), encoding.name().to_owned());
    Verdict { label, name, is_doubtful, is_dos: false }
}

/// A name that the importer knows, in its usual spelling.
fn label(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "Shift_JIS" => "shift_jis",
        "EUC-KR" => "euc-kr",
        "EUC-JP" => "euc-jp",
        "GBK" => "gbk",
        "Big5" => "big5",
        "ISO-8859-2" => "iso-8859-2",
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::Finder;

    /// A letter that is cut by a block of bytes is the same letter.
    #[test]
    fn pieces_make_no_difference() {
        let japanese = "注文,都市\n1,東京の大きな町です\n2,京都に行きました\n";
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(japanese);
        for cut in 0..bytes.len() {
            let mut finder = Finder::default();
            finder.look(&bytes[..cut]);
            finder.look(&bytes[cut..]);
            assert_eq!(finder.verdict().label, "shift_jis", "cut at {cut}");
        }
    }
}
