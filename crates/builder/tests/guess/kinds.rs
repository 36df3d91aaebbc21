//! Columns and files that are told by what stands in them, or by parts of their names.

use importer_core::guess::found::Choice;
use importer_core::guess::meanings::Meaning;

use crate::files::{Files, asked, column, guess, sums};

#[test]
fn rows_of_what_was_given_back_are_told_by_their_kind() {
    for (sale, refund) in [("sale", "refund"), ("Verkauf", "Gutschrift"), ("vente", "avoir")] {
        let row = |n: u32| {
            let kind = if n.is_multiple_of(10) { refund } else { sale };
            format!("{n},c{n},2024-03-0{},{kind},{n}.00,EUR\n", n % 9 + 1)
        };
        let rows: String = (1..31).map(row).collect();
        let found = guess(format!("order_id,customer,date,type,amount,currency\n{rows}"));
        // They are taken off, and that is asked.
        assert_eq!(sums(&found).0, "345.00");
        let question = asked(&found, "kinds");
        let ask = format!(
            "3 rows say \"{refund}\" in \"type\", with 60.00 EUR in all. How do they count?"
        );
        assert_eq!(question.ask, ask);
        let gives = |choice: &Choice| choice.totals.as_ref().unwrap().revenue.clone();
        let given: Vec<String> = question.choices.iter().map(gives).collect();
        assert_eq!(given, ["345.00", "405.00", "465.00"]);
        let told = found.unused.iter().find(|unused| unused.column == "type").unwrap();
        assert_eq!((told.meaning, told.changes), (Meaning::Status, false), "{refund}");
        let says = format!("whether these count is asked: {refund} 3 orders (60.00 EUR)");
        assert_eq!(told.says, says);
        // With a minus they are taken off, and nothing is left to be said.
        let minus = rows.replace(&format!("{refund},"), &format!("{refund},-"));
        let found = guess(format!("order_id,customer,date,type,amount,currency\n{minus}"));
        assert_eq!(sums(&found).0, "345.00");
        assert!(found.unused.iter().all(|unused| !unused.changes), "{:?}", found.unused);
    }
    let plain = guess("order,date,type,amount\n1,2024-01-02,web,5.00\n2,2024-01-03,shop,6.00\n");
    assert!(plain.unused.is_empty(), "{:?}", plain.unused);
}

#[test]
fn lines_are_not_shown_as_numbers_of_orders() {
    let found = guess("date,customer,amount\n2024-01-02,a,5.00\n2024-01-03,b,6.00\n");
    assert!(found.rows.iter().all(|row| row.order.is_empty()), "{:?}", found.rows);
    let text = importer_core::guess::text(&found);
    assert!(text.contains("\n     2  -      a "), "{text}");
    let found = guess(
        "Číslo objednávky;Datum;Zákazník;Částka\n900;01.01.2025;Šárka;786,01\n901;13.01.2025;Jan;12,50\n",
    );
    assert_eq!(column(&found, "order_id"), Some("Číslo objednávky"));
    assert_eq!(found.rows[0].order, "900");
}

const ORDERS: &str = "order,email,date,amount,currency\n1,a@example.com,2024-01-02,5.00,EUR\n\
    2,b@example.com,2024-01-03,6.00,EUR\n";

#[test]
fn an_export_of_customers_is_known_by_its_name_and_read_by_their_addresses() {
    let customers = "Customer ID,First Name,Last Name,Email,Default Address City\n\
        70,Ann,Smith,a@example.com,Köln\n71,Bob,Stone,b@example.com,Bonn\n72,Cid,New,c@example.com,Ulm\n";
    for name in ["customers_export.csv", "customers_export_1 (2).csv", "Kunden 2024.csv"] {
        let files = Files::new();
        files.write("orders.csv", ORDERS).write(name, customers);
        let found = files.guess(&[""]).unwrap();
        assert_eq!(sums(&found).2, 3, "{name}: {}", found.mapping);
        let fields = found.fields.iter().filter(|field| field.table == "customer_info");
        let id = fields.clone().find(|field| field.field == "customer_id").unwrap();
        assert_eq!(id.column, "Email");
        assert!(fields.clone().any(|field| field.field == "last_name"));
    }
}

#[test]
fn a_file_and_the_same_compressed_count_once() {
    let files = Files::new();
    files.write("umsatz.csv", ORDERS).write("umsatz.csv.gz", crate::gzip::gzip(ORDERS.as_bytes()));
    let found = files.guess(&[""]).unwrap();
    assert_eq!(sums(&found).0, "11.00", "{}", found.mapping);
    let said = found.problems.join("\n");
    assert!(
        said.contains("by its name it is \"umsatz.csv\" once more, compressed or not"),
        "{said}"
    );
}

