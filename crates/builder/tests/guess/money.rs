//! What is the money of a line: totals, prices times quantities, and amounts of whole orders.

use crate::files::{asked, column, guess, questions, sums};

#[test]
fn price_times_quantity_tells_which_is_which() {
    // The names would have it otherwise.
    let found = guess(
        "order,date,quantity,price,value\n1,2024-05-01,2,5.00,10.00\n2,2024-05-02,3,4.50,13.50\n3,2024-05-03,1,2.00,2.00\n",
    );
    assert_eq!((column(&found, "amount"), sums(&found).0), (Some("value"), "25.50"));
    let why = &found.fields.iter().find(|field| field.field == "amount").unwrap().why;
    assert!(why.contains("\"price\" times \"quantity\" in every row"), "{why}");
    // Less a discount, it is what is left that was paid.
    let found = guess(
        "order,date,qty,unit price,subtotal,discount,total\n1,2024-05-01,2,5.00,10.00,1.00,9.00\n\
         2,2024-05-02,3,4.50,13.50,0.00,13.50\n3,2024-05-03,1,2.00,2.00,0.50,1.50\n",
    );
    assert_eq!((column(&found, "amount"), sums(&found).0), (Some("total"), "24.00"));
    assert!(!questions(&found).contains(&"amount"));
    // Without a total it is the product.
    let found = guess(
        "order,date,price,qty\nF1,2024-05-01,0.00,1\nF2,2024-05-02,5.00,1\nF3,2024-05-03,3.99,0.750\n",
    );
    assert_eq!((column(&found, "unit_price"), sums(&found).0), (Some("price"), "7.9925"));
}

#[test]
fn a_price_that_grows_with_the_quantity_is_a_total_and_asked_about() {
    let rows = "1,2024-05-01,mug,1,5.00\n2,2024-05-02,mug,2,10.00\n3,2024-05-03,mug,3,15.00\n4,2024-05-04,mug,4,20.00\n";
    let found = guess(format!("order,date,product,qty,price\n{rows}"));
    assert_eq!((column(&found, "amount"), sums(&found).0), (Some("price"), "50.00"));
    let other = &asked(&found, "amount").choices[1];
    assert_eq!(other.totals.as_ref().unwrap().revenue, "150.00");
    // And a total that stays the same is a price.
    let rows = "1,2024-05-01,mug,1,5.00\n2,2024-05-02,mug,2,5.00\n3,2024-05-03,mug,3,5.00\n4,2024-05-04,mug,4,5.00\n";
    let found = guess(format!("order,date,product,qty,total\n{rows}"));
    assert_eq!((column(&found, "unit_price"), sums(&found).0), (Some("total"), "50.00"));
    assert_eq!(asked(&found, "amount").choices[1].totals.as_ref().unwrap().revenue, "20.00");
}

#[test]
fn gross_and_net_are_asked_about() {
    let found = guess(
        "order,date,net amount,vat,gross amount\n1,2024-05-01,10.00,1.90,11.90\n2,2024-05-02,20.00,3.80,23.80\n",
    );
    let question = asked(&found, "amount");
    let revenue = |at: usize| question.choices[at].totals.as_ref().unwrap().revenue.clone();
    assert_eq!((revenue(0), revenue(1)), ("30.00".to_owned(), "35.70".to_owned()));
    assert!(
        found
            .unused
            .iter()
            .any(|column| column.column == "vat" && column.sum.as_deref() == Some("5.70"))
    );
}

#[test]
fn amounts_of_whole_orders_do_not_count_once_a_line() {
    let mut text = "order,date,product,qty,unit price,order total\n".to_owned();
    for order in 1..6 {
        text.push_str(&format!("{order},2024-05-0{order},mug,1,5.00,{}.00\n", 5 + 8 * order));
        text.push_str(&format!(
            "{order},2024-05-0{order},lamp,{order},8.00,{}.00\n",
            5 + 8 * order
        ));
    }
    let found = guess(&text);
    assert_eq!((column(&found, "unit_price"), sums(&found).0), (Some("unit price"), "145.00"));
    let total = found.unused.iter().find(|column| column.column == "order total").unwrap();
    assert_eq!(total.sum.as_deref(), Some("145.00"));
    // Where there is nothing else it is taken, and doubted.
    let text = text.replace(",qty,unit price,order total", ",a,b,order total");
    let found = guess(text);
    assert_eq!(column(&found, "amount"), Some("order total"));
    let why = &found.fields.iter().find(|field| field.field == "amount").unwrap().why;
    assert!(why.contains("the same on all lines of an order") && !found.sure, "{why}");
}

