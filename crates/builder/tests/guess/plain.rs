//! Plain files in all ways in which they are written.

use crate::files::{
    Files, asked, by_hand, columns, days, guess, questions, refusal, setting, sums,
};

/// Lines of three orders under a header.
fn orders(header: &str, rows: &[&str]) -> String {
    format!("{header}\n{}\n", rows.join("\n"))
}

#[test]
fn a_plain_list_is_read_and_only_its_currency_is_open() {
    let found = guess(orders(
        "order,customer,date,product,category,quantity,amount",
        &[
            "A1,ann,2023-12-10,mug,Kitchen,2,40.00",
            "A2,ann,2024-01-15,lamp,Light,1,60.00",
            "A1,ann,2024-02-03,mug,Kitchen,-2,-40.00",
            "R1,bob,2024-03-05,lamp,Light,-1,-70.00",
        ],
    ));
    assert_eq!(sums(&found), ("-10.00", 2, 2));
    assert_eq!(days(&found), ("2023-12-10", "2024-03-05"));
    assert_eq!(
        columns(&found),
        [
            ("order_id", "order"),
            ("customer_id", "customer"),
            ("transaction_date", "date"),
            ("quantity", "quantity"),
            ("amount", "amount"),
            ("product_name", "product"),
            ("category", "category"),
        ]
    );
    assert_eq!(questions(&found), ["currency"]);
    let totals = found.totals.as_ref().unwrap();
    assert_eq!((totals.returns, totals.returned.as_str()), (2, "-110.00"));
    assert_eq!(found.rows.len(), 4);
    let row = &found.rows[2];
    assert_eq!((row.line, row.order.as_str(), row.amount.as_str()), (4, "A1", "-40.00"));
    assert_eq!((row.product.as_deref(), row.quantity.as_deref()), (Some("mug"), Some("-2")));
}

#[test]
fn delimiters_decimals_and_order_of_dates_are_found_together() {
    for (text, delimiter, revenue, last) in [
        (
            "order;date;amount\n1;01.05.2024;10,00\n2;13.05.2024;1.234,50\n",
            ";",
            "1244.50",
            "2024-05-13",
        ),
        (
            "order\tdate\tamount\n1\t5/1/2024\t10.00\n2\t5/13/2024\t1,234.50\n",
            "\\t",
            "1244.50",
            "2024-05-13",
        ),
        (
            "order|date|amount\n1|01/05/2024|10.00\n2|13/05/2024|1 234.50\n",
            "|",
            "1244.50",
            "2024-05-13",
        ),
        (
            "order;date;amount\n1;2024-05-01;10.00\n2;2024-05-13;1'234.50\n",
            ";",
            "1244.50",
            "2024-05-13",
        ),
        (
            "sep=;\norder;date;amount\n1;2024-05-01;10,00\n2;2024-05-13;7,5\n",
            ";",
            "17.50",
            "2024-05-13",
        ),
        ("order,date,amount\n1,3/4/24,10.00\n2,4/13/24,20.00\n", ",", "30.00", "2024-04-13"),
        (
            "order,date,amount\n1,\"May 1, 2024\",10.00\n2,\"May 13, 2024\",20.00\n",
            ",",
            "30.00",
            "2024-05-13",
        ),
        (
            "order,date,amount\n1,1. Okt 2024,10.00\n2,3. Dez 2024,20.00\n",
            ",",
            "30.00",
            "2024-12-03",
        ),
        ("order,date,amount\n1,20240501,10.00\n2,20240513,20.00\n", ",", "30.00", "2024-05-13"),
        (
            "order,date,amount\n1,12/1/2010 8:26,10.00\n2,12/31/2010 9:00,20.00\n",
            ",",
            "30.00",
            "2010-12-31",
        ),
        (
            "order,date,amount\n1,2024-05-01,10.00\n2,2024-05-13 10:30:00,20.00\n",
            ",",
            "30.00",
            "2024-05-13",
        ),
    ] {
        let found = guess(text);
        assert_eq!(
            setting(&found, "delimiter"),
            Some(format!("\"{delimiter}\"").as_str()),
            "{text}"
        );
        assert_eq!(sums(&found).0, revenue, "{text}");
        assert_eq!(days(&found).1, last, "{text}");
        assert_eq!(questions(&found), ["currency"], "{text}");
    }
}

