//! Files that mean no good, or nothing at all: a message, and never a wrong number.

use importer_core::import::mapping::Mapping;

use crate::files::{Files, by_hand, column, guess, refusal, sums};

#[test]
fn what_is_no_table_is_refused_with_what_to_do() {
    let binary: Vec<u8> =
        (0..4_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for (content, words) in [
        (&b""[..], "is empty"),
        (b" \n\r\n\t", "nothing in it but blanks"),
        (&binary, "is no text"),
        (b"PK\x03\x04\x14\0\x06\0xl/workbook.xml", "Excel workbook"),
        (b"{\"orders\": []}", "JSON"),
        (b"%PDF-1.7", "PDF"),
        (b"SQLite format 3\0garbage", "damaged"),
        (b"order,customer,date,amount\n", "no row that can be read"),
        (b"only\na\nb\n", "no column has the dates"),
        (b"x\n", "no row that can be read"),
        (b"1,ann,2024-05-01,10.00\n", "has no header"),
    ] {
        let said = refusal(content);
        assert!(said.contains(words), "{words}: {said}");
        assert!(said.contains("sales.csv"), "{said}");
    }
    let files = Files::new();
    let missing = files.guess(&["none.csv"]).unwrap_err();
    assert!(missing.contains("does not exist"), "{missing}");
}

#[test]
fn a_table_without_dates_or_amounts_says_what_is_missing() {
    for (content, words) in [
        ("order,date,note\n1,2024-05-01,hello\n", "no column has their amounts"),
        ("order,amount\n1,10.00\n", "no column has the dates of purchases"),
        ("order,date,amount\n1,12345,10.00\n", "number that a spreadsheet has for a day"),
        ("order,date,amount\n1,2024. január 5.,10.00\n", "English, German"),
        ("order,date,amount\n1,2023-02-29,10.00\n2,2024-04-31,20.00\n", "none that a calendar has"),
    ] {
        let said = by_hand(content).problems.join("\n");
        assert!(said.contains(words) && said.contains("sales.csv"), "{words}: {said}");
    }
}

#[test]
fn one_row_is_enough() {
    let found = guess("order,customer,date,amount,currency\n1,ann,2024-05-01,10.00,EUR\n");
    assert_eq!(sums(&found), ("10.00", 1, 1));
    assert!(found.builds && found.questions.is_empty());
}

#[test]
fn names_that_would_break_a_mapping_are_written_so_that_they_do_not() {
    for name in [
        "a\"b",
        "a\\b",
        "a = \"x\"\n[evil]\nreject_limit = 99",
        "# comment",
        "'''",
        "\"\"\"",
        "a\tb",
        "\u{202e}evil",
        "\u{7f}\u{1b}[31m",
        "Größe 👩\u{200d}👧 נתונים",
        "=HYPERLINK(\"http://example.com\")",
        "{{amount}}",
        "a]b[c",
        "very long ".repeat(400).trim(),
    ] {
        let cell = format!("\"{}\"", name.replace('"', "\"\""));
        let text =
            format!("order,date,Total {cell},amount,{cell}\n").replace("Total \"", "\"Total ");
        let text =
            format!("{text}1,2024-05-01,1.00,10.00,{cell}\n2,2024-05-02,2.00,20.00,{cell}\n");
        let found = guess(&text);
        assert_eq!(sums(&found).0, "30.00", "{name:?}");
        assert!(Mapping::parse(&found.mapping).is_ok(), "{}", found.mapping);
        assert!(!importer_core::guess::text(&found).contains('\u{1b}'), "{name:?}");
    }
    // A column of money may have such a name itself.
    let found = guess("order,date,\"amount \"\"\\ (x)\"\n1,2024-05-01,10.00\n2,2024-05-02,20.00\n");
    assert_eq!((column(&found, "amount"), sums(&found).0), (Some("amount \"\\ (x)"), "30.00"));
}

#[test]
fn names_of_files_are_only_names() {
    for name in [
        "it's \"mine\"; rm -rf x.csv",
        "sales\n[evil].csv",
        "ünïcode 売上.csv",
        "[purchase_transactions].csv",
    ] {
        let files =
            Files::with(name, "order,date,amount\n1,2024-05-01,10.00\n2,2024-05-02,20.00\n");
        let found = files.guess(&[name]).unwrap();
        assert_eq!(sums(&found).0, "30.00", "{name:?}");
    }
}

#[test]
fn columns_with_names_of_fields_are_not_read_as_what_they_are_not() {
    // The name is that of a product, and the city no city.
    let found = guess(
        "order_id,customer_id,product_id,name,transaction_date,amount,unit_price\n\
         1,c1,p1,Mug,2024-05-01,10.00,9.00\n2,c1,p2,Lamp,2024-05-02,20.00,9.00\n3,c2,p1,Mug,2024-05-03,10.00,9.00\n\
         4,c2,p2,Lamp,2024-05-04,20.00,9.00\n",
    );
    assert_eq!((column(&found, "product_name"), column(&found, "name")), (Some("name"), None));
    assert!(
        found.mapping.contains("name = \"\"") && found.mapping.contains("unit_price = \"\""),
        "{}",
        found.mapping
    );
    let found = guess(
        "order,customer_id,name,date,amount\n1,c1,Ann Ash,2024-05-01,1.00\n2,c2,Bob Berg,2024-05-02,2.00\n3,c1,Ann Ash,2024-05-03,3.00\n",
    );
    assert_eq!(column(&found, "name"), Some("name"));
}

#[test]
fn words_for_nothing_are_nobody() {
    let found = guess(
        "order,customer,date,amount,category,currency\n1,NULL,2024-05-01,10.00,Tea,EUR\n2,ann,2024-05-02,20.00,N/A,EUR\n\
         3,NULL,2024-05-03,5.00,Tea,EUR\n",
    );
    assert_eq!((sums(&found), found.totals.as_ref().unwrap().guest_lines), (("35.00", 3, 1), 2));
    assert!(
        found.mapping.contains("guests = [\"NULL\"]")
            && found.mapping.contains("nulls = [\"N/A\"]")
    );
    let guests = guess("order,customer,date,amount\n1,,2024-05-01,20.00\n2,,2024-05-02,10.00\n");
    assert_eq!(guests.totals.as_ref().unwrap().guest_lines, 2);
    assert!(guests.doubts.iter().any(|doubt| doubt.contains("nobody is known")));
}

#[test]
fn categories_that_look_like_numbers_stay_categories() {
    let mut text = "order,customer,date,amount,category\n".to_owned();
    for (at, category) in [
        "2023",
        "10",
        "1e3",
        "0x64",
        "2024-01-15",
        "007",
        "-5",
        "\"1,000\"",
        "$5$",
        "TRUE",
        "12:30",
        "1/2",
    ]
    .iter()
    .enumerate()
    {
        text.push_str(&format!("{at},c{at},2024-05-{:02},{at}.50,{category}\n", at + 1));
    }
    let found = guess(text);
    assert_eq!((column(&found, "category"), sums(&found)), (Some("category"), ("72.00", 12, 12)));
}

#[test]
fn a_name_that_is_too_long_is_cut() {
    let long = "x".repeat(1_200);
    let found = guess(format!(
        "order,customer,date,category,amount,currency\n1,ann,2024-05-01,{long},10.00,EUR\n2,bob,2024-05-02,mugs,5.00,EUR\n"
    ));
    assert!(found.builds, "{:?}", found.problems);
    assert_eq!(sums(&found), ("15.00", 2, 2));
}
