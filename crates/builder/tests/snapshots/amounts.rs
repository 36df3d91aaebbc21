//! Amounts and quantities arrive exactly, in the currency that was said, or not at all.

use rusqlite::Connection;

use crate::folder::Folder;

const MAPPING: &str = "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n";

/// A folder with imported purchases, or what the refusal says.
fn imported(settings: &str, csv: &str) -> Result<Folder, String> {
    let folder = Folder::new();
    folder.write("purchase_transactions.csv", csv);
    folder.import(&format!("{settings}\n{MAPPING}"))?;
    Ok(folder)
}

fn refusal(settings: &str, csv: &str) -> String {
    imported(settings, csv).err().expect("it was built")
}

/// The text of a KPI over the whole period.
fn kpi(folder: &Folder, id: &str, part: &str) -> String {
    let shown = builder::inspect::inspect(&folder.opened()).unwrap();
    shown["kpis"]["whole_period"][id][part].as_str().unwrap().to_owned()
}

#[test]
fn a_negative_in_brackets_has_no_second_sign() {
    let csv = "transaction_date,amount\n2025-01-01,9\n2025-01-02,(-7.00)\n2025-01-03,($-7.00)\n";
    let error = refusal("format.currency_symbol = '$'", csv);
    assert!(error.contains("line 3, column \"amount\": '(-7.00)' is not an amount"), "{error}");
    assert!(error.contains("line 4, column \"amount\": '($-7.00)' is not an amount"), "{error}");
}

#[test]
fn amounts_of_another_currency_are_refused_where_a_column_tells() {
    let csv = "transaction_date,amount,money\n2025-01-01,9,eur\n2025-01-02,9,NOK\n\
               2025-01-03,9,€\n2025-01-04,9,\n2025-01-05,9,GBP\n";
    let column = "format.currency_symbol = '€'\npurchase_transactions.columns.currency = 'money'";
    let folder = Folder::new();
    folder.write("purchase_transactions.csv", csv);
    let mapping = format!("source = 'S'\ncurrency.code = 'EUR'\n{column}\n");
    let error = folder.import(&mapping).unwrap_err();
    assert!(
        error.contains("line 3, column \"money\": 'NOK' is another currency than EUR"),
        "{error}"
    );
    assert!(
        error.contains("line 6, column \"money\": 'GBP' is another currency than EUR"),
        "{error}"
    );
    assert!(error.contains("2 rows were rejected"), "{error}");
}

#[test]
fn amounts_can_be_written_in_minor_units() {
    let csv = "transaction_date,amount\n2025-01-01,2599\n2025-01-02,-1000\n";
    for (code, sum) in [("EUR", "15.99"), ("JPY", "1599"), ("KWD", "1.599")] {
        let folder = Folder::new();
        folder.write("purchase_transactions.csv", csv);
        let mapping = MAPPING.replace("EUR", code);
        folder.import(&format!("format.amount_unit = 'minor'\n{mapping}")).unwrap();
        assert_eq!(kpi(&folder, "total_revenue", "value"), sum);
    }
}

#[test]
fn quantities_with_decimals_are_exact() {
    let csv = "customer_id,transaction_date,unit_price,quantity,category\n\
               a,2025-01-01,3.99,0.750,Fruit\na,2025-01-09,2.50,1.5,Fruit\nb,2025-01-09,5,3,Pots\n\
               b,2025-01-10,2.50,-0.5,Fruit\n";
    let folder = imported("", csv).unwrap();
    let meta = folder.opened().manifest.meta;
    assert_eq!((meta.currency.exponent, meta.quantity_exponent), (4, 2));
    assert_eq!(folder.ask::<i64>("SELECT SUM(quantity) FROM purchase_transactions"), 475);
    assert_eq!(kpi(&folder, "total_revenue", "value"), "20.4925");
    assert_eq!(kpi(&folder, "units_sold", "value"), "4.75");
    assert_eq!(kpi(&folder, "units_sold", "text"), "4.75");
    let shown = builder::inspect::inspect(&folder.opened()).unwrap();
    let rows = &shown["widgets"]["category_performance"]["table"]["rows"];
    assert_eq!(rows[1][2]["text"], "1.75");
    folder.assert_sound();
    let whole = imported("", "transaction_date,amount,quantity\n2025-01-01,1,2.0\n").unwrap();
    assert_eq!(whole.opened().manifest.meta.quantity_exponent, 0);
    let fine = "transaction_date,unit_price,quantity\n2025-01-01,3.999,0.7505\n";
    assert!(refusal("", fine).contains("'3.0012495' is price times quantity, and has more than 4"));
}

