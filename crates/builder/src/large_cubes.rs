//! Makes and packs the cubes that are many and large, variant by variant, on every processor.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use anyhow::{Context, Result};
use facts::Columns;
use snapshot::PackError;
use snapshot::cubes::NamedPack;
use snapshot::tables::{PACK_DAY_WINDOWS, variant_and_block};

/// Variants in the making at most; each takes memory.
const MOST_AT_ONCE: usize = 4;

/// The packs of all large cubes, what is read together close together.
///
/// # Errors
/// If one is too large.
pub fn packs(columns: &Columns) -> Result<Vec<NamedPack>> {
    let next = AtomicU32::new(0);
    let make = || -> Result<Vec<NamedPack>, PackError> {
        let mut made = Vec::new();
        loop {
            let variant = next.fetch_add(1, Ordering::Relaxed);
            if !columns.variants().contains(&variant) {
                return Ok(made);
            }
            made.extend(columns.large_cubes(variant).packs()?);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_AT_ONCE);
    let made: Vec<_> = thread::scope(|scope| {
        let started: Vec<_> = (0..threads).map(|_| scope.spawn(make)).collect();
        started.into_iter().map(|thread| thread.join().ok()).collect()
    });
    let mut packs = Vec::new();
    for made in made {
        packs.extend(made.context("making cubes stopped")??);
    }
    packs.sort_by_key(place);
    Ok(packs)
}

/// Windows of days that begin in one block are asked for in all categories at once.
fn place(pack: &NamedPack) -> (bool, bool, u32, u32) {
    let (variant, block) = variant_and_block(pack.block);
    match pack.name == PACK_DAY_WINDOWS {
        true => (false, variant != 0, block, variant),
        false => (true, true, pack.block, 0),
    }
}
