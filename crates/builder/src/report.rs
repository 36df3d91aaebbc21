//! What a build has made: sizes and times.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};
use snapshot::places::PackPlace;
use snapshot::{Manifest, SideFile};

/// Blocks and bytes of the packs of one name.
#[derive(Default)]
struct Packs {
    blocks: u64,
    raw_bytes: u64,
    bytes: u64,
}

fn packs(places: &[PackPlace]) -> BTreeMap<&str, Packs> {
    let mut packs: BTreeMap<&str, Packs> = BTreeMap::new();
    for place in places {
        let of_name = packs.entry(&place.name).or_default();
        of_name.blocks = of_name.blocks.saturating_add(1);
        of_name.raw_bytes = of_name.raw_bytes.saturating_add(place.raw_bytes.into());
        of_name.bytes = of_name.bytes.saturating_add(place.bytes);
    }
    packs
}

fn manifest_bytes(manifest: &Manifest) -> u64 {
    serde_json::to_string(manifest).map_or(0, |text| (text.len() as u64).saturating_add(1))
}

fn bytes_of(file: Option<&SideFile>) -> u64 {
    file.map_or(0, |file| file.bytes)
}

fn more(manifest: &Manifest) -> Option<&SideFile> {
    manifest.first_view.as_ref().and_then(|view| view.more.as_ref())
}

/// For programs: bytes, rows, and the seconds of each stage.
pub fn json(manifest: &Manifest, places: &[PackPlace], stages: &[(String, f64)]) -> Value {
    let packs = packs(places).into_iter().map(|(name, packs)| {
        let Packs { blocks, raw_bytes, bytes } = packs;
        (name.to_owned(), json!({ "blocks": blocks, "raw_bytes": raw_bytes, "bytes": bytes }))
    });
    let stages: Vec<Value> =
        stages.iter().map(|(name, seconds)| json!({ "name": name, "seconds": seconds })).collect();
    json!({
        "snapshot_id": manifest.meta.snapshot_id,
        "bytes": {
            "manifest": manifest_bytes(manifest),
            "first_view": bytes_of(more(manifest)),
            "places": bytes_of(manifest.file.places.as_ref()),
            "events": bytes_of(manifest.events.as_ref()),
            "snapshot": manifest.file.bytes,
        },
        "rows": manifest.meta.rows,
        "rejected": manifest.meta.rejected,
        "packs": packs.collect::<serde_json::Map<_, _>>(),
        "stages": stages,
    })
}

/// For people: what a page may come to fetch, in one line each.
#[expect(clippy::cast_precision_loss, reason = "told to a tenth of a kilobyte")]
pub fn text(manifest: &Manifest, places: &[PackPlace]) -> String {
    let mut text = String::new();
    let mut line = |name: &str, bytes: u64| {
        // Writing to a text never fails.
        let _ = write!(text, "\n{:>12.1} KB  {name}", bytes as f64 / 1e3);
    };
    line("manifest.json", manifest_bytes(manifest));
    line("the rest of the first view", bytes_of(more(manifest)));
    line("places of packs", bytes_of(manifest.file.places.as_ref()));
    if let Some(events) = &manifest.events {
        line("recorded events", events.bytes);
    }
    for (name, packs) in packs(places) {
        line(name, packs.bytes);
    }
    line("snapshot, all in all", manifest.file.bytes);
    text.trim_start_matches('\n').to_owned()
}
