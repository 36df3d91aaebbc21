//! Several files of purchases are read as one table, and what of them is not is said.

use std::path::Path;

use encoding_rs::WINDOWS_1252;
use importer_core::guess::found::Guess;
use importer_core::import::FileRead;
use rusqlite::Connection;

use crate::files::{Files, asked, column, days, questions, sums};
use crate::told_in_german::assert_told;

const HEADER: &str = "order,customer,date,product,amount,currency\n";

fn month(month: u32, orders: std::ops::Range<u32>) -> String {
    let row = |n: u32| {
        let (day, product) = (n % 27 + 1, ["Mug", "Lamp", "Tea"][n as usize % 3]);
        format!("A{n},c{},2024-{month:02}-{day:02},{product},{n}.50,EUR\n", n % 7)
    };
    orders.map(row).collect()
}

fn read(name: &str, rows: u64, again: u64) -> FileRead {
    FileRead { name: name.to_owned(), days: None, rows, again, another: 0 }
}

/// What each file had, whatever its days.
fn had(found: &Guess) -> Vec<FileRead> {
    found.files.iter().map(|file| FileRead { days: None, ..file.clone() }).collect()
}

#[test]
fn a_folder_of_exports_is_read_as_one_file() {
    let files = Files::new();
    files
        .write("sales-02.csv", format!("{HEADER}{}", month(2, 30..60)))
        .write("sales-01.csv", format!("{HEADER}{}", month(1, 1..30)))
        .write("sales-03.csv", format!("{HEADER}{}", month(3, 60..100)))
        .write("costs.csv", "date,amount\n2024-02-15,7.00\n");
    let found = files.guess(&[""]).unwrap();
    assert!(found.builds && found.sure, "{:?} {:?}", found.problems, found.questions);
    assert_eq!(days(&found), ("2024-01-01", "2024-03-27"));
    let each = [("sales-01.csv", 29), ("sales-02.csv", 30), ("sales-03.csv", 40)];
    assert_eq!(had(&found), each.map(|(name, rows)| read(name, rows, 0)));
    let list = "file = [\"sales-01.csv\", \"sales-02.csv\", \"sales-03.csv\"]";
    assert!(found.mapping.contains(list), "{}", found.mapping);
    assert!(found.mapping.contains("source = \"sales\""), "{}", found.mapping);
    let text = importer_core::guess::text(&found);
    assert!(text.contains("3 files of purchases, read as one\n  sales-01.csv "), "{text}");
    let costs = found.sheets.iter().find(|sheet| sheet.name == "costs.csv").unwrap();
    assert_eq!(costs.table, None);
    // One file of all rows gives the same.
    let one = format!("{HEADER}{}{}{}", month(1, 1..30), month(2, 30..60), month(3, 60..100));
    let one = Files::with("sales.csv", one).guess(&["sales.csv"]).unwrap();
    assert_eq!((one.totals, one.rows), (found.totals, found.rows));
}

#[test]
fn each_is_cut_in_its_own_way_and_its_columns_stand_where_they_do() {
    let files = Files::new();
    let old = "Bestellung;Datum;Kunde;Artikel;Betrag\n1;2024-01-03;Jürgen;Käse;1,50\n2;2024-01-30;Bär;Tee;2,75\n";
    let new =
        "Kunde\tDatum\tBestellung\tBetrag\tArtikel\tStatus\nBär\t2024-02-01\t3\t4,25\tÖl\tpaid\n";
    files.write("umsatz-1.csv", WINDOWS_1252.encode(old).0).write("umsatz-2.csv", new);
    let found = files.guess(&[""]).unwrap();
    assert_eq!(sums(&found), ("8.50", 3, 2), "{}", found.mapping);
    assert_eq!(column(&found, "product_name"), Some("Artikel"));
    assert!(found.mapping.contains("{ name = \"umsatz-2.csv\", "), "{}", found.mapping);
    let line = found.mapping.lines().find(|line| line.contains("umsatz-2.csv\", ")).unwrap();
    assert!(
        line.contains("delimiter = \"\\t\"") && line.contains("encoding = \"utf-8\""),
        "{line}"
    );
    // What the first file by name does not have is watched where another has it.
    let files = Files::new();
    files.write("a.csv", format!("{HEADER}{}", month(1, 1..20))).write(
        "b.csv",
        "status,amount,date,order,customer,currency,product\npaid,5.00,2024-02-01,B1,x,EUR,Mug\n",
    );
    let found = files.guess(&[""]).unwrap();
    assert_eq!(had(&found), [read("a.csv", 19, 0), read("b.csv", 1, 0)]);
    assert_eq!(found.totals.as_ref().unwrap().lines, 20);
}

