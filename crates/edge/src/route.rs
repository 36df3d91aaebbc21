//! What a path leads to. Files are served by an allow-list; whatever is not on it is the page.
//!
//! A path reaches the static files under its own name only if it is plainly written and either
//! listed as public or guarded by a session. Every other path, such as a deep link, is answered
//! with the page itself, whatever file of that name may exist.

use crate::Refusal;
use crate::path::{Writing, writing};

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Begins a sign-in.
    Nonce,
    /// Takes Google's token.
    SignIn,
    /// Renews a session.
    Validate,
    /// Ends a session.
    LogOut,
    /// A file for signed-in users.
    Guarded,
    /// A file for everybody.
    Public,
    /// The page, whatever the path says.
    Page,
}

impl Route {
    /// Whether it takes a method; if not, those that it takes.
    ///
    /// # Errors
    /// The methods, as `Allow` names them.
    pub fn takes(self, method: &str) -> Result<(), &'static str> {
        let allowed = match self {
            Self::SignIn | Self::Validate | Self::LogOut => "POST",
            Self::Nonce => "GET",
            Self::Guarded | Self::Public | Self::Page => "GET, HEAD",
        };
        allowed.split(", ").any(|name| name == method).then_some(()).ok_or(allowed)
    }
}

/// Folders of which nothing is public, in lower case.
pub const GUARDED: [&str; 2] = ["data", "api"];

const PUBLIC_FOLDERS: [&str; 8] =
    ["assets", "brand", "css", "fonts", "icons", "images", "js", "snippets"];
const PUBLIC_FILES: [&str; 2] = ["404.html", "config.json"];
/// The page under its own name, from which hosts of static files lead to its folder.
const PAGE: &str = "index.html";
/// Endings of files beside `index.html` that make up the page.
const PUBLIC_ENDINGS: [&str; 10] =
    ["css", "ico", "js", "mjs", "png", "svg", "txt", "wasm", "webmanifest", "woff2"];

/// How a site is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site<'a> {
    /// The path under which the page lives; begins and ends with a slash.
    pub base: &'a str,
    /// Further public paths below it, a folder ending with a slash.
    pub public: &'a [String],
    /// Folders below it of which nothing is public, in lower case: [`GUARDED`] at least.
    pub guarded: &'a [&'a str],
}

impl Site<'_> {
    /// A site of which nothing is known.
    pub const UNKNOWN: Site<'static> = Site { base: "/", public: &[], guarded: &GUARDED };

    fn guards(&self, folder: &str) -> bool {
        is_one_of(self.guarded, folder)
    }
}

/// Finds what a request's path leads to.
///
/// # Errors
/// [`Refusal::OddPath`] and [`Refusal::NotFound`].
pub fn route(path: &str, site: Site<'_>) -> Result<Route, Refusal> {
    let Some(inner) = path.strip_prefix(site.base) else {
        // The base without its slash is how people type it.
        let typed = site.base.strip_suffix('/') == Some(path);
        return if typed { Ok(Route::Page) } else { Err(Refusal::NotFound) };
    };
    match writing(inner) {
        Writing::Plain => plain(inner, site),
        Writing::Encoded(segments) => match segments.first() {
            Some(first) if !site.guards(first) => Ok(Route::Page),
            _ => Err(Refusal::OddPath),
        },
        Writing::Odd => Err(Refusal::OddPath),
    }
}

/// True for a folder that no setting may make public.
pub fn is_guarded(folder: &str) -> bool {
    is_one_of(&GUARDED, folder)
}

fn is_one_of(folders: &[&str], folder: &str) -> bool {
    // Some file systems do not tell capitals apart.
    folders.contains(&folder.to_ascii_lowercase().as_str())
}

