//! The floors of the page: what `ARCHITECTURE.md` says of them, held against the imports of `src`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod sources;

use std::collections::BTreeSet;
use std::fs;

use sources::{code, files, project};

/// The rooms from the ground up, those of one floor from left to right.
struct House(Vec<String>);

impl House {
    /// Reads the table below the heading "Floors of the page".
    fn read(text: &str) -> Self {
        let (_, section) = text.split_once("## Floors of the page").expect("a section of floors");
        let section = section.split("\n## ").next().unwrap_or_default();
        let mut rooms = Vec::new();
        for (floor, row) in section.lines().filter(|line| is_floor(line)).enumerate() {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            assert_eq!(cells[0], (floor + 1).to_string(), "floors are counted from the ground");
            rooms.extend(cells[1].split(',').map(|room| room.trim().trim_matches('`').to_owned()));
        }
        Self(rooms)
    }

    fn height(&self, room: &str) -> Option<usize> {
        self.0.iter().position(|known| known == room)
    }

    /// What of a file looks up, or nowhere, as lines to be shown.
    fn upward(&self, room: &str, depth: usize, text: &str) -> Vec<String> {
        let height = self.height(room).unwrap_or_else(|| panic!("{room} is on no floor"));
        let mut wrong = Vec::new();
        for (line, to) in named_rooms(text) {
            match self.height(&to) {
                Some(other) if other <= height => {}
                Some(_) => wrong.push(format!("{line}: {room} looks up to {to}")),
                None => wrong.push(format!("{line}: crate::{to} is no room")),
            }
        }
        for (line, steps) in climbs(text) {
            // What leaves its room that way would not be seen above.
            if steps > depth {
                wrong.push(format!("{line}: `super` leaves {room}; name the room by `crate::`"));
            }
        }
        wrong
    }
}

fn is_floor(line: &str) -> bool {
    let first = line.trim_start_matches('|').split('|').next().unwrap_or_default().trim();
    line.starts_with('|') && !first.is_empty() && first.chars().all(|c| c.is_ascii_digit())
}

/// The first names after `crate::`, each with its line; in groups all of them.
fn named_rooms(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, text) in code(text) {
        for after in text.split("crate::").skip(1) {
            let names = match after.strip_prefix('{') {
                Some(group) => firsts(group),
                None => vec![name(after)],
            };
            found.extend(names.into_iter().map(|name| (line, name)));
        }
    }
    found
}

/// The first name of each path of a group, up to the bracket that closes it.
fn firsts(group: &str) -> Vec<String> {
    let (mut names, mut depth, mut begins) = (Vec::new(), 0_i32, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && !c.is_whitespace() => {
                names.push(name(&group[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// How many steps up paths of `super` take, each with its line. `super::*` is how the tests inside
/// of a file reach it.
fn climbs(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (line, text) in code(text) {
        let mut rest = text.as_str();
        while let Some(at) = rest.find("super::") {
            let mut steps = 0;
            rest = &rest[at..];
            while let Some(after) = rest.strip_prefix("super::") {
                (steps, rest) = (steps + 1, after);
            }
            if !rest.starts_with('*') {
                found.push((line, steps));
            }
        }
    }
    found
}

fn house() -> House {
    House::read(&fs::read_to_string(project().join("ARCHITECTURE.md")).expect("a map"))
}

#[test]
fn nothing_looks_up() {
    let (house, src) = (house(), project().join("src"));
    let (mut rooms, mut wrong) = (BTreeSet::new(), Vec::new());
    for file in &files(&src) {
        let inner = file.strip_prefix(&src).expect("a file of src");
        let parts: Vec<&str> = inner.iter().filter_map(|part| part.to_str()).collect();
        let [room, below @ ..] = &parts[..] else { continue };
        if below.is_empty() {
            assert!(matches!(*room, "lib.rs" | "main.rs"), "{room} is in no room");
            continue;
        }
        rooms.insert((*room).to_owned());
        // A folder's own file stands one step higher than those in it.
        let depth = below.len() - usize::from(below.last() == Some(&"mod.rs"));
        let text = fs::read_to_string(file).expect("code");
        let upward = house.upward(room, depth, &text);
        wrong.extend(upward.into_iter().map(|line| format!("src/{}:{line}", inner.display())));
    }
    assert!(wrong.is_empty(), "imports that look up:\n{}", wrong.join("\n"));
    let listed: BTreeSet<String> = house.0.iter().cloned().collect();
    assert_eq!(rooms, listed, "the rooms of src and those of ARCHITECTURE.md");
}

#[test]
fn what_looks_up_is_seen() {
    let house = House(["host", "look", "session", "cards", "app"].map(str::to_owned).to_vec());
    let seen = |room: &str, text: &str| house.upward(room, 1, text).len();
    assert_eq!(seen("cards", "use crate::session::state::{Action, State};"), 0);
    assert_eq!(seen("cards", "use crate::app::App;"), 1);
    assert_eq!(seen("session", "use crate::look::Look;"), 0, "its neighbour on the left");
    assert_eq!(seen("look", "use crate::session::data::Data;"), 1, "its neighbour on the right");
    assert_eq!(seen("look", "let data = crate::session::data::Data::default();"), 1);
    assert_eq!(seen("host", "use crate::{\n    host::{a, b},\n    app::App,\n    look,\n};"), 2);
    assert_eq!(seen("host", "// crate::app is not for here"), 0);
    assert_eq!(seen("host", "use crate::App;"), 1, "what the crate gives away is no room");
    assert_eq!(seen("host", "use super::task;\nuse super::super::app::App;"), 1);
}
