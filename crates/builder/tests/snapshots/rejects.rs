//! Bad rows, bad files and bad mappings: named by file, line, column and reason; nothing written.

use crate::folder::Folder;

const MAPPING: &str = "source = 'S'\n[currency]\ncode = 'USD'\n[purchase_transactions]\n";

/// What an import of these purchases says, after making sure that it wrote nothing.
fn refusal(mapping: &str, csv: impl AsRef<[u8]>) -> String {
    let folder = Folder::new();
    folder.write("purchase_transactions.csv", csv);
    let error = folder.import(mapping).expect_err("it was built");
    assert!(!folder.out().exists(), "something was written");
    error
}

#[test]
fn bad_rows_are_named_by_line_column_and_reason() {
    const HEADER: &str = "transaction_id,order_id,customer_id,transaction_date,quantity,amount";
    const GOOD: &str = "1,o,a,2024-01-01,1,5";
    for (row, complaint) in [
        ("2,o,a,2024-02-30,1,5", "line 3, column \"transaction_date\": '2024-02-30' is not a date"),
        ("2,o,a,01.02.2024,1,5", "column \"transaction_date\": '01.02.2024' is not a date"),
        ("2,o,a,,1,5", "column \"transaction_date\": empty"),
        ("2,o,a,2924-01-01,1,5", "column \"transaction_date\": '2924-01-01' is in the year 2924"),
        ("2,o,a,2024-01-01,1,", "column \"amount\": empty"),
        ("2,o,a,2024-01-01,1,five", "column \"amount\": 'five' is not an amount"),
        ("2,o,a,2024-01-01,1,\"1,50\"", "column \"amount\": '1,50' is not an amount"),
        ("2,o,a,2024-01-01,1,1e", "column \"amount\": '1e' is not an amount"),
        ("2,o,a,2024-01-01,1,--5", "column \"amount\": '--5' is not an amount"),
        ("2,o,a,2024-01-01,1,$5", "column \"amount\": '$5' is not an amount"),
        ("2,o,a,2024-01-01,1,0.00001", "column \"amount\": '0.00001' has more than 4 decimals"),
        (
            "2,o,a,2024-01-01,1,99999999999999999999",
            "column \"amount\": '99999999999999999999' is too large",
        ),
        ("2,o,a,2024-01-01,some,5", "column \"quantity\": 'some' is not a quantity"),
        ("2,o,a,2024-01-01,1.50001,5", "column \"quantity\": '1.50001' has more than 4 decimals"),
        ("2,o,a,2024-01-01,99999999999,5", "column \"quantity\": '99999999999' is too large"),
        ("2,,a,2024-01-01,1,5", "column \"order_id\": empty"),
        (",o,a,2024-01-01,1,5", "column \"transaction_id\": empty"),
        ("1,o,a,2024-01-01,1,5", "column \"transaction_id\": '1' was there before"),
        ("2,o,a\0b,2024-01-01,1,5", "column \"customer_id\": a NUL character"),
        ("2,o,a,2024-01-01,1", "line 3: 5 cells where the header has 6"),
        ("2,o,a,2024-01-01,1,5,6", "line 3: 7 cells where the header has 6"),
    ] {
        let error = refusal(MAPPING, format!("{HEADER}\n{GOOD}\n{row}\n"));
        let complaint = complaint.trim_start_matches("line 3, ");
        assert!(error.contains(complaint), "{row}: {error}");
        assert!(error.contains("purchase_transactions.csv, line 3"), "{row}: {error}");
        assert!(error.contains("1 row was rejected and 0 may be"), "{row}: {error}");
    }
}

