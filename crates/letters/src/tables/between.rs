//! How well letters beyond ASCII fit between those that stand beside them.

/// A byte beyond ASCII between its neighbours.
pub type Between = (u8, u8, u8);

/// Letters of the code page 850 from 0x80 on, as DOS programs wrote them.
const DOS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿";

/// How well a letter fits between its neighbours.
pub fn points((before, byte, behind): Between, decode: &dyn Fn(u8) -> Option<char>) -> i64 {
    let Some(letter) = decode(byte) else { return -3 };
    let (before, behind) = (char::from(before), char::from(behind));
    let within = before.is_ascii_alphabetic() || behind.is_ascii_alphabetic();
    if letter.is_control() || letter == char::REPLACEMENT_CHARACTER {
        -4
    } else if letter.is_lowercase() {
        if before.is_ascii_uppercase() && behind.is_ascii_uppercase() { -1 } else { 2 }
    } else if letter.is_uppercase() {
        // A capital stands at the beginning, or among capitals.
        if before.is_ascii_alphabetic() && behind.is_ascii_lowercase() { -2 } else { 1 }
    } else if within && letter != '’' {
        -2
    } else {
        0
    }
}

/// The letter of a byte of the code page 850.
pub fn by_dos(byte: u8) -> Option<char> {
    if byte == 0xe1 {
        return Some('ß');
    }
    DOS.chars().nth(usize::from(byte.checked_sub(0x80)?))
}