#[test]
fn noise_of_binary_fractions_is_read_alike_from_text_and_from_sqlite() {
    let amounts = ["3.3000000000000003", "59.970000000000006", "434.99999999999994", "1500.5"];
    let rows: String = amounts.iter().map(|amount| format!("2025-01-01,{amount}\n")).collect();
    let text = imported("", &format!("transaction_date,amount\n{rows}")).unwrap();
    let sqlite = Folder::new();
    let path = sqlite.input().join("shop.db");
    let values: String =
        amounts.iter().map(|amount| format!(", ('2025-01-01', {amount})")).collect();
    Connection::open(&path)
        .unwrap()
        .execute_batch(&format!(
            "CREATE TABLE purchase_transactions (transaction_date TEXT, amount REAL);
             INSERT INTO purchase_transactions VALUES {};",
            &values[2..]
        ))
        .unwrap();
    sqlite.import_from(&path, MAPPING).unwrap();
    for folder in [text, sqlite] {
        let meta = folder.opened().manifest.meta;
        assert_eq!(folder.ask::<i64>("SELECT SUM(amount) FROM purchase_transactions"), 199_877);
        assert_eq!(meta.currency.exponent, 2);
        assert_eq!((meta.warnings.len(), meta.warnings[0].count), (1, 3));
    }
}

#[test]
fn a_real_of_many_digits_is_not_rounded() {
    let folder = Folder::new();
    let path = folder.input().join("shop.db");
    Connection::open(&path)
        .unwrap()
        .execute_batch(
            "CREATE TABLE purchase_transactions (transaction_date TEXT, amount REAL);
             INSERT INTO purchase_transactions VALUES ('2025-01-01', 12345678901234.56);",
        )
        .unwrap();
    folder.import_from(&path, MAPPING).unwrap();
    let sum = folder.ask::<i64>("SELECT SUM(amount) FROM purchase_transactions");
    assert_eq!(sum, 1_234_567_890_123_456);
}

#[test]
fn a_dash_of_any_kind_is_a_minus_and_no_currency() {
    for dash in ["-", "–", "‑", "‒", "−", "－"] {
        let csv = format!("transaction_date,amount\n2025-01-01,9\n2025-01-02,{dash}5.00\n");
        let folder = imported("", &csv).unwrap();
        let sum = folder.ask::<i64>("SELECT SUM(amount) FROM purchase_transactions");
        assert_eq!(sum, 400, "{dash}");
    }
    for bad in ["5.00 CR", "5.00 DR", "5 %", "e5", "5x", "5_"] {
        let error = refusal("", &format!("transaction_date,amount\n2025-01-01,{bad}\n"));
        assert!(!error.contains("currency"), "{error}");
    }
    let error = refusal("", "transaction_date,amount\n2025-01-01,10.00 USD\n");
    assert!(error.contains("USD is another currency than EUR"), "{error}");
}

#[test]
fn names_and_signs_of_the_one_currency_are_that_currency() {
    let csv = "transaction_date,amount,currency\n2025-01-01,9,Euro\n2025-01-02,1,€\n";
    let folder = imported("", csv).unwrap();
    assert_eq!(folder.ask::<i64>("SELECT SUM(amount) FROM purchase_transactions"), 1_000);
    let error = refusal("", &csv.replace("Euro", "$"));
    assert!(error.contains("'$' is another currency than EUR"), "{error}");
}

#[test]
fn two_minuses_are_no_sale() {
    let head = "transaction_date,unit_price,quantity\n2025-01-01,10,1\n";
    let error = refusal("", &format!("{head}2025-01-02,-10,-1\n"));
    assert!(error.contains("line 3: price and quantity are both negative"), "{error}");
    for one in ["-10,1", "10,-1"] {
        let folder = imported("", &format!("{head}2025-01-02,{one}\n")).unwrap();
        assert_eq!(folder.ask::<i64>("SELECT SUM(amount) FROM purchase_transactions"), 0);
    }
}
