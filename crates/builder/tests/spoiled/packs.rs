//! Packs that are spoiled before they are packed, so that their checksums are right.

use engine::PackEntry;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec;
use snapshot::columns::{ContactColumns, FeedbackColumns};
use snapshot::pack::{PackReader, PackWriter, Step};
use snapshot::slices::{PACK_ANSWERS, PACK_SCORES, PACKS};
use snapshot::tables::{PACK_CONTACTS, PACK_CUSTOMERS, PACK_FEEDBACK, PACK_PEOPLE, PACK_PURCHASES};
use snapshot::{CustomerColumns, EncodedPack, PurchaseColumns};

use crate::chance::Chance;
use crate::visit::{Files, Patch};

const LEVEL: u8 = 1;

/// Spoils bytes of a pack, or what is said of it.
pub fn spoil_bytes(files: &Files, chance: &mut Chance) -> Patch {
    spoil_one_of(&files.packs(), chance)
}

/// The same of names.
pub fn spoil_names(files: &Files, chance: &mut Chance) -> Patch {
    let mut packs = files.packs();
    packs.retain(|(entry, _)| entry.name == PACK_PEOPLE);
    spoil_one_of(&packs, chance)
}

fn spoil_one_of(packs: &[(PackEntry, EncodedPack)], chance: &mut Chance) -> Patch {
    let (entry, pack) = chance.one_of(packs);
    let mut pack = pack.clone();
    if chance.below(6) == 0 {
        let number = chance.extreme() as u32;
        match chance.below(3) {
            0 => pack.rows = number,
            1 => pack.raw_bytes = number,
            _ => chance.spoil(&mut pack.data),
        }
    } else {
        let mut raw = decompress_to_vec(&pack.data).unwrap();
        // Most of what decides about the rest stands at the beginning.
        if chance.below(2) == 0 {
            let at = chance.below(raw.len().min(24));
            raw[at] = *chance.one_of(&[0, 1, 2, 7, 8, 9, 0x7f, 0x80, 0xff]);
        } else {
            chance.spoil(&mut raw);
        }
        pack = sealed(pack.rows, &raw);
    }
    Patch::Pack { name: entry.name.clone(), block: entry.block, pack }
}

fn sealed(rows: u32, raw: &[u8]) -> EncodedPack {
    let data = compress_to_vec(raw, LEVEL);
    EncodedPack { rows, raw_bytes: raw.len() as u32, crc32: crc32fast::hash(raw), data }
}

/// Puts extreme values into columns, whose packs are good otherwise.
pub fn spoil_values(files: &Files, chance: &mut Chance) -> Patch {
    let packs = files.packs();
    let columns = [PACK_CUSTOMERS, PACK_PURCHASES, PACK_FEEDBACK, PACK_CONTACTS];
    let packs: Vec<_> = packs
        .iter()
        .filter(|(entry, _)| {
            columns.contains(&entry.name.as_str())
                || PACKS.contains(&entry.name.as_str())
                || ["pool", "leaders", "irregular_customers"].contains(&entry.name.as_str())
                || entry.name.ends_with("_lines")
        })
        .collect();
    let (entry, pack) = chance.one_of(&packs);
    let pack = match entry.name.as_str() {
        PACK_FEEDBACK | PACK_SCORES => feedback(pack, chance),
        PACK_CONTACTS | PACK_ANSWERS => contacts(pack, chance),
        name if PACKS.contains(&name) => any_column(pack, chance),
        PACK_PURCHASES => purchases(pack, chance),
        name if name.ends_with("_lines") => purchases(pack, chance),
        _ => customers(pack, chance),
    };
    Patch::Pack { name: entry.name.clone(), block: entry.block, pack }
}

/// Sets a few values of a column.
fn set<T: Copy>(column: &mut [T], chance: &mut Chance, of: impl Fn(i64) -> T) {
    for _ in 0..=chance.below(3) {
        if column.is_empty() {
            return;
        }
        let at = chance.below(column.len());
        column[at] = of(chance.extreme());
    }
}

fn customers(pack: &EncodedPack, chance: &mut Chance) -> EncodedPack {
    let mut columns = CustomerColumns::default();
    columns.append(pack).unwrap();
    match chance.below(8) {
        0 => set(&mut columns.segment, chance, |value| value as u8),
        1 => set(&mut columns.churn, chance, |value| value as u8),
        2 => set(&mut columns.rfm_segment, chance, |value| value as u8),
        3 => set(&mut columns.first_purchase, chance, |value| value as u16),
        4 => set(&mut columns.last_purchase, chance, |value| value as u16),
        5 => set(&mut columns.orders, chance, |value| value as u32),
        6 => set(&mut columns.lifetime_value, chance, |value| value),
        _ => set(&mut columns.lines, chance, |value| value as u32),
    }
    columns.encode().unwrap()
}

fn purchases(pack: &EncodedPack, chance: &mut Chance) -> EncodedPack {
    let mut columns = PurchaseColumns::default();
    columns.append(pack).unwrap();
    match chance.below(5) {
        0 => set(&mut columns.day, chance, |value| value as u16),
        1 => set(&mut columns.category, chance, |value| value as u16),
        2 => set(&mut columns.amount, chance, |value| value),
        3 => set(&mut columns.quantity, chance, |value| value as i32),
        _ => set(&mut columns.order, chance, |value| value as u32),
    }
    columns.encode().unwrap()
}

fn feedback(pack: &EncodedPack, chance: &mut Chance) -> EncodedPack {
    let mut columns = FeedbackColumns::decode(pack).unwrap();
    match chance.below(5) {
        0 => set(&mut columns.customer, chance, |value| value as u32),
        1 => set(&mut columns.day, chance, |value| value as u16),
        2 => set(&mut columns.score, chance, |value| value as u8),
        3 => set(&mut columns.channel, chance, |value| value as u8),
        _ => set(&mut columns.reason, chance, |value| value as u8),
    }
    columns.encode().unwrap()
}

/// Sets values of a column as they are stored, whatever they stand for.
fn any_column(pack: &EncodedPack, chance: &mut Chance) -> EncodedPack {
    let (mut reader, mut columns) = (PackReader::open(pack).unwrap(), Vec::<Vec<i64>>::new());
    while reader.has_more() {
        let mut column = Vec::new();
        reader.column(&mut column).unwrap();
        columns.push(column);
    }
    let at = chance.below(columns.len());
    set(&mut columns[at], chance, |value| value);
    let mut writer = PackWriter::default();
    for column in columns {
        writer.column(Step::Plain, column);
    }
    writer.finish().unwrap()
}

fn contacts(pack: &EncodedPack, chance: &mut Chance) -> EncodedPack {
    let mut columns = ContactColumns::decode(pack).unwrap();
    match chance.below(3) {
        0 => set(&mut columns.customer, chance, |value| value as u32),
        1 => set(&mut columns.day, chance, |value| value as u16),
        _ => set(&mut columns.responded, chance, |value| value as u8),
    }
    columns.encode().unwrap()
}
