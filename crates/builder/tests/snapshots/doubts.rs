//! What is taken as it is but may be wrong: told, counted, and refused where the mapping is strict.

use snapshot::meta::{WarningKind, WarningPlace};

use crate::folder::Folder;

/// The warnings of an import as kind, count and first place.
fn warnings(settings: &str, csv: &str) -> Result<Vec<(WarningKind, u64, WarningPlace)>, String> {
    let folder = Folder::new();
    folder.write("purchase_transactions.csv", csv);
    let mapping =
        format!("{settings}\nsource = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n");
    let meta = folder.import(&mapping)?.meta;
    folder.assert_sound();
    let warnings = meta.warnings.into_iter();
    Ok(warnings
        .map(|mut warning| (warning.kind, warning.count, warning.places.remove(0)))
        .collect())
}

fn place(id: Option<&str>, lines: &[u64]) -> WarningPlace {
    WarningPlace { id: id.map(str::to_owned), lines: lines.to_vec() }
}

#[test]
fn an_order_number_of_two_customers_is_told() {
    let csv = "order_id,customer_id,transaction_date,amount\n7,ada,2025-01-01,1\n\
               7,ada,2025-01-01,2\n7,bo,2025-03-01,2\n8,bo,2025-01-02,3\n7,,2025-01-01,4\n";
    let told = vec![
        (WarningKind::SharedOrders, 1, place(Some("7"), &[2, 4])),
        (WarningKind::GuestLines, 1, place(Some("7"), &[6, 2])),
    ];
    assert_eq!(warnings("", csv), Ok(told));
    let error = warnings("strict = true", csv).unwrap_err();
    assert!(error.contains("strict") && error.contains("'7' (lines 2 and 4)"), "{error}");
}

#[test]
fn rows_that_repeat_to_the_last_cell_are_told() {
    let csv = "customer_id,transaction_date,amount,note\nada,2025-01-01,1,x\nada,2025-01-01,1,y\n\
               ada,2025-01-01,1,x\nada,2025-01-01,1,x\n";
    let told = vec![(WarningKind::RepeatedRows, 2, place(None, &[2, 4]))];
    assert_eq!(warnings("", csv), Ok(told));
    assert!(warnings("strict = true", csv).is_err());
    let ids = "transaction_id,customer_id,transaction_date,amount\n1,ada,2025-01-01,1\n\
               2,ada,2025-01-01,1\n";
    assert_eq!(warnings("strict = true", ids), Ok(Vec::new()));
}

#[test]
fn headings_and_footers_are_left_out_and_counted_and_totals_never_count() {
    let csv = "order_id,customer_id,transaction_date,amount\n,,,\n7,ada,2025-01-01,1\n\
               2 records,downloaded,,\n8,ada,2025-01-02,2\n";
    let told = vec![(WarningKind::LeftOut, 2, place(None, &[2]))];
    assert_eq!(warnings("strict = true", csv), Ok(told));
    let folder = Folder::new();
    folder.write("purchase_transactions.csv", format!("{csv}Total:,,,3\n"));
    let mapping =
        "reject_limit = 5\nsource = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n";
    let meta = folder.import(mapping).unwrap().meta;
    assert_eq!(meta.rejected["purchase_transactions"], 1);
    assert_eq!(folder.ask::<i64>("SELECT SUM(amount) FROM purchase_transactions"), 300);
    let error = folder.import(&mapping.replace("= 5", "= 0")).unwrap_err();
    assert!(error.contains("line 6: a row of totals"), "{error}");
}

#[test]
fn ids_that_differ_by_an_apostrophe_are_told() {
    let csv = "customer_id,transaction_date,amount\n77,2025-01-01,1\n'77,2025-01-02,1\n";
    let told = vec![(WarningKind::LooseIds, 1, place(Some("'77"), &[3]))];
    assert_eq!(warnings("", csv), Ok(told));
    let folder = Folder::new();
    folder.write("customer_info.csv", "customer_id\n'77\n");
    folder.write(
        "purchase_transactions.csv",
        "customer_id,transaction_date,amount\n77,2025-01-01,1\n",
    );
    let mapping = "source = 'S'\ncurrency.code = 'EUR'\n[customer_info]\n[purchase_transactions]\n";
    let error = folder.import(mapping).unwrap_err();
    assert!(error.contains("the ids differ by a leading apostrophe only"), "{error}");
}

#[test]
fn a_column_that_is_empty_throughout_is_named_once() {
    let rows = ",2025-01-01,1\n".repeat(3_000);
    let error = warnings("", &format!("order_id,transaction_date,amount\n{rows}")).unwrap_err();
    assert!(error.contains("\"order_id\"") && error.contains("is empty in every row"), "{error}");
    assert!(
        error.contains("leave it out: order_id = \"\"") && error.lines().count() == 1,
        "{error}"
    );
}

#[test]
fn a_refusal_of_many_rows_is_short_and_says_kinds_first() {
    let bad = "ada,2025-01-01,x\n".repeat(30) + &"ada,never,1\n".repeat(20);
    let error = warnings("", &format!("customer_id,transaction_date,amount\n{bad}")).unwrap_err();
    let lines: Vec<&str> = error.lines().collect();
    assert!(lines[0].starts_with("50 rows were rejected and 0 may be"), "{error}");
    assert!(lines[1].contains("30 × ") && lines[1].contains("is not an amount"), "{error}");
    assert!(lines[2].contains("20 × ") && lines[2].contains("is not a date"), "{error}");
    assert!(lines[4].contains("line 2, column \"amount\": 'x'"), "{error}");
    assert!(lines.len() < 20 && lines[lines.len() - 1].contains("reject_limit = 50"), "{error}");
}

