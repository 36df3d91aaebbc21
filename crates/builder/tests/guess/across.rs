//! What is in several files: the same rows, orders that were changed, numbers that begin anew, and
//! what was given back.

use importer_core::guess::found::Guess;

use crate::files::{Files, asked, guess, questions, sums};

const HEADER: &str = "order,customer,date,product,amount,currency,state\n";

fn pair(one: (&str, &str), other: (&str, &str)) -> Guess {
    let files = Files::new();
    files.write(one.0, one.1).write(other.0, other.1);
    files.guess(&[""]).unwrap()
}

fn orders(orders: std::ops::Range<u32>, year: u32, customer: &str, state: &str) -> String {
    let row =
        |n: u32| format!("{n},{customer}{n},{year}-0{}-11,Mug,{n}.50,EUR,{state}\n", n % 9 + 1);
    orders.map(row).collect()
}

fn revenues(found: &Guess, id: &str) -> Vec<String> {
    let revenue = |choice: &importer_core::guess::found::Choice| {
        choice.totals.as_ref().map(|totals| totals.revenue.clone()).unwrap_or_default()
    };
    asked(found, id).choices.iter().map(revenue).collect()
}

#[test]
fn rows_are_the_same_if_all_that_is_read_of_them_is() {
    let old = format!("{HEADER}{}", orders(1..11, 2024, "c", "open"));
    let new = format!("{HEADER}{}", orders(6..16, 2024, "c", "sent"));
    let found = pair(("sales-1.csv", &old), ("sales-2.csv", &new));
    assert_eq!(sums(&found), ("127.50", 15, 15), "{}", found.mapping);
    assert_eq!(questions(&found), ["overlap"]);
    assert_eq!(found.files[1].again, 5);
    // 20 is 20.00, and a day is a day.
    let found = pair(
        (
            "w-1.csv",
            "order,customer,date,amount,currency\n1,a,2025-01-05,10.50,EUR\n2,b,2025-01-30,20.00,EUR\n",
        ),
        (
            "w-2.csv",
            "order,customer,date,amount,currency\n2,b,2025-01-30,20,EUR\n3,c,2025-02-02,5.5,EUR\n",
        ),
    );
    assert_eq!(sums(&found), ("36.00", 3, 3), "{}", found.mapping);
}

#[test]
fn an_order_that_was_changed_between_two_exports_is_asked_about() {
    let old = format!("{HEADER}{}", orders(1..11, 2024, "c", "open"));
    let new = format!("{HEADER}{}", orders(6..16, 2024, "c", "open"));
    let new = new
        .replace("Mug,8.50", "Cup,6.00")
        .replace("10,c10,2024-02-11,Mug,10.50", "10,c10,2024-02-11,Mug,1.50");
    let found = pair(("sales-1.csv", &old), ("sales-2.csv", &new));
    assert_eq!(questions(&found), ["orders_across"]);
    assert!(found.mapping.contains("orders_across = \"last_file\""), "{}", found.mapping);
    assert_eq!(sums(&found), ("116.00", 15, 15));
    assert_eq!(revenues(&found, "orders_across"), ["116.00", "135.00", "135.00"]);
    let ask = &asked(&found, "orders_across").choices[1];
    assert_eq!(ask.settings, "orders_across = \"add\"");
}

#[test]
fn numbers_that_begin_anew_are_those_of_other_orders() {
    let one = format!("{HEADER}{}", orders(1..31, 2024, "a", ""));
    let other = format!("{HEADER}{}", orders(1..31, 2025, "b", ""));
    let found = pair(("y24.csv", &one), ("y25.csv", &other));
    assert_eq!(sums(&found), ("960.00", 60, 60), "{}", found.mapping);
    assert_eq!(questions(&found), ["orders_across"]);
    assert_eq!(asked(&found, "orders_across").choices[0].settings, "orders_across = \"apart\"");
    assert!(found.notes.iter().all(|note| !note.contains("more than one customer")));
    // The same customers, a year later.
    let other = format!("{HEADER}{}", orders(1..31, 2025, "a", ""));
    let found = pair(("y24.csv", &one), ("y25.csv", &other));
    assert_eq!(sums(&found), ("960.00", 60, 30), "{}", found.mapping);
}

#[test]
fn an_order_in_two_months_is_one_and_asked_about() {
    let one = format!("{HEADER}{}7,c,2024-01-31,Cup,3.00,EUR,\n", orders(20..25, 2024, "c", ""));
    let other = format!("{HEADER}7,c,2024-02-01,Cup,4.00,EUR,\n{}", orders(25..30, 2024, "c", ""));
    let found = pair(("m-1.csv", &one), ("m-2.csv", &other));
    assert_eq!(sums(&found).1, 11, "{}", found.mapping);
    assert_eq!(asked(&found, "orders_across").choices[0].settings, "orders_across = \"add\"");
}

