//! The command line: what people see when something of theirs is wrong.

use std::process::Command;

use crate::folder::Folder;

#[test]
fn a_fault_of_the_data_shows_no_backtrace_and_says_what_to_do() {
    let folder = Folder::new();
    let mapping = folder.input().join("mapping.toml");
    folder.write("mapping.toml", "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n");
    folder.write("sales.csv", "transaction_date,amount\n2025-01-01,0\n2025-01-02,-3\n");
    let build = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_builder"))
            .args(["build", "--from"])
            .arg(folder.input().join("sales.csv"))
            .arg("--mapping")
            .arg(&mapping)
            .arg("--out")
            .arg(folder.out())
            .args(more)
            .env("RUST_BACKTRACE", "1")
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = build(&[]);
    assert_eq!(code, Some(1));
    assert!(!said.to_lowercase().contains("backtrace"), "{said}");
    assert!(said.contains("no as-of day") && said.contains("--as-of"), "{said}");
    assert_eq!(build(&["--as-of", "2025-01-02"]).0, Some(0));
}
