//! The headers of files, as `_headers` of the site has them.

use std::path::Path;

use anyhow::Result;
use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// The rules of a site.
pub struct Rules(Vec<Rule>);

struct Rule {
    path: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Rules {
    /// Reads the rules of a site; none where it has no such file.
    ///
    /// # Errors
    /// If a line is no header.
    pub fn read(site: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(site.join("_headers")).unwrap_or_default();
        let mut rules: Vec<Rule> = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let header = line.strip_prefix([' ', '\t']).and_then(|line| line.split_once(':'));
            match (header, rules.last_mut()) {
                (Some((name, value)), Some(rule)) => {
                    rule.headers.push((name.trim().parse()?, value.trim().parse()?));
                }
                _ => rules.push(Rule { path: line.trim().to_owned(), headers: Vec::new() }),
            }
        }
        Ok(Self(rules))
    }

    /// Puts in what the rules say of a path; the later of two rules holds.
    pub fn apply(&self, path: &str, headers: &mut HeaderMap) {
        for rule in self.0.iter().filter(|rule| rule.fits(path)) {
            for (name, value) in &rule.headers {
                headers.insert(name, value.clone());
            }
        }
    }
}

impl Rule {
    fn fits(&self, path: &str) -> bool {
        match self.path.split_once('*') {
            None => path == self.path,
            Some((before, after)) => {
                path.strip_prefix(before).is_some_and(|rest| rest.ends_with(after))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_hold_for_their_paths_alone() {
        let site = tempfile::tempdir().unwrap();
        let text = "/*\n  X-A: 1\n/data/*\n  X-A: 2\n  X-B: y: z\n/index.html\n  X-B: 3\n";
        std::fs::write(site.path().join("_headers"), text).unwrap();
        let rules = Rules::read(site.path()).unwrap();
        let of = |path: &str| {
            let mut headers = HeaderMap::new();
            rules.apply(path, &mut headers);
            let value =
                |name: &str| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
            (value("x-a"), value("x-b"))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(of("/x"), (some("1"), None));
        assert_eq!(of("/data/x"), (some("2"), some("y: z")));
        assert_eq!(of("/index.html"), (some("1"), some("3")));
    }
}