#[test]
fn rows_that_do_not_count_are_still_part_of_a_row_of_totals() {
    let row = |n: u32| {
        let status = if n.is_multiple_of(5) { "cancelled" } else { "paid" };
        format!("{n},c{n},2024-03-0{},{status},{n}.00,EUR\n", n % 9 + 1)
    };
    let rows: String = (1..21).map(row).collect();
    let header = "order_id,customer,date,status,amount,currency";
    // Of all rows, and of those that count.
    for total in ["210.00", "160.00"] {
        let found = guess(format!("{header}\n{rows},Total,2024-03-09,,{total},EUR\n"));
        assert_eq!(sums(&found), ("160.00", 16, 16), "{total}: {:?}", found.left_out);
        assert!(
            found
                .left_out
                .iter()
                .any(|left| left.why.contains("by what a column says") && left.rows == 4)
        );
    }
}

#[test]
fn orders_that_were_cancelled_on_a_day_are_left_out() {
    let found = guess(
        "order,customer,date,cancelled at,amount,currency\n1,a,2024-05-01,,10.00,EUR\n\
         2,b,2024-05-02,2024-05-03,20.00,EUR\n3,c,2024-05-03,,5.00,EUR\n4,d,2024-05-04,,1.00,EUR\n",
    );
    assert_eq!(sums(&found), ("16.00", 3, 3));
    let question = asked(&found, "kinds");
    assert_eq!(
        question.choices[0].settings,
        "kinds = { column = \"cancelled at\", keep = [\"no\"] }"
    );
    assert_eq!(question.choices[1].totals.as_ref().unwrap().revenue, "36.00");
    let flags = guess(
        "order,customer,date,cancelled,amount,currency\n1,a,2024-05-01,No,10.00,EUR\n\
         2,b,2024-05-02,yes,20.00,EUR\n3,c,2024-05-03,no,5.00,EUR\n4,d,2024-05-04,,1.00,EUR\n",
    );
    assert_eq!(sums(&flags), ("16.00", 3, 3), "{}", flags.mapping);
}

#[test]
fn what_was_refunded_by_rows_below_zero_counts_and_is_taken_off_by_them() {
    let found = guess(
        "order,customer,date,status,amount,currency\n1,a,2024-05-01,paid,10.00,EUR\n\
         2,b,2024-05-02,refunded,20.00,EUR\n2,b,2024-05-05,refunded,-20.00,EUR\n3,c,2024-05-03,paid,5.00,EUR\n",
    );
    assert_eq!(sums(&found).0, "15.00");
    assert!(found.questions.iter().all(|question| question.id != "kinds"));
}

#[test]
fn rows_that_say_the_same_money_again_count_once() {
    // Heads of orders, their lines and their payments, as cash registers write them.
    let order = |n: u32| {
        format!(
            "{n},c{n},2024-03-0{d},Sale,,{s}.00\n{n},c{n},2024-03-0{d},Sale Line,mug,{n}.00\n\
             {n},c{n},2024-03-0{d},Sale Line,lamp,2.00\n{n},c{n},2024-03-0{d},Payment,,{s}.00\n",
            d = n % 9 + 1,
            s = n + 2
        )
    };
    let rows: String = (1..11).map(order).collect();
    let found = guess(format!("receipt number,customer,date,line type,product,amount\n{rows}"));
    assert_eq!(sums(&found), ("75.00", 10, 10), "{}", found.mapping);
    assert!(found.mapping.contains("leave_out = [\"Payment\", \"Sale\"]"), "{}", found.mapping);
    let all = &asked(&found, "kinds").choices;
    assert_eq!(all.last().unwrap().totals.as_ref().unwrap().revenue, "225.00");
    // Kinds that only say where something was sold are none.
    let order = |n: u32| {
        let shop = if n.is_multiple_of(2) { "web" } else { "fair" };
        format!("{n},c{n},2024-03-0{},{shop},{n}.00\n", n % 9 + 1)
    };
    let rows: String = (1..11).map(order).collect();
    let found = guess(format!("receipt number,customer,date,type,amount\n{rows}"));
    assert_eq!(sums(&found).0, "55.00");
    assert!(found.questions.iter().all(|question| question.id != "kinds"));
}

#[test]
fn money_that_was_moved_and_what_was_offered_are_no_sales() {
    let row = |n: u32, kind: &str, amount: &str| {
        format!("{n},c{n},2024-03-0{},{kind},{amount},EUR\n", n % 9 + 1)
    };
    let mut rows: String = (1..11).map(|n| row(n, "Website Payment", "10.00")).collect();
    rows += &row(11, "General Withdrawal", "-80.00");
    rows += &row(12, "Quote", "55.00");
    rows += &row(13, "Credit Memo", "5.00");
    let found = guess(format!("order id,customer,date,type,amount,currency\n{rows}"));
    assert_eq!(sums(&found).0, "95.00", "{}", found.mapping);
}
