//! No bytes of a manifest, of the files beside it or of a pack make their readers panic, hang or
//! take memory that nothing accounts for: real ones are spoiled in many ways, by chance but the
//! same ways each time, and read as the page reads them; what is still accepted is asked
//! everything that the page asks.
//!
//! `SPOILED_ROUNDS=20` tries so many times as much, `SPOILED_SEED=7` other ways.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod asked;
mod chance;
mod json;
mod packs;
mod shop;
mod visit;

use std::alloc::System;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::Value;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

use chance::Chance;
use visit::{Files, Patch, visit};

#[global_allocator]
static MEMORY: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What a spoiled snapshot may take beside a few times what a good one takes: a pack of a hundred
/// kilobytes may truly unpack to so much.
const BESIDE: usize = 96 << 20;

/// Tests take turns, since memory is counted for all threads together.
static TURN: Mutex<()> = Mutex::new(());

struct Trial {
    files: &'static Files,
    usual: usize,
    rounds: u32,
    chance: Chance,
    _turn: MutexGuard<'static, ()>,
}

impl Trial {
    fn begin(name: u64, rounds: u32) -> Self {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let number =
            |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u32>().ok());
        let rounds = rounds * number("SPOILED_ROUNDS").unwrap_or(1);
        let seed = number("SPOILED_SEED").unwrap_or(1);
        let (files, usual) = good();
        Self { files, usual, rounds, chance: Chance::new(u64::from(seed) << 8 | name), _turn }
    }

    /// Reads spoiled files, and looks at the memory that this took.
    fn visit(&mut self, files: &Files, patch: &Patch, what: &str) -> Result<(), String> {
        let region = Region::new(MEMORY);
        let seen = visit(files, patch, &mut self.chance);
        let taken = region.change().bytes_allocated;
        assert!(taken < 3 * self.usual + BESIDE, "{what}: {taken} bytes ({seen:?})");
        seen
    }
}

/// A small snapshot that was built, and the memory that reading all of it takes.
fn good() -> (&'static Files, usize) {
    static GOOD: OnceLock<(Files, usize)> = OnceLock::new();
    let (files, usual) = GOOD.get_or_init(|| {
        let files = Files::build();
        let region = Region::new(MEMORY);
        visit(&files, &Patch::None, &mut Chance::new(0)).unwrap();
        let usual = region.change().bytes_allocated;
        (files, usual)
    });
    (files, *usual)
}

#[test]
fn spoiled_numbers_in_a_manifest() {
    let mut trial = Trial::begin(1, 80);
    let (mut refused, manifest) = (0, trial.files.manifest.clone());
    for round in 0..trial.rounds {
        let mut value: Value = serde_json::from_str(&manifest).unwrap();
        let what = format!("{round}: {}", json::spoil(&mut value, &mut trial.chance));
        let files = Files { manifest: value.to_string(), ..trial.files.clone() };
        refused += u32::from(trial.visit(&files, &Patch::None, &what).is_err());
    }
    assert!(refused > trial.rounds / 8, "only {refused} of {} were noticed", trial.rounds);
}

#[test]
fn spoiled_bytes_of_a_manifest() {
    let mut trial = Trial::begin(2, 80);
    for round in 0..trial.rounds {
        let mut bytes = trial.files.manifest.clone().into_bytes();
        trial.chance.spoil(&mut bytes);
        let Ok(manifest) = String::from_utf8(bytes) else { continue };
        let files = Files { manifest, ..trial.files.clone() };
        // What is still JSON may be read, in whatever way.
        let _ = trial.visit(&files, &Patch::None, &format!("round {round}"));
    }
}

#[test]
fn spoiled_places_and_first_views() {
    let mut trial = Trial::begin(3, 60);
    for round in 0..trial.rounds {
        let mut files = trial.files.clone();
        let beside = if round % 2 == 0 { &mut files.places } else { &mut files.more };
        let mut value: Value = serde_json::from_str(beside).unwrap();
        let mut what = format!("{round}:");
        for _ in 0..=trial.chance.below(2) {
            what = format!("{what} {}", json::spoil(&mut value, &mut trial.chance));
        }
        *beside = value.to_string();
        let _ = trial.visit(&files, &Patch::None, &what);
    }
}

#[test]
fn spoiled_bytes_of_packs() {
    let mut trial = Trial::begin(4, 80);
    let mut accepted = 0;
    for round in 0..trial.rounds {
        let patch = packs::spoil_bytes(trial.files, &mut trial.chance);
        let files = trial.files;
        let what = format!("{round}: {}", patch.name());
        accepted += u32::from(trial.visit(files, &patch, &what).is_ok());
    }
    assert!(accepted > trial.rounds / 20, "hardly anything was asked ({accepted})");
}

#[test]
fn spoiled_names() {
    let mut trial = Trial::begin(7, 60);
    let mut refused = 0;
    for round in 0..trial.rounds {
        let patch = packs::spoil_names(trial.files, &mut trial.chance);
        let files = trial.files;
        let seen = trial.visit(files, &patch, &format!("{round}: {}", patch.name()));
        refused += u32::from(seen.is_err());
        if let Err(reason) = seen {
            assert!(reason.contains("pack people 0"), "{reason}");
        }
    }
    assert!(refused > trial.rounds / 8, "only {refused} of {} were noticed", trial.rounds);
}

#[test]
fn spoiled_values_in_packs() {
    let mut trial = Trial::begin(5, 60);
    let mut accepted = 0;
    for round in 0..trial.rounds {
        let patch = packs::spoil_values(trial.files, &mut trial.chance);
        let files = trial.files;
        let what = format!("{round}: {}", patch.name());
        accepted += u32::from(trial.visit(files, &patch, &what).is_ok());
    }
    assert!(accepted > trial.rounds / 20, "hardly anything was asked ({accepted})");
}

#[test]
fn what_cubes_have_no_room_for_is_left_to_the_columns() {
    let trial = Trial::begin(6, 1);
    let mut meta = snapshot::Manifest::from_json(&trial.files.manifest).unwrap().meta;
    let range = facts::DayRange { from: meta.first_day, to: meta.first_day.month().last_day() };
    let scope = facts::Scope { rfm: facts::Set::of([1]), ..facts::Scope::of_range(range) };
    let (grouping, part) = (facts::Grouping::Whole, facts::Part::Sales);
    let question = facts::Question::Groups { scope, grouping, part };
    let need = |meta: &snapshot::Meta| {
        facts::Cubes::new(meta.clone().into(), Default::default()).unwrap().need(&question)
    };
    assert!(matches!(need(&meta), facts::Need::Layers(_)));
    meta.labels.categories = (0..50_000).map(|number| number.to_string()).collect();
    assert_eq!(need(&meta), facts::Need::Columns);
}
