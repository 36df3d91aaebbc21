//! Which encoding a text file is in, from all of its bytes.

mod letters;

use std::collections::BTreeSet;
use std::io::Read;

use anyhow::Result;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1252};

use self::letters::{Between, by_dos, points};

/// Bytes that are read in one go.
const BLOCK: usize = 1 << 16;

/// Bytes beyond ASCII whose neighbours are looked at.
const LOOKED_AT: usize = 5_000;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The label to write into a mapping; none where the importer needs none.
    pub label: Option<&'static str>,
    /// Its name for people.
    pub name: &'static str,
    /// What tells so.
    pub why: &'static str,
    /// Whether another encoding is as likely.
    pub is_doubtful: bool,
    /// What is wrong with the text all the same.
    pub problem: Option<String>,
}

/// Looks through all bytes of a file.
///
/// # Errors
/// If they cannot be read.
pub fn of(mut bytes: impl Read) -> Result<Found> {
    let mut look = Look::new();
    let mut block = vec![0; BLOCK];
    let mut is_first = true;
    loop {
        let length = fill(&mut bytes, &mut block)?;
        let part = &block[..length];
        if is_first && let Some(found) = by_beginning(part) {
            return Ok(found);
        }
        is_first = false;
        look.take(part);
        if length < BLOCK {
            return Ok(look.end());
        }
    }
}

fn fill(bytes: &mut impl Read, block: &mut [u8]) -> Result<usize> {
    let mut length = 0_usize;
    while length < block.len() {
        let read = bytes.read(&mut block[length..])?;
        if read == 0 {
            break;
        }
        length = length.saturating_add(read);
    }
    Ok(length)
}

fn sure(label: Option<&'static str>, name: &'static str, why: &'static str) -> Found {
    Found { label, name, why, is_doubtful: false, problem: None }
}

/// What the first bytes tell: a byte order mark, or the zeros of UTF-16.
fn by_beginning(bytes: &[u8]) -> Option<Found> {
    for (mark, name) in [
        (&b"\xef\xbb\xbf"[..], "UTF-8"),
        (b"\xff\xfe", "UTF-16, low byte first"),
        (b"\xfe\xff", "UTF-16, high byte first"),
    ] {
        if bytes.starts_with(mark) {
            return Some(sure(None, name, "its byte order mark says so"));
        }
    }
    let pairs = bytes.chunks_exact(2).take(BLOCK >> 4);
    let (mut all, mut low, mut high) = (0_usize, 0_usize, 0_usize);
    for pair in pairs {
        all = all.saturating_add(1);
        high = high.saturating_add((pair[0] == 0).into());
        low = low.saturating_add((pair[1] == 0).into());
    }
    let most = |count: usize| all > 1 && count.saturating_mul(10) >= all.saturating_mul(7);
    let why = "every other byte is zero";
    if most(low) && high == 0 {
        return Some(sure(Some("utf-16le"), "UTF-16, low byte first", why));
    }
    (most(high) && low == 0).then(|| sure(Some("utf-16be"), "UTF-16, high byte first", why))
}

struct Look {
    detector: EncodingDetector,
    /// The end of a letter that began in the block before.
    begun: Vec<u8>,
    valid: u64,
    invalid: u64,
    beyond: Vec<Between>,
    before: u8,
    /// Bytes beyond ASCII that there are.
    seen: BTreeSet<u8>,
}

