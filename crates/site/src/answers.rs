//! Puts the answers for programs beside the page: the files that the builder has written, and the
//! addresses under which hosts answer with them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::data::names_below;

/// The folders of answers, as the builder writes them.
pub const FAMILIES: [&str; 2] = ["api", "backend"];

/// The page that shows the description of the answers; without answers there is nothing to describe.
pub const DOCS: &str = "docs";

/// What there is for no address.
const NOT_FOUND: &str = "not-found.json";

/// Copies answers into the folder of the page; gives the rules for hosts.
///
/// # Errors
/// If a folder cannot be read or written.
pub fn lay(from: &Path, folder: &Path, base: &str) -> Result<Vec<String>> {
    let mut rules = Vec::new();
    for family in FAMILIES {
        let source = from.join(family);
        let names = names_below(&source)?;
        for name in &names {
            let target = folder.join(family).join(name);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::copy(source.join(name), &target)
                .with_context(|| format!("cannot write {}", target.display()))?;
        }
        rules.extend(rules_of(&format!("{base}{family}"), &names));
    }
    Ok(rules)
}

/// One line for each address, in the form of `_redirects`: address, file, status.
fn rules_of(address: &str, names: &[String]) -> Vec<String> {
    let stem = |name: &'_ String| name.strip_suffix(".json").map(str::to_owned);
    let (paged, plain): (Vec<_>, Vec<_>) =
        names.iter().filter_map(stem).partition(|name| name.contains('/'));
    let mut folders: Vec<&str> =
        paged.iter().filter_map(|name| Some(name.split_once('/')?.0)).collect();
    folders.dedup();
    let mut rules = Vec::new();
    if plain.iter().any(|name| name == "index") {
        let whole = [address.to_owned(), format!("{address}/")];
        rules.extend(whole.map(|at| format!("{at} {address}/index.json 200")));
    }
    let answers =
        plain.iter().filter(|name| !["index", "openapi", "not-found"].contains(&name.as_str()));
    rules.extend(answers.map(|name| format!("{address}/{name} {address}/{name}.json 200")));
    rules.extend(
        folders
            .iter()
            .map(|name| format!("{address}/{name}/:page {address}/{name}/:page.json 200")),
    );
    rules.push(format!("{address}/* {address}/{NOT_FOUND} 404"));
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_has_its_address() {
        let names = ["index", "kpis", "not-found", "openapi", "rfm", "rfm/1", "rfm/2"];
        let names: Vec<String> = names.iter().map(|name| format!("{name}.json")).collect();
        assert_eq!(
            rules_of("/x/backend", &names),
            [
                "/x/backend /x/backend/index.json 200",
                "/x/backend/ /x/backend/index.json 200",
                "/x/backend/kpis /x/backend/kpis.json 200",
                "/x/backend/rfm /x/backend/rfm.json 200",
                "/x/backend/rfm/:page /x/backend/rfm/:page.json 200",
                "/x/backend/* /x/backend/not-found.json 404",
            ]
        );
    }
}
