//! The file of segments that readers of the page have changed.

use std::process::Command;

use crate::folder::Folder;
use snapshot::meta::SegmentRule;

const MAPPING: &str = "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n";

/// Ten customers, of whom the first is the most valuable.
fn shop() -> Folder {
    let folder = Folder::new();
    let mut rows = "customer_id,transaction_date,amount\n".to_owned();
    for at in 0..9 {
        rows += &format!("C{at},2025-01-0{},{}\n", at + 1, 100 - at * 10);
    }
    folder.write("sales.csv", rows + "=1+1,2025-01-09,1\n");
    folder.write("mapping.toml", MAPPING);
    folder
}

/// What the builder says when it takes a file of segments.
fn build(folder: &Folder, segments: &str) -> String {
    folder.write("segments.csv", segments);
    let output = Command::new(env!("CARGO_BIN_EXE_builder"))
        .args(["build", "--from"])
        .arg(folder.input().join("sales.csv"))
        .arg("--mapping")
        .arg(folder.input().join("mapping.toml"))
        .arg("--segments")
        .arg(folder.input().join("segments.csv"))
        .arg("--out")
        .arg(folder.out())
        .output()
        .unwrap();
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_file_of_the_page_gives_customers_their_segments() {
    let folder = shop();
    let segment = |id: &str| -> String {
        folder.ask(&format!("SELECT customer_segment FROM customer_360 WHERE customer_id = '{id}'"))
    };
    build(&folder, "customer_id,customer_segment\r\n");
    assert!(matches!(folder.opened().manifest.meta.rules.segments, SegmentRule::TopShares { .. }));
    assert_eq!((segment("C0"), segment("C8"), segment("C1")), high_low_medium());
    // As the page writes it: what a spreadsheet would compute has a sign before it.
    build(
        &folder,
        "customer_id,customer_segment\r\nC0,Low Value\r\nC8,High Value\r\n'=1+1,Medium Value\r\n",
    );
    assert_eq!((segment("C8"), segment("C0"), segment("=1+1")), high_low_medium());
    assert_eq!(segment("C1"), "Medium Value", "the others stay as they were");
    let meta = folder.opened().manifest.meta;
    assert_eq!(meta.rules.segments, SegmentRule::Imported);
    assert_eq!(meta.labels.segments, ["High Value", "Medium Value", "Low Value"]);
    folder.assert_sound();
}

fn high_low_medium() -> (String, String, String) {
    ("High Value".to_owned(), "Low Value".to_owned(), "Medium Value".to_owned())
}

#[test]
fn what_cannot_be_given_is_named_and_nothing_is_written() {
    for (segments, said) in [
        (
            "customer_id,customer_segment\nC9,Low Value\n",
            "line 2 of the segments: there is no customer C9",
        ),
        (
            "customer_id,customer_segment\nC1,Low Value\nC2,Best\n",
            "line 3 of the segments: there is no segment Best, only High Value, Medium Value, Low Value",
        ),
        ("customer_id,segment\nC1,Low Value\n", "has no column customer_segment"),
        ("customer_id,customer_segment\nC1,\n", "line 2 of the segments: an empty cell"),
        (
            "customer_id,customer_segment\nC1,Low Value\nC1,High Value\n",
            "line 3 of the segments: C1 is Low Value by line 2",
        ),
    ] {
        let folder = shop();
        let told = build(&folder, segments);
        assert!(told.contains(said), "{told}");
        assert_eq!(folder.files(), Vec::<String>::new(), "{said}");
    }
}
