//! A build in memory gives the files that a build on a disk gives, to the last byte.

use std::fs;

use builder::disk;
use builder::progress::Progress;
use builder::publish::PublishMode;
use importer_core::build::Settings;
use importer_core::files::Named;
use importer_core::import::Import;
use importer_core::import::mapping::Mapping;
use importer_core::memory;
use importer_core::progress::Silent;
use rusqlite::Connection;

use crate::folder::Folder;

const MAPPING: &str = r#"
source = "Shop"
time_zone = "America/New_York"
currency.code = "USD"
[format]
encoding = "windows-1252"
date = "%Y-%m-%dT%H:%M:%S%:z"
[purchase_transactions.columns]
order_id = "order"
customer_id = "who"
transaction_date = "at"
category = "group"
amount = "sum"
"#;

fn sales() -> Vec<u8> {
    let row = |n: u32| {
        let (month, day, hour) = (1 + n % 12, 1 + n % 28, n % 24);
        let at = format!("2024-{month:02}-{day:02}T{hour:02}:30:00+00:00");
        format!("{},k{},{at},Caf\u{e9} {},{}.{:02}\n", n / 2, n % 37, n % 5, n % 90, n % 100)
    };
    let text: String = (0..900).map(row).collect();
    let all = format!("order,who,at,group,sum\n{text}");
    encoding_rs::WINDOWS_1252.encode(&all).0.into_owned()
}

/// Compares what is in the folder of snapshots with files in memory.
fn assert_same(folder: &Folder, mut files: Vec<memory::File>) {
    files.sort();
    let names: Vec<&String> = files.iter().map(|(name, _)| name).collect();
    assert_eq!(folder.files().iter().collect::<Vec<_>>(), names);
    for (name, bytes) in &files {
        assert!(fs::read(folder.out().join(name)).unwrap() == *bytes, "{name} has other bytes");
    }
}

fn in_memory(named: Named, mapping: &str) -> Vec<memory::File> {
    let import = Import { from: Box::new(named), mapping: Mapping::parse(mapping).unwrap() };
    let settings = Settings { pairs_from: Some(0), ..Settings::default() };
    memory::build(&settings, &Silent, |loader| import.feed(loader, &Silent)).unwrap()
}

#[test]
fn a_text_file_gives_the_same() {
    let folder = Folder::new();
    folder.write("sales.csv", sales());
    folder.import_from(&folder.input().join("sales.csv"), MAPPING).unwrap();
    let named =
        Named { files: vec![("sales.csv".to_owned(), sales().into())], letters: &letters::Tables };
    assert_same(&folder, in_memory(named, MAPPING));
}

#[test]
fn a_database_gives_the_same() {
    let folder = Folder::new();
    let path = folder.input().join("shop.sqlite");
    let file = Connection::open(&path).unwrap();
    file.execute_batch(
        "PRAGMA journal_mode = WAL;
         CREATE TABLE purchase_transactions (order_id, customer_id, transaction_date, amount);
         INSERT INTO purchase_transactions
         VALUES ('1', 'a', '2024-01-02', 3.5), ('2', 'b', '2024-02-03', 7), ('3', 'a', '2024-02-04', 1);",
    )
    .unwrap();
    drop(file);
    let mapping = "source = \"Shop\"\ncurrency.code = \"EUR\"\n[purchase_transactions]\n";
    let import = disk::import(&path, Mapping::parse(mapping).unwrap());
    let options = folder.options(PublishMode::Single);
    builder::build::build(&options, |loader| import.feed(loader, &Progress::Silent)).unwrap();
    let named = Named {
        files: vec![("shop.sqlite".to_owned(), fs::read(&path).unwrap().into())],
        letters: &letters::Tables,
    };
    assert_same(&folder, in_memory(named, mapping));
}
