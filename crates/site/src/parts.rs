//! Which files of a built folder are the page's, for all sites alike.
//!
//! The build script reads this file, too, so it uses nothing of the crate.

/// Endings of what the page is made of.
const KINDS: [&str; 14] = [
    "css", "gif", "html", "ico", "jpg", "js", "json", "mjs", "png", "svg", "txt", "wasm", "webp",
    "woff2",
];

/// Folders of the page.
const FOLDERS: [&str; 3] = ["docs", "icons", "js"];

/// Files at the top of the page whose names stay.
const STANDING: [&str; 3] = ["config.json", "index.html", "service-worker.js"];

/// Compressed copies.
const COPIES: [&str; 2] = ["br", "gz"];

/// Whether a file, by its path with slashes, is a part of the page. What is of one site alone is not
/// (data, answers for programs, what hosts read), and neither is whatever else lies there.
pub fn is_part(path: &str) -> bool {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    if path.split('/').any(|part| part.starts_with(['.', '_'])) {
        return false;
    }
    let is_known = name == "LICENSE" || KINDS.contains(&ending(name));
    match path.split_once('/') {
        Some(("samples", file)) => ending(file) == "csv",
        Some((top, _)) => FOLDERS.contains(&top) && is_known,
        None => STANDING.contains(&name) || (is_hashed(name) && is_known),
    }
}

/// The file of which a path is a compressed copy.
pub fn copy_of(path: &str) -> Option<&str> {
    let (file, kind) = path.rsplit_once('.')?;
    COPIES.contains(&kind).then_some(file)
}

/// Whether a name was made from a file's content, as in `app-0123456789abcdef.js`.
pub fn is_hashed(name: &str) -> bool {
    let Some((stem, kind)) = name.rsplit_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let Some((_, hash)) = stem.rsplit_once('-') else { return false };
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    hash.len() >= 8 && hash.bytes().all(is_hex) && !kind.is_empty() && kind.bytes().all(plain)
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_its_programs_scripts_and_pictures() {
        for part in [
            "index.html",
            "config.json",
            "service-worker.js",
            "app-0123456789abcdef_bg.wasm",
            "chunk_1-0123456789abcdef.wasm",
            "favicon-0123456789abcdef.svg",
            "js/0123456789abcdef/sql-wasm.wasm",
            "icons/logo.svg",
            "docs/LICENSE",
            "samples/sales.csv",
        ] {
            assert!(is_part(part), "{part}");
        }
        for other in [
            "data/manifest.json",
            "data/snapshot-0123456789abcdef.sqlite",
            "api/kpis.json",
            "_headers",
            "404.html",
            "app.webmanifest",
            "app-0123456789abcdef.js.br",
            "js/0123456789abcdef/plotly.js.map",
            "app-0123456789abcdef.js.map",
            "rejects-0123456789abcdef.csv",
            "live.sqlite",
            "js/.git/config.json",
            "notes.txt",
            "samples/mapping.toml",
        ] {
            assert!(!is_part(other), "{other}");
        }
        assert_eq!(copy_of("app-0123456789abcdef.js.br"), Some("app-0123456789abcdef.js"));
        assert_eq!(copy_of("app-0123456789abcdef.js"), None);
    }

    #[test]
    fn a_hash_has_eight_digits_at_least() {
        for hashed in ["app-0123456789abcdef.js", "a-01234567_bg.wasm", "x-y-deadbeef.svg"] {
            assert!(is_hashed(hashed), "{hashed}");
        }
        for other in
            ["app-0123456.js", "app-0123456g.js", "app.js", "app-01234567", "a-01234567.JS"]
        {
            assert!(!is_hashed(other), "{other}");
        }
    }
}
