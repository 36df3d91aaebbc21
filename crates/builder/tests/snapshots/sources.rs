//! Every source is asked what reaches each of its packs, and no wrong number passes.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use builder::open;
use builder::progress::Progress;
use builder::verify::plain::Plain;
use builder::verify::sources::{self, Expected, Layers};
use builder::verify::{self, derived, questions};
use facts::{Cubes, Need, Question, Reply};
use rusqlite::{Connection, params};
use serde_json::Value;
use snapshot::columns::{ContactColumns, FeedbackColumns};
use snapshot::cubes::{CubeData, CubeId, Layer, Place};
use snapshot::pack::{PackReader, PackWriter, Step};
use snapshot::{CustomerColumns, EncodedPack, Meta, PurchaseColumns, slices};

use crate::folder::Folder;

/// SQL's replies, each asked for once.
struct Known<'a> {
    plain: Plain<'a>,
    replies: RefCell<HashMap<Question, Reply>>,
}

impl<'a> Known<'a> {
    fn of(database: &'a Connection, meta: &'a Meta) -> Self {
        Self { plain: Plain::of(database, meta).unwrap(), replies: RefCell::default() }
    }
}

impl Expected for Known<'_> {
    fn reply(&self, question: &Question) -> anyhow::Result<Reply> {
        if let Some(reply) = self.replies.borrow().get(question) {
            return Ok(reply.clone());
        }
        let reply = self.plain.reply(question)?;
        self.replies.borrow_mut().insert(question.clone(), reply.clone());
        Ok(reply)
    }
}

