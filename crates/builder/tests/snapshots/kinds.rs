//! Files that are something else than a CSV or SQLite file say what they are.

use std::fs;

use rusqlite::Connection;

use crate::folder::Folder;

const MAPPING: &str = "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n";

#[test]
fn other_kinds_of_files_are_named_with_what_to_do() {
    for (content, what, to_do) in [
        (
            &b"PK\x03\x04\x14\0\x06\0xl/workbook.xml"[..],
            "Excel workbook (.xlsx)",
            "save the sheet as CSV",
        ),
        (b"PK\x03\x04\x14\0\0\0orders.csv", "ZIP archive", "unpack it"),
        (b"\x1f\x8b\x08\0\0", "compressed with gzip", "copy it anew"),
        (b"%PDF-1.7\n", "PDF document", "export as CSV"),
        (b"<!DOCTYPE html><html>", "web page (HTML)", "fetch the export anew"),
        (b"[{\"id\": 1}]", "JSON", "write it as CSV"),
        (b"PAR1\x15\x04", "Parquet file", "write it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel workbook", "save the sheet as CSV"),
        (b"SQLite format 3\0garbage", "SQLite file", ""),
        (b"", "is empty", "no header"),
        (b" \n\t\r\n ", "nothing in it but blanks", ""),
    ] {
        let folder = Folder::new();
        folder.write("purchase_transactions.csv", content);
        for from in [folder.input(), folder.input().join("purchase_transactions.csv")] {
            let error = folder.import_from(&from, MAPPING).unwrap_err();
            assert!(error.contains(what) && error.contains(to_do), "{what}: {error}");
            assert!(error.contains("purchase_transactions.csv"), "{error}");
        }
    }
}

#[test]
fn a_database_among_csv_files_and_text_with_tables_are_told() {
    let folder = Folder::new();
    let path = folder.input().join("purchase_transactions.csv");
    let database = Connection::open(&path).unwrap();
    database.execute_batch("CREATE TABLE sales (customer_id, transaction_date, amount)").unwrap();
    drop(database);
    let error = folder.import(MAPPING).unwrap_err();
    assert!(
        error.contains("is a SQLite file, not a CSV file: give it itself with --from"),
        "{error}"
    );
    let mapping = format!("{MAPPING}table = 'sale'\n");
    let error = folder.import_from(&path, &mapping).unwrap_err();
    assert!(error.contains("no table 'sale' (did you mean 'sales'?); it has: sales"), "{error}");
    fs::write(&path, "customer_id,transaction_date,amount\na,2025-01-01,1\n").unwrap();
    let error = folder.import_from(&path, &mapping).unwrap_err();
    assert!(error.contains("is text, not a SQLite file"), "{error}");
}

#[test]
fn a_folder_and_a_name_nearly_right_are_told() {
    let folder = Folder::new();
    fs::create_dir(folder.input().join("purchase_transactions.csv")).unwrap();
    let error = folder.import(MAPPING).unwrap_err();
    assert!(error.contains("is a folder where a file should be"), "{error}");
    let folder = Folder::new();
    folder.write("purchase_transaction.csv", "x");
    let error = folder.import(MAPPING).unwrap_err();
    assert!(error.contains("did you mean 'purchase_transaction.csv'?"), "{error}");
}

#[test]
fn utf_16_without_a_mark_is_known() {
    let text = "customer_id,transaction_date,amount\na,2025-01-01,1\n";
    for (bytes, label) in [
        (text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), "utf-16le"),
        (text.encode_utf16().flat_map(u16::to_be_bytes).collect(), "utf-16be"),
    ] {
        let folder = Folder::new();
        folder.write("purchase_transactions.csv", bytes);
        let error = folder.import(MAPPING).unwrap_err();
        assert!(error.contains(&format!("encoding = \"{label}\"")), "{error}");
    }
}

#[test]
fn a_table_of_a_sqlite_file_has_no_file() {
    let folder = Folder::new();
    let path = folder.input().join("shop.db");
    let sql = "CREATE TABLE purchase_transactions (transaction_date TEXT, amount REAL);
               INSERT INTO purchase_transactions VALUES ('2025-01-01', 1);";
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    let mapping = "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n";
    let error = folder.import_from(&path, &format!("{mapping}file = 'x.csv'\n")).unwrap_err();
    assert!(error.contains("has no file 'x.csv'"), "{error}");
    folder.import_from(&path, mapping).unwrap();
}