#[test]
fn encodings_are_found() {
    let text = "order,customer,date,amount,city\n1,ann,2024-05-01,10.00,München\n2,bob,2024-05-02,20.00,Graz\n\
                3,cyd,2024-05-03,30.00,Málaga\n";
    let utf_16 = |mark: bool, big: bool| -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units
            .flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    };
    let bytes = |high: [u8; 2]| {
        let mut bytes = text.as_bytes().to_vec();
        for (letter, byte) in ["ü", "á"].into_iter().zip(high) {
            let at = bytes.windows(2).position(|pair| pair == letter.as_bytes()).unwrap();
            bytes.splice(at..at + 2, [byte]);
        }
        bytes
    };
    let marked = |marks: usize| ["\u{feff}".repeat(marks), text.to_owned()].concat().into_bytes();
    for (name, content) in [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8", marked(1)),
        ("UTF-8", marked(2)),
        ("UTF-16, low byte first", utf_16(true, false)),
        ("UTF-16, low byte first", utf_16(false, false)),
        ("UTF-16, high byte first", utf_16(true, true)),
        ("UTF-16, high byte first", utf_16(false, true)),
        ("windows-1252", bytes([0xfc, 0xe1])),
        ("macintosh", bytes([0x9f, 0x87])),
    ] {
        let found = guess(content);
        assert_eq!(setting(&found, "encoding"), Some(name));
        assert_eq!(sums(&found), ("60.00", 3, 3), "{name}");
        assert!(found.builds, "{name}: {:?}", found.problems);
    }
    let dos = guess(bytes([0x81, 0xa0]));
    assert!(!dos.builds && dos.problems[0].contains("iconv -f CP850"), "{:?}", dos.problems);
    let mut damaged = text.as_bytes().to_vec();
    let at = damaged.windows(4).position(|part| part == b"Graz").unwrap();
    damaged[at + 2] = 0xe4;
    let damaged = guess(damaged);
    assert_eq!(sums(&damaged).0, "40.00");
    assert!(!damaged.builds && damaged.problems[0].contains("not all of the file is UTF-8"));
    let zero = guess(text.replace("bob", "b\0ob"));
    assert!(!zero.builds && zero.left_out[0].why.contains("NUL"), "{:?}", zero.left_out);
}

#[test]
fn what_stands_above_and_below_the_rows_is_left_out() {
    let found = guess(
        ",,,,,\n\"Sales Record Number\",\"Order Number\",\"Buyer Username\",\"Sale Date\",\"Quantity\",\"Sold For\"\n\
         ,,,,,\n\"11\",\"04-1\",\"buyer_a\",\"Sep-29-26\",\"1\",\"$12.34\"\n\
         \"12\",\"04-2\",\"buyer_b\",\"Sep-30-26\",\"2\",\"$1,020.00\"\n\n\
         2,record(s) downloaded,,,,\nSeller ID : test-shop,,,,,\n",
    );
    assert_eq!((sums(&found), days(&found)), (("1032.34", 2, 2), ("2026-09-29", "2026-09-30")));
    assert_eq!(found.export.as_deref(), Some("eBay's orders report"));
    assert_eq!((found.left_out[0].rows, found.left_out[0].refused), (3, false));
    let found = guess(
        "Report of my shop\nMay 2024\n\norder,date,amount\n1,2024-05-01,10.00\n2,2024-05-02,20.00\n",
    );
    assert_eq!((sums(&found).0, setting(&found, "skip_rows")), ("30.00", Some("3")));
    // Rows of sums never count, so that they may be left out.
    let found = guess(
        "order,customer,date,amount\n1,ann,2024-05-01,10.00\n2,bob,2024-05-02,20.00\nTotal,,,30.00\n",
    );
    assert_eq!(sums(&found).0, "30.00");
    assert!(found.builds && found.mapping.contains("reject_limit = 1"), "{}", found.mapping);
    let found =
        guess("order,date,amount\n1,2024-05-01,10.00\norder,date,amount\n2,2024-05-02,20.00\n");
    assert!(found.builds && sums(&found).0 == "30.00");
}

#[test]
fn lines_end_in_all_ways() {
    let text = "order,customer,date,amount,note\n1,ann,2024-05-01,10.00,\"two\nlines\"\n2,bob,2024-05-02,20.00,\n";
    for end in ["\n", "\r\n", "\r"] {
        for blank in ["", end] {
            let found = guess(format!("{}{blank}", text.replace('\n', end)));
            assert_eq!(sums(&found), ("30.00", 2, 2), "{end:?}");
        }
    }
}

