//! A column of dates has one order of day and month, and nothing in it is guessed.

use crate::folder::Folder;

/// Imports sales on days that are written in one of two ways; the days that came in.
fn days(first: &str, second: &str, written: &[&str]) -> Result<String, String> {
    let folder = Folder::new();
    let rows: String = written.iter().map(|day| format!("{day},5\n")).collect();
    folder.write("purchase_transactions.csv", format!("transaction_date,amount\n{rows}"));
    folder.import(&format!(
        "source = 'S'\nformat.date = ['{first}', '{second}']\ncurrency.code = 'EUR'\n\
         [purchase_transactions]\n"
    ))?;
    Ok(folder.ask(
        "SELECT group_concat(transaction_date, ' ') FROM
         (SELECT transaction_date FROM purchase_transactions ORDER BY CAST(transaction_id AS INT))",
    ))
}

#[test]
fn the_one_order_that_all_dates_allow_is_the_columns() {
    let written = ["05/06/2024", "28/06/2024", "07/06/2024"];
    let should = Ok("2024-06-05 2024-06-28 2024-06-07".to_owned());
    assert_eq!(days("%m/%d/%Y", "%d/%m/%Y", &written), should);
    assert_eq!(days("%d/%m/%Y", "%m/%d/%Y", &written), should);
    let american = ["06.28.2024", "12.12.2024"];
    for first in ["%d.%m.%Y", "%Y-%m-%d"] {
        let should = Ok("2024-06-28 2024-12-12".to_owned());
        assert_eq!(days(first, "%m.%d.%Y", &american), should);
    }
}

#[test]
fn a_column_of_two_orders_is_refused_by_a_cell_of_each() {
    let error = days("%d/%m/%Y", "%m/%d/%Y", &["05/06/2024", "28/06/2024", "06/28/2024"]);
    let error = error.unwrap_err();
    assert!(error.contains("line 3, '28/06/2024', can only be day-first"), "{error}");
    assert!(error.contains("line 4, '06/28/2024', only month-first"), "{error}");
}

#[test]
fn an_order_that_nothing_tells_is_not_guessed() {
    let error = days("%d/%m/%Y", "%m/%d/%Y", &["06/06/2024", "05/06/2024"]).unwrap_err();
    assert!(error.contains("line 3, '05/06/2024'") && error.contains("leave one of"), "{error}");
    let same = days("%d/%m/%Y", "%m/%d/%Y", &["06/06/2024", "05/05/2024"]);
    assert_eq!(same, Ok("2024-06-06 2024-05-05".to_owned()));
}

#[test]
fn a_date_of_the_other_order_is_called_so() {
    let error = days("%m/%d/%Y", "%Y-%m-%d", &["28/06/2024"]).unwrap_err();
    assert!(error.contains("it can only be day-first"), "{error}");
}

#[test]
fn loose_days_are_not_iso_days_unless_the_format_says_so() {
    for loose in ["2024-6-5", "+2024-06-05", "2024-06-5"] {
        assert!(days("%Y-%m-%d", "%d.%m.%Y", &[loose]).is_err(), "{loose}");
    }
    let said = days("%Y-%-m-%-d", "%d.%m.%Y", &["2024-6-5"]);
    assert_eq!(said, Ok("2024-06-05".to_owned()));
}

#[test]
fn a_z_is_an_instant_of_greenwich() {
    let folder = Folder::new();
    folder.write(
        "purchase_transactions.csv",
        "transaction_date,amount\n2024-07-31T21:59:59Z,1\n2024-07-31T22:00:00Z,2\n",
    );
    let mapping = "source = 'S'\ntime_zone = 'Europe/Vienna'\ncurrency.code = 'EUR'\n\
        format.date = '%Y-%m-%dT%H:%M:%SZ'\n[purchase_transactions]\n";
    folder.import(mapping).unwrap();
    let august =
        "SELECT SUM(amount) FROM purchase_transactions WHERE transaction_date = '2024-08-01'";
    assert_eq!(folder.ask::<i64>(august), 200);
}

#[test]
fn a_date_in_a_usual_form_is_told_with_the_format_that_reads_it() {
    for (written, hint) in [
        ("2024-01-01 10:00:00", "%Y-%m-%d %H:%M:%S reads it"),
        ("1.2.2024", "%d.%m.%Y reads it"),
        ("2024-01-01 10:00:00 UTC", "%Y-%m-%d %H:%M:%S UTC reads it"),
        ("2023-02-29", "there is no such day"),
        ("45351", "the number that a spreadsheet has for a day"),
    ] {
        let folder = Folder::new();
        let csv = format!("customer_id,transaction_date,amount\na,{written},1\n");
        folder.write("purchase_transactions.csv", csv);
        let mapping = "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n";
        let error = folder.import(mapping).unwrap_err();
        assert!(error.contains(hint), "{error}");
    }
}

#[test]
fn no_format_is_advised_that_does_not_read_the_cell() {
    for (format, written) in [("%Y-%m-%d", "3/4/24"), ("%m/%d/%Y", "28/4/24")] {
        let folder = Folder::new();
        let csv = format!("customer_id,transaction_date,amount\na,{written},1\n");
        folder.write("purchase_transactions.csv", csv);
        let mapping = format!(
            "source = 'S'\ncurrency.code = 'EUR'\nformat.date = '{format}'\n\
             [purchase_transactions]\n"
        );
        let error = folder.import(&mapping).unwrap_err();
        assert!(!error.contains("reads it") && !error.contains("can only be"), "{error}");
    }
}

#[test]
fn greenwich_by_any_name_is_an_instant() {
    for zone in [" UTC", " GMT", " +0000", "+00:00", "z", "Z"] {
        let folder = Folder::new();
        let csv = format!("transaction_date,amount\n2024-04-30 23:30:00{zone},1\n");
        folder.write("purchase_transactions.csv", csv);
        let mapping = format!(
            "source = 'S'\ntime_zone = 'Europe/Berlin'\ncurrency.code = 'EUR'\n\
             format.date = '%Y-%m-%d %H:%M:%S{zone}'\n[purchase_transactions]\n"
        );
        folder.import(&mapping).unwrap();
        let day: String = folder.ask("SELECT transaction_date FROM purchase_transactions");
        assert_eq!(day, "2024-05-01", "{zone}");
    }
}