#[test]
fn every_layer_is_reached_by_its_questions() {
    let folder = Folder::demo(100, 1);
    let (opened, database) = (folder.opened(), folder.sqlite());
    let meta = &opened.manifest.meta;
    let layers = Layers::of(&database, meta).unwrap();
    let months = layers.cache().unwrap();
    let found: BTreeSet<CubeId> = layers.packs.keys().map(|layer| layer.lead().cube).collect();
    let all = CubeId::all().map(|cube| Place::of(cube).layer().lead().cube);
    assert_eq!(found, all.collect(), "the demo has every kind of layer");
    let empty = Cubes::new(Arc::new(meta.clone()), CubeData::default()).unwrap();
    let months_layer = Place::of(CubeId::MonthSales).layer();
    for &layer in layers.packs.keys() {
        let reached = questions::of(layer, meta).into_iter().any(|question| {
            if layer == months_layer {
                let need = empty.need(&question);
                return matches!(need, Need::Layers(layers) if layers.contains(&layer));
            }
            let mut cache = months.another().unwrap();
            cache.ask(&question).unwrap().is_some() && cache.read.contains(&layer)
        });
        assert!(reached, "no question reaches {layer}");
    }
    let stored: Vec<(String, u32)> = {
        let mut statement = database.prepare("SELECT name, block FROM packs").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    let columns = ["customers", "purchases", "feedback", "contacts", "people"];
    for (name, block) in stored {
        let known = Layer::of(&name, block).is_some()
            || columns.contains(&name.as_str())
            || slices::PACKS.contains(&name.as_str());
        assert!(known, "pack {name} belongs to no layer, so nobody asks for it");
    }
}

#[test]
fn a_wrong_number_in_any_column_is_noticed() {
    let folder = Folder::demo(100, 1);
    let opened = folder.opened();
    let (meta, database) = (&opened.manifest.meta, derived(&opened).unwrap());
    let known = Known::of(&database, meta);
    let whole = opened.columns().unwrap();
    let notices = |columns: engine::Columns| {
        let Ok(columns) = open::checked(meta, columns) else { return true };
        !sources::columns(meta, &columns, &known).unwrap().differences.is_empty()
    };
    assert!(!notices(opened.columns().unwrap()), "what is right passes");
    let packs: [(&str, EncodedPack); 4] = [
        ("customers", whole.customers.encode().unwrap()),
        ("purchases", whole.purchases.encode().unwrap()),
        ("feedback", whole.feedback.as_ref().unwrap().encode().unwrap()),
        ("contacts", whole.contacts.as_ref().unwrap().encode().unwrap()),
    ];
    for (name, pack) in &packs {
        for (column, values) in columns_of(pack).iter().enumerate() {
            let noticed = (0..values.len()).step_by(values.len().div_ceil(6)).any(|row| {
                let forged = forged(pack, column, row, 1);
                let mut columns = opened.columns().unwrap();
                let read = match *name {
                    "customers" => {
                        columns.customers = CustomerColumns::default();
                        columns.customers.append(&forged)
                    }
                    "purchases" => {
                        columns.purchases = PurchaseColumns::default();
                        columns.purchases.append(&forged)
                    }
                    "feedback" => {
                        FeedbackColumns::decode(&forged).map(|it| columns.feedback = Some(it))
                    }
                    _ => ContactColumns::decode(&forged).map(|it| columns.contacts = Some(it)),
                };
                read.is_err() || notices(columns)
            });
            assert!(noticed, "a wrong number in column {column} of {name} passes");
        }
    }
}

#[test]
fn a_wrong_number_in_any_slice_is_noticed() {
    let folder = Folder::demo(100, 1);
    let (opened, database) = (folder.opened(), folder.sqlite());
    let (meta, tables) = (&opened.manifest.meta, derived(&opened).unwrap());
    let known = Known::of(&tables, meta);
    let wrong = || verify::slices::ask(&opened, &known).unwrap().differences;
    let columns = opened.columns().unwrap();
    let changed = || verify::slices::compare(&database, meta, &columns).unwrap().differences;
    assert_eq!((wrong(), changed()), (vec![], vec![]), "what is right passes");
    let newest = "SELECT block FROM packs WHERE name = ?1 AND rows > 2 AND block % 18 >= 16
        ORDER BY block DESC LIMIT 1";
    let all = "SELECT block FROM packs WHERE name = ?1 ORDER BY block LIMIT 1";
    for name in slices::PACKS {
        let block = |sql| database.query_row(sql, [name], |row| row.get::<_, u32>(0));
        let block = block(newest).or_else(|_| block(all)).unwrap();
        let pack = read(&database, name, block);
        for (column, values) in columns_of(&pack).iter().enumerate() {
            let rows = (0..values.len()).step_by(values.len().div_ceil(6));
            let ways = rows.flat_map(|row| [(row, 1), (row, 400)]);
            let noticed = ways.into_iter().any(|(row, by)| {
                write(&database, name, block, &forged(&pack, column, row, by));
                assert!(!changed().is_empty(), "{name} {block} is another than columns give");
                !wrong().is_empty()
            });
            assert!(noticed, "a wrong number in column {column} of {name} passes");
        }
        write(&database, name, block, &pack);
    }
    let without = "DELETE FROM packs WHERE name = 'slice_lines'
        AND block = (SELECT MAX(block) FROM packs WHERE name = 'slice_lines')";
    database.execute_batch(without).unwrap();
    assert!(changed().len() == 1 && !wrong().is_empty());
}

#[test]
fn a_wrong_number_in_any_recorded_answer_is_noticed() {
    let folder = Folder::demo(100, 1);
    let opened = folder.opened();
    let (meta, database) = (&opened.manifest.meta, derived(&opened).unwrap());
    let known = Known::of(&database, meta);
    let view = opened.manifest.first_view.as_ref().unwrap();
    let answers: Vec<(Question, Reply)> = view.answers.read().unwrap();
    assert_eq!(sources::recorded(&answers, meta, &known).unwrap(), [""; 0]);
    let mut forged = 0;
    for (question, reply) in answers {
        let mut value = serde_json::to_value(&reply).unwrap();
        if !add_one(&mut value) {
            continue;
        }
        let answer = [(question, serde_json::from_value(value).unwrap())];
        let differences = sources::recorded(&answer, meta, &known).unwrap();
        assert_eq!(differences.len(), 1, "{:?} passes", answer[0].0);
        forged += 1;
    }
    assert!(forged > 10, "only {forged} answers have a number");
}

#[test]
fn the_report_names_layer_and_question_of_a_wrong_number() {
    let folder = Folder::demo(60, 1);
    let database = folder.sqlite();
    for (name, block, column) in [("windows", 2, 0), ("day_sales", 0, 0)] {
        let pack = read(&database, name, block);
        let values = &columns_of(&pack)[column];
        let row = (0..values.len()).max_by_key(|&row| values[row].unsigned_abs()).unwrap();
        write(&database, name, block, &forged(&pack, column, row, 1));
    }
    let report = folder.verify();
    let check = report.checks.iter().find(|check| check.name == sources::CUBES).unwrap();
    for expected in ["windows 2: Customers, 20", "day_sales 0: Sales over Days, 20"] {
        let found = check.differences.iter().any(|difference| difference.starts_with(expected));
        assert!(found, "{expected}: {report}");
    }
    let columns = report.checks.iter().find(|check| check.name == sources::COLUMNS).unwrap();
    assert_eq!(columns.differences, [""; 0], "columns are as they were");
}

#[test]
fn a_place_of_a_pack_that_is_not_there_is_noticed() {
    let folder = Folder::demo(60, 1);
    let manifest_path = folder.out().join("manifest.json");
    let text = std::fs::read_to_string(&manifest_path).unwrap();
    let mut manifest: Value = serde_json::from_str(&text).unwrap();
    let path = folder.out().join(manifest["file"]["places"]["path"].as_str().unwrap());
    let places: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    // Block, checksum, length, and where it begins.
    let changes: [fn(&mut Value) -> &mut Value; 4] =
        [|p| &mut p[1], |p| &mut p[4], |p| &mut p[5], |p| &mut p[6][0]];
    for change in changes {
        let mut forged = places.clone();
        let number = change(&mut forged[3]);
        *number = (number.as_u64().unwrap() + 1).into();
        std::fs::write(&path, forged.to_string()).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let file = &mut manifest["file"]["places"];
        file["bytes"] = bytes.len().into();
        file["crc32"] = crc32fast::hash(&bytes).into();
        file["sha256"] = builder::hash::sha256_of(&path).unwrap().into();
        std::fs::write(&manifest_path, manifest.to_string()).unwrap();
        // What cannot be a place at all is refused on reading, by the name of its file.
        let options = verify::Options { filters: 12, seed: 3, sources: false };
        match verify::verify(&folder.out(), options, Progress::Silent) {
            Ok(report) => assert_eq!(report.failed(), ["places of packs"]),
            Err(error) => assert!(format!("{error:#}").contains("places-"), "{error:#}"),
        }
    }
}

/// All columns of a pack.
fn columns_of(pack: &EncodedPack) -> Vec<Vec<i64>> {
    let (mut reader, mut columns) = (PackReader::open(pack).unwrap(), Vec::new());
    loop {
        let mut column = Vec::new();
        if reader.column(&mut column).is_err() {
            return columns;
        }
        columns.push(column);
    }
}

/// The pack with one number more (or less, where it is large enough), as if it had been written so.
fn forged(pack: &EncodedPack, column: usize, row: usize, by: i64) -> EncodedPack {
    let mut columns = columns_of(pack);
    let value = &mut columns[column][row];
    *value += if *value >= by { -by } else { by };
    let mut writer = PackWriter::default();
    for column in columns {
        writer.column(Step::Plain, column);
    }
    writer.finish().unwrap()
}

fn read(database: &Connection, name: &str, block: u32) -> EncodedPack {
    let sql = "SELECT rows, raw_bytes, crc32, data FROM packs WHERE name = ? AND block = ?";
    let pack = database.query_row(sql, params![name, block], |row| {
        let (rows, raw_bytes) = (row.get(0)?, row.get(1)?);
        Ok(EncodedPack { rows, raw_bytes, crc32: row.get(2)?, data: row.get(3)? })
    });
    pack.unwrap()
}

fn write(database: &Connection, name: &str, block: u32, pack: &EncodedPack) {
    let sql = "UPDATE packs SET rows = ?, raw_bytes = ?, crc32 = ?, data = ?
        WHERE name = ? AND block = ?";
    let values = params![pack.rows, pack.raw_bytes, pack.crc32, pack.data, name, block];
    assert_eq!(database.execute(sql, values).unwrap(), 1);
}

/// Adds one to the first number of a value; false if there is none.
fn add_one(value: &mut Value) -> bool {
    match value {
        Value::Number(number) => {
            *value = (number.as_i64().unwrap() + 1).into();
            true
        }
        Value::Array(items) => items.iter_mut().any(add_one),
        Value::Object(fields) => fields.values_mut().any(add_one),
        _ => false,
    }
}
