//! What would make sums or counts wrong is asked, or told beside them.

use crate::files::{Files, asked, guess, questions, sums};

#[test]
fn a_quantity_below_zero_takes_its_amount_off_unless_most_are_so() {
    let found = guess(
        "order,date,customer,qty,amount\n1,2024-05-01,a,1,10.00\n2,2024-05-02,b,2,20.00\n\
         3,2024-05-03,a,-1,10.00\n4,2024-05-04,b,-1,-5.00\n",
    );
    assert_eq!(sums(&found), ("15.00", 2, 2));
    let [off, sale] = &asked(&found, "negative_quantity").choices[..] else { panic!("{found:?}") };
    assert_eq!(off.settings, "negative_quantity = \"return\"");
    assert_eq!(sale.settings, "negative_quantity = \"sale\"");
    assert_eq!(sale.totals.as_ref().unwrap().revenue, "35.00");
    // A list of what left a store has nothing else.
    let store = guess(
        "order,date,customer,qty,amount\n1,2024-05-01,a,-1,10.00\n2,2024-05-02,b,-2,20.00\n\
         3,2024-05-03,a,1,10.00\n",
    );
    assert_eq!(sums(&store).0, "40.00");
    assert_eq!(
        asked(&store, "negative_quantity").choices[1].totals.as_ref().unwrap().revenue,
        "-20.00"
    );
    // A price times a quantity below zero is below it anyway.
    let price = guess(
        "order,date,customer,qty,unit price\n1,2024-05-01,a,2,10.00\n2,2024-05-02,b,-1,20.00\n",
    );
    assert_eq!((sums(&price).0, questions(&price)), ("0.00", vec!["currency"]));
}

#[test]
fn names_and_addresses_that_differ_by_capitals_are_one_customer() {
    for ids in [["Ann Lee", "ann lee", "ANN LEE"], ["a@x.org", "A@x.org", "a@X.ORG"]] {
        let rows: String = ids.iter().map(|id| format!("2024-05-01,{id},10.00\n")).collect();
        let found = guess(format!("date,customer,amount\n{rows}2024-05-02,Bob Roe,1.00\n"));
        assert_eq!(sums(&found), ("31.00", 4, 2));
        let told = format!("'{}' as '{}'", ids[1], ids[0]);
        assert!(found.doubts.iter().any(|doubt| doubt.contains(&told)), "{:?}", found.doubts);
        assert!(found.rows.iter().take(3).all(|row| row.customer.as_deref() == Some(ids[0])));
    }
    // Codes may mean it so.
    let found = guess("date,customer,amount\n2024-05-01,ab1,10.00\n2024-05-02,AB1,10.00\n");
    assert_eq!(sums(&found).2, 2);
    assert!(found.doubts[1].contains("capitals only"), "{:?}", found.doubts);
}

#[test]
fn lines_of_no_goods_are_told_with_their_sum() {
    for (name, product) in
        [("product", "Shipping"), ("Artikel", "Versandkosten"), ("sku,product", "S1,Gift Card 50")]
    {
        let tea = if name.starts_with("sku") { "T1,Tea" } else { "Tea" };
        let found = guess(format!(
            "order,date,{name},amount\n1,2024-05-01,{tea},10.00\n1,2024-05-01,{product},4.90\n\
             2,2024-05-02,{tea},20.00\n2,2024-05-02,{product},4.90\n"
        ));
        assert_eq!(sums(&found).0, "39.80", "{product}");
        assert!(
            found
                .doubts
                .iter()
                .any(|doubt| doubt.starts_with("9.80 ") && doubt.contains("2 lines")),
            "{:?}",
            found.doubts
        );
    }
    let found = guess(
        "order,date,customer,product,amount\n1,2024-05-01,ann,Porto Tawny,10.00\n2,2024-05-02,bob,Shipping box,4.90\n",
    );
    assert!(found.doubts.is_empty(), "{:?}", found.doubts);
}

#[test]
fn customers_of_a_table_who_bought_are_told_beside_it() {
    let files = Files::with("customers.csv", "customer_id,name\na,Ann\nb,Bob\nc,Cyd\n");
    files.write(
        "orders.csv",
        "order_id,customer_id,date,amount\n1,a,2024-05-01,1.00\n2,b,2024-05-02,2.00\n",
    );
    let found = files.guess(&[""]).unwrap();
    let totals = found.totals.as_ref().unwrap();
    assert_eq!((totals.customers, totals.buyers), (3, 2));
    assert!(found.notes.iter().any(|note| note.starts_with("2 of the 3 customers")));
}