#[test]
fn bytes_of_another_encoding_are_not_papered_over() {
    let csv = b"customer_id,transaction_date,amount,city\na,2024-01-01,5,K\xf6ln\n".as_slice();
    let error = refusal(MAPPING, csv);
    assert!(
        error.contains("line 2, column \"city\": not valid UTF-8; perhaps the encoding is"),
        "{error}"
    );
    let mapping = format!("format.encoding = 'shift_jis'\n{MAPPING}");
    let csv = b"customer_id,transaction_date,amount,city\na,2024-01-01,5,\x81\n".as_slice();
    assert!(refusal(&mapping, csv).contains("not valid Shift_JIS"));
}

#[test]
fn rows_that_refer_to_nobody_are_refused() {
    let tables = [
        ("customer_info.csv", "customer_id,city\na,Rome\n"),
        ("product_catalog.csv", "product_id,category\np,Pens\n"),
        (
            "purchase_transactions.csv",
            "customer_id,product_id,transaction_date,amount\na,p,2024-01-01,1\n",
        ),
        (
            "customer_service.csv",
            "customer_id,interaction_date,satisfaction_score\na,2024-01-01,5\n",
        ),
        (
            "campaign_responses.csv",
            "campaign_id,customer_id,contact_date,responded\nm,a,2024-01-01,1\n",
        ),
        ("website_behavior.csv", "customer_id,visit_date\na,2024-01-01\n"),
    ];
    let sections: String =
        tables.iter().map(|(file, _)| format!("[{}]\n", file.trim_end_matches(".csv"))).collect();
    let mapping = format!("source = 'S'\ncurrency.code = 'USD'\n{sections}");
    for (file, row, complaint) in [
        ("customer_info.csv", "a,Oslo", "column \"customer_id\": 'a' was there before"),
        ("customer_info.csv", ",Oslo", "column \"customer_id\": empty"),
        ("product_catalog.csv", "p,Ink", "column \"product_id\": 'p' was there before"),
        ("purchase_transactions.csv", "x,p,2024-01-01,1", "customer 'x' is not in customer_info"),
        ("purchase_transactions.csv", "a,x,2024-01-01,1", "product 'x' is not in product_catalog"),
        ("customer_service.csv", "x,2024-01-01,5", "customer 'x' is not in customer_info"),
        ("customer_service.csv", "a,2024-01-01,6", "'6' is not a score from 1 to 5"),
        ("customer_service.csv", "a,2024-01-01,0", "'0' is not a score from 1 to 5"),
        ("customer_service.csv", "a,2024-01-01,4.5", "'4.5' is not a score from 1 to 5"),
        ("campaign_responses.csv", "m,x,2024-01-01,1", "customer 'x' is not in customer_info"),
        ("campaign_responses.csv", "m,a,2024-01-01,maybe", "'maybe' is neither yes nor no"),
        ("website_behavior.csv", "x,2024-01-01", "customer 'x' is not in customer_info"),
    ] {
        let folder = Folder::new();
        for (name, content) in tables {
            let bad = if name == file { format!("{row}\n") } else { String::new() };
            folder.write(name, format!("{content}{bad}"));
        }
        let error = folder.import(&mapping).unwrap_err();
        assert!(error.contains(&format!("{file}, line 3")), "{row}: {error}");
        assert!(error.contains(complaint), "{row}: {error}");
        assert!(folder.files().is_empty());
    }
}

