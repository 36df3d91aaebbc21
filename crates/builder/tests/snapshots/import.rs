//! Import from six CSV files, from one file of purchases, and from a SQLite file.

use rusqlite::Connection;
use snapshot::meta::{ChurnRule, SegmentRule};

use crate::folder::Folder;

/// A mapping of six files whose columns have the schema's own names.
const SIX: &str = r#"
source = "Six tables"
[currency]
code = "EUR"
[customer_info]
[product_catalog]
[purchase_transactions]
[customer_service]
[campaign_responses]
[website_behavior]
"#;

fn six_tables() -> Folder {
    let folder = Folder::new();
    folder
        .write(
            "customer_info.csv",
            "customer_id,first_name,last_name,email,country,city,registration_date\n\
             a,Ann,Ash,ann@example.com,France,Lyon,2023-12-01\n\
             b,Bob,\"O'Neill, Jr.\",,,,\n\
             c,,,,,,\n",
        )
        .write(
            "product_catalog.csv",
            "product_id,product_name,category,price\np,Pen,Office,1.50\nq,Quince,Food,2\nr,Rake,Garden,\n",
        )
        .write(
            "purchase_transactions.csv",
            "transaction_id,order_id,customer_id,product_id,transaction_date,quantity,amount\n\
             1,o1,a,p,2024-01-31,2,3.00\n\
             2,o1,a,q,2024-01-31,1,2.00\n\
             3,o2,a,p,2024-02-29,1,1.50\n\
             4,o2,a,p,2024-03-01,-1,-1.50\n\
             5,o3,b,q,2024-03-05,1,2.00\n\
             6,o4,,p,2024-03-05,10,15.00\n",
        )
        .write(
            "customer_service.csv",
            "interaction_id,customer_id,interaction_date,channel,reason,satisfaction_score\n\
             s1,a,2024-02-01,Phone,Delivery,4\ns2,b,2024-03-09,Email,Praise,\ns3,,2024-03-10,Chat,,1\n",
        )
        .write(
            "campaign_responses.csv",
            "campaign_id,campaign_name,customer_id,contact_date,responded\n\
             m,Spring,a,2024-02-15,yes\nm,Spring,b,2024-02-15,no\nm,Spring,b,2024-02-16,\n",
        )
        .write(
            "website_behavior.csv",
            "session_id,customer_id,visit_date,pages_viewed,duration_seconds,device\n\
             w1,a,2024-01-30,3,120,Mobile\nw2,,2024-01-30,,,\n",
        );
    folder
}

#[test]
fn six_tables_become_one_row_a_customer() {
    let folder = six_tables();
    let meta = folder.import(SIX).unwrap().meta;
    assert_eq!((meta.currency.code.as_str(), meta.currency.exponent), ("EUR", 2));
    assert_eq!(meta.as_of.to_string(), "2024-03-05");
    assert_eq!(meta.first_day.to_string(), "2024-01-31");
    assert_eq!(meta.last_day.to_string(), "2024-03-05");
    let row = |id: &str| -> String {
        folder.ask(&format!(
            "SELECT printf('%d|%d|%d|%s|%s|%s|%s|%s|%s|%s', total_lifetime_value, total_orders,
               purchase_lines, first_purchase_date, last_purchase_date, days_since_last_purchase,
               favorite_category, avg_satisfaction_score, campaign_response_rate, visits)
             FROM customer_360 WHERE customer_id = '{id}'"
        ))
    };
    assert_eq!(row("a"), "500|2|4|2024-01-31|2024-02-29|5|Office|4.0|1.0|1");
    assert_eq!(row("b"), "200|1|1|2024-03-05|2024-03-05|0|Food||0.0|0");
    assert_eq!(row("c"), "0|0|0||||||||0".replace("||||||||", "|||||||"));
    assert_eq!(
        folder.ask::<String>(
            "SELECT last_name FROM customer_360 WHERE ord >= 0 AND customer_id = 'b'"
        ),
        "O'Neill, Jr."
    );
    folder.assert_sound();
}

#[test]
fn the_example_with_every_setting_fits_too() {
    let folder = six_tables();
    let mapping = include_str!("../../../../data/mappings/six_tables.toml");
    // The example names every column of a full table, and so it must be full.
    let meta = folder.import(mapping).unwrap().meta;
    assert_eq!(meta.time_zone, "Europe/Berlin");
    assert_eq!(meta.rows["customer_360"], 3);
    folder.assert_sound();
}

