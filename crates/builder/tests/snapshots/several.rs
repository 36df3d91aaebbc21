//! Purchases of several files give what one file of all their rows gives.

use std::fs;
use std::path::Path;

use encoding_rs::WINDOWS_1252;
use snapshot::meta::WarningKind;

use crate::folder::Folder;
use crate::gzip::gzip;

const COLUMNS: &str = "[purchase_transactions.columns]\norder_id = 'order'\ncustomer_id = 'who'\n\
    transaction_date = 'at'\ncategory = 'group'\namount = 'sum'\n";

fn mapping(file: &str) -> String {
    format!("source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n{file}\n{COLUMNS}")
}

fn rows(range: std::ops::Range<u32>) -> Vec<[String; 5]> {
    let row = |n: u32| {
        let at = format!("2024-{:02}-{:02}", 1 + n % 12, 1 + n % 28);
        let texts = [format!("o{}", n / 3), format!("k{}", n / 3 % 37), at];
        let [order, who, at] = texts;
        [order, who, at, format!("Café {}", n % 5), format!("{}.{:02}", n % 90, n % 100)]
    };
    range.map(row).collect()
}

/// A text of some columns of rows, in an order of theirs.
fn text(rows: &[[String; 5]], columns: &[usize], sign: &str) -> String {
    let names = ["order", "who", "at", "group", "sum"].map(str::to_owned);
    let line = |row: &[String; 5]| {
        let cells: Vec<&str> = columns.iter().map(|&at| row[at].as_str()).collect();
        cells.join(sign) + "\n"
    };
    std::iter::once(&names).chain(rows).map(line).collect()
}

const USUAL: [usize; 5] = [0, 1, 2, 3, 4];

fn built(folder: &Folder, mapping: &str) -> Vec<(String, Vec<u8>)> {
    folder.import(mapping).unwrap();
    let read = |name: String| {
        let bytes = fs::read(folder.out().join(&name)).unwrap();
        (name, bytes)
    };
    folder.files().into_iter().map(read).collect()
}

#[test]
fn the_snapshot_is_that_of_one_file_to_the_last_byte() {
    let one = Folder::new();
    one.write("all.csv", text(&rows(0..900), &USUAL, ","));
    let one_built = built(&one, &mapping("file = 'all.csv'"));
    let parts = |folder: &Folder| {
        folder
            .write("sales-1.csv", WINDOWS_1252.encode(&text(&rows(0..300), &USUAL, ";")).0)
            .write("sales-2.csv.gz", gzip(text(&rows(300..303), &USUAL, ",").as_bytes()))
            .write("sales-3.csv", text(&rows(303..900), &[4, 2, 0, 3, 1], ","));
    };
    let own = "{ name = 'sales-1.csv', delimiter = ';', encoding = 'windows-1252' }";
    let list = format!("file = [{own}, 'sales-2.csv', 'sales-3.csv']");
    let several = Folder::new();
    parts(&several);
    let several_built = built(&several, &mapping(&list));
    assert!(one_built == several_built, "no name of a file is in a snapshot without warnings");
    several.assert_sound();
    // By a pattern, too, and over what is there compressed as well.
    let all = Folder::new();
    all.write("sales-1.csv", text(&rows(0..300), &USUAL, ","))
        .write("sales-1.csv.gz", gzip(text(&rows(0..300), &USUAL, ",").as_bytes()))
        .write("sales-2.csv.gz", gzip(text(&rows(300..303), &USUAL, ",").as_bytes()))
        .write("sales-3.csv", text(&rows(303..900), &[4, 2, 0, 3, 1], ","))
        .write("other.csv", "a,b\n");
    assert!(one_built == built(&all, &mapping("file = 'sales-*.csv'")));
}

#[test]
fn lines_without_numbers_are_numbered_as_in_one_file() {
    let columns = "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n";
    let rows = |days: std::ops::Range<u32>| -> String {
        days.map(|day| format!("2024-01-{day:02},{day}\n")).collect()
    };
    let header = "transaction_date,amount\n";
    let one = Folder::new();
    one.write("all.csv", format!("{header}{}{}", rows(1..9), rows(9..20)));
    let one = built(&one, &format!("{columns}file = 'all.csv'\n"));
    let two = Folder::new();
    two.write("a.csv", format!("{header}{}", rows(1..9)))
        .write("b.csv", format!("{header}{}", rows(9..20)));
    assert!(one == built(&two, &format!("{columns}file = ['a.csv', 'b.csv']\n")));
}