#[test]
fn a_file_of_returns_is_taken_off_and_asked_about() {
    let sold = format!("{HEADER}{}", orders(1..21, 2024, "c", ""));
    let back = format!("{HEADER}{}", orders(3..5, 2024, "c", ""));
    for name in ["returns.csv", "Gutschriften 2024.csv", "avoirs.csv", "zwroty.csv"] {
        let found = pair(("verkauf.csv", &sold), (name, &back));
        assert_eq!(sums(&found).0, "212.00", "{}", found.mapping);
        assert_eq!(questions(&found), ["returns"], "{name}");
        assert_eq!(revenues(&found, "returns"), ["212.00", "228.00", "220.00"]);
        let choices = &asked(&found, "returns").choices;
        let mut both = ["verkauf.csv", name].map(|name| format!("\"{name}\""));
        both.sort();
        let taken_off = format!("file = [{}], returns = [\"{name}\"]", both.join(", "));
        assert_eq!(choices[0].settings, taken_off);
        assert_eq!(choices[2].settings, "file = [\"verkauf.csv\"], returns = []");
        let totals = found.totals.as_ref().unwrap();
        assert_eq!((totals.returns, totals.returned.as_str()), (2, "-8.00"));
    }
    // What has a minus is taken off as it is.
    let minus = back.replace("Mug,", "Mug,-");
    let found = pair(("verkauf.csv", &sold), ("returns.csv", &minus));
    assert_eq!((sums(&found).0, questions(&found)), ("212.00", vec![]));
}

#[test]
fn files_are_in_the_order_of_their_days_where_that_is_clear() {
    // By their names February would be before January.
    let old = format!("{HEADER}7,c7,2024-01-30,Mug,9.00,EUR,\n8,c8,2024-01-31,Mug,5.00,EUR,\n");
    let new = format!(
        "{HEADER}7,c7,2024-01-30,Mug,9.00,EUR,\n8,c8,2024-01-31,Mug,4.00,EUR,\n9,c9,2024-02-01,Mug,1.00,EUR,\n"
    );
    let found = pair(("b-january.csv", &old), ("a-february.csv", &new));
    let names: Vec<&str> = found.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["b-january.csv", "a-february.csv"]);
    assert_eq!(sums(&found), ("14.00", 3, 3), "{}", found.mapping);
    let last = &asked(&found, "orders_across").choices[0].value;
    assert!(last.ends_with("\"a-february.csv\" is the last of all"), "{last}");
    // Columns may stand elsewhere in the one that is first then.
    let moved = "customer,order,date,product,amount,currency,state\nc7,7,2024-01-30,Mug,9.00,EUR,\n\
                 c8,8,2024-01-31,Mug,5.00,EUR,\n";
    let found = pair(("b-january.csv", moved), ("a-february.csv", &new));
    assert_eq!(sums(&found), ("14.00", 3, 3), "{}", found.mapping);
    assert_eq!(found.rows[0].product.as_deref(), Some("Mug"));
}

#[test]
fn numbers_of_one_file_that_begin_anew_are_asked_about() {
    let (one, other) = (orders(1..21, 2023, "a", ""), orders(1..21, 2024, "b", ""));
    let found = guess(format!("{HEADER}{one}{other}"));
    assert_eq!(sums(&found), ("440.00", 40, 40), "{}", found.mapping);
    assert_eq!(questions(&found), ["orders_across"]);
    let [apart, add] = &asked(&found, "orders_across").choices[..] else { panic!("{found:?}") };
    assert_eq!(apart.settings, "orders_across = \"apart\"");
    assert_eq!(
        (add.settings.as_str(), add.totals.as_ref().unwrap().orders),
        ("orders_across = \"add\"", 20)
    );
    assert!(found.doubts.is_empty(), "{:?}", found.doubts);
    // The same customer, too; not what is given back later, nor a slip of the pen.
    let found = guess(format!("{HEADER}{one}{}", orders(1..21, 2024, "a", "")));
    assert_eq!((sums(&found), questions(&found)), (("440.00", 40, 20), vec!["orders_across"]));
    let back = one.replace("2023-", "2024-").replace("Mug,", "Mug,-");
    let found = guess(format!("{HEADER}{one}{back}"));
    assert_eq!(questions(&found), [""; 0]);
    let slip = "3,z,2024-09-01,Mug,1.00,EUR,\n";
    let found = guess(format!("{HEADER}{one}{slip}"));
    assert_eq!((questions(&found), found.doubts.len()), (vec![], 1));
}
