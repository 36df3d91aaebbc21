//! The command line: where the mapping goes, and what programs get.

use std::process::{Command, Output};

use crate::files::Files;

const ROWS: &str =
    "order,customer,date,amount,currency\n1,ann,2024-05-01,10.00,EUR\n2,bob,2024-05-02,20.00,EUR\n";

fn run(files: &Files, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_builder"))
        .args(arguments)
        .current_dir(files.folder())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_mapping_that_is_written_builds() {
    let files = Files::with("sales.csv", ROWS);
    let told = run(&files, &["guess", "sales.csv", "--out", "my.toml"]);
    assert!(told.status.success(), "{}", text(&told.stderr));
    assert!(text(&told.stdout).contains("revenue          30.00 EUR"), "{}", text(&told.stdout));
    assert!(
        text(&told.stdout).ends_with(
            "Next: builder build --from sales.csv --mapping my.toml --out data/snapshot\n"
        ),
        "{}",
        text(&told.stdout)
    );
    let built =
        run(&files, &["build", "--from", "sales.csv", "--mapping", "my.toml", "--out", "snapshot"]);
    assert!(built.status.success(), "{}", text(&built.stderr));
    // What was changed by hand is not written over.
    let before = std::fs::read(files.path("my.toml")).unwrap();
    let again = run(&files, &["guess", "sales.csv", "--out", "my.toml"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("is there already"), "{}", text(&again.stderr));
    assert_eq!(std::fs::read(files.path("my.toml")).unwrap(), before);
    // On standard output there is the mapping alone.
    let plain = run(&files, &["guess", "sales.csv"]);
    assert_eq!(plain.stdout, before);
    assert!(text(&plain.stderr).contains("Totals"));
}

#[test]
fn programs_get_the_same_as_json() {
    let files = Files::with("sales.csv", ROWS);
    let told = run(&files, &["guess", "sales.csv", "--json"]);
    let found: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(found["totals"]["revenue"], "30.00");
    assert_eq!(found["totals"]["customers"], 2);
    assert_eq!(found["fields"][0]["field"], "order_id");
    assert_eq!(found["fields"][0]["confidence"], "sure");
    assert_eq!(found["rows"][1]["amount"], "20.00");
    assert_eq!((&found["sure"], &found["builds"]), (&true.into(), &true.into()));
    assert!(found["mapping"].as_str().unwrap().contains("[purchase_transactions.columns]"));
}

#[test]
fn nothing_usable_ends_with_what_is_missing() {
    let files = Files::with("sales.csv", "name,colour\nx,red\n");
    let told = run(&files, &["guess", "sales.csv", "--out", "my.toml"]);
    assert_eq!(told.status.code(), Some(1));
    let said = text(&told.stderr);
    assert!(
        said.contains("no column has the dates of purchases") && said.contains("\"colour\" (red)"),
        "{said}"
    );
    // What is known is told and written all the same, to be gone on with by hand.
    let template = std::fs::read_to_string(files.path("my.toml")).unwrap();
    assert!(template.contains("# transaction_date = \"\"   # the day of"), "{template}");
    assert!(text(&told.stdout).contains("The mapping is in my.toml."), "{}", text(&told.stdout));
    assert!(!text(&told.stdout).contains("Next:"), "{}", text(&told.stdout));
    let plain = run(&files, &["guess", "sales.csv"]);
    assert_eq!((plain.status.code(), text(&plain.stdout)), (Some(1), template));
    assert_eq!(text(&plain.stderr).matches("no column has the dates").count(), 1);
    let json = run(&files, &["guess", "sales.csv", "--json"]);
    assert_eq!((json.status.code(), &json.stderr), (Some(1), &told.stderr));
    let found: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&found["usable"], &found["builds"]), (&false.into(), &false.into()));
    assert_eq!(found["other_columns"], serde_json::json!(["name", "colour"]));
    assert!(said.contains(found["problems"][0].as_str().unwrap()), "{found}");
    // Where there is no table, there is nothing to go on with.
    files.write("note.csv", "hello\n");
    let none = run(&files, &["guess", "note.csv", "--out", "none.toml"]);
    assert_eq!((none.status.code(), none.stdout.len()), (Some(1), 0));
    assert!(!files.path("none.toml").exists());
}

#[test]
fn samples_are_written_once_and_never_over_another_file() {
    let files = Files::new();
    for (shape, name) in [
        ("shopify", "shopify-orders.csv"),
        ("woocommerce", "woocommerce-orders.csv"),
        ("plain", "sales.csv"),
    ] {
        for _ in 0..2 {
            let told = run(&files, &["demo", "--as", shape, "--out", "samples"]);
            assert!(told.status.success(), "{}", text(&told.stderr));
        }
        std::fs::write(files.path("samples").join(name), "mine").unwrap();
        assert!(!run(&files, &["demo", "--as", shape, "--out", "samples"]).status.success());
    }
}
