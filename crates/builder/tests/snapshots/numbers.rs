//! Signs in numbers that can be read in two ways, and amounts that may be cents.

use snapshot::meta::WarningKind::{self, LargeAmounts, ThreeDecimals};

use crate::folder::Folder;

fn warnings(settings: &str, amounts: &[&str]) -> Result<Vec<(WarningKind, u64, Vec<u64>)>, String> {
    let folder = Folder::new();
    let rows: String =
        (1..).zip(amounts).map(|(day, amount)| format!("a;2025-01-{day:02};{amount}\n")).collect();
    folder
        .write("purchase_transactions.csv", format!("customer_id;transaction_date;amount\n{rows}"));
    let settings = if settings.contains("code") {
        settings.to_owned()
    } else {
        format!("currency.code = 'EUR'\n{settings}")
    };
    let mapping =
        format!("source = 'S'\nformat.delimiter = ';'\n{settings}\n[purchase_transactions]\n");
    let meta = folder.import(&mapping)?.meta;
    Ok(meta.warnings.into_iter().map(|mut w| (w.kind, w.count, w.places.remove(0).lines)).collect())
}

#[test]
fn three_digits_behind_every_sign_are_told() {
    let comma = "format.decimal_comma = true";
    for (settings, amounts, told) in [
        ("", &["1.234", "500", "12.500"][..], true),
        (comma, &["1,234", "500"], true),
        // Something tells that decimals are meant.
        ("", &["1.234", "0.500"], false),
        ("", &["1.234", "12.5"], false),
        ("", &["1.234", "1500"], false),
        // The mapping says what the sign is, or the currency has three decimals.
        ("format.thousands = ','", &["1,234", "2,500"], false),
        ("currency.code = 'KWD'", &["1.234", "2.500"], false),
        ("currency.code = 'EUR'\ncurrency.exponent = 3", &["1.234", "2.500"], false),
    ] {
        let found = warnings(settings, amounts).unwrap();
        let of_signs = found.iter().filter(|(kind, ..)| *kind == ThreeDecimals).count();
        assert_eq!(of_signs > 0, told, "{settings} {amounts:?}: {found:?}");
    }
    assert_eq!(warnings("", &["500", "1.234"]), Ok(vec![(ThreeDecimals, 1, vec![3])]));
    let error = warnings("strict = true", &["500", "1.234"]).unwrap_err();
    assert!(error.contains("thousands and decimal_comma"), "{error}");
}

#[test]
fn a_column_written_in_two_ways_is_refused_whatever_the_limit() {
    for amounts in [&["1.234,56", "7", "1,234.56"][..], &["12,5", "7", "12.5"]] {
        for settings in ["", "format = { decimal_comma = true, thousands = '.', delimiter = ';' }"]
        {
            let settings = format!("reject_limit = 9\n{settings}");
            let settings = settings.replace("format = {", "classes.segments = []\nformat = {");
            let folder = Folder::new();
            let rows: String =
                amounts.iter().map(|amount| format!("a;2025-01-01;{amount}\n")).collect();
            folder.write(
                "purchase_transactions.csv",
                format!("customer_id;transaction_date;amount\n{rows}"),
            );
            let delimiter =
                if settings.contains("format") { "" } else { "format.delimiter = ';'\n" };
            let mapping = format!(
                "source = 'S'\ncurrency.code = 'EUR'\n{delimiter}{settings}\n[purchase_transactions]\n"
            );
            let error = folder.import(&mapping).unwrap_err();
            assert!(error.contains("(line 2)") && error.contains("(line 4)"), "{error}");
        }
    }
}

#[test]
fn amounts_that_may_be_cents_are_told_with_their_factor() {
    let amounts = ["3599", "1999", "500"];
    assert_eq!(warnings("", &amounts), Ok(vec![(LargeAmounts, 2, vec![2])]));
    for (code, factor) in [("EUR", "divided by 100;"), ("KWD", "divided by 1000;")] {
        let error =
            warnings(&format!("strict = true\ncurrency.code = '{code}'"), &amounts).unwrap_err();
        assert!(error.contains("amount_unit = \"minor\"") && error.contains(factor), "{error}");
    }
    for (settings, amounts) in [
        ("format.amount_unit = 'minor'", &amounts[..]),
        ("format.amount_unit = 'major'", &amounts),
        ("currency.code = 'JPY'", &amounts),
        ("", &["3599", "19.99"]),
        ("", &["35", "1999", "20"]),
        ("format.currency_symbol = '$'", &["$3599", "$1999"]),
    ] {
        assert_eq!(warnings(settings, amounts), Ok(vec![]), "{settings} {amounts:?}");
    }
}

#[test]
fn an_amount_that_is_none_comes_with_what_would_make_it_one() {
    for (amount, hint) in [
        ("12,50", "decimal_comma = true"),
        ("1,234.50", "say thousands = \",\" without"),
        ("1.234,50", "say decimal_comma = true, and thousands"),
        ("1'234.50", "if ' stands between thousands, say thousands = \"'\""),
        ("1\u{a0}234", "say thousands = \" \""),
        ("$12.50", "if $ stands for EUR, say so with currency_symbol"),
        ("12.50 EUR", "if EUR stands for EUR"),
    ] {
        let error = warnings("", &[amount]).unwrap_err();
        assert!(error.contains("is not an amount") && error.contains(hint), "{error}");
    }
}
