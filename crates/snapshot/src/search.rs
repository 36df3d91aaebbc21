//! Type-ahead: how a text is folded for searching, and the terms a customer is found by.
//!
//! The builder folds what it stores and the page folds what is typed, by the same function, so
//! that case, accents, apostrophes and hyphens make no difference.

/// Longest term kept, in characters; nobody types more before choosing.
const LONGEST_TERM: usize = 64;

/// Most rows of a short prefix in table `customer_search_best`.
pub const BEST: usize = 12;

/// Longest prefix in table `customer_search_best`, in characters.
pub const LONGEST_BEST: usize = 5;

/// Latin letters from U+00C0 on, without their accents; a dot keeps the letter.
const LATIN: &[u8] = b"\
aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddee\
eeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnn..oooooo..rrrrrrsssssssstttttt\
uuuuuuuuuuuuwwyyyzzzzzzs................................oo.............uu...........\
.................aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa....aaaaeeeeiiiioooo\
rrrruuuusstt..hh......aaeeooooooooyy............................\
";

/// The same from U+1E00 on.
const LATIN_ADDITIONAL: &[u8] = b"\
aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooo\
pppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy.s....aaaaaaaa\
aaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy..\
....\
";

/// A text as it is searched: in lower case, without accents and apostrophes, words apart by one
/// space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        fold_letter(letter, &mut folded);
    }
    let end = folded.char_indices().nth(LONGEST_TERM).map_or(folded.len(), |(at, _)| at);
    folded.truncate(end);
    folded.truncate(folded.trim_end().len());
    folded
}

fn fold_letter(letter: char, into: &mut String) {
    match letter {
        '\u{300}'..='\u{36f}' => {}
        // Points and marks of Hebrew and Arabic, and the stroke that lengthens words.
        '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{640}' => {}
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' => {}
        // Apostrophes, and marks of direction.
        '\'' | '`' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{2032}' => {}
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
        '-' | '\u{2010}'..='\u{2015}' => space(into),
        _ if letter.is_whitespace() => space(into),
        _ if letter.is_control() => {}
        'ß' => into.push_str("ss"),
        'æ' => into.push_str("ae"),
        'œ' => into.push_str("oe"),
        'þ' => into.push_str("th"),
        'ŋ' => into.push_str("ng"),
        'ĳ' => into.push_str("ij"),
        _ => into.push(plain(letter)),
    }
}

fn space(into: &mut String) {
    if !into.is_empty() && !into.ends_with(' ') {
        into.push(' ');
    }
}

/// A letter without its accent.
fn plain(letter: char) -> char {
    let latin = |table: &[u8], first: u32| {
        let at = (letter as u32).checked_sub(first)?;
        let base = table.get(at as usize).copied().filter(|&base| base != b'.')?;
        Some(char::from(base))
    };
    if let Some(base) = latin(LATIN, 0xc0).or_else(|| latin(LATIN_ADDITIONAL, 0x1e00)) {
        return base;
    }
    match letter {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' => 'е',
        'й' => 'и',
        'ї' => 'і',
        'آ' | 'أ' | 'إ' => 'ا',
        other => other,
    }
}

/// What a customer is found by: every text that begins so finds the customer. Id, e-mail
/// address, the name in both orders, and each further word of the name.
pub fn terms(id: &str, email: &str, first: &str, last: &str) -> Vec<String> {
    let name = fold(&format!("{first} {last}"));
    let mut terms = vec![fold(id), fold(email), fold(&format!("{last} {first}"))];
    terms.extend(name.split(' ').map(str::to_owned));
    terms.push(name);
    terms.sort_unstable();
    terms.dedup();
    let whole = terms.clone();
    // In order, a text that another one begins with stands right before one that does.
    let mut following = whole.iter().skip(1);
    terms.retain(|term| {
        let next = following.next();
        !term.is_empty() && next.is_none_or(|next| !next.starts_with(term.as_str()))
    });
    terms
}

/// The first `length` characters of a term; `None` if it has fewer.
pub fn prefix(term: &str, length: usize) -> Option<&str> {
    let mut ends = term.char_indices().map(|(at, _)| at).chain([term.len()]).skip(length);
    ends.next().map(|end| &term[..end])
}

/// Characters to type before it is worth asking: two letters, but one sign of a script whose
/// signs are words.
pub fn is_long_enough(folded: &str) -> bool {
    let mut letters = folded.chars();
    match (letters.next(), letters.next()) {
        (None, _) => false,
        (Some(first), None) => first >= '\u{2e80}',
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_knows_scripts_and_accents() {
        for (text, folded) in [
            ("  O'Néill-D’Arcy ", "oneill darcy"),
            ("ЕКАТЕРИНА Алёна", "екатерина алена"),
            ("山田  太郎", "山田 太郎"),
            ("Zażółć Gęślą-Jaźń", "zazolc gesla jazn"),
            ("Nguyễn Thị Ánh", "nguyen thi anh"),
            ("Straße ÆRØ", "strasse aero"),
            ("İstanbul", "istanbul"),
            ("Ångström e\u{301}", "angstrom e"),
            ("مُحَمَّد أحمد", "محمد احمد"),
            ("ΟΔΥΣΣΕΎΣ", "οδυσσευσ"),
            ("=HYPERLINK(\"x\")", "=hyperlink(\"x\")"),
            ("ana@shop.example", "ana@shop.example"),
            (" - ", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
        assert_eq!(fold(&"é".repeat(100)).len(), 64);
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for letter in (0..0x3000).filter_map(char::from_u32) {
            let folded = fold(&format!("a{letter}b"));
            assert_eq!(fold(&folded), folded, "{letter:?}");
        }
    }

    #[test]
    fn a_customer_is_found_by_id_address_and_every_word_of_the_name() {
        assert_eq!(
            terms("C-7", "ana@x.example", "Ana María", "de la Cruz"),
            [
                "ana maria de la cruz",
                "ana@x.example",
                "c 7",
                "cruz",
                "de la cruz ana maria",
                "la",
                "maria"
            ]
        );
        assert_eq!(terms("7", "", "", ""), ["7"]);
        assert_eq!(terms("bo", "", "Bo", "Bo"), ["bo bo"]);
    }

    #[test]
    fn prefixes_count_characters() {
        assert_eq!(prefix("山田太", 2), Some("山田"));
        assert_eq!(prefix("ab", 2), Some("ab"));
        assert_eq!(prefix("ab", 3), None);
        assert!(is_long_enough("李") && is_long_enough("ab") && !is_long_enough("a"));
    }
}
