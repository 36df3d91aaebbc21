//! Rows that have the sums of others are no sales, and what is only called so stays one.

use crate::files::{guess, sums};

/// Four sales of 100.00 in all, and what stands below them.
fn sales(below: &str) -> String {
    format!(
        "Order,Date,Customer,Product,Amount\n1,2024-01-03,C1,Tea,10.00\n2,2024-01-05,C2,Cup,20.50\n\
         3,2024-02-07,C1,Tea,30.00\n4,2024-02-09,C3,Pot,39.50\n{below}"
    )
}

#[test]
fn rows_that_are_called_totals_and_are_sums_are_left_out() {
    for below in [
        "Total,2024-02-09,,,100.00\n",
        "Subtotal February,2024-02-09,,,100.00\n",
        "Total 2024,2024-12-31,,,100.00\n",
        "Zwischensumme,2024-02-09,,,100.00\n",
        "Somme,2024-02-09,,,100.00\n",
        "合計,2024-02-09,,,100.00\n",
        "Итого,2024-02-09,,,100.00\n",
        "5,2024-02-09,Total,,100.00\n",
        "5,2024-02-09,,Total,100.00\n",
        "Grand total,,,,100.00\n",
    ] {
        let found = guess(sales(below));
        assert_eq!(sums(&found), ("100.00", 4, 3), "{below}");
        assert_eq!((found.left_out.len(), found.left_out[0].rows), (1, 1), "{below}");
        assert!(found.left_out[0].why.contains("a row of totals"), "{below}");
        assert!(found.builds && found.doubts.is_empty(), "{below} {:?}", found.doubts);
    }
}

#[test]
fn each_part_may_have_its_sum_and_all_of_them_one() {
    let found = guess(
        "Order,Date,Customer,Amount\n1,2024-01-03,C1,10.00\n2,2024-01-05,C2,20.00\n\
         Subtotal January,2024-01-31,,30.00\n3,2024-02-07,C1,5.00\n\
         Subtotal February,2024-02-29,,5.00\n4,2024-03-07,C2,7.00\n5,2024-03-08,C2,8.00\n\
         Subtotal March,2024-03-31,,15.00\nTotal 2024,2024-12-31,,50.00\n",
    );
    assert_eq!((sums(&found), found.left_out[0].rows), (("50.00", 5, 2), 4));
    assert!(found.builds && found.mapping.contains("reject_limit = 4"), "{}", found.mapping);
}

#[test]
fn what_is_called_a_total_and_is_no_sum_counts_and_is_doubted() {
    for below in ["Subtotal,2024-02-09,,,69.50\n", "5,2024-02-09,Total,Pot,39.50\n"] {
        let found = guess(sales(below));
        assert!(found.left_out.is_empty(), "{below}");
        assert_eq!(found.doubts.len(), 1, "{below}");
        assert!(found.doubts[0].contains("called totals"), "{:?}", found.doubts);
    }
}

#[test]
fn names_that_only_begin_so_are_sales() {
    for below in [
        "5,2024-02-09,Total Wine,Pot,100.00\n",
        "5,2024-02-09,C4,Total Care,100.00\n",
        "5,2024-02-09,C4,Total 90,100.00\n",
        "5,2024-02-09,C4,Summer,100.00\n",
    ] {
        let found = guess(sales(below));
        assert_eq!(sums(&found).0, "200.00", "{below}");
        assert!(found.left_out.is_empty() && found.doubts.is_empty(), "{below}");
    }
}

#[test]
fn a_row_of_nobody_with_the_sum_of_all_before_is_none() {
    let rows =
        "2024-01-03,C1,10.00\n2024-01-05,C2,20.50\n2024-01-07,C1,30.00\n2024-01-09,C3,39.50\n";
    let text = |rows: &str| format!("Date,Customer,Amount\n{rows}");
    let found = guess(text(&format!("{rows}2024-01-10,C2,7.25\n2024-01-10,,107.25\n")));
    assert_eq!((sums(&found).0, found.left_out.len()), ("107.25", 1));
    assert!(found.builds && found.doubts.len() == 1, "that of orders alone");
    // After few rows, or among guests, it may be chance, and is doubted where it is the last one.
    for rows in [rows.to_owned(), rows.replace("C2", "")] {
        let found = guess(text(&format!("{rows}2024-01-10,,100.00\n")));
        assert_eq!((sums(&found).0, found.doubts.len()), ("200.00", 2));
        assert!(found.doubts[1].ends_with("(1): line 6"));
        let found = guess(text(&format!("{rows}2024-01-10,,100.00\n2024-01-11,C1,1.00\n")));
        assert_eq!((sums(&found).0, found.doubts.len()), ("201.00", 1), "that of orders alone");
    }
}