#[test]
fn rows_that_cannot_be_read_are_told_with_their_places() {
    let found = guess(
        "order,customer,date,amount\n1,ann,2024-05-01,10.00\n2,bob,2024-05-02,20.00\n\n\n3,cyd,2024-13-03,40.00\n\
         4,dan,2024-05-04,80.00\n5,eve,2024-05-05,x\n",
    );
    assert_eq!(sums(&found).0, "110.00");
    assert!(!found.builds && !found.sure);
    let problem = found.problems.join("\n");
    for words in ["2 rows cannot be read", "line 6", "no such day", "line 8", "is not an amount"] {
        assert!(problem.contains(words), "{words}: {problem}");
    }
    assert!(found.left_out.iter().all(|left| left.refused));
    assert!(
        found.mapping.contains("# reject_limit = 2 lets the build leave out 2 rows"),
        "{}",
        found.mapping
    );
    let spread = guess(
        "order,date,price,qty\n1,2024-05-01,3.00,2.0\n2,2024-05-02,4.00,3.000\n3,2024-05-03,5.00,\n",
    );
    assert_eq!((sums(&spread).0, spread.builds), ("18.00", false));
}

#[test]
fn headers_are_read_as_they_are() {
    for header in [
        "order , customer,date,\u{200b}amount",
        "Order,Customer,Date,Amount",
        "order,customer,date,amount,",
    ] {
        let found = guess(format!("{header}\n1,ann,2024-05-01,10.00\n2,bob,2024-05-02,20.00\n"));
        assert_eq!(sums(&found), ("30.00", 2, 2), "{header}");
    }
    let surplus =
        guess("order,customer,date,amount\n1,ann,2024-05-01,10.00,\n2,bob,2024-05-02,20.00,\n");
    assert_eq!(sums(&surplus).0, "30.00");
    let twice = by_hand("order,date,amount,amount,customer\n1,2024-05-01,100.00,84.03,ann\n");
    let twice = twice.problems.join("\n");
    assert!(twice.contains("columns of one name, such as \"amount\""), "{twice}");
    let none = refusal("1,ann,2024-05-01,10.00\n2,bob,2024-05-02,20.00\n");
    assert!(
        none.contains("has no header") && none.contains("names of the columns above it"),
        "{none}"
    );
}

#[test]
fn names_that_say_nothing_are_known_by_what_stands_there() {
    let found = guess(
        "a,b,c\nx@example.com,2024-05-01,10.00\ny@example.com,2024-05-02,20.50\nx@example.com,2024-05-03,1.25\n",
    );
    assert_eq!(sums(&found), ("31.75", 3, 2));
    assert!(!found.sure);
    let words = found.fields.iter().map(|field| field.why.clone()).collect::<Vec<_>>().join("\n");
    assert!(words.contains("by what stands in it"), "{words}");
}

#[test]
fn the_text_for_people_has_every_part() {
    let files = Files::with(
        "sales.csv",
        "order,date,total,status\n1,2024-05-01,10.00,paid\n2,2024-05-02,20.00,voided\n",
    );
    let found = files.guess(&["sales.csv"]).unwrap();
    let text = importer_core::guess::text(&found);
    for part in [
        "How it is written",
        "Fields",
        "The first 1 row as they would be read",
        "Totals, to be held against the shop's own report",
        "To decide",
        "What the file says and the mapping does not use",
        "voided 1 order (20.00",
        "revenue          10.00",
    ] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    assert_eq!(asked(&found, "currency").choices[0].totals.as_ref().unwrap().revenue, "10.00");
}

#[test]
fn numbers_that_stand_for_days_are_read() {
    let found =
        guess("order,customer,date,amount,currency\n1,a,45292,10.00,EUR\n2,b,45351.5,5.00,EUR\n");
    assert_eq!(days(&found), ("2024-01-01", "2024-02-29"));
    assert_eq!(setting(&found, "date"), Some("\"serial\""));
    let found = guess(
        "order,customer,created_at,amount,currency\n1,a,1704065400000,10.00,EUR\n2,b,1709200800123,5.00,EUR\n",
    );
    assert_eq!(days(&found), ("2023-12-31", "2024-02-29"));
    assert_eq!(asked(&found, "time_zone").choices[1].value, "Europe/Berlin");
}
