//! Amounts of whole orders that stand on each line again are not added up line by line.

use crate::files::{asked, column, guess, questions, sums};

/// Orders of one to three lines, each with the whole order's amount; `line` writes one.
fn lines(orders: u32, line: impl Fn(u32, u32) -> String) -> String {
    let of = |order: u32| (0..=order % 3).map(|at| line(order, at)).collect::<String>();
    (1..=orders).map(of).collect()
}

fn line(order: u32, at: u32) -> String {
    format!("{order},2025-02-{:02},c{},Item {at},1,EUR,{order}.50\n", order % 28 + 1, order % 9)
}

#[test]
fn an_amount_that_all_lines_of_an_order_have_counts_once() {
    let header = "order_id,order_date,customer,product,quantity,currency";
    let found = guess(format!("{header},order_total\n{}", lines(30, line)));
    assert_eq!(column(&found, "amount"), Some("order_total"));
    assert_eq!(sums(&found), ("480.00", 30, 9), "{}", found.mapping);
    assert!(found.mapping.contains("amount_of = \"order\""), "{}", found.mapping);
    assert_eq!(questions(&found), ["amount_of"]);
    let [once, each] = &asked(&found, "amount_of").choices[..] else { panic!("{found:?}") };
    assert_eq!(once.settings, "amount_of = \"order\"");
    assert_eq!(each.settings, "amount_of = \"line\"");
    assert_eq!(each.totals.as_ref().unwrap().revenue, "950.00");
    assert!(!found.sure);
    // A name that says nothing of orders changes nothing.
    let found = guess(format!("{header},amount\n{}", lines(30, line)));
    assert_eq!((sums(&found).0, questions(&found)), ("480.00", vec!["amount_of"]));
}

#[test]
fn amounts_of_lines_add_up_as_ever() {
    let header = "order_id,order_date,customer,product,quantity,currency,total\n";
    let own = |order: u32, at: u32| line(order, at).replace(".50\n", &format!(".{at}0\n"));
    let found = guess(format!("{header}{}", lines(30, own)));
    assert!(found.sure && !found.mapping.contains("amount_of"), "{}", found.mapping);
    // Two orders whose lines are alike tell nothing.
    let found = guess(format!("{header}{}", lines(3, line)));
    assert!(!found.mapping.contains("amount_of"), "{}", found.mapping);
}

#[test]
fn lines_that_differ_in_nothing_are_asked_about() {
    let row =
        |order: u32, _| format!("{order},c{order},EUR,2025-02-{:02},{order}.50\n", order % 28 + 1);
    let found = guess(format!("order_id,customer,currency,date,amount\n{}", lines(30, row)));
    assert_eq!(asked(&found, "amount_of").choices[0].settings, "amount_of = \"line\"");
    assert_eq!(asked(&found, "amount_of").choices[1].totals.as_ref().unwrap().revenue, "480.00");
}

#[test]
fn an_order_whose_lines_say_another_amount_leaves_it_to_be_asked() {
    let header = "order_id,order_date,customer,product,quantity,currency,amount\n";
    let rows = lines(300, line).replace("Item 1,1,EUR,200.50", "Item 1,1,EUR,1.00");
    let found = guess(format!("{header}{rows}"));
    assert_eq!(found.left_out, [], "nothing is lost by it");
    assert_eq!(asked(&found, "amount_of").choices[0].settings, "amount_of = \"line\"");
    let says = asked(&found, "amount_of").choices[1].says.as_deref();
    assert_eq!(says, Some("1 row could not be read"));
}

#[test]
fn lines_of_several_days_or_kinds_have_amounts_of_their_own() {
    // Orders that were given back have the same amount once more.
    let back = |order: u32, at: u32| {
        let kind = if at == 0 { "sale" } else { "refund" };
        format!("{order},2025-02-{:02},c{order},{kind},EUR,{order}.50\n", order % 28 + 1)
    };
    let header = "order_id,date,customer,type,currency,amount\n";
    let rows: String = (1..=20).map(|order| back(order, 0)).collect();
    let rows = rows + &(1..=4).map(|order| back(order, 1)).collect::<String>();
    let found = guess(format!("{header}{rows}"));
    assert_eq!(sums(&found).0, "208.00");
    assert!(found.unused[0].says.contains("refund 4 orders (12.00 EUR)"), "{:?}", found.unused);
    // Numbers that come again a year later are those of other orders.
    let year = |year: u32| -> String {
        (1..=20)
            .map(|order| format!("{order},{year}-02-{order:02},c1,x,EUR,{order}.50\n"))
            .collect()
    };
    let found = guess(format!("{header}{}{}", year(2023), year(2024)));
    assert_eq!(sums(&found).0, "440.00", "{}", found.mapping);
}
