//! Text files as programs write them: line ends, quotes, headers, what stands above and below.

use crate::folder::Folder;

/// A mapping of one file of sales with columns of its own names.
const SALES: &str = "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n\
    columns = { customer_id = 'who', transaction_date = 'day', amount = 'paid', product_id = 'what' }\n";

const HEADER: &str = "day,who,what,paid";

/// Imports a file of sales; its sum in cents, or what the refusal says.
fn sum(settings: &str, csv: impl AsRef<[u8]>) -> Result<i64, String> {
    let folder = Folder::new();
    folder.write("sales.csv", csv);
    folder.import_from(&folder.input().join("sales.csv"), &format!("{settings}\n{SALES}"))?;
    Ok(folder.ask("SELECT SUM(amount) FROM purchase_transactions"))
}

fn refusal(settings: &str, csv: impl AsRef<[u8]>) -> String {
    sum(settings, csv).expect_err("it was built")
}

#[test]
fn lines_are_those_of_an_editor() {
    for end in ["\n", "\r\n", "\r"] {
        let rows = [
            HEADER,
            "2025-01-01,ada,tea,1",
            "",
            "2025-01-02,ada,\"two",
            "lines\",1",
            "",
            "2025-01-32,ada,tea,1",
        ];
        let error = refusal("", rows.join(end));
        assert!(
            error.contains("sales.csv, line 7, column \"day\": '2025-01-32'"),
            "{end:?} {error}"
        );
    }
}

#[test]
fn files_of_old_macs_load() {
    let csv = format!("{HEADER}\r2025-01-01,ada,tea,1.25\r2025-01-02,bo,tea,2\r");
    assert_eq!(sum("", csv), Ok(325));
    let mixed =
        format!("{HEADER}\n2025-01-01,ada,tea,1.25\r2025-01-02,bo,tea,2\r\n2025-01-03,bo,,4");
    assert_eq!(sum("", mixed), Ok(725));
}

#[test]
fn quotes_that_swallow_rows_are_found() {
    let text = format!(
        "{HEADER}\n2025-01-01,ada,\"9 inch pan,1\n2025-01-02,bo,pot,2\n2025-01-03,cy,4\" lid,3\n"
    );
    let never = format!(
        "{HEADER}\n2025-01-01,ada,tea,1\n2025-01-02,bo,\"9 inch pan,2\n2025-01-03,cy,pot,3\n"
    );
    let long = format!("{HEADER}\n2025-01-01,ada,\"9 inch pan,1\n2025-01-02,bo,lid 4\",2,3,4\n");
    let cell = format!("{HEADER}\n2025-01-01,ada,\"9 inch pan,1\n2025-01-02,bo,lid 4\",2\n");
    for (csv, complaint) in [
        (text, "a quote opened on line 2 closes on line 4 before text"),
        (never, "a quote opened on line 3 is never closed"),
        (cell, "a quote opened on line 2 holds what look like rows of their own"),
        (long, "a quote opened on line 2 holds what look like rows of their own"),
    ] {
        // However many rows may be refused, these would be lost without a count.
        let error = refusal("reject_limit = 99", csv);
        assert!(error.contains(complaint), "{error}");
    }
    let notes = format!("{HEADER}\n2025-01-01,ada,\"black,\ngreen, or\nwhite\",1\n");
    assert_eq!(sum("", notes), Ok(100));
}

#[test]
fn cells_without_a_name_may_be_missing_or_empty_but_not_full() {
    let row = "2025-01-01,ada,tea,1";
    assert_eq!(sum("", format!("{HEADER}\n{row},,\n")), Ok(100));
    assert_eq!(sum("", format!("{HEADER},,\n{row}\n{row},,\n")), Ok(200));
    let error = refusal("", format!("{HEADER}\n{row},x\n"));
    assert!(error.contains("line 2: 5 cells where the header has 4"), "{error}");
}

#[test]
fn what_stands_above_the_header_is_left_out_when_told_and_suggested_when_seen() {
    let csv = format!("Shop report\n,,,\n{HEADER}\n2025-01-01,ada,tea,1\n");
    let error = refusal("", &csv);
    assert!(error.contains("line 1 is \"Shop report\""), "{error}");
    assert!(error.contains("line 3 looks like the header: say skip_rows = 2"), "{error}");
    assert_eq!(sum("format.skip_rows = 2", &csv), Ok(100));
    let error = refusal("format.skip_rows = 2", format!("{csv}2025-01-32,ada,tea,1\n"));
    assert!(error.contains("line 5"), "lines are counted from the top: {error}");
    assert!(refusal("format.skip_rows = 9", csv).contains("has not 9 lines"));
}

