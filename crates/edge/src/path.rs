//! Whether a path is written in the one plain way, or in one that could hide what it names.

/// How a path below the base is written.
#[derive(Debug, PartialEq, Eq)]
pub enum Writing {
    /// Letters, digits and `-._~` between single slashes.
    Plain,
    /// Encoded, but harmless: these are the segments decoded.
    Encoded(Vec<String>),
    /// Anything else.
    Odd,
}

/// Judges a path, without its leading slash, as it stands in the request.
pub fn writing(path: &str) -> Writing {
    let doubled = path.starts_with('/') || path.contains("//");
    if doubled || path.contains('\\') || path.bytes().any(|b| b.is_ascii_control()) {
        return Writing::Odd;
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    if path.bytes().all(plain) && !path.split('/').any(is_dotted) {
        return Writing::Plain;
    }
    let segments: Option<Vec<String>> = path.split('/').map(decode).collect();
    match segments {
        Some(segments) if segments.iter().all(|segment| is_harmless(segment)) => {
            Writing::Encoded(segments)
        }
        _ => Writing::Odd,
    }
}

/// `.`, `..` and hidden names such as `.git`.
fn is_dotted(segment: &str) -> bool {
    segment.starts_with('.')
}

/// True if decoding once is the end of it.
fn is_harmless(segment: &str) -> bool {
    !is_dotted(segment)
        && !segment.contains(['%', '/', '\\'])
        && !segment.contains(char::is_control)
}

fn decode(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? * 16 + hex(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_encoded_and_odd() {
        for path in ["", "data/manifest.json", "js/ab12/plotly.js", "data/", "a~b_c-d.e"] {
            assert_eq!(writing(path), Writing::Plain, "{path}");
        }
        let decoded = Writing::Encoded(vec!["customers".to_owned(), "Jürgen X".to_owned()]);
        assert_eq!(writing("customers/J%C3%BCrgen%20X"), decoded);
        for path in [
            "data//x",
            "/data/x",
            "data\\x",
            "..%2fdata",
            "%2e%2e/data",
            "a/../data",
            "a/./b",
            ".git/x",
            "%252e",
            "%",
            "%4",
            "%zz",
            "%ff",
            "a%00b",
            "a%0ab",
            "%5cdata",
            "a\u{1}",
        ] {
            assert_eq!(writing(path), Writing::Odd, "{path}");
        }
    }

    proptest! {
        #[test]
        fn no_path_panics(path in "\\PC*") {
            let _ = writing(&path);
        }

        #[test]
        fn what_decodes_holds_nothing_to_decode(path in "[a-c./%0-9A-F\\\\]{0,20}") {
            if let Writing::Encoded(segments) = writing(&path) {
                for segment in segments {
                    prop_assert!(!segment.contains(['/', '\\', '%']) && !segment.starts_with('.'));
                }
            }
        }
    }
}
