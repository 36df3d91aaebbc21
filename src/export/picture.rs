//! A figure as a picture that says what it shows: title above, filters and snapshot below.

use widgets::figure::escape;
use words::say;

use super::not_saved;
use crate::host::faults;
use crate::host::plotly::{Caption, PictureKind, Plot};
use crate::host::save::save;

/// Characters of a line below a figure, about.
const LINE: usize = 110;

/// Saves a drawn figure as a picture.
///
/// # Errors
/// What the reader is told if the browser could not paint or save it.
pub async fn picture(
    plot: &Plot,
    kind: PictureKind,
    name: &str,
    title: &str,
    header: &[(String, String)],
    paper: &str,
) -> Result<(), String> {
    let parts = header.iter().skip(1).map(|(name, value)| format!("{name}: {value}"));
    let lines: Vec<String> = wrapped(parts).iter().map(|line| escape(line)).collect();
    let caption = Caption { title: escape(title), lines, paper: paper.to_owned() };
    let painted = plot.picture(kind, &caption).await;
    let bytes = painted.map_err(|error| {
        faults::note("picture", &error.to_string());
        say!("The picture could not be made. The table can be saved all the same.")
    })?;
    save(&format!("{name}.{}", kind.ending()), kind.mime(), &bytes).map_err(|_| not_saved())
}

/// Parts set side by side as long as a line holds them.
fn wrapped(parts: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if line.chars().count() + part.chars().count() + 3 <= LINE => {
                line.push_str(" · ");
                line.push_str(&part);
            }
            _ => lines.extend(folded(&part)),
        }
    }
    lines
}

/// A text longer than a line, cut between its words.
fn folded(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + word.chars().count() < LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn parts_share_lines_and_long_ones_are_folded() {
        let lines = wrapped(["a".to_owned(), "b".to_owned(), "word ".repeat(60)].into_iter());
        assert_eq!(lines[0], "a · b");
        assert!(lines.len() > 2 && lines.iter().all(|line| line.chars().count() <= LINE));
    }
}