#[test]
fn negative_amounts_are_read_in_all_ways() {
    let found = guess(
        "order,customer,date,amount\n1,c1,2024-05-01,120.00\n2,c2,2024-05-02,(63.12)\n3,c3,2024-05-03,-45.00\n\
         4,c4,2024-05-04,$-10.00\n5,c5,2024-05-05,-$10.00\n6,c6,2024-05-06,($182.77)\n7,c7,2024-05-07,45.00-\n\
         8,c8,2024-05-08,−12.50\n9,c9,2024-05-09,+5.00\n10,c10,2024-05-10,$ 1.00\n11,c11,2024-05-11,1.00 $\n",
    );
    assert_eq!(sums(&found), ("-241.39", 4, 11));
    assert!(found.builds);
    let found = guess(
        "order,date,amount\n1,2024-05-01,100.00\n2,2024-05-02,(-7.00)\n3,2024-05-03,($-7.00)\n",
    );
    assert_eq!((sums(&found).0, found.builds), ("100.00", false));
    let noise = guess(
        "order,date,amount\n1,2024-05-01,3.3000000000000003\n2,2024-05-02,12.1\n3,2024-05-03,1.5E+03\n",
    );
    assert_eq!(sums(&noise).0, "1515.40");
    assert!(noise.notes.iter().any(|note| note.contains("binary fractions")));
}

#[test]
fn nothing_above_zero_does_not_build() {
    for (amounts, revenue) in [(["0.00", "0.00"], "0.00"), (["-20.00", "-10.00"], "-30.00")] {
        let found = guess(format!(
            "order,customer,date,amount\n1,a,2024-05-01,{}\n2,b,2024-05-02,{}\n",
            amounts[0], amounts[1]
        ));
        assert_eq!((sums(&found).0, found.builds), (revenue, false));
        assert!(found.problems[0].contains("as_of"), "{:?}", found.problems);
    }
}

#[test]
fn a_column_of_codes_of_currencies_is_known_by_them() {
    let rows = |second: &str| {
        format!(
            "order,date,amount,cur\n1,2024-05-01,10.00,EUR\n2,2024-05-02,20.00,{second}\n3,2024-05-03,5.00,EUR\n"
        )
    };
    let found = guess(rows("EUR"));
    assert_eq!((column(&found, "currency"), found.questions.len()), (Some("cur"), 0));
    assert_eq!(found.totals.as_ref().unwrap().currency, "EUR");
    // Amounts of two currencies are never added up.
    let found = guess(rows("USD"));
    assert_eq!((sums(&found).0, found.builds), ("15.00", false));
    assert_eq!(questions(&found), ["currency"]);
    // Words that are codes, too, are words.
    let found = guess(
        "order,date,amount,kind\n1,2024-05-01,10.00,TOP\n2,2024-05-02,20.00,CUP\n3,2024-05-03,5.00,ALL\n",
    );
    assert_eq!(column(&found, "currency"), None);
}

#[test]
fn net_and_gross_alone_are_amounts_and_asked_about() {
    for names in ["Net,Gross", "Netto,Brutto", "HT,TTC"] {
        let found = guess(format!(
            "Order,Date,{names}\n1,2024-05-01,10.00,11.90\n2,2024-05-02,20.00,23.80\n"
        ));
        let revenues = asked(&found, "amount").choices.iter();
        let revenues = revenues.map(|choice| choice.totals.as_ref().unwrap().revenue.as_str());
        assert_eq!(revenues.collect::<Vec<_>>(), ["30.00", "35.70"], "{names}");
        let told = found.unused.iter().map(|column| column.says.as_str()).collect::<Vec<_>>();
        assert!(told[0].starts_with("another amount, 35.70 "), "{told:?}");
    }
}

#[test]
fn names_of_columns_tell_of_cents() {
    for name in ["amount_cents", "price_minor", "Total (in cents)"] {
        let found = guess(format!(
            "date,customer,{name}\n2024-05-01,a,1250\n2024-05-02,b,999\n2024-05-03,b,5\n"
        ));
        assert_eq!(sums(&found).0, "22.54", "{name}");
        assert!(!questions(&found).contains(&"amount_unit"), "{name}");
    }
    // What has decimals is no cents, whatever it is called.
    let found = guess("date,customer,amount_cents\n2024-05-01,a,12.50\n2024-05-02,b,9.99\n");
    assert_eq!(sums(&found).0, "22.49");
}

#[test]
fn an_answer_about_a_currency_has_the_amounts_with_its_sign() {
    for (eur, usd) in [("€", "$"), ("EUR ", "USD ")] {
        let found = guess(format!(
            "order,date,amount\n1,2024-05-01,{eur}10.00\n2,2024-05-02,{eur}20.50\n3,2024-05-03,{usd}7.00\n"
        ));
        let of = |at: usize| {
            let totals = asked(&found, "currency").choices[at].totals.as_ref().unwrap();
            (totals.revenue.clone(), totals.currency.clone())
        };
        assert_eq!(of(0), ("30.50".to_owned(), "EUR".to_owned()));
        assert_eq!(of(1), ("7.00".to_owned(), "USD".to_owned()));
    }
}