impl Look {
    fn new() -> Self {
        let detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        Self {
            detector,
            begun: Vec::new(),
            valid: 0,
            invalid: 0,
            beyond: Vec::new(),
            before: b' ',
            seen: BTreeSet::new(),
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        if bytes.is_ascii() && self.begun.is_empty() {
            self.before = bytes.last().copied().unwrap_or(self.before);
            return;
        }
        self.detector.feed(bytes, false);
        self.note(bytes);
        let mut text = std::mem::take(&mut self.begun);
        text.extend_from_slice(bytes);
        let mut rest = &text[..];
        loop {
            match std::str::from_utf8(rest) {
                Ok(valid) => return self.count(valid),
                Err(error) => {
                    let (valid, bad) = rest.split_at(error.valid_up_to());
                    self.count(std::str::from_utf8(valid).unwrap_or_default());
                    let Some(length) = error.error_len() else {
                        self.begun = bad.to_vec();
                        return;
                    };
                    self.invalid = self.invalid.saturating_add(1);
                    rest = bad.get(length..).unwrap_or_default();
                }
            }
        }
    }

    fn count(&mut self, valid: &str) {
        let beyond = valid.chars().filter(|c| !c.is_ascii()).count();
        self.valid = self.valid.saturating_add(beyond as u64);
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

    fn end(mut self) -> Found {
        if !self.begun.is_empty() {
            self.invalid = self.invalid.saturating_add(1);
        }
        if self.invalid == 0 {
            let why =
                if self.valid == 0 { "it has no letters beyond ASCII" } else { "all of it is" };
            return sure(None, "UTF-8", why);
        }
        if self.valid >= self.invalid.saturating_mul(2) {
            let problem = format!(
                "not all of the file is UTF-8 ({} of its letters): the rows they stand in cannot be \
                 read; write the file anew",
                self.invalid
            );
            return Found { problem: Some(problem), ..sure(None, "UTF-8", "nearly all of it is") };
        }
        self.detector.feed(b"", true);
        let detected = self.detector.guess(None, Utf8Detection::Deny);
        self.of_one_byte(detected)
    }

    /// Holds what the detector says, which knows the encodings of the web, against those of old
    /// Macintosh and DOS programs, which it does not.
    fn of_one_byte(&self, detected: &'static Encoding) -> Found {
        let alone = self.beyond.iter().filter(|(a, _, b)| a.is_ascii() && b.is_ascii()).count();
        let why = "the letters beyond ASCII make words so";
        let found = |encoding: &'static Encoding, is_doubtful: bool| Found {
            is_doubtful,
            ..sure(Some(label(encoding)), encoding.name(), why)
        };
        if alone.saturating_mul(2) < self.beyond.len() {
            return found(detected, true);
        }
        let letter = |encoding: &'static Encoding, byte: u8| {
            encoding.decode_without_bom_handling(&[byte]).0.chars().next()
        };
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
            let problem = "the letters beyond ASCII are those of a DOS code page (850 or the like), which cannot be \
                           read: convert the file first, as in `iconv -f CP850 -t UTF-8 old.csv > new.csv`";
            let problem = Some(problem.to_owned());
            return Found { problem, ..found(WINDOWS_1252, true) };
        }
        // Where two of the usual encodings read it alike there is nothing to be wrong about.
        let is_same = |byte: &u8| letter(WINDOWS_1252, *byte) == letter(WINDOWS_1250, *byte);
        let is_doubtful = !(is_latin && self.seen.iter().all(is_same));
        if mac > web { found(MACINTOSH, true) } else { found(latin, is_doubtful) }
    }
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
    use super::*;

    fn label_of(bytes: &[u8]) -> (Option<&'static str>, bool) {
        let found = of(bytes).unwrap();
        (found.label, found.problem.is_some())
    }

    #[test]
    fn encodings_are_known_by_their_letters() {
        let utf_16 =
            |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let text = "order,city\n1,München\n2,Graz\n3,Málaga\n";
        let cp1252 = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let mac = b"order,city\n1,M\x9fnchen\n2,Graz\n3,M\x87laga\n";
        let dos = b"order,city\n1,M\x81nchen\n2,Graz\n3,M\xa0laga\n";
        let czech = "objednávka,zboží\n1,žlutý šátek\n2,měkký polštář\n3,větší dřevěná lžíce\n";
        let cp1250 = encoding_rs::WINDOWS_1250.encode(czech).0;
        let cyrillic = "заказ,город\n1,Москва\n2,Санкт-Петербург\n3,Новосибирск\n";
        let cp1251 = encoding_rs::WINDOWS_1251.encode(cyrillic).0.into_owned();
        let japanese = "注文,都市\n1,東京の大きな町です\n2,京都に行きました\n";
        let sjis = encoding_rs::SHIFT_JIS.encode(japanese).0.into_owned();
        for (bytes, label, is_wrong) in [
            (text.as_bytes(), None, false),
            (b"order,city\n1,Graz\n", None, false),
            (&cp1252, Some("windows-1252"), false),
            (mac, Some("macintosh"), false),
            (dos, Some("windows-1252"), true),
            (&cp1250, Some("windows-1250"), false),
            (&cp1251, Some("windows-1251"), false),
            (&sjis, Some("shift_jis"), false),
            (&utf_16(text), Some("utf-16le"), false),
            ("München, Málaga, Gr\u{e4}z".as_bytes(), None, false),
            (b"M\xc3\xbcnchen,M\xc3\xa1laga,Gr\xe4z\n", None, true),
            (b"", None, false),
        ] {
            assert_eq!(label_of(bytes), (label, is_wrong), "{bytes:?}");
        }
    }

    #[test]
    fn only_what_cannot_be_read_otherwise_is_sure() {
        let is_doubtful = |bytes: &[u8]| of(bytes).unwrap().is_doubtful;
        assert!(!is_doubtful(b"order,city\n1,M\xfcnchen\n2,K\xf6ln\n3,Gie\xdfen\n"));
        assert!(is_doubtful(b"order,city\n1,Orl\xe9ans\n2,Mo\xfbtiers\n3,Br\xe8ves\n"));
        assert!(!is_doubtful("order,city\n1,Orléans\n2,Brèves\n".as_bytes()));
    }

    #[test]
    fn letters_that_are_cut_by_a_block_are_whole() {
        let text = format!("{}ü", "x".repeat(BLOCK - 1));
        assert_eq!(label_of(text.as_bytes()), (None, false));
    }
}