fn plain(inner: &str, site: Site<'_>) -> Result<Route, Refusal> {
    let (first, rest) = inner.split_once('/').map_or((inner, None), |(a, b)| (a, Some(b)));
    match inner {
        "api/auth/nonce" => return Ok(Route::Nonce),
        "api/auth/google" => return Ok(Route::SignIn),
        "api/auth/validate" => return Ok(Route::Validate),
        "api/auth/logout" => return Ok(Route::LogOut),
        PAGE => return Ok(Route::Page),
        _ => {}
    }
    if site.guards(first) {
        let of_auth = rest.and_then(|rest| rest.split('/').next());
        let reserved = of_auth.is_some_and(|name| name.eq_ignore_ascii_case("auth"));
        return if reserved { Err(Refusal::NotFound) } else { Ok(Route::Guarded) };
    }
    let listed = |entry: &String| {
        inner == entry || (entry.ends_with('/') && inner.starts_with(entry.as_str()))
    };
    let ending = inner.rsplit_once('.').map_or("", |(_, ending)| ending);
    let public = match rest {
        Some(_) => PUBLIC_FOLDERS.contains(&first),
        None => PUBLIC_FILES.contains(&inner) || PUBLIC_ENDINGS.contains(&ending),
    };
    Ok(if public || site.public.iter().any(listed) { Route::Public } else { Route::Page })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at_root(path: &str) -> Result<Route, Refusal> {
        let public = ["help.html".to_owned(), "media/".to_owned()];
        route(path, Site { public: &public, ..Site::UNKNOWN })
    }

    #[test]
    fn paths_lead_where_they_say() {
        for (path, leads_to) in [
            ("/", Route::Page),
            ("/dashboard", Route::Page),
            ("/customers/J%C3%BCrgen", Route::Page),
            ("/secret.sqlite", Route::Page),
            ("/other/manifest.json", Route::Page),
            ("/help.html", Route::Public),
            ("/media/a.mp4", Route::Public),
            ("/index.html", Route::Page),
            ("/config.json", Route::Public),
            ("/insights-hub-ab12_bg.wasm", Route::Public),
            ("/js/ab12/plotly.js", Route::Public),
            ("/data/manifest.json", Route::Guarded),
            ("/data", Route::Guarded),
            ("/DATA/manifest.json", Route::Guarded),
            ("/data/app.js", Route::Guarded),
            ("/api/kpis", Route::Guarded),
            ("/api/auth/nonce", Route::Nonce),
            ("/api/auth/google", Route::SignIn),
            ("/api/auth/validate", Route::Validate),
            ("/api/auth/logout", Route::LogOut),
        ] {
            assert_eq!(at_root(path), Ok(leads_to), "{path}");
        }
        for path in ["/api/auth", "/api/auth/", "/api/auth/nonce/", "/api/AUTH/nonce"] {
            assert_eq!(at_root(path), Err(Refusal::NotFound), "{path}");
        }
    }

    #[test]
    fn methods_are_taken_as_they_are_written() {
        assert_eq!(Route::Guarded.takes("HEAD"), Ok(()));
        assert_eq!(Route::Validate.takes("POST"), Ok(()));
        for method in ["get", "POST", "", "GET, HEAD", "OPTIONS", "TRACE"] {
            assert_eq!(Route::Page.takes(method), Err("GET, HEAD"), "{method}");
        }
        assert_eq!(Route::Nonce.takes("HEAD"), Err("GET"));
    }

    #[test]
    fn odd_ways_to_the_data_are_refused() {
        for path in [
            "/%64ata/manifest.json",
            "/data/%6danifest.json",
            "/d%41ta/x",
            "//data/x",
            "/js/..%2fdata/x",
            "/js/%2e%2e/data/x",
            "/./data/x",
            "/data%2fx",
            "/data\\x",
            "/%5cdata/x",
            "/x/%252e%252e/data",
            "/api%2fauth/nonce",
            "/data/x;y",
            "/data/é",
        ] {
            assert_eq!(at_root(path), Err(Refusal::OddPath), "{path}");
        }
    }

    #[test]
    fn a_base_shifts_everything() {
        let below = |path: &str| route(path, Site { base: "/demo/", ..Site::UNKNOWN });
        assert_eq!(below("/demo/data/x"), Ok(Route::Guarded));
        assert_eq!(below("/demo"), Ok(Route::Page));
        assert_eq!(below("/demo/"), Ok(Route::Page));
        for outside in ["/", "/data/x", "/demos/x", "/Demo/data/x"] {
            assert_eq!(below(outside), Err(Refusal::NotFound), "{outside}");
        }
    }

    proptest! {
        #[test]
        fn no_path_panics(path in "\\PC*", base in "/([a-z]{1,3}/)?") {
            let _ = route(&path, Site { base: &base, ..Site::UNKNOWN });
        }

        /// However the data's path is written, it never leads to a public file.
        #[test]
        fn data_is_never_public(
            lead in "(/|/\\./|//|/js/\\.\\./|/%2e/|/%2f)?",
            name in "(d|D|%64|%44)(a|%61)(t|T|%74)a",
            rest in "[/\\\\a-z.%0-9]{0,12}",
        ) {
            let route = at_root(&format!("{lead}{name}/{rest}"));
            prop_assert!(matches!(route, Ok(Route::Guarded) | Err(_)), "{route:?}");
        }
    }
}
