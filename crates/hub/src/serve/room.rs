//! How many connections there is room for, by how many files the system lets one program open.

/// Connections at once at most; further ones wait to be taken.
const MOST: u64 = 16_384;

/// As many as there may be; raises what the system gives only to those who ask for it.
pub fn connections() -> usize {
    usize::try_from(of(files())).unwrap_or(usize::MAX)
}

/// A quarter of the files is left for what is served, for the snapshot and for the journal.
fn of(files: Option<u64>) -> u64 {
    files.map_or(MOST, |files| (files / 4).saturating_mul(3)).clamp(1, MOST)
}

/// Files that may be open; nothing where that is not limited.
#[cfg(unix)]
fn files() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(2 * MOST, |most| most.min(2 * MOST));
    let current = limit.current?;
    let raised = Rlimit { current: Some(wanted), ..limit };
    if current < wanted && setrlimit(Resource::Nofile, raised).is_ok() {
        return Some(wanted);
    }
    Some(current)
}

#[cfg(not(unix))]
fn files() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_files_are_left_for_what_is_served() {
        assert_eq!(
            [Some(0), Some(1024), Some(20_000), Some(1 << 20), None].map(of),
            [1, 768, 15_000, MOST, MOST]
        );
        let room = connections();
        assert!(room > 0 && room <= 16_384);
    }
}
