//! The page's text: its marks are set, its place is changed, its own scripts and styles are named.
//!
//! A page is read by a tokenizer, and changed in its text where a tag stands: all else stays as it is,
//! to the last byte.

use std::ops::Range;

use anyhow::{Result, anyhow, ensure};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// What in the page is of one site alone: the content of a `<meta>`.
#[derive(Clone, Copy, Debug)]
pub enum Mark {
    /// The security policy.
    Policy,
    /// The place for which the page was built, by which its service worker knows it; nothing where no
    /// copy is kept.
    Keeps,
    /// The manifest's address, if it may be asked for before the configuration has come.
    Snapshot,
    /// The language that was configured when the site was made.
    Locale,
}

impl Mark {
    /// The attribute by which it is known.
    fn attribute(self) -> (&'static str, &'static str) {
        match self {
            Self::Policy => ("http-equiv", "Content-Security-Policy"),
            Self::Keeps => ("name", "hub-keeps"),
            Self::Snapshot => ("name", "hub-snapshot"),
            Self::Locale => ("name", "hub-locale"),
        }
    }

    fn is_on(self, tag: &Tag) -> bool {
        let (name, value) = self.attribute();
        is(tag, "meta") && attribute(tag, name).as_deref() == Some(value)
    }
}

type Tag = StartTag<usize>;

/// The page with a mark set.
///
/// # Errors
/// If it has no such mark, or several.
pub fn marked(html: &str, mark: Mark, content: &str) -> Result<String> {
    let tags: Vec<Tag> = tags(html).filter(|tag| mark.is_on(tag)).collect();
    let (name, value) = mark.attribute();
    let [tag] = &tags[..] else {
        let count = tags.len();
        return Err(anyhow!(
            "index.html should have one <meta {name}=\"{value}\">, not {count}: is it a page of this \
             version?"
        ));
    };
    Ok(replaced(html, vec![set(html, tag, "content", content)]))
}

/// The page with a name in the window's title.
pub fn titled(html: &str, name: &str) -> String {
    let mut begin = None;
    for token in tokens(html) {
        match (token, begin) {
            (Token::StartTag(tag), None) if is(&tag, "title") => begin = Some(tag.span.end),
            (Token::EndTag(tag), Some(begin)) => {
                return replaced(html, vec![(begin..tag.span.start, escaped(name))]);
            }
            _ => {}
        }
    }
    html.to_owned()
}

/// The page for another place on its host: its base, and every address that begins with it.
///
/// # Errors
/// If the page names no place.
pub fn rebased(html: &str, base: &str) -> Result<String> {
    let from = base_of(html).ok_or_else(|| anyhow!("index.html has no <base href>"))?;
    ensure!(from.starts_with('/') && from.ends_with('/'), "<base href=\"{from}\"> is no place");
    let mut changes = Vec::new();
    for tag in tags(html).filter(|_| from != base) {
        for name in ["href", "src"] {
            let before = attribute(&tag, name).unwrap_or_default();
            // Two slashes begin the address of another host.
            let rest = before.strip_prefix(&from).filter(|rest| !rest.starts_with('/'));
            changes.extend(rest.map(|rest| set(html, &tag, name, &format!("{base}{rest}"))));
        }
    }
    Ok(replaced(html, changes))
}

/// What a page says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The path for which it was built.
    pub base: Option<String>,
    /// Its security policy.
    pub policy: Option<String>,
}

/// What a text says of itself, if it is a page of the hub.
pub fn seen(html: &str) -> Option<Seen> {
    tags(html).find(|tag| Mark::Snapshot.is_on(tag))?;
    let policy = tags(html).find(|tag| Mark::Policy.is_on(tag));
    let policy = policy.and_then(|tag| attribute(&tag, "content"));
    Some(Seen { base: base_of(html), policy })
}

/// What a page has of its own.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Inline {
    /// The texts of its scripts.
    pub scripts: Vec<String>,
    /// The texts of its styles.
    pub styles: Vec<String>,
}

/// The scripts and styles that stand in a page.
pub fn inline(html: &str) -> Inline {
    let mut found = Inline::default();
    let mut inside: Option<&mut Vec<String>> = None;
    let Inline { scripts, styles } = &mut found;
    for token in tokens(html) {
        match token {
            Token::StartTag(tag) => {
                inside = match &**tag.name {
                    b"script" if attribute(&tag, "src").is_none() => Some(&mut *scripts),
                    b"style" => Some(&mut *styles),
                    _ => None,
                };
                if let Some(list) = &mut inside {
                    list.push(String::new());
                }
            }
            Token::String(text) => {
                let last = inside.as_mut().and_then(|list| list.last_mut());
                if let Some(last) = last {
                    last.push_str(&String::from_utf8_lossy(&text));
                }
            }
            Token::EndTag(_) => inside = None,
            _ => {}
        }
    }
    found
}

fn tokens(html: &str) -> impl Iterator<Item = Token<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // What stands in a script or a style is text.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).flatten()
}

fn tags(html: &str) -> impl Iterator<Item = Tag> {
    tokens(html).filter_map(|token| match token {
        Token::StartTag(tag) => Some(tag),
        _ => None,
    })
}