#[test]
fn rows_of_two_files_count_once_where_orders_are_numbered() {
    let files = Files::new();
    let twice = "B1,bea,2024-01-31,Mug,5.00,EUR\n";
    files
        .write("a.csv", format!("{HEADER}{}{twice}{twice}", month(1, 1..11)))
        .write("b.csv", format!("{HEADER}{}{twice}{twice}{}", month(1, 9..11), month(2, 11..20)));
    let found = files.guess(&[""]).unwrap();
    assert_eq!(had(&found), [read("a.csv", 12, 0), read("b.csv", 9, 4)]);
    assert_eq!(questions(&found), ["overlap"]);
    let question = asked(&found, "overlap");
    assert!(question.ask.starts_with("4 rows are in \"a.csv\", too"), "{}", question.ask);
    let [once, each] = &question.choices[..] else { panic!("{question:?}") };
    assert_eq!(
        (once.settings.as_str(), each.settings.as_str()),
        ("overlap = \"leave_out\"", "overlap = \"count\"")
    );
    assert_eq!(once.totals.as_ref().unwrap().lines, 21, "two equal lines of one file are two");
    assert_eq!(each.totals.as_ref().unwrap().lines, 25);
    assert!(found.left_out.iter().any(|left| left.why.starts_with("b.csv: ") && left.rows == 4));
    assert!(found.mapping.contains("overlap = \"leave_out\""), "{}", found.mapping);
}

#[test]
fn rows_without_numbers_of_orders_may_be_alike_in_two_shops() {
    let files = Files::new();
    let shop = |more: &str| {
        format!(
            "date,product,amount,currency\n2024-01-02,Coffee,2.50,EUR\n2024-01-03,Tea,2.00,EUR\n{more}"
        )
    };
    files
        .write("berlin.csv", shop("2024-01-04,Cake,4.00,EUR\n"))
        .write("hamburg.csv", shop("2024-01-05,Cake,4.00,EUR\n2024-01-06,Cake,4.00,EUR\n"));
    let found = files.guess(&[""]).unwrap();
    assert_eq!(found.totals.as_ref().unwrap().lines, 7);
    assert_eq!(asked(&found, "overlap").choices[0].settings, "overlap = \"count\"");
    // A copy is a copy.
    files.write("hamburg.csv", shop("2024-01-04,Cake,4.00,EUR\n"));
    let found = files.guess(&[""]).unwrap();
    assert_eq!(found.totals.as_ref().unwrap().lines, 3);
    assert_eq!(asked(&found, "overlap").choices[0].settings, "overlap = \"leave_out\"");
}

#[test]
fn a_line_with_an_id_of_its_own_is_left_out_and_not_refused() {
    let files = Files::new();
    let header = "transaction id,order,customer,date,amount,currency\n";
    let row = |n: u32| format!("t{n},o{n},c{n},2024-01-{n:02},{n}.00,EUR\n");
    let rows = |rows: std::ops::Range<u32>| rows.map(row).collect::<String>();
    files
        .write("a.csv", format!("{header}{}", rows(1..10)))
        .write("b.csv", format!("{header}{}", rows(8..20)));
    let found = files.guess(&[""]).unwrap();
    assert_eq!(column(&found, "transaction_id"), Some("transaction id"));
    assert_eq!(found.totals.as_ref().unwrap().lines, 19);
    assert_eq!(had(&found), [read("a.csv", 9, 0), read("b.csv", 10, 2)]);
    let each = &asked(&found, "overlap").choices[1];
    assert_eq!(each.settings, "overlap = \"count\", transaction_id = \"\"");
    assert_eq!(each.totals.as_ref().unwrap().lines, 21);
}

#[test]
fn a_file_that_lacks_a_column_is_named_and_nothing_of_it_counts() {
    let files = Files::new();
    files
        .write("a.csv", format!("{HEADER}{}", month(1, 1..20)))
        .write("b.csv", "order,customer,date,amount,currency\nB1,x,2024-02-01,5.00,EUR\n")
        .write("c.csv", format!("{HEADER}{}", month(3, 20..30)));
    let found = files.guess(&[""]).unwrap();
    assert_eq!(had(&found), [read("a.csv", 19, 0), read("c.csv", 10, 0)]);
    assert_eq!(found.problems.len(), 1, "{:?}", found.problems);
    let said = "nothing of \"b.csv\" counts above: it has no column \"product\", as \"a.csv\" has";
    assert_eq!(found.problems[0], said);
    assert!(found.builds && !found.sure);
    let sheet = found.sheets.iter().find(|sheet| sheet.name == "b.csv").unwrap();
    assert_eq!(
        (sheet.table, sheet.why.as_str()),
        (None, "it has no column \"product\", as \"a.csv\" has")
    );
}