#[test]
fn tables_of_a_database_are_one_table() {
    let mapping = |table: &str| mapping(table);
    let made = |sql: &str, table: &str| {
        let folder = Folder::new();
        let path = folder.input().join("shop.db");
        rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        folder.import_from(&path, &mapping(table)).unwrap();
        folder.ask::<String>(
            "SELECT group_concat(transaction_id || order_id || amount, ' ' ORDER BY transaction_id)
             FROM purchase_transactions",
        )
    };
    let columns = "('order', who, at, 'group', 'sum')";
    let one = made(
        &format!(
            "CREATE TABLE sales {columns};
             INSERT INTO sales VALUES ('1', 'a', '2024-01-01', 'x', 5), ('2', 'b', '2024-01-02', 'x', 6);"
        ),
        "table = 'sales'",
    );
    let sql = format!(
        "CREATE TABLE m1 {columns}; CREATE TABLE m2 (at, who, 'order', 'sum', 'group');
         INSERT INTO m1 VALUES ('1', 'a', '2024-01-01', 'x', 5);
         INSERT INTO m2 VALUES ('2024-01-02', 'b', '2', 6, 'x');"
    );
    assert_eq!(one, made(&sql, "table = ['m1', 'm2']"));
    assert_eq!(one, made(&sql, "table = 'm*'"));
}

#[test]
fn a_bad_line_is_told_with_its_own_file() {
    let folder = Folder::new();
    folder
        .write("a.csv", text(&rows(0..9), &USUAL, ","))
        .write("b.csv", "sum,group,at,who,order\n1.00,x,2024-01-01,k,o1\nx,x,2024-01-01,k,o2\n");
    let said = folder.import(&mapping("file = ['a.csv', 'b.csv']")).unwrap_err();
    assert!(said.contains("b.csv, line 3, column \"sum\": 'x' is not an amount"), "{said}");
}

#[test]
fn what_cannot_be_one_table_is_refused_by_name() {
    let folder = Folder::new();
    folder
        .write("a.csv", text(&rows(0..9), &USUAL, ","))
        .write("b.csv", text(&rows(9..12), &[0, 1, 2, 4], ","))
        .write("c.csv", "order,who,at,group,sum,email\no1,k,2024-01-01,x,1.00,k@example.com\n")
        .write("a.csv.gz", gzip(text(&rows(9..12), &USUAL, ",").as_bytes()));
    for (file, words) in [
        (
            "file = ['a.csv', 'b.csv']",
            "b.csv has no column 'group', which the mapping names for category",
        ),
        (
            "file = ['a.csv', 'c.csv']",
            "a.csv has no column 'email', which c.csv has, and which is read as email",
        ),
        ("file = ['a.csv', 'd.csv']", "d.csv is missing"),
        ("file = ['a.csv', 'a.csv']", "names a.csv twice"),
        (
            "file = ['a.csv', 'a.csv.gz']",
            "names a.csv and a.csv.gz: one is the other compressed, by its name",
        ),
        ("file = 'd*.csv'", "no file is called like 'd*.csv'"),
        ("file = []", "file is an empty list"),
        (
            "file = 'a.csv'\n[customer_info]\nfile = ['c.csv', 'b.csv']",
            "[customer_info] is read from one file",
        ),
        (
            "file = 'a.csv'\n[product_catalog]\nfile = '*.csv'",
            "[product_catalog] is read from one file",
        ),
    ] {
        let said = folder.import(&mapping(file)).unwrap_err();
        assert!(said.contains(words), "{file}: {said}");
    }
    let one = folder.input().join("a.csv");
    let said = folder.import_from(&one, &mapping("file = ['a.csv', 'c.csv']")).unwrap_err();
    assert!(said.contains("the mapping names 2 of purchases: give the folder"), "{said}");
    folder
        .import(
            &mapping("file = ['a.csv', 'c.csv']\n[purchase_transactions.columns]\nemail = ''")
                .replace("email = ''\n[purchase_transactions.columns]\n", "email = ''\n"),
        )
        .unwrap();
}

#[test]
fn rows_of_two_files_are_counted_and_left_out_only_if_asked() {
    let folder = Folder::new();
    let all = rows(0..20);
    folder
        .write("a.csv", text(&all[..12], &USUAL, ","))
        .write("b.csv", text(&all[10..], &[3, 1, 4, 2, 0], ","));
    let found = |manifest: &snapshot::Manifest, kind: WarningKind| {
        let of = manifest.meta.warnings.iter().filter(|warning| warning.kind == kind);
        of.map(|warning| (warning.file.clone(), warning.count)).collect::<Vec<_>>()
    };
    let files = "file = ['a.csv', 'b.csv']\n";
    let counted = folder.import(&mapping(files)).unwrap();
    assert_eq!(found(&counted, WarningKind::OverlapCounted), [("b.csv".to_owned(), 2)]);
    assert_eq!(found(&counted, WarningKind::OrdersAcross), []);
    assert_eq!(counted.meta.rows["purchase_transactions"], 22);
    let folder_once = Folder::new();
    for name in ["a.csv", "b.csv"] {
        folder_once.write(name, fs::read(folder.input().join(name)).unwrap());
    }
    let once = folder_once.import(&mapping(&format!("{files}overlap = 'leave_out'"))).unwrap();
    assert_eq!(found(&once, WarningKind::OverlapLeftOut), [("b.csv".to_owned(), 2)]);
    assert_eq!(once.meta.rows["purchase_transactions"], 20);
    let strict = format!("strict = true\n{}", mapping(files));
    assert!(folder.import(&strict).unwrap_err().contains("in an earlier file, too"));
}

