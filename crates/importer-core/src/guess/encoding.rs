//! Which encoding a text file is in, from all of its bytes.

use std::io::Read;

use anyhow::Result;
use letters::{Letters, UTF_8, Verdict};

/// Bytes that are read in one go.
const BLOCK: usize = 1 << 16;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The label to write into a mapping; none where the importer needs none.
    pub label: Option<String>,
    /// Its name for people.
    pub name: String,
    /// What tells so.
    pub why: &'static str,
    /// Whether another encoding is as likely.
    pub is_doubtful: bool,
    /// What is wrong with the text all the same.
    pub problem: Option<String>,
}

/// Looks through all bytes of a file, which `open` gives from the beginning. Only what is not UTF-8 is
/// looked through once more, by `letters`.
///
/// # Errors
/// If they cannot be read.
pub fn of(
    open: &dyn Fn() -> Result<Box<dyn Read>>,
    letters: &'static dyn Letters,
) -> Result<Found> {
    let mut look = Look::default();
    let (mut is_first, mut found) = (true, None);
    blocks(open()?, &mut |block| {
        if is_first {
            found = by_beginning(block);
        }
        is_first = false;
        look.take(block);
        found.is_none()
    })?;
    if let Some(found) = found.or_else(|| look.end()) {
        return Ok(found);
    }
    let mut detector = letters.detector()?;
    blocks(open()?, &mut |block| {
        detector.take(block);
        true
    })?;
    Ok(of_verdict(detector.end()?))
}

/// Hands over blocks of a file, the last one shorter than the others, as long as more are wanted.
fn blocks(mut bytes: impl Read, take: &mut dyn FnMut(&[u8]) -> bool) -> Result<()> {
    let mut block = vec![0; BLOCK];
    loop {
        let length = fill(&mut bytes, &mut block)?;
        if !take(&block[..length]) || length < BLOCK {
            return Ok(());
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

fn sure(label: Option<&str>, name: &str, why: &'static str) -> Found {
    let (label, name) = (label.map(str::to_owned), name.to_owned());
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

/// How much of a text is UTF-8.
#[derive(Default)]
struct Look {
    /// The end of a letter that began in the block before.
    begun: Vec<u8>,
    valid: u64,
    invalid: u64,
}

impl Look {
    fn take(&mut self, bytes: &[u8]) {
        if bytes.is_ascii() && self.begun.is_empty() {
            return;
        }
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

    /// Nothing if it is of another encoding.
    fn end(mut self) -> Option<Found> {
        if !self.begun.is_empty() {
            self.invalid = self.invalid.saturating_add(1);
        }
        if self.invalid == 0 {
            let why =
                if self.valid == 0 { "it has no letters beyond ASCII" } else { "all of it is" };
            return Some(sure(None, UTF_8, why));
        }
        if self.valid >= self.invalid.saturating_mul(2) {
            let problem = format!(
                "not all of the file is UTF-8 ({} of its letters): the rows they stand in cannot be \
                 read; write the file anew",
                self.invalid
            );
            return Some(Found {
                problem: Some(problem),
                ..sure(None, UTF_8, "nearly all of it is")
            });
        }
        None
    }
}

fn of_verdict(verdict: Verdict) -> Found {
    let Verdict { label, name, is_doubtful, is_dos } = verdict;
    let problem = "the letters beyond ASCII are those of a DOS code page (850 or the like), which cannot be \
                   read: convert the file first, as in `iconv -f CP850 -t UTF-8 old.csv > new.csv`";
    let why = "the letters beyond ASCII make words so";
    let problem = is_dos.then(|| problem.to_owned());
    Found { label: Some(label), name, why, is_doubtful, problem }
}

#[cfg(test)]
mod tests {
    use letters::Tables;

    use super::*;

    fn found(bytes: &[u8]) -> Found {
        let bytes = bytes.to_vec();
        of(&|| Ok(Box::new(std::io::Cursor::new(bytes.clone()))), &Tables).unwrap()
    }

    fn label_of(bytes: &[u8]) -> (Option<String>, bool) {
        let found = found(bytes);
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
        let amazon = "order-id,product-name\n1,マグカップ 大\n2,Lamp\n3,ポスター\n";
        let amazon = encoding_rs::SHIFT_JIS.encode(amazon).0.into_owned();
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
            (b"order,total\n1,\xa312.50\n2,\xa37.00\n", Some("windows-1252"), false),
            (&amazon, Some("shift_jis"), false),
        ] {
            assert_eq!(label_of(bytes), (label.map(str::to_owned), is_wrong), "{bytes:?}");
        }
    }

    #[test]
    fn only_what_cannot_be_read_otherwise_is_sure() {
        let is_doubtful = |bytes: &[u8]| found(bytes).is_doubtful;
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