#[test]
fn the_separator_that_a_file_names_is_obeyed() {
    let csv = format!("sep=;\r\n{}\r\n2025-01-01;ada;tea;1\r\n", HEADER.replace(',', ";"));
    assert_eq!(sum("", &csv), Ok(100));
    assert_eq!(sum("format.delimiter = ';'", &csv), Ok(100));
    let error = refusal("format.delimiter = '|'", csv);
    assert!(error.contains("sep=;") && error.contains("which of them"), "{error}");
}

#[test]
fn a_header_that_does_not_fit_is_shown_as_it_is() {
    for (header, complaint) in [
        ("day;who;what;paid", "the delimiter is perhaps ';'"),
        ("day\twho\twhat\tpaid", "delimiter = \"\\t\""),
        ("day,who,what,\u{200b}paid", "it has: day, who, what, <U+200B>paid"),
        ("day,who,what,Paid", "perhaps 'Paid' is meant"),
        ("day,who,w\u{81}t,paid", "iconv -f CP850"),
    ] {
        let error = refusal("", format!("{header}\n1\n"));
        assert!(error.contains(complaint), "{header}: {error}");
    }
}

#[test]
fn marks_at_the_beginning_are_no_part_of_a_name() {
    let csv = format!("\u{feff}\u{feff}\"day\",{}\n2025-01-01,ada,tea,1\n", &HEADER[4..]);
    assert_eq!(sum("", csv), Ok(100));
}

#[test]
fn a_wrong_encoding_is_noticed() {
    // An ü of DOS, which is no letter of Windows.
    let dos = [HEADER.as_bytes(), b"\n2025-01-01,M\x81ller,tea,1\n"].concat();
    let error = refusal("format.encoding = 'windows-1252'", &dos);
    assert!(error.contains("line 2, column \"who\": 'M<U+0081>ller' has a control"), "{error}");
    assert!(error.contains("DOS") && error.contains("iconv -f CP850 -t UTF-8"), "{error}");
    for label in ["cp850", "IBM437"] {
        let error = refusal(&format!("format.encoding = '{label}'"), &dos);
        assert!(error.contains("is a DOS code page") && error.contains("iconv"), "{error}");
    }
    let nul = format!("{HEADER}\n2025-01-01,ada,tea,1\n2025-01-01,ada,t\0a,1\n");
    assert!(refusal("", nul).contains("line 3, column \"what\": a NUL character"));
    let utf16: Vec<u8> = HEADER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(refusal("", utf16).contains("say encoding = \"utf-16le\""));
}

#[test]
fn text_behind_a_closing_quote_is_refused_wherever_it_stands() {
    for (row, column) in
        [("2025-01-01,\"Ann\" Lee,tea,1", "who"), ("2025-01-01,ada,\"Old\" lamp,1", "what")]
    {
        let error = refusal("", format!("{HEADER}\n{row}\n"));
        let place = format!("line 2, column \"{column}\": text behind a closing quote");
        assert!(error.contains(&place), "{error}");
    }
    let error = refusal("", format!("{HEADER},\"my\" note\n2025-01-01,ada,tea,1,x\n"));
    assert!(error.contains("line 1: text behind a closing quote"), "{error}");
    assert_eq!(sum("", format!("{HEADER}\n2025-01-01,\"\"\"Ann\"\" Lee\",\"tea\" ,1\n")), Ok(100));
}

#[test]
fn utf8_is_not_read_as_another_encoding() {
    let csv = format!("{HEADER}\n2025-01-01,Zoë,tea,1\n");
    for label in ["windows-1252", "iso-8859-15", "windows-1251"] {
        let error = refusal(&format!("format.encoding = '{label}'"), &csv);
        assert!(error.contains("say encoding = \"utf-8\""), "{label}: {error}");
    }
    let settings = "format.encoding = 'windows-1252'";
    assert_eq!(sum(settings, format!("\u{feff}{csv}")), Ok(100));
    assert_eq!(sum(settings, csv.replace('ë', "e")), Ok(100));
    let both = [csv.as_bytes(), b"2025-01-01,Zo\xeb,tea,1\n"].concat();
    assert_eq!(sum(settings, both), Ok(200));
}

#[test]
fn rows_that_do_not_fit_are_told_with_what_they_may_be() {
    let row = "2025-01-01,ada,tea,1";
    for (bad, hint) in [
        ("2025-01-01,Lee, Ann,tea,1", "may have a separator in it and no quotes"),
        ("2025-01-01,ada", "a line may be broken"),
        (HEADER, "line 3: the header again"),
    ] {
        let error = refusal("", format!("{HEADER}\n{row}\n{bad}\n"));
        assert!(error.contains(hint), "{error}");
    }
}
