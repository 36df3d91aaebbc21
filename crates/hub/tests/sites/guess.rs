//! `hub guess`: from a file that nobody has described to a snapshot, with this program alone.

use std::fs;

use crate::page::said;
use crate::site::hub;

#[test]
fn a_mapping_is_written_that_builds() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(
        at("verkauf.csv"),
        "Bestellnummer;Kundennummer;Datum;Betrag (EUR)\n1;ann;03.04.2024;1.234,50\n2;bob;15.04.2024;10,00\n",
    )
    .unwrap();
    let told =
        hub(&["guess"]).arg(at("verkauf.csv")).arg("--out").arg(at("my.toml")).output().unwrap();
    assert!(told.status.success(), "{}", said(&told));
    let text = String::from_utf8_lossy(&told.stdout);
    assert!(text.contains("1244.50 EUR") && text.contains("Nothing is open"), "{text}");
    assert!(text.contains("Next: hub build --from"), "{text}");
    let built = hub(&["build", "--from"])
        .arg(at("verkauf.csv"))
        .arg("--mapping")
        .arg(at("my.toml"))
        .arg("--out")
        .arg(at("snapshot"))
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", said(&built));
    assert!(at("snapshot").join("manifest.json").exists());
    fs::write(at("empty.csv"), "").unwrap();
    let refused = hub(&["guess"]).arg(at("empty.csv")).output().unwrap();
    assert!(!refused.status.success() && said(&refused).contains("is empty"), "{}", said(&refused));
}