#[test]
fn what_is_absent_stays_absent() {
    let folder = six_tables();
    let mapping = SIX
        .replace("[customer_service]\n", "")
        .replace("[campaign_responses]\n", "")
        .replace("[website_behavior]\n", "");
    let features = folder.import(&mapping).unwrap().meta.features;
    assert!(features.names && features.units && features.categories);
    assert!(!features.feedback && !features.campaigns && !features.visits);
    let empty =
        "SELECT COUNT(avg_satisfaction_score) + COUNT(campaign_response_rate) + COUNT(visits)
        FROM customer_360";
    assert_eq!(folder.ask::<i64>(empty), 0);
    folder.assert_sound();
}

#[test]
fn purchases_alone_are_enough() {
    let folder = Folder::new();
    folder.write(
        "sales.csv",
        "who,when,paid\na,2024-01-01,10\nb,2024-01-02,2.5\na,2024-01-09,10\n,2024-01-09,1\n",
    );
    let mapping = r#"
        source = "Till"
        currency.code = "USD"
        [purchase_transactions]
        columns = { customer_id = "who", transaction_date = "when", amount = "paid" }
    "#;
    let meta = folder.import_from(&folder.input().join("sales.csv"), mapping).unwrap().meta;
    let features = meta.features;
    assert!(!features.names && !features.units && !features.categories);
    assert_eq!(meta.labels.categories, ["No category"]);
    assert_eq!(folder.ask::<i64>("SELECT COUNT(*) FROM customer_360"), 2);
    let orders = "SELECT total_orders FROM customer_360 WHERE customer_id = 'a'";
    assert_eq!(folder.ask::<i64>(orders), 2, "every line is an order of its own");
    assert_eq!(folder.ask::<i64>("SELECT SUM(amount) FROM purchase_transactions"), 2350);
    folder.assert_sound();
}

#[test]
fn lines_carry_customers_and_products_of_their_own() {
    let folder = Folder::new();
    folder.write(
        "lines.csv",
        "order,customer,name,sku,category,day,qty,price\n\
         1,7,Ada King Lovelace,X,Maps,2024-01-01,2,1.25\n\
         1,7,,X,Globes,2024-01-01,1,9\n\
         2,8,Plato,,Maps,2024-01-05,1,3\n\
         3,guest,,Y,,2024-01-06,1,4\n",
    );
    let mapping = r#"
        source = "Lines"
        currency.code = "USD"
        [purchase_transactions]
        file = "lines.csv"
        guests = ["guest"]
        [purchase_transactions.columns]
        order_id = "order"
        customer_id = "customer"
        product_id = "sku"
        transaction_date = "day"
        quantity = "qty"
        unit_price = "price"
    "#;
    let meta = folder.import(mapping).unwrap().meta;
    assert_eq!(meta.labels.categories, ["Globes", "Maps", "No category"]);
    let ask = |sql: &str| folder.ask::<String>(sql);
    let name = "SELECT first_name || '/' || last_name FROM customer_360 WHERE customer_id = '7'";
    assert_eq!(ask(name), "Ada King/Lovelace");
    assert_eq!(ask("SELECT first_name FROM customer_360 WHERE customer_id = '8'"), "Plato");
    assert_eq!(folder.ask::<i64>("SELECT COUNT(*) FROM customer_360"), 2);
    assert_eq!(
        ask("SELECT group_concat(sales) FROM (SELECT category || SUM(amount) AS sales
             FROM purchase_transactions JOIN product_catalog USING (product_id)
             GROUP BY category ORDER BY category IS NULL, category)"),
        "Globes900,Maps550"
    );
    folder.assert_sound();
}

#[test]
fn a_shop_of_guests_alone_is_sound() {
    let folder = Folder::new();
    folder.write(
        "lines.csv",
        "order,customer,day,qty,price\n1,guest,2024-01-01,2,1.25\n2,guest,2024-02-06,1,4\n",
    );
    let mapping = r#"
        source = "Guests"
        currency.code = "USD"
        [purchase_transactions]
        file = "lines.csv"
        guests = ["guest"]
        [purchase_transactions.columns]
        order_id = "order"
        customer_id = "customer"
        transaction_date = "day"
        quantity = "qty"
        unit_price = "price"
    "#;
    folder.import(mapping).unwrap();
    assert_eq!(folder.ask::<i64>("SELECT COUNT(*) FROM customer_360"), 0);
    folder.assert_sound();
}