#[test]
fn an_order_that_was_changed_between_two_exports_is_noted() {
    let folder = Folder::new();
    let header = "order,who,at,group,sum\n";
    folder
        .write("a.csv", format!("{header}o1,k,2024-01-01,x,1.00\no2,k,2024-01-02,x,2.00\n"))
        .write("b.csv", format!("{header}o2,k,2024-01-02,x,1.00\no3,m,2024-01-03,x,3.00\n"));
    let meta = folder.import(&mapping("file = ['a.csv', 'b.csv']")).unwrap().meta;
    let across = meta.warnings.iter().find(|w| w.kind == WarningKind::OrdersAcross).unwrap();
    assert_eq!((across.file.as_str(), across.count), ("b.csv", 1));
    assert_eq!(
        (across.places[0].id.as_deref(), &across.places[0].lines[..]),
        (Some("o2"), &[2][..])
    );
}

#[test]
fn orders_of_several_files_are_what_the_mapping_says() {
    let header = "order,who,at,group,sum\n";
    let folder = || {
        let folder = Folder::new();
        folder
            .write("a.csv", format!("{header}o1,k,2024-01-01,x,1.00\no2,k,2024-01-02,x,2.00\no2,k,2024-01-02,y,9.00\n"))
            .write("b.csv", format!("{header}o2,k,2024-01-02,x,1.00\no3,m,2024-01-03,x,3.00\no1,k,2024-01-04,x,-1.00\n"))
            .write("back.csv", format!("{header}o3,m,2024-01-05,x,2.00\n"));
        folder
    };
    let meta = |more: &str| {
        let file = "file = ['a.csv', 'b.csv', 'back.csv']\nreturns = ['back*']\n";
        folder().import(&mapping(&format!("{file}{more}"))).unwrap().meta
    };
    let count = |meta: &snapshot::Meta, kind: WarningKind| -> u64 {
        meta.warnings.iter().filter(|w| w.kind == kind).map(|w| w.count).sum()
    };
    let add = meta("orders_across = 'add'");
    assert_eq!((add.rows["purchase_transactions"], count(&add, WarningKind::OrdersAcross)), (7, 1));
    // What was given back in a later file says nothing of the order itself.
    let last = meta("orders_across = 'last_file'");
    assert_eq!(last.rows["purchase_transactions"], 5);
    assert_eq!(count(&last, WarningKind::OverlapLeftOut), 2);
    assert_eq!(count(&last, WarningKind::OrdersAcross), 0);
    let apart = meta("orders_across = 'apart'");
    assert_eq!(
        (apart.rows["purchase_transactions"], count(&apart, WarningKind::OrdersAcross)),
        (7, 0)
    );
}

#[test]
fn places_of_doubts_are_lines_of_the_file_that_is_named() {
    let folder = Folder::new();
    let header = "order,who,at,group,sum\n";
    folder
        .write("a.csv", format!("{header}o1,k,2024-01-01,x,1.00\no1,k,2024-01-02,x,2.00\no4,k,2024-01-02,x,2.00\n"))
        .write(
            "b.csv",
            format!("{header}o2,k,2024-01-02,x,1.00\no1,m,2024-01-03,x,3.00\no3,n,2036-01-03,x,3.00\no4,1.5E+05,2024-01-04,x,9.00\n"),
        );
    let meta = folder.import(&mapping("file = ['a.csv', 'b.csv']")).unwrap().meta;
    let of = |kind: WarningKind| {
        let of = meta.warnings.iter().find(|warning| warning.kind == kind).unwrap();
        (of.file.as_str(), of.places.iter().map(|place| place.lines.clone()).collect::<Vec<_>>())
    };
    assert_eq!(of(WarningKind::SharedOrders), ("b.csv", vec![vec![3], vec![5]]));
    assert_eq!(of(WarningKind::FarDays), ("b.csv", vec![vec![4]]));
    assert_eq!(of(WarningKind::ChangedIds), ("b.csv", vec![vec![5]]));
}

#[test]
fn the_mapping_of_the_sample_builds() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/mappings");
    let folder = Folder::new();
    let text = fs::read_to_string(data.join("several.toml")).unwrap();
    let manifest = folder.import_from(&data.join("several"), &text).unwrap();
    assert_eq!(manifest.meta.rows["purchase_transactions"], 9);
    assert_eq!(folder.ask::<i64>("SELECT SUM(amount) FROM purchase_transactions"), 22_180);
    folder.assert_sound();
}
