//! Files that are compressed with gzip give what they give unpacked.

use std::fs;
use std::path::Path;

use crc32fast::hash;
use miniz_oxide::deflate::compress_to_vec;
use rusqlite::Connection;

use crate::folder::Folder;

const MAPPING: &str = "source = 'Shop'\ncurrency.code = 'EUR'\n[purchase_transactions]\n";

/// As programs write it.
pub fn gzip(inside: &[u8]) -> Vec<u8> {
    let mut all = b"\x1f\x8b\x08\0\0\0\0\0\0\xff".to_vec();
    all.extend(compress_to_vec(inside, 6));
    all.extend(hash(inside).to_le_bytes());
    all.extend(u32::try_from(inside.len()).unwrap().to_le_bytes());
    all
}

fn rows() -> String {
    let mut text = "customer_id,transaction_date,amount,category\n".to_owned();
    for row in 0..5_000 {
        let (day, month) = (row % 28 + 1, row % 12 + 1);
        text.push_str(&format!("c{},2024-{month:02}-{day:02},{row}.50,Küche\n", row % 700));
    }
    text
}

/// Every file of the snapshot of a file, or of all.
fn built(
    name: &str,
    content: &[u8],
    from: impl Fn(&Path) -> std::path::PathBuf,
) -> Vec<(String, Vec<u8>)> {
    let folder = Folder::new();
    folder.write(name, content);
    folder.import_from(&from(&folder.input()), MAPPING).unwrap();
    let read = |name: String| {
        let bytes = fs::read(folder.out().join(&name)).unwrap();
        (name, bytes)
    };
    let mut files: Vec<(String, Vec<u8>)> = folder.files().into_iter().map(read).collect();
    files.sort();
    files
}

#[test]
fn a_snapshot_of_a_compressed_file_is_that_of_the_file() {
    let text = rows();
    let name = "purchase_transactions.csv";
    let plain = built(name, text.as_bytes(), |input| input.join(name));
    assert!(plain.len() > 1);
    let parts: Vec<u8> = text.as_bytes().chunks(9_999).flat_map(gzip).collect();
    for (name, packed) in [
        ("sales.csv.gz", gzip(text.as_bytes())),
        // What a file is shows how it begins.
        ("sales.csv", gzip(text.as_bytes())),
        ("sales.csv.gz", parts),
        ("sales.csv.gz", text.clone().into_bytes()),
    ] {
        assert!(built(name, &packed, |input| input.join(name)) == plain, "{name}");
    }
    // In a folder a table's file may be compressed.
    let in_folder = built(name, text.as_bytes(), Path::to_owned);
    for name in [name, "purchase_transactions.csv.gz"] {
        assert!(built(name, &gzip(text.as_bytes()), Path::to_owned) == in_folder, "{name}");
    }
}

#[test]
fn other_encodings_are_read_inside() {
    let text = "customer_id;transaction_date;amount\nJörg;01.02.2024;1,50\n";
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(text);
    let folder = Folder::new();
    folder.write("sales.csv.gz", gzip(&bytes));
    let format = "[format]\ndelimiter = ';'\nencoding = 'windows-1252'\ndate = '%d.%m.%Y'\n\
                  decimal_comma = true\n";
    folder
        .import_from(&folder.input().join("sales.csv.gz"), &format!("{MAPPING}{format}"))
        .unwrap();
    assert_eq!(folder.ask::<String>("SELECT customer_id FROM purchase_transactions"), "Jörg");
}

#[test]
fn what_cannot_be_read_inside_is_told_with_the_file_and_what_to_do() {
    let text = rows();
    let whole = gzip(text.as_bytes());
    let cut = &whole[..whole.len() / 2];
    let mut changed = whole.clone();
    let at = changed.len() - 6;
    changed[at] ^= 1;
    let database = {
        let scratch = Folder::new();
        let path = scratch.input().join("shop.db");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE sales (amount)").unwrap();
        fs::read(path).unwrap()
    };
    let mut tar = vec![0; 1_024];
    tar[..9].copy_from_slice(b"sales.csv");
    tar[257..262].copy_from_slice(b"ustar");
    for (content, what, to_do) in [
        (cut, "ends before it is complete", "fetch or copy it anew"),
        (&whole[..5], "ends before it is complete", "fetch or copy it anew"),
        (&whole[..whole.len() - 1], "ends before it is complete", "fetch or copy it anew"),
        (&changed, "damaged", "another checksum"),
        (&[&whole[..], b"text"].concat(), "something else stands behind", ""),
        (
            &gzip(&database),
            "a SQLite file that is compressed with gzip",
            "unpack it first (gunzip)",
        ),
        (&gzip(&whole), "compressed with gzip more than once", "unpack it first (gunzip)"),
        (&gzip(&tar), "a tar archive", "unpack it first"),
        (
            &gzip(b"PK\x03\x04\x14\0\x06\0xl/workbook.xml"),
            "Excel workbook (.xlsx)",
            "save the sheet",
        ),
        (&gzip(b""), "is empty", "no header"),
    ] {
        let folder = Folder::new();
        folder.write("purchase_transactions.csv.gz", content);
        for from in [folder.input(), folder.input().join("purchase_transactions.csv.gz")] {
            let error = folder.import_from(&from, MAPPING).unwrap_err();
            assert!(error.contains(what) && error.contains(to_do), "{what}: {error}");
            assert!(error.contains("purchase_transactions.csv.gz"), "{error}");
            assert!(folder.files().is_empty(), "nothing is written");
        }
    }
}

#[test]
fn rows_are_told_by_their_lines_inside() {
    let folder = Folder::new();
    let text = "customer_id,transaction_date,amount\na,2024-01-01,1\nb,2024-01-33,1\n";
    folder.write("sales.csv.gz", gzip(text.as_bytes()));
    let error = folder.import_from(&folder.input().join("sales.csv.gz"), MAPPING).unwrap_err();
    assert!(error.contains("sales.csv.gz, line 3"), "{error}");
}
