//! Files that use each other in a circle can only be understood together: there are none, but for
//! those that are one thing in several files.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use sources::{code, files, project};

/// Circles that are one thing, and why.
const ONE_THING: [(&str, &[&str], &str); 1] = [(
    "crates/engine/src",
    &["error", "error_record"],
    "an error and the form in which it is sent: each is told by the other",
)];

/// A file by its path of modules.
type Module = Vec<String>;

/// What each file of a crate uses of the others; a crate's own file gives away what is below, and so
/// does the `parts` of a room, whose code is only called through `ui::Far`: both are no way back.
fn uses(root: &Path) -> BTreeMap<Module, BTreeSet<Module>> {
    let named = |file: &Path| {
        let inner = file.strip_prefix(root).expect("a file of the crate").with_extension("");
        let mut module: Module =
            inner.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
        module
    };
    let texts: BTreeMap<Module, String> = files(root)
        .iter()
        .map(|file| (named(file), fs::read_to_string(file).expect("code")))
        .filter(|(module, _)| !module.is_empty())
        .collect();
    let of = |module: &Module, text: &String| {
        let is_parts = module.last().is_some_and(|name| name == "parts");
        let found = paths(text).into_iter().filter(|_| !is_parts);
        let found = found.filter_map(|path| resolved(module, &path));
        let mut found: BTreeSet<Module> = found
            .filter_map(|mut path| {
                // What a file gives away is the file's.
                while !path.is_empty() && !texts.contains_key(&path) {
                    path.pop();
                }
                (!path.is_empty()).then_some(path)
            })
            .collect();
        found.remove(module);
        found
    };
    texts.iter().map(|(module, text)| (module.clone(), of(module, text))).collect()
}

/// The paths that a file imports, its tests left out.
fn paths(text: &str) -> Vec<Module> {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let mut found = Vec::new();
    for (_, statement) in code(text) {
        let Some(path) = statement.trim().strip_prefix("use ") else { continue };
        let path: String = path.split(" as ").next().unwrap_or_default().to_owned();
        let path: String = path.chars().filter(|c| !c.is_whitespace() && *c != ';').collect();
        spread(&[], &path, &mut found);
    }
    found
}

/// The single paths of an import with groups.
fn spread(before: &[String], path: &str, into: &mut Vec<Module>) {
    let (head, group) = path.split_once('{').map_or((path, None), |(head, rest)| {
        (head.trim_end_matches("::"), Some(rest.strip_suffix('}').unwrap_or(rest)))
    });
    let steps = head.split("::").filter(|step| !step.is_empty()).map(str::to_owned);
    let all: Module = before.iter().cloned().chain(steps).collect();
    let Some(group) = group else { return into.push(all) };
    let (mut depth, mut begins) = (0_i32, 0);
    for (at, c) in group.char_indices().chain([(group.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                spread(&all, &group[begins..at], into);
                begins = at + 1;
            }
            _ => {}
        }
    }
}

/// A path from the crate's root; none of another crate.
fn resolved(module: &Module, path: &Module) -> Option<Module> {
    let mut steps = path.iter().map(String::as_str).peekable();
    let mut base = match *steps.peek()? {
        "crate" => Module::new(),
        "self" | "super" => module.clone(),
        _ => return None,
    };
    for step in steps {
        match step {
            "crate" | "self" => {}
            "super" => drop(base.pop()),
            name => base.push(name.to_owned()),
        }
    }
    Some(base)
}

/// Files of which each leads to all others.
fn circles(uses: &BTreeMap<Module, BTreeSet<Module>>) -> BTreeSet<BTreeSet<Module>> {
    let reached = |from: &Module| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(module) = open.pop() {
            for next in uses.get(module).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
        seen
    };
    let reach: BTreeMap<&Module, BTreeSet<Module>> =
        uses.keys().map(|module| (module, reached(module))).collect();
    let back = |module: &Module, other: &Module| reach[other].contains(module);
    let inside = reach.iter().filter(|(module, others)| others.contains(**module));
    inside
        .map(|(module, others)| {
            others.iter().filter(|other| back(module, other)).cloned().collect()
        })
        .collect()
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let crates = fs::read_dir(project().join("crates")).expect("crates");
    let mut roots: Vec<String> = crates
        .map(|entry| format!("crates/{}/src", entry.expect("one").file_name().to_string_lossy()))
        .collect();
    roots.push("src".to_owned());
    let mut wrong = Vec::new();
    let mut met = 0;
    for root in &roots {
        for circle in circles(&uses(&project().join(root))) {
            let names: Vec<String> = circle.iter().map(|module| module.join("::")).collect();
            if ONE_THING.iter().any(|(of, one, _)| of == root && names == *one) {
                met += 1;
            } else {
                wrong.push(format!("{root}: {}", names.join(" <-> ")));
            }
        }
    }
    assert!(wrong.is_empty(), "files that use each other:\n{}", wrong.join("\n"));
    assert_eq!(met, ONE_THING.len(), "a circle that is gone need not be excused");
}

#[test]
fn a_circle_is_seen() {
    let module = |path: &str| path.split("::").map(str::to_owned).collect::<Module>();
    let of = |from: &str, text: &str| {
        let from = module(from);
        let found = paths(text).into_iter().filter_map(|path| resolved(&from, &path));
        (from.clone(), found.collect::<BTreeSet<Module>>())
    };
    let text = "use crate::{a::b, c::{self, d}};\n// use super::e;\nuse super::f as g;\nuse std::fmt;\n\
                #[cfg(test)]\nmod tests {\n    use crate::h;\n}";
    let found = of("x::y", text).1;
    assert_eq!(found, ["a::b", "c", "c::d", "x::f"].map(module).into_iter().collect());
    let uses = [
        of("a", "use crate::b::c;"),
        of("b::c", "use super::d;"),
        of("b::d", "use crate::a;"),
        of("e", "use crate::a;"),
    ];
    let found = circles(&uses.into_iter().collect());
    assert_eq!(
        found,
        [["a", "b::c", "b::d"].map(module).into_iter().collect()].into_iter().collect()
    );
}
