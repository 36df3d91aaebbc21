//! The crates that are in a program, by what cargo tells of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::part::Part;

/// What the page is compiled for.
const WEB: &str = "wasm32-unknown-unknown";

/// Name and version of a crate.
type Key = (String, String);

/// The crates of others in the program, for a target, and in the page inside of it with its importer. Macros and build
/// scripts run where it is built and are not among them.
///
/// # Errors
/// If cargo cannot tell.
pub fn of_program(target: &str) -> Result<Vec<Part>> {
    let mut used = tree(&["--package", "hub", "--target", target])?;
    used.extend(tree(&["--package", "insights-hub", "--features", "split", "--target", WEB])?);
    used.extend(tree(&["--package", "importer", "--target", WEB])?);
    let platforms = ["--filter-platform", target, "--filter-platform", WEB];
    let all = ["metadata", "--format-version", "1", "--all-features"];
    let mut known = packages(&cargo(&[&all[..], &platforms].concat())?)?;
    let used = used.into_iter().filter_map(|key| match known.remove(&key) {
        Some(Known::Own) => None,
        Some(Known::Others(part)) => Some(Ok(part)),
        None => Some(Err(anyhow::anyhow!("cargo tells nothing of {} {}", key.0, key.1))),
    });
    used.collect()
}

fn tree(of: &[&str]) -> Result<BTreeSet<Key>> {
    let linked =
        ["--edges", "no-build,no-dev,no-proc-macro", "--prefix", "none", "--format", "{p}"];
    keys(&cargo(&[&["tree"], of, &linked].concat())?)
}

fn cargo(args: &[&str]) -> Result<String> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let shown = args.join(" ");
    let output = Command::new(program).args(args).arg("--locked").output();
    let output = output.with_context(|| format!("cannot start `cargo {shown}`"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`cargo {shown}` failed: {said}");
    Ok(String::from_utf8(output.stdout)?)
}

/// The crates that a listing names in lines such as `serde v1.0.0 (/where/it/lies)`.
fn keys(listing: &str) -> Result<BTreeSet<Key>> {
    let key = |line: &str| {
        let mut words = line.split_whitespace();
        let name = words.next()?.to_owned();
        Some((name, words.next()?.strip_prefix('v')?.to_owned()))
    };
    let lines = listing.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| key(line).with_context(|| format!("not understood: {line}"))).collect()
}

/// A crate that cargo knows.
enum Known {
    /// A member of the project.
    Own,
    Others(Part),
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    authors: Vec<String>,
    manifest_path: PathBuf,
}

fn packages(metadata: &str) -> Result<BTreeMap<Key, Known>> {
    let Metadata { packages, workspace_members } = serde_json::from_str(metadata)?;
    let known = packages.into_iter().map(|package| {
        let Package { id, name, version, license, authors, manifest_path } = package;
        let key = (name.clone(), version.clone());
        if workspace_members.contains(&id) {
            return (key, Known::Own);
        }
        let folder = manifest_path.parent().map(PathBuf::from);
        let authors = authors.iter().map(|person| bare(person)).collect();
        (key, Known::Others(Part { name, version, license, authors, folder, remarks: Vec::new() }))
    });
    Ok(known.collect())
}

/// A person's name without address.
fn bare(person: &str) -> String {
    person.split('<').next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_names_each_crate_once() {
        let listing =
            "hub v0.1.0 (/home/me/hub crates)\nserde v1.0.2\nserde v1.0.2 (*)\n\nring v0.17.0\n";
        let found = keys(listing).unwrap();
        let found: Vec<(&str, &str)> =
            found.iter().map(|(name, version)| (&**name, &**version)).collect();
        assert_eq!(found, [("hub", "0.1.0"), ("ring", "0.17.0"), ("serde", "1.0.2")]);
        assert!(keys("warning: something").is_err());
    }

    #[test]
    fn the_projects_own_crates_are_told_from_others() {
        let package = |id: &str, name: &str| {
            format!(
                r#"{{"id":"{id}","name":"{name}","version":"1.0.0","license":"MIT","manifest_path":"/src/{name}/Cargo.toml","authors":["A Person <a@example.com>"]}}"#
            )
        };
        let text = format!(
            r#"{{"packages":[{},{}],"workspace_members":["own"]}}"#,
            package("own", "hub"),
            package("other", "serde")
        );
        let known = packages(&text).unwrap();
        let key = |name: &str| (name.to_owned(), "1.0.0".to_owned());
        assert!(matches!(known[&key("hub")], Known::Own));
        let Known::Others(part) = &known[&key("serde")] else { panic!("serde is not ours") };
        assert_eq!(part.authors, ["A Person"]);
        assert_eq!(part.folder.as_deref(), Some(std::path::Path::new("/src/serde")));
    }
}
