//! Loading packs: the columns that were written come back, and nothing else passes.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use engine::{Columns, EngineError, NativeEngine, Progress, load_columns, native::block_on};
use rusqlite::{Connection, params};
use snapshot::columns::NOT_SAID;
use snapshot::meta::{ChurnRule, Features, SegmentRule};
use snapshot::{
    Currency, CustomerColumns, EncodedPack, FORMAT_VERSION, FeedbackColumns, Labels, Meta,
    PurchaseColumns, Rules,
};

fn meta() -> Meta {
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    Meta {
        published: None,
        format_version: FORMAT_VERSION,
        snapshot_id: "0123456789abcdef".into(),
        built_at: "2026-01-31T00:00:00Z".into(),
        source: "Tests".into(),
        demo: true,
        as_of: "2026-01-31".parse().unwrap(),
        first_day: "2025-01-01".parse().unwrap(),
        last_day: "2026-01-31".parse().unwrap(),
        time_zone: "UTC".into(),
        currency: Currency { code: "USD".into(), exponent: 2 },
        quantity_exponent: 0,
        rows: BTreeMap::from([("customer_360".into(), 3), ("purchase_transactions".into(), 3)]),
        rejected: BTreeMap::new(),
        warnings: Vec::new(),
        labels: Labels {
            segments: names(&["High", "Low"]),
            churn_risks: names(&["Low"]),
            categories: names(&["Books"]),
            rfm_segments: names(&["Others"]),
            channels: names(&["Phone"]),
            reasons: Vec::new(),
        },
        features: Features {
            names: false,
            units: true,
            categories: true,
            feedback: true,
            campaigns: false,
            visits: false,
            category_pairs: false,
        },
        rules: Rules {
            segments: SegmentRule::Imported,
            churn: ChurnRule::Imported,
            rfm: Default::default(),
        },
        lineage: Vec::new(),
        covers: 0,
    }
}

fn customers(segment: u8, rows: usize) -> CustomerColumns {
    CustomerColumns {
        segment: vec![segment; rows],
        churn: vec![0; rows],
        rfm_segment: vec![0; rows],
        first_purchase: vec![1; rows],
        last_purchase: vec![2; rows],
        orders: vec![1; rows],
        lifetime_value: vec![100; rows],
        lines: vec![1; rows],
    }
}

fn purchases(rows: usize) -> PurchaseColumns {
    let numbers = 0..u32::try_from(rows).unwrap();
    PurchaseColumns {
        day: vec![1; rows],
        category: vec![0; rows],
        amount: vec![100; rows],
        quantity: vec![1; rows],
        order: numbers.collect(),
    }
}

struct Snapshot {
    path: PathBuf,
    connection: Connection,
}

impl Snapshot {
    /// Three customers in two blocks, three lines (one a guest's) in two, one score.
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("load-{}-{name}", std::process::id()));
        let connection = Connection::open(&path).unwrap();
        connection
            .execute_batch(
                "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
                 CREATE TABLE packs (name TEXT, block INTEGER, rows INTEGER, raw_bytes INTEGER,
                                     crc32 INTEGER, data BLOB, PRIMARY KEY (name, block));",
            )
            .unwrap();
        let snapshot = Self { path, connection };
        let serde_json::Value::Object(fields) = serde_json::to_value(meta()).unwrap() else {
            panic!("meta is an object")
        };
        for (key, value) in fields {
            let sql = "INSERT INTO meta VALUES (?1, ?2)";
            snapshot.connection.execute(sql, params![key, value.to_string()]).unwrap();
        }
        // Written out of order on purpose.
        snapshot.pack("purchases", 2, &purchases(1).encode().unwrap());
        snapshot.pack("customers", 1, &customers(1, 2).encode().unwrap());
        snapshot.pack("customers", 0, &customers(0, 1).encode().unwrap());
        snapshot.pack("purchases", 0, &purchases(2).encode().unwrap());
        let feedback = FeedbackColumns {
            customer: vec![0],
            day: vec![3],
            score: vec![5],
            channel: vec![0],
            reason: vec![NOT_SAID],
        };
        snapshot.pack("feedback", 0, &feedback.encode().unwrap());
        snapshot.pack("of_the_future", 0, &feedback.encode().unwrap());
        snapshot
    }

    fn pack(&self, name: &str, block: i64, pack: &EncodedPack) {
        let values = params![name, block, pack.rows, pack.raw_bytes, pack.crc32, pack.data];
        self.connection.execute("INSERT INTO packs VALUES (?1,?2,?3,?4,?5,?6)", values).unwrap();
    }

    fn load(&self) -> Result<Columns, EngineError> {
        load(&self.path, &meta()).map(|(columns, _)| columns)
    }

    fn after(self, sql: &str) -> EngineError {
        self.connection.execute_batch(sql).unwrap();
        self.load().unwrap_err()
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

fn load(path: &Path, meta: &Meta) -> Result<(Columns, Vec<Progress>), EngineError> {
    let engine = NativeEngine::open(path)?;
    let mut seen = Vec::new();
    let columns = block_on(load_columns(&engine, meta, |progress| seen.push(progress)))?;
    Ok((columns, seen))
}

#[test]
fn blocks_come_back_in_order_with_progress() {
    let snapshot = Snapshot::new("order");
    let (columns, seen) = load(&snapshot.path, &meta()).unwrap();
    assert_eq!(columns.customers.segment, [0, 1, 1]);
    assert_eq!(columns.purchases.order, [0, 1, 0]);
    assert_eq!(columns.feedback.map(|feedback| feedback.score), Some(vec![5]));
    assert_eq!(columns.contacts, None);
    assert_eq!(seen.len(), 6, "before the first of five blocks, and after each");
    assert_eq!((seen[0].loaded, seen[5].loaded), (0, seen[5].total));
    assert!(seen.windows(2).all(|pair| pair[0].loaded < pair[1].loaded));
}

#[test]
fn another_snapshot_is_named_by_what_differs() {
    let error = Snapshot::new("other")
        .after(r#"UPDATE meta SET value = '"ffffffffffffffff"' WHERE key = 'snapshot_id'"#);
    let text = error.to_string();
    assert_eq!(error.code(), "other-snapshot");
    for part in ["0123456789abcdef", "ffffffffffffffff", "snapshot_id"] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn another_format_is_named_before_anything_else() {
    let error = Snapshot::new("format")
        .after("UPDATE meta SET value = '7' WHERE key = 'format_version'; DROP TABLE packs");
    assert_eq!(error, EngineError::Version { found: 7, readable: FORMAT_VERSION });
}

#[test]
fn damage_is_noticed() {
    for (name, sql) in [
        ("crc", "UPDATE packs SET crc32 = crc32 + 1 WHERE name = 'purchases' AND block = 2"),
        ("cut", "UPDATE packs SET data = substr(data, 1, 5) WHERE name = 'feedback'"),
        ("customers", "DELETE FROM packs WHERE name = 'customers' AND block = 1"),
        ("guests", "DELETE FROM packs WHERE name = 'purchases' AND block = 2"),
        ("feedback", "DELETE FROM packs WHERE name = 'feedback'"),
        ("meta", "UPDATE meta SET value = '{' WHERE key = 'rules'"),
        ("version", "DELETE FROM meta WHERE key = 'format_version'"),
    ] {
        let error = Snapshot::new(name).after(sql);
        assert_eq!(error.code(), "damaged", "{name}: {error}");
    }
}