#[test]
fn dates_of_two_orders_are_refused_with_both_places() {
    let files = Files::new();
    files
        .write("a.csv", "order,customer,date,amount,currency\n1,x,13/01/2024,5.00,EUR\n2,x,14/01/2024,5.00,EUR\n")
        .write("b.csv", "order,customer,date,amount,currency\n3,x,01/02/2024,5.00,EUR\n4,x,02/15/2024,5.00,EUR\n");
    let found = files.guess(&[""]).unwrap();
    assert!(!found.builds);
    let said = found.problems.join("\n");
    assert!(said.contains("line 2 of a.csv, '13/01/2024', can only be day-first"), "{said}");
    assert!(said.contains("line 3 of b.csv, '02/15/2024', only month-first"), "{said}");
}

#[test]
fn orders_and_their_lines_are_not_counted_twice() {
    let files = Files::new();
    let orders = "order_id,customer_id,order_date,total\n1,ann,2024-01-03,30.00\n2,bob,2024-01-04,20.00\n3,cleo,2024-02-05,15.50\n";
    let lines = "order_id,customer_id,order_date,product,quantity,total\n1,ann,2024-01-03,Tea,1,10.00\n1,ann,2024-01-03,Cup,2,20.00\n2,bob,2024-01-04,Tea,2,20.00\n3,cleo,2024-02-05,Pot,1,15.50\n";
    files.write("orders.csv", orders).write("positions.csv", lines);
    let found = files.guess(&[""]).unwrap();
    assert_eq!(sums(&found).0, "65.50", "{}", found.mapping);
    assert_eq!(found.files.len(), 1, "{:?}", found.files);
}

#[test]
fn tables_of_one_database_are_read_as_one() {
    let files = Files::new();
    let database = Connection::open(files.path("shop.db")).unwrap();
    database
        .execute_batch(
            "CREATE TABLE orders_2023 (order_id, customer_id, order_date, total);
             INSERT INTO orders_2023 VALUES (1, 'ann', '2023-05-01', 5.0), (2, 'bob', '2023-05-02', 6.5);
             CREATE TABLE orders_2024 (order_date, order_id, total, customer_id);
             INSERT INTO orders_2024 VALUES ('2024-05-01', 3, 7.0, 'ann');
             CREATE TABLE payments (order_id, customer_id, order_date, total, method);
             INSERT INTO payments VALUES (1, 'ann', '2023-05-01', 5.0, 'card');",
        )
        .unwrap();
    drop(database);
    let found = files.guess(&["shop.db"]).unwrap();
    assert_eq!(sums(&found), ("18.50", 3, 2), "{}", found.mapping);
    assert!(
        found.mapping.contains("table = [\"orders_2023\", \"orders_2024\"]"),
        "{}",
        found.mapping
    );
    let payments = found.sheets.iter().find(|sheet| sheet.name == "payments").unwrap();
    assert_eq!(payments.table, None, "what shares some columns is another thing");
}

#[test]
fn files_of_two_folders_are_said_to_be_apart() {
    let files = Files::new();
    std::fs::create_dir(files.path("old")).unwrap();
    files
        .write("a.csv", format!("{HEADER}{}", month(1, 1..20)))
        .write("old/b.csv", format!("{HEADER}{}", month(2, 20..25)));
    let found = files.guess(&["a.csv", "old/b.csv"]).unwrap();
    assert_eq!(had(&found), [read("a.csv", 19, 0)]);
    assert!(
        found.problems[0].contains("it is not in the folder of \"a.csv\""),
        "{:?}",
        found.problems
    );
}

#[test]
fn the_sample_is_read_as_its_mapping_reads_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/mappings/several");
    let found = builder::disk::guess_files(&[folder]).unwrap();
    assert_told(&found);
    assert_eq!(had(&found), [read("orders-2023.csv", 6, 0), read("orders-2024.csv", 3, 3)]);
    assert_eq!(sums(&found), ("221.80", 6, 4), "{}", found.mapping);
}
