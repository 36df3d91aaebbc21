//! What an answer's headers let a browser keep, and for how long.

use super::ask::Answer;

/// Seconds for which a browser, or a cache on the way, gives the answer without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fresh {
    /// It asks each time.
    Never,
    /// So many.
    Seconds(u64),
    /// The host says nothing, so that everybody guesses.
    Unsaid,
}

/// Seconds after which a changed page or manifest is late.
pub const LATE: u64 = 3600;

/// Seconds that are as good as for ever.
pub const LONG: u64 = 30 * 24 * 3600;

/// For how long an answer may be kept.
pub fn fresh(answer: &Answer) -> Fresh {
    match answer.header("cache-control") {
        Some(control) => said(control),
        None => Fresh::Unsaid,
    }
}

fn said(control: &str) -> Fresh {
    let mut longest = Fresh::Unsaid;
    for word in control.split(',').map(|word| word.trim().to_ascii_lowercase()) {
        let (name, value) = word.split_once('=').unwrap_or((&word, ""));
        let seconds = value.trim_matches('"').parse::<u64>().ok();
        match (name, seconds) {
            ("no-cache" | "no-store", _) => return Fresh::Never,
            ("max-age" | "s-maxage", Some(seconds)) => {
                let before = if let Fresh::Seconds(before) = longest { before } else { 0 };
                longest = Fresh::Seconds(before.max(seconds));
            }
            ("immutable", _) if longest == Fresh::Unsaid => longest = Fresh::Seconds(0),
            _ => {}
        }
    }
    match longest {
        Fresh::Seconds(0) if control.to_ascii_lowercase().contains("immutable") => {
            Fresh::Seconds(LONG)
        }
        Fresh::Seconds(0) => Fresh::Never,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_that_anybody_may_keep_it_counts() {
        for (control, fresh) in [
            ("no-cache", Fresh::Never),
            ("public, max-age=0, must-revalidate", Fresh::Never),
            ("max-age=31536000, no-store", Fresh::Never),
            ("public, max-age=31536000, immutable", Fresh::Seconds(31_536_000)),
            ("max-age=0, s-maxage=600", Fresh::Seconds(600)),
            ("Max-Age=\"60\"", Fresh::Seconds(60)),
            ("public", Fresh::Unsaid),
            ("", Fresh::Unsaid),
        ] {
            assert_eq!(said(control), fresh, "{control}");
        }
    }
}
