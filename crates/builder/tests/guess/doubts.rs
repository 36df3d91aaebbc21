//! What a file does not tell is asked, with the answers and what each would give.

use crate::files::{asked, days, guess, questions, setting, sums};

/// Values of a question's answers, with revenue and first day.
fn answers<'a>(
    found: &'a importer_core::guess::found::Guess,
    id: &str,
) -> Vec<(&'a str, &'a str, &'a str)> {
    let choices = asked(found, id).choices.iter();
    choices
        .map(|choice| {
            let totals = choice.totals.as_ref().unwrap();
            (choice.value.as_str(), totals.revenue.as_str(), totals.first_day.as_deref().unwrap())
        })
        .collect()
}

#[test]
fn dates_that_fit_both_orders_are_asked_about() {
    // In neither order the rows go from day to day.
    let rows = "1,5/4/2024,10.00\n2,3/4/2024,20.00\n3,4/6/2024,40.00\n";
    let found = guess(format!("order,date,amount\n{rows}"));
    assert_eq!(
        answers(&found, "date_order"),
        [("month first", "70.00", "2024-03-04"), ("day first", "70.00", "2024-04-03")]
    );
    assert!(!found.sure && found.builds);
    assert!(found.mapping.contains("TO DECIDE") && found.mapping.contains("date = \"%m/%d/%Y\""));
    assert!(found.mapping.contains("day first: date = \"%d/%m/%Y\""), "{}", found.mapping);
    let date = found.fields.iter().find(|field| field.field == "transaction_date").unwrap();
    assert!(date.why.ends_with("dates as in %m/%d/%Y"), "{}", date.why);
    // Signs and words of Europe make the other order more likely, and it is asked all the same.
    for text in [
        format!("Bestellung,Datum,Betrag\n{rows}"),
        format!("order,date,amount,currency\n{}", rows.replace(".00\n", ".00,EUR\n")),
    ] {
        assert_eq!(answers(&guess(text), "date_order")[0].0, "day first");
    }
    // So does the order of rows.
    let sorted = guess(
        "order,date,amount\n1,1/2/2024,1.00\n2,1/3/2024,2.00\n3,1/4/2024,3.00\n4,2/1/2024,4.00\n",
    );
    assert_eq!(answers(&sorted, "date_order")[0], ("month first", "10.00", "2024-01-02"));
    let sorted = guess(
        "order,date,amount\n1,1/2/2024,1.00\n2,2/2/2024,2.00\n3,3/2/2024,3.00\n4,1/3/2024,4.00\n",
    );
    assert_eq!(answers(&sorted, "date_order")[0], ("day first", "10.00", "2024-02-01"));
}

#[test]
fn one_date_that_fits_one_order_decides_wherever_it_stands() {
    let mut text = "order,date,amount\n".to_owned();
    for number in 0..3_000 {
        text.push_str(&format!("{number},0{}/0{}/2024,1.00\n", 1 + number % 9, 1 + number % 7));
    }
    let both = guess(&text);
    assert_eq!(questions(&both), ["date_order", "currency"]);
    let day_first = guess(format!("{text}x,13/04/2024,1.00\n"));
    assert_eq!(
        (questions(&day_first), setting(&day_first, "date")),
        (vec!["currency"], Some("\"%d/%m/%Y\""))
    );
    let month_first = guess(format!("{text}x,04/13/2024,1.00\n"));
    assert_eq!(
        (questions(&month_first), setting(&month_first, "date")),
        (vec!["currency"], Some("\"%m/%d/%Y\""))
    );
    let mixed = guess(format!("{text}x,04/13/2024,1.00\ny,13/04/2024,1.00\n"));
    assert!(mixed.totals.is_none() && !mixed.builds);
    assert!(mixed.problems[0].contains("the dates have two orders"), "{:?}", mixed.problems);
}

#[test]
fn dates_that_are_the_same_in_both_orders_are_not_asked_about() {
    let found = guess("order,date,amount\n1,4/4/2024,10.00\n2,5/5/2024,20.00\n");
    assert_eq!((questions(&found), days(&found)), (vec!["currency"], ("2024-04-04", "2024-05-05")));
}

