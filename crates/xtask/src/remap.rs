//! Keeps out of programs where they were built: that is nobody's business, and would make them others
//! at other places.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::paths;
use crate::setup::{Env, TRIPLE};
use crate::step::note;

/// Has what is compiled in an environment name its sources by places that are the same everywhere.
/// `kind` is that of [`paths::cargo_target`].
///
/// # Errors
/// As [`paths::cargo_target`].
pub fn within(env: &mut Env, kind: &str) -> Result<()> {
    // Of several that fit, the last one counts.
    let places = [
        (Some(paths::project()?), "hub"),
        (cargo_home(), "cargo"),
        (Some(paths::cargo_target(kind)?), "target"),
    ];
    let places = places.into_iter().filter_map(|(place, name)| Some((place?, name)));
    match flags(places) {
        Some(flags) => add(env, &flags, env::var_os("RUSTFLAGS")),
        None => {
            note("the program names its sources by their places here, one of which has a space")
        }
    }
    Ok(())
}

fn cargo_home() -> Option<PathBuf> {
    let home = || Some(Path::new(&env::home_dir()?).join(".cargo"));
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home)
}

/// The compiler's flags; none where a place cannot be written in such a list.
fn flags(places: impl Iterator<Item = (PathBuf, &'static str)>) -> Option<String> {
    let flag = |(place, name): (PathBuf, &str)| {
        let place = place.to_str().filter(|place| !place.contains(char::is_whitespace))?;
        Some(format!("--remap-path-prefix={place}={name}"))
    };
    Some(places.map(flag).collect::<Option<Vec<_>>>()?.join(" "))
}

/// Puts flags behind those that are there already; cargo heeds one variable only.
fn add(env: &mut Env, flags: &str, given: Option<OsString>) {
    let of_web = format!("CARGO_TARGET_{}_RUSTFLAGS", TRIPLE.to_uppercase().replace('-', "_"));
    if let Some((_, Some(own))) = env.iter_mut().find(|(name, _)| *name == of_web) {
        own.push(" ");
        own.push(flags);
        return;
    }
    let mut all = given.unwrap_or_default();
    if !all.is_empty() {
        all.push(" ");
    }
    all.push(flags);
    env.push(("RUSTFLAGS".to_owned(), Some(all)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_with_a_space_cannot_be_given() {
        let of = |place: &str| flags([(PathBuf::from(place), "hub")].into_iter());
        assert_eq!(of("/home/me/hub").unwrap(), "--remap-path-prefix=/home/me/hub=hub");
        assert_eq!(of("/home/my own/hub"), None);
    }

    #[test]
    fn flags_that_are_there_stay() {
        let value = |env: &Env, name: &str| {
            env.iter().rev().find(|(own, _)| own == name).and_then(|(_, value)| value.clone())
        };
        let mut env = Env::new();
        add(&mut env, "-B", Some("-A".into()));
        assert_eq!(value(&env, "RUSTFLAGS").unwrap(), "-A -B");
        let of_web = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
        let mut env = vec![(of_web.to_owned(), Some("-A".into())), ("RUSTFLAGS".to_owned(), None)];
        add(&mut env, "-B", Some("-C".into()));
        assert_eq!(value(&env, of_web).unwrap(), "-A -B");
        assert_eq!(value(&env, "RUSTFLAGS"), None, "it would have taken the other's place");
    }
}