fn is(tag: &Tag, name: &str) -> bool {
    **tag.name == *name.as_bytes()
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

fn base_of(html: &str) -> Option<String> {
    tags(html).filter(|tag| is(tag, "base")).find_map(|tag| attribute(&tag, "href"))
}

/// A part of a text, and what comes in its place.
type Change = (Range<usize>, String);

/// An attribute of a tag with another value.
fn set(html: &str, tag: &Tag, name: &str, value: &str) -> Change {
    let written = format!("{name}=\"{}\"", escaped(value));
    match tag.attributes.get(name.as_bytes()) {
        Some(known) => {
            let begin = known.span.start;
            let length = html.get(begin..tag.span.end).map_or(0, length);
            (begin..begin.saturating_add(length), written)
        }
        None => {
            let end = tag.span.end.saturating_sub(if tag.self_closing { 2 } else { 1 });
            (end..end, format!(" {written}"))
        }
    }
}

/// Bytes of the attribute with which a text begins: its name and, if it has one, its value.
fn length(text: &str) -> usize {
    let is_space = |sign: char| sign.is_ascii_whitespace();
    let name = text.find(|sign| is_space(sign) || "=>/".contains(sign)).unwrap_or(text.len());
    let (_, rest) = text.split_at(name);
    let Some(value) = rest.trim_start_matches(is_space).strip_prefix('=') else { return name };
    let value = value.trim_start_matches(is_space);
    let end = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            value.match_indices(quote).nth(1).map(|(at, _)| at.saturating_add(1))
        }
        _ => value.find(|sign| is_space(sign) || sign == '>'),
    };
    let left = value.len().saturating_sub(end.unwrap_or(value.len()));
    text.len().saturating_sub(left)
}

/// A text with changes, which do not overlap.
fn replaced(text: &str, mut changes: Vec<Change>) -> String {
    changes.sort_by_key(|(range, _)| range.start);
    let mut made = text.to_owned();
    for (range, with) in changes.into_iter().rev() {
        made.replace_range(range, &with);
    }
    made
}

/// A text as it stands in a page.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('"', "&quot;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!DOCTYPE html>\n<html><head><base href=\"/\"/>\
        <meta name=\"hub-keeps\" content=\"/\"><meta name=hub-js content=js/ab/>\n\
        <title>Old</title><link rel=\"icon\" href=\"/favicon-0123456789abcdef.svg\"/>\
        <link rel=manifest href=app.webmanifest><link href=//cdn.example/x>\
        <script>const a = \"<base href='/'>\", b = `<img src=\"/x\">` && 1 < 2;</script>\
        <script src=\"/y.js\"></script><style>a{background:url(/z)}</style>\
        <style>b>c{}</style></head><body><template><a href=\"/help\">é &amp; ü</a></template>\
        </body></html>\n";

    #[test]
    fn a_page_moves_to_another_place_and_back() {
        let moved = rebased(PAGE, "/shop/hub/").unwrap();
        for there in [
            "<base href=\"/shop/hub/\"",
            "href=\"/shop/hub/favicon-0123456789abcdef.svg\"",
            "src=\"/shop/hub/y.js\"",
            "href=\"/shop/hub/help\"",
        ] {
            assert!(moved.contains(there), "{there}: {moved}");
        }
        // Texts of scripts and styles, addresses beside the page and other hosts stay.
        for stays in [
            "const a = \"<base href='/'>\", b = `<img src=\"/x\">` && 1 < 2;",
            "url(/z)",
            "href=app.webmanifest",
            "href=//cdn.example/x",
            "é &amp; ü",
        ] {
            assert!(moved.contains(stays), "{stays}: {moved}");
        }
        let further = rebased(&moved, "/other/").unwrap();
        assert!(!further.contains("shop"), "{further}");
        assert_eq!(rebased(&further, "/").unwrap(), rebased(&moved, "/").unwrap());
        assert_eq!(rebased(PAGE, "/").unwrap(), PAGE, "nothing is touched");
        assert_eq!(rebased(&moved, "/").unwrap(), PAGE);
        for none in ["<p>", "<base href=\"https://a.example/\">", "<base href=\"x\">"] {
            assert!(rebased(none, "/a/").is_err(), "{none}");
        }
    }

    #[test]
    fn a_mark_is_set_and_there_is_one() {
        let set = marked(PAGE, Mark::Keeps, "/a\"b&<c>/").unwrap();
        let there = "<meta name=\"hub-keeps\" content=\"/a&quot;b&amp;&lt;c&gt;/\">";
        assert!(set.contains(there), "{set}");
        assert!(marked(PAGE, Mark::Locale, "").is_err());
        let twice = format!("{PAGE}<meta name=hub-keeps>");
        assert!(marked(&twice, Mark::Keeps, "").is_err());
        let none = "<meta name=hub-keeps><meta content name='hub-locale' />";
        assert_eq!(
            marked(none, Mark::Keeps, "/").unwrap(),
            "<meta name=hub-keeps content=\"/\"><meta content name='hub-locale' />"
        );
        assert_eq!(
            marked(none, Mark::Locale, "de").unwrap(),
            "<meta name=hub-keeps><meta content=\"de\" name='hub-locale' />"
        );
        let spaced = "<meta content = '>' name=hub-locale>";
        let set = marked(spaced, Mark::Locale, "de").unwrap();
        assert_eq!(set, "<meta content=\"de\" name=hub-locale>");
        assert!(titled(PAGE, "A & <B>").contains("<title>A &amp; &lt;B&gt;</title>"));
        assert_eq!(titled("<p>", "A"), "<p>");
    }

    #[test]
    fn own_scripts_and_styles_are_found_as_they_stand() {
        let found = inline(PAGE);
        let script = "const a = \"<base href='/'>\", b = `<img src=\"/x\">` && 1 < 2;";
        assert_eq!(found.scripts, [script]);
        assert_eq!(found.styles, ["a{background:url(/z)}", "b>c{}"]);
        assert_eq!(inline("<p><script></script>").scripts, [""]);
    }
}
