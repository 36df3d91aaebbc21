//! Several files: which is which, and what becomes of those that do not fit.

use rusqlite::Connection;

use crate::files::{Files, assert_by_hand, days, sums};

const PURCHASES: &str = "order_id,customer_id,product_id,transaction_date,quantity,amount\n\
    1,ann,p1,2024-01-15,1,100.00\n2,bob,p2,2024-02-15,2,100.00\n3,ann,p1,2024-07-15,1,100.00\n";

#[test]
fn a_folder_is_read_as_the_tables_that_its_files_are_called_after() {
    let files = Files::new();
    files
        .write("purchase_transactions.csv", PURCHASES)
        .write("customers.csv", "Customer ID;Name;Country;Customer since\nann;Ann Ash;AT;01.12.2023\nbob;Bob Berg;DE;15.12.2023\ncyd;Cyd Dahl;SE;24.12.2023\n")
        .write("products.csv", "SKU,Product name,Category,Price\np1,Mug,Kitchen,100.00\np2,Lamp,Light,50.00\n")
        .write(
            "customer_service.csv",
            "interaction_id,customer_id,interaction_date,satisfaction_score\n1,ann,2024-01-20,5\n2,bob,2024-02-20,1\n3,ann,2024-08-20,3\n",
        )
        .write("notes.txt", "nothing,to,see\nx,y,z\n");
    let found = files.guess(&[""]).unwrap();
    assert_eq!(sums(&found), ("300.00", 3, 3));
    let read = |name: &str| found.sheets.iter().find(|sheet| sheet.name == name).unwrap().table;
    assert_eq!(read("customers.csv"), Some("customer_info"));
    assert_eq!(read("products.csv"), Some("product_catalog"));
    assert_eq!(read("customer_service.csv"), Some("customer_service"));
    assert_eq!(read("notes.txt"), None);
    assert!(found.builds && found.mapping.contains("[customer_info.format]"), "{}", found.mapping);
    assert!(
        found.left_out.iter().any(|left| left.rows == 1 && !left.refused),
        "{:?}",
        found.left_out
    );
    let names: Vec<&str> = vec!["customers.csv", "purchase_transactions.csv"];
    assert_eq!(sums(&files.guess(&names).unwrap()), ("300.00", 3, 3));
}

#[test]
fn a_table_that_would_have_rows_refused_is_not_read() {
    let files = Files::new();
    files
        .write("purchase_transactions.csv", PURCHASES)
        .write("customer_info.csv", "customer_id,name\n'ann,Ann Ash\n'bob,Bob Berg\n");
    let found = files.guess(&["customer_info.csv", "purchase_transactions.csv"]).unwrap();
    assert_eq!(sums(&found), ("300.00", 3, 2));
    let sheet = &found.sheets[0];
    assert!(sheet.table.is_none() && sheet.why.contains("apostrophe"), "{}", sheet.why);
}

#[test]
fn files_in_two_folders_are_not_read_together() {
    let files = Files::new();
    std::fs::create_dir(files.path("more")).unwrap();
    files
        .write("purchase_transactions.csv", PURCHASES)
        .write("more/customers.csv", "customer_id,name\nann,Ann\nbob,Bob\n");
    let found = files.guess(&["purchase_transactions.csv", "more/customers.csv"]).unwrap();
    assert!(found.sheets[1].why.contains("not in the folder"), "{}", found.sheets[1].why);
    assert!(found.builds);
}

/// What is missing in files in which nothing usable is found.
fn problems(files: &Files, names: &[&str]) -> String {
    let found = files.guess(names).unwrap();
    assert_by_hand(&found);
    found.problems.join("\n")
}

#[test]
fn dates_and_amounts_in_two_tables_have_to_be_put_together() {
    let files = Files::new();
    files
        .write(
            "orders.csv",
            "order_id,customer_id,order_date\n1,ann,2024-05-01\n2,bob,2024-05-02\n",
        )
        .write(
            "order_items.csv",
            "order_id,product,quantity,unit_price\n1,mug,2,5.00\n2,lamp,1,8.00\n",
        );
    let said = problems(&files, &["orders.csv", "order_items.csv"]);
    assert!(
        said.contains("The dates stand in orders.csv, the amounts in order_items.csv"),
        "{said}"
    );
    let database = Connection::open(files.path("shop.db")).unwrap();
    database
        .execute_batch(
            "CREATE TABLE orders (order_id, customer_id, order_date);
             INSERT INTO orders VALUES (1, 'ann', '2024-05-01'), (2, 'bob', '2024-05-02');
             CREATE TABLE order_items (order_id, product, quantity, unit_price);
             INSERT INTO order_items VALUES (1, 'mug', 2, 5.0), (2, 'lamp', 1, 8.0);",
        )
        .unwrap();
    let said = problems(&files, &["shop.db"]);
    let (_, view) = said.split_once("as a view: ").unwrap();
    // What is advised does it.
    database.execute_batch(view.trim_end_matches('.')).unwrap();
    drop(database);
    assert_eq!(sums(&files.guess(&["shop.db"]).unwrap()), ("18.00", 2, 2));
}

#[test]
fn tables_are_put_together_by_the_number_of_the_order_and_nothing_else() {
    // Lines and orders both have an "id" and a customer, and neither is what joins them.
    let files = Files::new();
    let database = Connection::open(files.path("shop.db")).unwrap();
    database
        .execute_batch(
            "CREATE TABLE orders (id, customer_id, order_date);
             INSERT INTO orders VALUES (1, 'ann', '2024-05-01'), (2, 'ann', '2024-05-02');
             CREATE TABLE order_items (id, order_id, customer_id, quantity, unit_price);
             INSERT INTO order_items VALUES (2, 1, 'ann', 2, 5.0), (1, 2, 'ann', 1, 8.0), (3, 2, 'ann', 1, 4.0);",
        )
        .unwrap();
    let said = problems(&files, &["shop.db"]);
    let (_, view) = said.split_once("as a view: ").unwrap();
    database.execute_batch(view.trim_end_matches('.')).unwrap();
    drop(database);
    let found = files.guess(&["shop.db"]).unwrap();
    assert_eq!(sums(&found), ("22.00", 2, 1));
    assert_eq!(days(&found), ("2024-05-01", "2024-05-02"));
    // Where nothing is that number, nothing is advised.
    let files = Files::new();
    files
        .write("orders.csv", "id,customer_id,order_date\n1,ann,2024-05-01\n2,bob,2024-05-02\n")
        .write("items.csv", "id,customer_id,quantity,unit_price\n1,ann,2,5.00\n2,ann,1,8.00\n");
    let said = problems(&files, &["orders.csv", "items.csv"]);
    assert!(!said.contains("put them together"), "{said}");
}