#[test]
fn without_a_rhythm_no_risk_is_known() {
    let folder = Folder::new();
    let csv = "customer_id,transaction_date,amount\nada,2025-01-01,5\nbo,2025-03-01,1\n";
    folder.write("purchase_transactions.csv", csv);
    let mapping = "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n";
    let meta = folder.import(mapping).unwrap().meta;
    assert!(!meta.knows_churn());
    assert_eq!(meta.labels.churn_risks, ["Unknown"]);
    assert!(!filters::has(&meta, facts::Dimension::Churn));
    let shown = builder::inspect::inspect(&folder.opened()).unwrap();
    assert!(shown["widgets"]["churn_risk"]["absent"].as_str().unwrap().contains("no rhythm"));
    folder.assert_sound();
    folder.write("purchase_transactions.csv", format!("{csv}bo,2025-03-09,1\n"));
    let meta = folder.import(mapping).unwrap().meta;
    assert!(meta.knows_churn());
    assert_eq!(meta.labels.churn_risks, ["Low", "Medium", "High"]);
    folder.assert_sound();
}

#[test]
fn rows_with_a_date_that_are_called_totals_are_told() {
    let head = "order_id,customer_id,transaction_date,amount\n1,ada,2024-05-01,30\n";
    for total in ["Total,,", "SUMME:,,", "9,Subtotal,", "10,gesamt,"] {
        let csv = format!("{head}{total}2024-05-02,30\n").replace(",,2024", ",bo,2024");
        let found = warnings("", &csv).unwrap();
        assert_eq!((found[0].0, &found[0].2.lines[..]), (WarningKind::TotalRows, &[3][..]));
        assert!(warnings("strict = true", &csv).unwrap_err().contains("(line 3)"));
    }
    assert_eq!(warnings("", &format!("{head}2,Totally,2024-05-02,30\n")), Ok(vec![]));
}

#[test]
fn a_day_far_from_all_others_is_told() {
    let csv = "customer_id,transaction_date,amount\nada,2024-05-01,1\nada,2024-05-02,1\n\
               bo,2034-05-02,1\n";
    let told = vec![(WarningKind::FarDays, 1, place(Some("2034-05-02"), &[4]))];
    assert_eq!(warnings("", csv), Ok(told));
    assert!(warnings("strict = true", csv).unwrap_err().contains("'2034-05-02' (line 4)"));
}

#[test]
fn words_for_nothing_are_no_ids_without_a_word() {
    let csv = "order_id,customer_id,transaction_date,amount\n1,NULL,2024-05-01,1\n\
               2,null,2024-05-02,1\nN/A,None,2024-05-03,1\n";
    let found = warnings("", csv).unwrap();
    assert_eq!(found[0], (WarningKind::PlaceholderIds, 4, place(Some("NULL"), &[2])));
    assert_eq!(
        warnings("format.nulls = ['NULL', 'null']", &csv.replace("N/A,None", "3,ada")),
        Ok(vec![])
    );
}

#[test]
fn addresses_without_a_customer_are_told() {
    let csv = "email,transaction_date,amount\na@x.org,2024-05-01,1\n";
    let told = vec![(WarningKind::EverybodyGuest, 1, place(Some("email"), &[]))];
    assert_eq!(warnings("", csv), Ok(told));
    let meant = "purchase_transactions.columns.customer_id = ''";
    let folder = Folder::new();
    folder.write("purchase_transactions.csv", csv);
    let mapping = format!("source = 'S'\ncurrency.code = 'EUR'\n{meant}\n");
    assert_eq!(folder.import(&mapping).unwrap().meta.warnings, []);
}

#[test]
fn what_is_not_read_is_told() {
    let folder = Folder::new();
    let csv = "day,paid,each,pieces\n2024-05-01,6,3,2\n";
    folder.write("purchase_transactions.csv", csv).write("Customer_Info.csv", "customer_id\na\n");
    let mapping = "strict = true\nsource = 'S'\ncurrency.code = 'EUR'\n\
        [purchase_transactions.columns]\ntransaction_date = 'day'\namount = 'paid'\n\
        unit_price = 'each'\n";
    let warnings = folder.import(mapping).unwrap().meta.warnings;
    let told: Vec<_> = warnings.iter().map(|w| (w.kind, w.places[0].id.as_deref())).collect();
    let unread = (WarningKind::UnreadFiles, Some("customer_info"));
    assert_eq!(told, [unread, (WarningKind::UnusedColumns, Some("each"))]);
    assert_eq!(warnings[0].file, "Customer_Info.csv");
}

#[test]
fn odd_quantities_are_told_as_odd_amounts_are() {
    let csv = "customer_id,transaction_date,amount,quantity\nada,2024-05-01,1,1E+1\n\
               bo,2024-05-02,1,0.30000000000000004\n";
    let told = vec![
        (WarningKind::PowersOfTen, 1, place(None, &[2])),
        (WarningKind::BinaryNoise, 1, place(None, &[3])),
    ];
    assert_eq!(warnings("", csv), Ok(told));
}
