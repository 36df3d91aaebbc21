//! What is shown for a name from the data: always something to see, in a direction of its own.
//!
//! Names are identities: filters, links and files keep them as they came. Whoever shows one asks
//! here, so that a name of blanks is not an empty row, and one that turns the direction of writing
//! does not turn what stands around it.

use std::borrow::Cow;

use crate::figure::escape;

/// A name as people see it: without what steers the direction of text or breaks a line; where
/// nothing is left to see, its characters by number, `U+200B`.
pub fn shown(name: &str) -> Cow<'_, str> {
    let plain = |c: char| !steers(c) && !c.is_control();
    let clean = if name.chars().all(plain) { Cow::Borrowed(name) } else { Cow::Owned(freed(name)) };
    if is_visible(&clean) { clean } else { Cow::Owned(by_number(name)) }
}

/// A label of the snapshot as people see it, in their language where it is one of the product's own.
pub fn label(name: &str) -> String {
    shown(&words::say(name)).into_owned()
}

/// True if a name leaves something to see on paper.
pub fn is_visible(name: &str) -> bool {
    name.chars().any(|c| !is_blank(c))
}

/// A shown name for a line of text that runs from left to right: a name with letters of the other
/// direction is kept apart, so that it moves neither signs nor numbers beside it.
pub(crate) fn isolated(name: &str) -> Cow<'_, str> {
    if name.chars().any(turns) {
        Cow::Owned(format!("\u{2068}{name}\u{2069}"))
    } else {
        Cow::Borrowed(name)
    }
}

/// A shown name for a text of Plotly: escaped, and kept apart.
pub(crate) fn in_figure(name: &str) -> String {
    escape(&isolated(name))
}

/// A shown name cut to a width for a label of a figure.
pub(crate) fn cut_in_figure(name: &str, most: usize) -> String {
    in_figure(&cut(name, most))
}

/// A text cut to so many letters of common width; nothing that is one sign is cut in two.
pub(crate) fn cut(name: &str, most: usize) -> String {
    let (mut kept, mut taken) = (String::new(), 0);
    let signs = signs(name);
    let all: usize = signs.iter().map(|sign| width(sign)).sum();
    let room = if all <= most { most } else { most.saturating_sub(1) };
    for sign in signs {
        if taken + width(sign) > room {
            return format!("{}…", kept.trim_end());
        }
        taken += width(sign);
        let mut marks = 0;
        // Marks piled upon a letter would run into the labels above and below.
        kept.extend(sign.chars().filter(|&c| {
            marks += usize::from(is_mark(c));
            !is_mark(c) || marks <= MOST_MARKS
        }));
    }
    kept
}

/// Accents that a letter of a label carries at most; no script needs more.
const MOST_MARKS: usize = 3;

/// Letters with all that belongs to each.
fn signs(text: &str) -> Vec<&str> {
    let (mut signs, mut begin, mut joined, mut flags) = (Vec::new(), 0, false, 0);
    for (at, c) in text.char_indices() {
        let flag = matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
        flags = if flag { flags + 1 } else { 0 };
        let second_of_a_flag = flag && flags % 2 == 0;
        let belongs = joined || second_of_a_flag || is_mark(c) || is_joiner(c) || is_skin(c);
        if at > 0 && !belongs {
            signs.push(&text[begin..at]);
            begin = at;
        }
        joined = c == '\u{200d}';
    }
    if begin < text.len() {
        signs.push(&text[begin..]);
    }
    signs
}

/// Width of a sign in letters of common width.
pub(crate) fn width(sign: &str) -> usize {
    let wide = |c: char| {
        matches!(c,
            '\u{1100}'..='\u{115e}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff60}'
            | '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}' | 'W' | 'M' | '—')
    };
    sign.chars().find(|&c| !is_blank(c) || c == ' ').map_or(1, |c| if wide(c) { 2 } else { 1 })
}

/// The name without what steers, breaks in it as blanks.
fn freed(name: &str) -> String {
    let kept = name.chars().filter(|&c| !steers(c));
    let plain: String = kept.map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.trim().to_owned()
}

fn by_number(name: &str) -> String {
    /// Characters named at most.
    const MOST: usize = 4;
    let mut text: Vec<String> =
        name.chars().take(MOST).map(|c| format!("U+{:04X}", u32::from(c))).collect();
    if name.chars().nth(MOST).is_some() {
        text.push("…".to_owned());
    }
    if text.is_empty() { "–".to_owned() } else { text.join(" ") }
}

/// Embeddings, overrides and isolates: what turns the text around itself.
fn steers(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Letters of scripts that run from right to left, and the mark that stands for one.
fn turns(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0020}'..='\u{e007f}')
}

fn is_skin(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// What stands above, below or on the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{6d6}'..='\u{6dc}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{93c}' | '\u{93e}'..='\u{94f}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{3099}' | '\u{309a}' | '\u{fe20}'..='\u{fe2f}')
}

/// What leaves nothing on paper: blanks, controls, formats, fillers, and marks on their own.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || is_mark(c)
        || is_joiner(c)
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown_by_number() {
        for (name, text) in [
            ("\u{200b}", "U+200B"),
            ("\u{200b}\u{200b}", "U+200B U+200B"),
            (" \u{a0}\u{3000}", "U+0020 U+00A0 U+3000"),
            ("\u{2800}", "U+2800"),
            ("\u{3164}\u{115f}\u{ffa0}", "U+3164 U+115F U+FFA0"),
            ("\u{ad}\u{feff}\u{2060}\u{180e}\u{fe0f}", "U+00AD U+FEFF U+2060 U+180E …"),
            ("\u{202e}\u{2066}\u{200f}", "U+202E U+2066 U+200F"),
            ("\u{301}", "U+0301"),
            ("\t\r\n", "U+0009 U+000D U+000A"),
            ("\u{e0041}", "U+E0041"),
            ("", "–"),
        ] {
            assert_eq!(shown(name), text, "{name:?}");
        }
    }

    #[test]
    fn what_can_be_seen_is_shown_as_written() {
        for name in ["2023", " 1e3", "-5", "<b>", "İstanbul", "मुंबई", "می‌خواهم", "👩‍🔬", "🏳️‍🌈", "ก็"]
        {
            assert_eq!(shown(name), name);
        }
    }

    #[test]
    fn nothing_turns_the_text_around_it() {
        assert_eq!(shown("\u{202e}evil.exe"), "evil.exe");
        assert_eq!(shown("a\u{2067}b\nc"), "ab c");
        assert_eq!(isolated("Ann"), "Ann");
        assert_eq!(isolated("محمد"), "\u{2068}محمد\u{2069}");
        assert_eq!(in_figure("<محمد>"), "\u{2068}&lt;محمد&gt;\u{2069}");
    }

    #[test]
    fn labels_are_cut_between_signs() {
        assert_eq!(cut("Home and Garden", 15), "Home and Garden");
        assert_eq!(cut("Home and Garden", 10), "Home and…");
        assert_eq!(cut("👩‍🔬👩‍🔬👩‍🔬", 5), "👩‍🔬👩‍🔬…");
        assert_eq!(cut("🇩🇪🇫🇷🇮🇹", 5), "🇩🇪🇫🇷…");
        assert_eq!(cut("日本語の本", 6), "日本…");
        assert_eq!(cut(&format!("Z{}o", "\u{301}".repeat(30)), 9).chars().count(), 5);
    }
}