#[test]
fn a_sign_that_may_stand_between_thousands_is_asked_about() {
    let found = guess(
        "order,date,amount\n1,2024-05-01,\"1,234\"\n2,2024-05-02,\"5,678\"\n3,2024-05-03,12\n",
    );
    assert_eq!(
        answers(&found, "decimal_sign"),
        [
            ("between thousands", "6924.00", "2024-05-01"),
            ("before decimals", "18.912", "2024-05-01")
        ]
    );
    let found = guess("Bestellung;Datum;Betrag\n1;01.05.2024;1.234\n2;02.05.2024;5.678\n");
    assert_eq!(answers(&found, "decimal_sign")[0].1, "6912.00");
    let found = guess("order,date,amount\n1,2024-05-01,1.234\n2,2024-05-02,5.678\n");
    assert_eq!(answers(&found, "decimal_sign")[0], ("before decimals", "6.912", "2024-05-01"));
    // One number tells for all.
    for (amounts, revenue) in [
        (["\"1,234\"", "\"5,678.50\""], "6912.50"),
        (["\"1,234\"", "\"5678,5\""], "5679.734"),
        (["1.234", "5678"], "5679.234"),
    ] {
        let found = guess(format!(
            "order,date,amount\n1,2024-05-01,{}\n2,2024-05-02,{}\n",
            amounts[0], amounts[1]
        ));
        let is_open = questions(&found).contains(&"decimal_sign");
        // Two ways in one column are refused by the importer.
        if found.totals.is_some() {
            assert_eq!((sums(&found).0, is_open), (revenue, false), "{amounts:?}");
        }
    }
}

#[test]
fn large_whole_amounts_may_be_cents() {
    let found = guess(
        "order,customer,date,amount\n1,c1,2024-05-01,1500\n2,c2,2024-05-02,980\n3,c3,2024-05-03,12000\n",
    );
    let answers = answers(&found, "amount_unit");
    assert_eq!(answers[0].1, "14480.00");
    assert_eq!(answers[1], ("the smallest unit", "144.80", "2024-05-01"));
}

#[test]
fn currencies_are_taken_from_columns_signs_and_names_or_asked_about() {
    let rows =
        |amounts: [&str; 2]| format!("1,2024-05-01,{}\n2,2024-05-02,{}\n", amounts[0], amounts[1]);
    for (header, amounts, code, open) in [
        ("order,date,amount,currency", ["10.00,EUR", "20.00,eur"], "EUR", false),
        ("order,date,amount", ["€10.00", "€20.00"], "EUR", false),
        ("order,date,amount", ["10.00 £", "20.00 £"], "GBP", false),
        ("order,date,amount", ["CHF 10.00", "CHF 20.00"], "CHF", false),
        ("order,date,amount (SEK)", ["10.00", "20.00"], "SEK", false),
        ("order,date,total_usd", ["10.00", "20.00"], "USD", false),
        ("order,date,amount", ["$10.00", "$20.00"], "USD", true),
        ("order,date,amount", ["10.00 kr", "20.00 kr"], "SEK", true),
        ("order,date,amount", ["10.00", "20.00"], "USD", true),
        ("Bestellung,Datum,Betrag", ["10.00", "20.00"], "EUR", true),
    ] {
        let found = guess(format!("{header}\n{}", rows(amounts)));
        let totals = found.totals.as_ref().unwrap();
        assert_eq!(
            (totals.revenue.as_str(), totals.currency.as_str()),
            ("30.00", code),
            "{header} {amounts:?}"
        );
        assert_eq!(questions(&found).contains(&"currency"), open, "{header} {amounts:?}");
        assert!(found.builds);
    }
}

