//! Which texts a spreadsheet would compute instead of showing them.

/// True for a text that begins as a formula does, in any script's signs, behind anything unseen.
pub fn is_formula(text: &str) -> bool {
    text.trim_start_matches(is_unseen).starts_with(is_sign)
}

/// What begins a formula, and what is folded to it: full-width, small, raised and lowered forms.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '=' | '⁼'
            | '₌'
            | '⩵'
            | '⩶'
            | '﹦'
            | '＝'
            | '+'
            | '⁺'
            | '₊'
            | '﬩'
            | '﹢'
            | '＋'
            | '-'
            | '⁻'
            | '₋'
            | '−'
            | '﹣'
            | '－'
            | '@'
            | '﹫'
            | '＠'
    )
}

/// Blanks, controls, format characters, what Unicode lets be ignored, and quotes.
fn is_unseen(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '"' || is_ignorable(c)
}

/// Characters of category Cf or with the property `Default_Ignorable_Code_Point`, and the empty
/// pattern of Braille.
fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
            | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use regex::Regex;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// Every character there is.
    fn all() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    #[test]
    fn whatever_cannot_be_seen_hides_no_formula() {
        let unseen = Regex::new(
            r"^[\p{Cc}\p{Cf}\p{Z}\p{White_Space}\p{Default_Ignorable_Code_Point}\u{2800}]$",
        )
        .unwrap();
        for c in all().filter(|c| unseen.is_match(c.encode_utf8(&mut [0; 4]))) {
            assert!(is_formula(&format!("{c}=1")), "{c:?}");
            assert!(is_formula(&format!(" {c}{c}\u{feff}－1")), "{c:?}");
        }
    }

    #[test]
    fn whatever_reads_as_a_sign_is_one() {
        for c in all() {
            let folded = c.nfkc().next();
            let reads = folded.is_some_and(|c| "=+-@−".contains(c));
            assert_eq!(is_sign(c), reads, "{c:?}");
        }
    }

    #[test]
    fn letters_and_figures_hide_nothing() {
        for c in all().filter(|c| c.is_alphanumeric() && !is_ignorable(*c)) {
            assert!(!is_formula(&format!("{c}=1")), "{c:?}");
        }
    }
}
