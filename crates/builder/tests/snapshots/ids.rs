//! Ids that were changed on the way, and lines without a customer in orders that have one.

use snapshot::meta::WarningKind::{self, ChangedIds, GuestLines, LooseIds};

use crate::folder::Folder;

/// The warnings of a file of purchases: kind, count, and the first place.
fn warnings(csv: &str) -> Result<Vec<(WarningKind, u64, String)>, String> {
    let folder = Folder::new();
    folder.write("purchase_transactions.csv", csv);
    let mapping = "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n";
    let meta = folder.import(mapping)?.meta;
    folder.assert_sound();
    let place = |place: &snapshot::meta::WarningPlace| {
        format!("{} {:?}", place.id.as_deref().unwrap_or_default(), place.lines)
    };
    Ok(meta.warnings.iter().map(|w| (w.kind, w.count, place(&w.places[0]))).collect())
}

fn told(
    kind: WarningKind,
    count: u64,
    place: &str,
) -> Result<Vec<(WarningKind, u64, String)>, String> {
    Ok(vec![(kind, count, place.to_owned())])
}

#[test]
fn guests_lines_in_somebodys_order_are_told() {
    let head = "order_id,customer_id,transaction_date,amount\n";
    let csv = format!("{head}7,ada,2025-01-01,1\n7,,2025-01-01,2\n8,,2025-01-01,3\n");
    assert_eq!(warnings(&csv), told(GuestLines, 1, "7 [3, 2]"));
    // Whichever comes first.
    let csv =
        format!("{head}7,,2025-01-01,1\n7,,2025-01-01,2\n7,ada,2025-01-01,3\n8,,2025-01-01,9\n");
    assert_eq!(warnings(&csv), told(GuestLines, 2, "7 [2, 4]"));
}

#[test]
fn ids_that_lost_digits_are_told_and_refused_where_two_became_one() {
    let head = "customer_id,name,transaction_date,amount\n";
    let csv = format!("{head}1.23E+15,Ada,2025-01-01,1\n1.23E+15,Ada,2025-01-02,2\n");
    assert_eq!(warnings(&csv), told(ChangedIds, 2, "1.23E+15 [2]"));
    let csv = format!("{head}1.23E+15,Ada,2025-01-01,1\n1.23E+15,Bo,2025-01-02,2\n");
    let error = warnings(&csv).unwrap_err();
    assert!(error.contains("line 3") && error.contains("customer of line 2"), "{error}");
    let csv = "order_id,customer_id,transaction_date,amount\n2.5E+11,ada,2025-01-01,1\n2.5E+11,bo,2025-01-01,1\n";
    let error = warnings(csv).unwrap_err();
    assert!(error.contains("lost its last digits") && error.contains("order of line 2"), "{error}");
}

#[test]
fn ids_without_their_zeros_are_told() {
    let head = "customer_id,transaction_date,amount\n";
    let csv = format!(
        "{head}00123,2025-01-01,1\n00456,2025-01-02,2\n789,2025-01-02,2\n12345,2025-01-02,2\n"
    );
    assert_eq!(warnings(&csv), told(ChangedIds, 1, "789 [4]"));
    let csv = format!("{head}A1,2025-01-01,1\n1001.0,2025-01-02,2\n");
    assert_eq!(warnings(&csv), told(ChangedIds, 1, "1001.0 [3]"));
    // Numbers that only grow longer have lost nothing.
    assert_eq!(
        warnings(&format!("{head}09,2025-01-01,1\n10,2025-01-02,2\n100,2025-01-02,2\n")),
        Ok(vec![])
    );
    let csv = format!("{head}0042,2025-01-01,1\n42,2025-01-02,2\n");
    let both = warnings(&csv).unwrap();
    assert!(both.contains(&(LooseIds, 1, "42 [3]".to_owned())), "{both:?}");
}

#[test]
fn ids_of_two_files_that_differ_by_zeros_are_refused_with_the_reason() {
    for (listed, bought) in [("a@x.org", "A@x.org"), ("0042", "42"), ("42", "42.0"), ("42", "0042")]
    {
        let folder = Folder::new();
        folder.write("customer_info.csv", format!("customer_id\n{listed}\n"));
        folder.write(
            "purchase_transactions.csv",
            format!("customer_id,transaction_date,amount\n{bought},2025-01-01,1\n"),
        );
        let mapping =
            "source = 'S'\ncurrency.code = 'EUR'\n[customer_info]\n[purchase_transactions]\n";
        let error = folder.import(mapping).unwrap_err();
        assert!(error.contains("leading zeros, a .0 at the end or capitals only"), "{error}");
    }
}
