//! Delimiters, encodings, numbers and dates as people write them.

use encoding_rs::{SHIFT_JIS, UTF_8, WINDOWS_1252};
use rusqlite::types::FromSql;

use crate::folder::Folder;

/// Imports one file of purchases and asks one question.
fn asked<T: FromSql>(settings: &str, csv: impl AsRef<[u8]>, sql: &str) -> T {
    let folder = Folder::new();
    folder.write("purchase_transactions.csv", csv);
    folder.import(&mapping(settings)).unwrap_or_else(|error| panic!("{settings}: {error}"));
    folder.ask(sql)
}

fn mapping(settings: &str) -> String {
    format!("source = 'S'\n{settings}\n[purchase_transactions]\n")
}

#[test]
fn amounts_as_people_write_them() {
    for (settings, written, units) in [
        ("", "1234.5", 123_450),
        ("", "-0.99", -99),
        ("", "+7", 700),
        ("", ".5", 50),
        ("", "(12.50)", -1_250),
        ("", "12.50-", -1_250),
        ("", "−3", -300),
        ("format.thousands = ','", "1,234,567.89", 123_456_789),
        ("format.thousands = ','", "12,34,567", 123_456_700),
        ("format.decimal_comma = true", "1234,5", 123_450),
        ("format = { decimal_comma = true, thousands = '.' }", "-1.234,50", -123_450),
        ("format = { decimal_comma = true, thousands = ' ' }", "1 234,5", 123_450),
        ("format = { decimal_comma = true, thousands = ' ' }", "1\u{202f}234,5", 123_450),
        ("format.thousands = \"'\"", "1’234.50", 123_450),
        ("format.currency_symbol = '$'", "$12.34", 1_234),
        ("format.currency_symbol = '$'", "-$12.34", -1_234),
        ("format.currency_symbol = '$'", "$-12.34", -1_234),
        ("format.currency_symbol = '$'", "($12.34)", -1_234),
        ("format = { currency_symbol = '€', decimal_comma = true }", "12,34 €", 1_234),
    ] {
        let csv = format!(
            "customer_id;transaction_date;amount\na;2024-01-01;99\nb;2024-01-01;{written}\n"
        );
        let settings = format!("currency.code = 'USD'\nformat.delimiter = ';'\n{settings}");
        let settings = settings.replace("format = {", "format = { delimiter = ';', ");
        let settings = if settings.contains("format = {") {
            settings.replace("format.delimiter = ';'\n", "")
        } else {
            settings
        };
        let sql = "SELECT total_lifetime_value FROM customer_360 WHERE customer_id = 'b'";
        assert_eq!(asked::<i64>(&settings, csv, sql), units, "{written}");
    }
}

#[test]
fn the_finest_amount_decides_the_exponent() {
    for (currency, amount, exponent) in [
        ("code = 'USD'", "5", 2),
        ("code = 'USD'", "5.100", 2),
        ("code = 'USD'", "5.125", 3),
        ("code = 'USD'", "5.0001", 4),
        ("code = 'JPY'", "500", 0),
        ("code = 'JPY'", "500.5", 1),
        ("code = 'KWD'", "5", 3),
        ("code = 'USD'\nexponent = 0", "5.00", 0),
    ] {
        let csv = format!("customer_id,transaction_date,amount\na,2024-01-01,{amount}\n");
        let sql = "SELECT value FROM meta WHERE key = 'currency'";
        let currency = currency.replace("code", "currency.code").replace("exp", "currency.exp");
        let value: String = asked(&currency, csv, sql);
        assert!(value.contains(&format!("\"exponent\":{exponent}")), "{amount}: {value}");
    }
}

#[test]
fn encodings_arrive_as_the_same_text() {
    let text = "customer_id,transaction_date,amount,name,city\na,2024-01-01,1,Zoë Müller,Köln\n";
    let utf16: Vec<u8> = [0xfe_ffu16.swap_bytes()]
        .into_iter()
        .flat_map(u16::to_be_bytes)
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let with_mark = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for (label, bytes) in [
        ("utf-8", UTF_8.encode(text).0.into_owned()),
        ("utf-8", with_mark),
        ("windows-1252", WINDOWS_1252.encode(text).0.into_owned()),
        ("utf-16le", utf16),
    ] {
        let settings = format!("currency.code = 'EUR'\nformat.encoding = '{label}'");
        let sql = "SELECT first_name || last_name || city FROM customer_360";
        assert_eq!(asked::<String>(&settings, bytes, sql), "ZoëMüllerKöln", "{label}");
    }
    let japanese = "customer_id,transaction_date,amount,city\na,2024-01-01,1,東京\n";
    let settings = "currency.code = 'JPY'\nformat.encoding = 'shift_jis'";
    let bytes = SHIFT_JIS.encode(japanese).0.into_owned();
    assert_eq!(asked::<String>(settings, bytes, "SELECT city FROM customer_360"), "東京");
}

#[test]
fn dialects_of_csv() {
    let day = "SELECT transaction_date || ' ' || amount FROM purchase_transactions";
    for (format, csv) in [
        ("delimiter = \"\\t\"", "customer_id\ttransaction_date\tamount\na\t2024-02-29\t5\n"),
        (
            "delimiter = '|', quote = \"'\"",
            "customer_id|transaction_date|amount\na|'2024-02-29'|'5'\n",
        ),
        ("date = '%d.%m.%Y'", "customer_id,transaction_date,amount\r\na,29.2.2024,5\r\n"),
        ("date = ['%Y-%m-%d', '%m/%d/%y']", "customer_id,transaction_date,amount\na,02/29/24,5\n"),
        ("date = '%d/%m/%Y %H:%M'", "customer_id,transaction_date,amount\na,29/02/2024 23:59,5"),
        (
            "nulls = ['NULL', 'n/a']",
            "customer_id,transaction_date,amount,quantity\na,2024-02-29,5,n/a\n",
        ),
        (
            "delimiter = ','",
            "\"customer_id\",\"transaction_date\",\"amount\"\n\na,\" 2024-02-29 \",5\n,,\n",
        ),
    ] {
        let settings = format!("currency.code = 'USD'\nformat = {{ {format} }}");
        assert_eq!(asked::<String>(&settings, csv, day), "2024-02-29 500", "{format}");
    }
}

#[test]
fn instants_are_cut_to_days_in_the_time_zone() {
    let csv = "customer_id,transaction_date,amount\na,2024-03-01T02:30:00Z,5\n";
    for (zone, day) in [("UTC", "2024-03-01"), ("America/Chicago", "2024-02-29")] {
        let settings = format!(
            "time_zone = '{zone}'\ncurrency.code = 'USD'\nformat.date = '%Y-%m-%dT%H:%M:%S%#z'"
        );
        let sql = "SELECT transaction_date FROM purchase_transactions";
        assert_eq!(asked::<String>(&settings, csv, sql), day);
    }
}

#[test]
fn hostile_text_arrives_as_it_is() {
    for text in ["<script>alert(1)</script>", "=1+1", "'; DROP TABLE x;--", "a\u{202e}b", "👩🏽‍💻"]
    {
        let csv = format!("customer_id,transaction_date,amount,city\na,2024-01-01,1,\"{text}\"\n");
        let sql = "SELECT city FROM customer_360";
        assert_eq!(asked::<String>("currency.code = 'USD'", csv, sql), text);
    }
}