#[test]
fn amounts_of_several_currencies_are_asked_about_and_do_not_build() {
    let found = guess(
        "order,customer,date,amount,currency\n1,ann,2024-05-01,100.00,EUR\n2,bob,2024-05-02,1000.00,SEK\n\
         3,cyd,2024-05-03,50.00,EUR\n4,dan,2024-05-04,€25.00,EUR\n5,eve,2024-05-05,$30.00,USD\n",
    );
    assert_eq!(sums(&found), ("175.00", 3, 3));
    assert!(!found.builds);
    let choices = &asked(&found, "currency").choices;
    let others: Vec<(&str, &str)> = choices[1..]
        .iter()
        .map(|choice| (choice.value.as_str(), choice.says.as_deref().unwrap()))
        .collect();
    assert_eq!(others, [("SEK", "1 row says so"), ("USD", "1 row says so")]);
    assert!(
        found.problems[0].contains("SEK") && found.problems[0].contains("USD"),
        "{:?}",
        found.problems
    );
}

#[test]
fn time_zones_are_those_of_the_offsets_or_asked_about() {
    // Winter and summer of New York.
    let found = guess(
        "order,date,amount,currency\n1,2024-01-15 23:30:00 -0500,10.00,USD\n2,2024-07-15 23:30:00 -0400,20.00,USD\n",
    );
    assert_eq!(setting(&found, "time_zone"), Some("America/New_York"));
    assert_eq!(days(&found), ("2024-01-15", "2024-07-15"));
    assert!(found.questions.is_empty());
    let found = guess(
        "order,date,amount,currency\n1,2024-01-31T23:30:00Z,10.00,EUR\n2,2024-07-15T10:00:00Z,20.00,EUR\n",
    );
    let answers = answers(&found, "time_zone");
    assert_eq!(answers[0], ("UTC", "30.00", "2024-01-31"));
    assert_eq!(answers[1], ("Europe/Berlin", "30.00", "2024-02-01"));
    // Where no row would be of another day there is nothing to ask.
    let found = guess(
        "order,date,amount,currency\n1,2024-01-31T12:30:00Z,10.00,EUR\n2,2024-07-15T12:00:00Z,20.00,EUR\n",
    );
    assert!(found.questions.is_empty(), "{:?}", questions(&found));
}

#[test]
fn lines_that_were_exported_twice_are_asked_about() {
    let rows = "L1,#1,c1@example.com,2024-01-11,10.00\nL2,#2,c2@example.com,2024-01-12,20.00\n\
                L1,#1,c1@example.com,2024-01-11,10.00\nL3,#3,c3@example.com,2024-02-15,50.00\n";
    let found = guess(format!("line,order,customer,date,amount\n{rows}"));
    let answers = answers(&found, "repeated_rows");
    assert_eq!(answers[0], ("leave them out", "80.00", "2024-01-11"));
    assert_eq!(answers[1], ("count them again", "90.00", "2024-01-11"));
    assert!(found.builds && found.mapping.contains("reject_limit = 1"));
    // A number that comes again on another line tells no lines apart.
    let found = guess(format!("line,order,customer,date,amount\n{}", rows.replace("L3", "L2")));
    assert_eq!(sums(&found).0, "90.00");
    assert!(found.builds && !questions(&found).contains(&"repeated_rows"));
}

#[test]
fn quotes_that_do_not_close_may_be_inches() {
    let found = guess(
        "date,product,amount\n2024-01-02,\"5 inch frame,10.00\n2024-01-03,Vase,20.00\n2024-01-05,7\" frame,80.00\n",
    );
    let question = asked(&found, "quotes");
    assert_eq!(sums(&found).0, "110.00");
    let says = question.choices[1].says.as_deref().unwrap();
    assert!(says.contains("a quote opened on line 2 closes on line 4"), "{says}");
    let open = guess(
        "date,product,amount\n2024-01-02,Vase,10.00\n2024-01-03,\"5 inch,20.00\n2024-01-04,Bowl,40.00\n",
    );
    assert_eq!((sums(&open).0, asked(&open, "quotes").id), ("70.00", "quotes"));
    let tail = guess("date,product,amount\n2024-01-02,\"Old\" lamp,10.00\n2024-01-03,Cup,20.00\n");
    assert!(
        !tail.builds && tail.problems[0].contains("text behind a closing quote"),
        "{:?}",
        tail.problems
    );
}