#[test]
fn a_sqlite_file_with_the_product_documents_tables() {
    let folder = Folder::new();
    let path = folder.input().join("pg_cdp_demo.db");
    let database = Connection::open(&path).unwrap();
    database
        .execute_batch(
            "CREATE TABLE customer_360 (customer_id INTEGER PRIMARY KEY, first_name TEXT,
               last_name TEXT, email TEXT, customer_segment TEXT, churn_risk TEXT);
             INSERT INTO customer_360 VALUES (1, 'Ann', 'Ash', 'a@example.com', 'Gold', 'Low'),
               (2, 'Bo', 'Birch', NULL, 'Silver', 'High'), (3, 'Cy', 'Cedar', NULL, NULL, 'High');
             CREATE TABLE product_catalog (product_id INTEGER, category TEXT, price REAL);
             INSERT INTO product_catalog VALUES (10, 'Tea', 3.3);
             CREATE TABLE purchase_transactions (transaction_id INTEGER, customer_id INTEGER,
               product_id INTEGER, transaction_date TEXT, quantity INTEGER, amount REAL);
             INSERT INTO purchase_transactions VALUES
               (1, 1, 10, '2024-05-01 10:30:00', 3, 3.3 * 3), (2, 2, 10, '2024-05-02 00:00:00', 1, 3.3);",
        )
        .unwrap();
    drop(database);
    let mapping = include_str!("../../../../data/mappings/cdp_demo.toml");
    let meta = folder.import_from(&path, mapping).unwrap().meta;
    assert_eq!(meta.labels.segments, ["Gold", "Silver", "Unknown"]);
    assert_eq!(meta.labels.churn_risks, ["High", "Low"]);
    assert_eq!(meta.rules.segments, SegmentRule::Imported);
    assert_eq!(meta.rules.churn, ChurnRule::Imported);
    assert_eq!(folder.ask::<i64>("SELECT SUM(amount) FROM purchase_transactions"), 1320);
    assert_eq!(folder.ask::<i64>("SELECT ord FROM customer_360 WHERE customer_id = '3'"), 2);
    folder.assert_sound();
}

#[test]
fn own_classes_keep_the_order_given() {
    let folder = Folder::new();
    folder.write(
        "purchase_transactions.csv",
        "customer_id,transaction_date,amount,customer_segment\n\
         a,2024-01-01,1,Bronze\nb,2024-01-01,1,Gold\nc,2024-01-01,1,Silver\n",
    );
    let mapping = "source = 'S'\ncurrency.code = 'USD'\nclasses.segments = ['Gold', 'Silver', 'Bronze']\n\
        [purchase_transactions]";
    let meta = folder.import(mapping).unwrap().meta;
    assert_eq!(meta.labels.segments, ["Gold", "Silver", "Bronze"]);
    assert!(matches!(meta.rules.churn, ChurnRule::GapMultiples { .. }));
    assert_eq!(folder.ask::<String>("SELECT customer_id FROM customer_360 WHERE ord = 0"), "b");
    folder.assert_sound();
}

#[test]
fn an_order_of_two_customers_counts_once() {
    let folder = Folder::new();
    folder.write(
        "purchase_transactions.csv",
        "customer_id,order_id,transaction_date,amount\n\
         a,x,2024-01-01,1\nb,x,2024-01-02,1\nb,y,2024-01-03,1\n,x,2024-01-03,1\n",
    );
    let mapping = "source = 'S'\ncurrency.code = 'USD'\n[purchase_transactions]";
    folder.import(mapping).unwrap();
    let shown = builder::inspect::inspect(&folder.opened()).unwrap();
    assert_eq!(shown["kpis"]["whole_period"]["total_orders"]["value"], "2");
    folder.assert_sound();
}

#[test]
fn the_as_of_day_may_be_later_but_not_earlier_than_the_last_purchase() {
    let folder = Folder::new();
    folder.write(
        "purchase_transactions.csv",
        "customer_id,transaction_date,amount\na,2024-01-05,1\n",
    );
    let mapping = |day: &str| {
        format!("source = 'S'\nas_of = '{day}'\ncurrency.code = 'USD'\n[purchase_transactions]")
    };
    let error = folder.import(&mapping("2024-01-04")).unwrap_err();
    assert!(error.contains("2024-01-04 is before the last purchase, 2024-01-05"), "{error}");
    assert!(folder.files().is_empty());
    let meta = folder.import(&mapping("2024-02-01")).unwrap().meta;
    assert_eq!((meta.as_of, meta.last_day), (meta.last_day, meta.as_of));
    assert_eq!(folder.ask::<i64>("SELECT days_since_last_purchase FROM customer_360"), 27);
    folder.assert_sound();
}
