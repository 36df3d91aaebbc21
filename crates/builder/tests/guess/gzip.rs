//! Files that are compressed with gzip are guessed about as what is inside.

use crc32fast::hash;
use miniz_oxide::deflate::compress_to_vec;

use crate::files::{Files, sums};

const ROWS: &str = "order,customer,date,amount,currency\n1,ann,2024-05-01,10.00,EUR\n\
                    2,bob,2024-05-02,20.00,EUR\n";

pub fn gzip(inside: &[u8]) -> Vec<u8> {
    let mut all = b"\x1f\x8b\x08\0\0\0\0\0\0\xff".to_vec();
    all.extend(compress_to_vec(inside, 6));
    all.extend(hash(inside).to_le_bytes());
    all.extend(u32::try_from(inside.len()).unwrap().to_le_bytes());
    all
}

#[test]
fn a_compressed_file_is_read_as_what_is_inside() {
    let plain = Files::with("sales.csv", ROWS).guess(&["sales.csv"]).unwrap();
    let packed =
        Files::with("sales.csv.gz", gzip(ROWS.as_bytes())).guess(&["sales.csv.gz"]).unwrap();
    assert_eq!(sums(&packed), ("30.00", 2, 2));
    assert!(packed.sure && packed.from.ends_with("sales.csv.gz"));
    // But for what the file is called, the mapping is the same: so is the name of the data.
    let settings = |mapping: &str| {
        mapping.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(settings(&packed.mapping), settings(&plain.mapping));
    assert!(packed.mapping.contains("source = \"sales\""), "{}", packed.mapping);
}

#[test]
fn compressed_files_of_a_folder_are_read_together() {
    let files = Files::new();
    let customers = "customer_id,email,country\nann,ann@example.com,AT\nbob,bob@example.com,DE\n";
    files.write("orders.csv.gz", gzip(ROWS.replace("customer", "customer_id").as_bytes()));
    files.write("customers.csv.gz", gzip(customers.as_bytes()));
    files.write("notes.gz", "no text that is looked at in a folder");
    let found = files.guess(&["."]).unwrap();
    assert_eq!(sums(&found), ("30.00", 2, 2));
    let tables: Vec<_> = found.sheets.iter().map(|sheet| (&sheet.name[..], sheet.table)).collect();
    assert_eq!(
        tables,
        [
            ("customers.csv.gz", Some("customer_info")),
            ("orders.csv.gz", Some("purchase_transactions"))
        ]
    );
    assert!(found.builds, "{:?}", found.problems);
}

#[test]
fn damage_inside_is_told_with_the_file() {
    let mut rows = ROWS.to_owned();
    for row in 3..9_000 {
        rows.push_str(&format!("{row},c{row},2024-05-0{},{row}.00,EUR\n", row % 9 + 1));
    }
    let whole = gzip(rows.as_bytes());
    let database = gzip(b"SQLite format 3\0and so on");
    for (content, what) in [
        (&whole[..whole.len() - 5], "ends before it is complete"),
        (&whole[..whole.len() / 2], "ends before it is complete"),
        (&whole[..3], "ends before it is complete"),
        (&database, "a SQLite file that is compressed with gzip: unpack it first"),
        (&gzip(b""), "is empty"),
    ] {
        let said = Files::with("sales.csv.gz", content).guess(&["sales.csv.gz"]);
        let said = said.map(|found| found.mapping).unwrap_err();
        assert!(said.contains(what) && said.contains("sales.csv.gz"), "{what}: {said}");
    }
}