#[test]
fn bad_files_and_mappings_are_named() {
    let csv = "customer_id,transaction_date,amount\na,2024-01-01,5\n";
    let with = |extra: &str| format!("{extra}\n{MAPPING}");
    for (mapping, csv, complaint) in [
        (MAPPING.to_owned(), "", "has no header"),
        (MAPPING.to_owned(), "customer_id,transaction_date\n", "there is no column for amount"),
        (MAPPING.to_owned(), "customer_id,amount\n", "no column for transaction_date"),
        (MAPPING.to_owned(), "customer_id,transaction_date,amount\n", "there is no purchase"),
        (
            MAPPING.to_owned(),
            "customer_id,transaction_date,amount\na,2024-01-01,-5\n",
            "there is no as-of day",
        ),
        (
            format!("{MAPPING}columns.amount = 'Total'\n"),
            csv,
            "no column 'Total', which the mapping names for amount; it has: customer_id, transaction_date, amount",
        ),
        (
            format!("{MAPPING}columns.total = 'x'\n"),
            csv,
            "no field 'total'; there are transaction_id",
        ),
        (
            format!("{MAPPING}colums.amount = 'x'\n"),
            csv,
            "there is no setting 'colums'; did you mean 'columns'?",
        ),
        (format!("{MAPPING}file = 'other.csv'\n"), csv, "other.csv is missing"),
        (
            MAPPING.to_owned(),
            "customer_id,amount,transaction_date,amount\n",
            "has two columns 'amount'",
        ),
        (with("format.date = '%Q'"), csv, "'%Q' is not a strftime format"),
        (with("format.encoding = 'klingon'"), csv, "'klingon' is not a known encoding"),
        (with("format.delimiter = '→'"), csv, "'→' is not an ASCII character"),
        (with("format.thousands = '.'"), csv, "'.' stands before decimals"),
        (with("format.currency_symbol = '–'"), csv, "currency_symbol: '–' is a part of numbers"),
        (format!("{MAPPING}format.currency_symbol = '1'\n"), csv, "line 5: currency_symbol: '1'"),
        (with("time_zone = 'Mars'"), csv, "'Mars' is not an IANA time zone"),
        (MAPPING.replace("USD", "dollars"), csv, "'dollars' is not an ISO 4217 code"),
        (MAPPING.replace("USD", "EUO"), csv, "'EUO' is not an ISO 4217 code such as \"USD\""),
        (MAPPING.replace("USD", "eur"), csv, "'eur' is not an ISO 4217 code such as \"EUR\""),
        (MAPPING.replace("'USD'", "'USD'\nexponent = 5"), csv, "exponent: at most 4"),
        (
            "source = 'S'\ncurrency.code = 'USD'".to_owned(),
            csv,
            "[purchase_transactions] is missing",
        ),
        ("source = ".to_owned(), csv, "mapping"),
        (with("as_of = '2024-13-01'"), csv, "'2024-13-01' is not a day"),
    ] {
        let error = refusal(&mapping, csv);
        assert!(error.contains(complaint), "{complaint}: {error}");
    }
}

#[test]
fn a_limit_lets_bad_rows_be_left_out_and_counts_them() {
    let csv = "customer_id,transaction_date,amount\na,2024-01-01,5\na,never,5\na,2024-01-02,x\n";
    let limit = |limit: u32| format!("reject_limit = {limit}\n{MAPPING}");
    let error = refusal(&limit(1), csv);
    assert!(error.contains("2 rows were rejected and 1 may be"), "{error}");
    let folder = Folder::new();
    folder.write("purchase_transactions.csv", csv);
    let meta = folder.import(&limit(2)).unwrap().meta;
    assert_eq!(meta.rejected["purchase_transactions"], 2);
    assert_eq!(meta.rows["purchase_transactions"], 1);
    folder.assert_sound();
}

#[test]
fn a_hopeless_file_is_not_read_to_its_end() {
    let rows = "a,never,5\n".repeat(5_000);
    let error = refusal(MAPPING, format!("customer_id,transaction_date,amount\n{rows}"));
    assert!(error.contains("1001 rows were rejected") && error.contains("and 991 more"), "{error}");
}

#[test]
fn a_period_too_long_for_one_snapshot_is_refused() {
    let csv = "customer_id,transaction_date,amount\na,1900-01-01,5\na,2199-01-01,5\n";
    assert!(refusal(MAPPING, csv).contains("too much for one snapshot"));
}

#[test]
fn sums_beyond_64_bits_are_refused() {
    let row = "a,2024-01-01,90000000000000000\n".repeat(3);
    let error = refusal(MAPPING, format!("customer_id,transaction_date,amount\n{row}"));
    assert!(error.contains("sums could not be exact"), "{error}");
}
