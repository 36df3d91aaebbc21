//! What a file says beside its lines, so that nobody takes gross for net.

use importer_core::guess::found::Guess;
use importer_core::guess::meanings::Meaning;

use crate::files::guess;

#[test]
fn columns_that_change_the_meaning_of_money_are_told_in_all_languages() {
    for (name, meaning) in [
        ("Refunds", Meaning::Refund),
        ("Rückerstattung", Meaning::Refund),
        ("Discount", Meaning::Discount),
        ("Rabatt", Meaning::Discount),
        ("Remise", Meaning::Discount),
        ("Descuento", Meaning::Discount),
        ("Korting", Meaning::Discount),
        ("Sconto", Meaning::Discount),
        ("VAT", Meaning::Tax),
        ("MwSt.", Meaning::Tax),
        ("TVA", Meaning::Tax),
        ("BTW", Meaning::Tax),
        ("Shipping", Meaning::Shipping),
        ("Versandkosten", Meaning::Shipping),
        ("Fee", Meaning::Fee),
        ("Tip", Meaning::Tip),
        ("Profit", Meaning::Profit),
        ("Converted amount", Meaning::OtherCurrency),
    ] {
        let found = guess(format!(
            "order,date,amount,{name}\n1,2024-05-01,10.00,1.50\n2,2024-05-02,20.00,2.00\n3,2024-05-03,5.00,0.00\n"
        ));
        let column = found
            .unused
            .iter()
            .find(|column| column.column == name)
            .unwrap_or_else(|| panic!("{name}"));
        assert_eq!(
            (column.meaning, column.rows, column.sum.as_deref()),
            (meaning, 2, Some("3.50")),
            "{name}"
        );
        assert!(!column.says.is_empty());
        // Of a plain list refunds are taken off, and that is asked.
        let revenue = if meaning == Meaning::Refund { "31.50" } else { "35.00" };
        assert_eq!(found.totals.as_ref().unwrap().revenue, revenue, "{name}");
    }
}

#[test]
fn what_the_revenue_leaves_out_of_account_is_said_once_more_at_the_end() {
    let found = guess(
        "order,date,product,quantity,unit price,discount,tax,refunded,outstanding,status,currency\n\
         1,2024-05-01,mug,2,10.00,1.00,3.00,0.00,2.00,paid,EUR\n2,2024-05-02,lamp,1,20.00,1.00,3.00,20.00,0.00,refunded,EUR\n",
    );
    let changes = |found: &Guess| -> Vec<String> {
        let all = found.unused.iter().filter(|column| column.changes);
        all.map(|column| column.column.clone()).collect()
    };
    // What is asked is in the question.
    assert_eq!(changes(&found), ["outstanding"]);
    let text = importer_core::guess::text(&found);
    let (_, end) = text.rsplit_once("A build takes the mapping").unwrap();
    assert!(end.contains("leaves \"outstanding\" out of account"), "{end}");
    let plain = guess(
        "order,date,amount,tax,status,currency\n1,2024-05-01,10.00,1.00,paid,EUR\n2,2024-05-02,20.00,2.00,shipped,EUR\n",
    );
    assert!(
        changes(&plain).is_empty()
            && !importer_core::guess::text(&plain).contains("out of account")
    );
}

#[test]
fn orders_that_were_cancelled_are_left_out_and_asked_about() {
    let found = guess(
        "order,date,amount,status,cancelled\n1,2024-05-01,10.00,paid,false\n2,2024-05-02,20.00,storniert,true\n\
         2,2024-05-02,7.00,storniert,true\n3,2024-05-03,5.00,paid,false\n",
    );
    assert_eq!(found.totals.as_ref().unwrap().revenue, "15.00");
    let says: Vec<&str> = found.unused.iter().map(|column| column.says.as_str()).collect();
    assert!(says[0].contains("storniert 1 order (27.00 USD)"), "{says:?}");
    assert_eq!(says.len(), 1, "the other column says the same of the same rows: {says:?}");
    let plain =
        guess("order,date,amount,status\n1,2024-05-01,10.00,paid\n2,2024-05-02,20.00,shipped\n");
    assert_eq!(plain.unused[0].says, "all rows count, whatever it says");
}

#[test]
fn columns_without_a_word_on_money_are_only_named() {
    let found = guess(
        "order,date,amount,note,colour\n1,2024-05-01,10.00,hello,red\n2,2024-05-02,20.00,,blue\n",
    );
    assert!(found.unused.is_empty());
    assert_eq!(found.other_columns, ["note", "colour"]);
}
