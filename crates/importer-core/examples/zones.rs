//! Writes `src/zones/zones.bin` anew, from the tables of chrono-tz:
//! `cargo run --profile native -p importer-core --example zones`.

use std::path::Path;

use anyhow::{Context, Result};
use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use importer_core::zones::layout::{Rules, write};

/// Seconds between two looks: no zone has changed its clocks and back within them.
const STEP: i64 = 12 * 3_600;

/// From when to when there are changes, in years; clocks before and after show what they did.
const YEARS: (i64, i64) = (1_800, 2_110);

/// Seconds of a year, about.
const YEAR: i64 = 31_556_952;

fn shown(zone: Tz, instant: i64) -> Result<i32> {
    let utc = DateTime::from_timestamp(instant, 0).context("no such instant")?.naive_utc();
    Ok(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
}

fn rules(zone: Tz) -> Result<Rules> {
    let (begin, end) = ((YEARS.0 - 1_970) * YEAR, (YEARS.1 - 1_970) * YEAR);
    let first = shown(zone, begin)?;
    let (mut at, mut now, mut changes) = (begin, first, Vec::new());
    while at < end {
        let next = at + STEP;
        let then = shown(zone, next)?;
        if then != now {
            let (mut before, mut after) = (at, next);
            while after - before > 1 {
                let middle = before + (after - before) / 2;
                if shown(zone, middle)? == now { before = middle } else { after = middle }
            }
            changes.push((after, then));
            now = then;
        }
        at = next;
    }
    Ok(Rules { first, changes })
}

fn main() -> Result<()> {
    let zones = TZ_VARIANTS.iter().map(|zone| Ok((zone.name(), rules(*zone)?)));
    let mut zones: Vec<(&str, Rules)> = zones.collect::<Result<_>>()?;
    zones.sort_by_key(|(name, _)| *name);
    let bytes = write(&zones).context("too many zones")?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/zones/zones.bin");
    std::fs::write(&path, &bytes).with_context(|| path.display().to_string())
}
