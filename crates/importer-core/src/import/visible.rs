//! Makes characters that cannot be seen visible in messages.

/// The longest part of a text that a message repeats.
const LONGEST: usize = 60;

/// A text whose invisible characters are written by their code, `<U+200B>`, cut if it is long.
pub fn visible(text: &str) -> String {
    let mut out = String::new();
    let mut next = text.chars().skip(1);
    let mut before = None;
    for (at, character) in text.chars().enumerate() {
        let (left, right) = (before.replace(character), next.next());
        if at == LONGEST {
            out.push('…');
            break;
        }
        match character {
            '\n' | '\r' => out.push('⏎'),
            // A blank at an end, or beside another, is easily overlooked.
            ' ' if [left, right].iter().any(|beside| beside.is_none_or(|c| c == ' ')) => {
                out.push('␣');
            }
            character if is_invisible(character) => {
                out.push_str(&format!("<U+{:04X}>", u32::from(character)));
            }
            character => out.push(character),
        }
    }
    out
}

/// Control and format characters, and blanks that look like none or like an ordinary one.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || (character.is_whitespace() && character != ' ')
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_cannot_be_seen_is_named() {
        assert_eq!(visible("\u{feff}order\u{200b} Zoë"), "<U+FEFF>order<U+200B> Zoë");
        assert_eq!(visible("a\u{a0}b\tc\0"), "a<U+00A0>b<U+0009>c<U+0000>");
        assert_eq!(visible(" a b  c "), "␣a b␣␣c␣");
        assert_eq!(visible(&"x".repeat(99)).chars().count(), 61);
    }
}
