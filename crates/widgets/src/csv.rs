//! Tables as CSV: exact numbers, and texts that no spreadsheet takes for a formula.

use crate::formula;
use crate::table::{Cell, Table};

/// What a file says beside its table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extra<'a> {
    /// Lines above the table, each a name and a text; none for the table alone.
    pub header: &'a [(String, String)],
    /// The mark by which spreadsheets recognise UTF-8.
    pub byte_order_mark: bool,
}

/// A table as CSV (RFC 4180): comma, CRLF, a plain decimal for every number.
pub fn csv(table: &Table, extra: Extra) -> String {
    let mut text = String::new();
    if extra.byte_order_mark {
        text.push('\u{feff}');
    }
    for (name, value) in extra.header {
        let line = format!("# {name}: {value}").replace(['\r', '\n'], " ");
        text.push_str(&safe(&line));
        text.push_str("\r\n");
    }
    push_row(&mut text, table.columns.iter().map(|column| safe(&column.title)));
    for row in &table.rows {
        push_row(&mut text, row.iter().map(field));
    }
    text
}

fn push_row(text: &mut String, fields: impl Iterator<Item = String>) {
    for (at, field) in fields.enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(&field);
    }
    text.push_str("\r\n");
}

/// A number with all its digits, nothing for "no data", else the text.
fn field(cell: &Cell) -> String {
    match &cell.exact {
        Some(exact) => safe(exact),
        None if cell.text == "–" => String::new(),
        None => safe(&cell.text),
    }
}

/// A text that spreadsheets show and do not compute; a plain number stays one.
pub fn safe(text: &str) -> String {
    if is_number(text) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    if begins_oddly(text) {
        shown.push('\'');
    }
    // A spreadsheet that parts cells by semicolons takes no notice of quotes within a line.
    for piece in text.split_inclusive(PARTING) {
        if formula::is_formula(piece.trim_end_matches(PARTING)) {
            shown.push('\'');
        }
        shown.push_str(piece);
    }
    if shown == text { quoted(text) } else { in_quotes(&shown) }
}

/// What parts cells and lines, in one country or program or another.
const PARTING: [char; 13] = [
    ';', '|', '\t', '\r', '\n', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}',
    '\u{2028}', '\u{2029}',
];

/// True for a text of which a spreadsheet might skip the beginning.
fn begins_oddly(text: &str) -> bool {
    text.starts_with(|c| c != ';' && c != '|' && PARTING.contains(&c))
}

/// Digits, with a sign, a point and an exponent at most.
fn is_number(text: &str) -> bool {
    let (value, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (value, exponent) = (unsigned(value), unsigned(exponent));
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let any = !exponent.is_empty() && whole.len() + part.len() > 0;
    any && digits(whole) && digits(part) && digits(exponent)
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

fn quoted(text: &str) -> String {
    let plain = !text.contains(['"', ','])
        && !text.contains(PARTING)
        && !text.starts_with(' ')
        && !text.ends_with(' ');
    if plain { text.to_owned() } else { in_quotes(text) }
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::table::Column;

    fn table() -> Table {
        let number = |exact: &str| Cell { text: "≈".to_owned(), exact: Some(exact.to_owned()) };
        let mut table = Table::new(
            "People".to_owned(),
            vec![Column::text("Name".to_owned()), Column::number("Value".to_owned())],
        );
        table.rows = vec![
            vec![Cell::text("=1+1"), number("-12.50")],
            vec![Cell::text("O'Neil, \"Ann\""), Cell::text("–")],
            vec![Cell::text("-5"), number("0.125")],
        ];
        table
    }

    #[test]
    fn numbers_are_exact_and_formulas_are_text() {
        let expected = "Name,Value\r\n\"'=1+1\",-12.50\r\n\"O'Neil, \"\"Ann\"\"\",\r\n-5,0.125\r\n";
        assert_eq!(csv(&table(), Extra::default()), expected);
    }

    #[test]
    fn the_header_is_comments_and_the_mark_comes_first() {
        let header = [("Period".to_owned(), "1 Jul 2025\n– 30 Jun 2026, all".to_owned())];
        let text = csv(&table(), Extra { header: &header, byte_order_mark: true });
        assert!(text.starts_with("\u{feff}\"# Period: 1 Jul 2025 – 30 Jun 2026, all\"\r\nName"));
    }

    #[test]
    fn nothing_a_spreadsheet_computes_survives() {
        for hostile in [
            "=cmd|' /C calc'!A0",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "\u{3000}=1",
            "\u{feff}=1",
            "\u{200b}\u{202e}=1",
            "＝1",
            "﹦1",
            "−5",
            "-1e",
            "+.",
        ] {
            let text = safe(hostile);
            assert!(text.starts_with("\"'"), "{text:?}");
        }
        for plain in ["Ann", "-5", "+3.5", "-.5e-3", "1e3", "a=b", "李 小龍", "🎈", "–"] {
            assert_eq!(safe(plain), plain);
        }
        assert_eq!(safe("a;b"), "\"a;b\"");
    }

    #[test]
    fn a_cell_that_begins_within_a_text_is_no_formula_either() {
        assert_eq!(safe("Ann;=1+1"), "\"Ann;'=1+1\"");
        assert_eq!(safe("Ann;\"=1+1;"), "\"Ann;'\"\"=1+1;\"");
        assert_eq!(safe("Ann\r\n\u{a0}@SUM(A1)"), "\"Ann\r\n'\u{a0}@SUM(A1)\"");
        assert_eq!(safe("Ann;-5"), "\"Ann;'-5\"");
    }

    #[test]
    fn a_formula_behind_any_break_is_none() {
        for parting in PARTING {
            for hidden in ["=1+1", "\"=1+1", "\u{feff}+1", " \"\" @A1", "\"\"\"-1+1"] {
                let text = safe(&format!("Ann{parting}{hidden}"));
                let (_, behind) = text.split_once(parting).unwrap();
                assert!(text.starts_with('"') && behind.starts_with('\''), "{text:?}");
            }
        }
    }

    #[test]
    fn what_programs_take_for_a_line_s_end_parts() {
        let ends = ['\n', '\u{b}', '\u{c}', '\r', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}'];
        for end in ends.into_iter().chain(['\u{2028}', '\u{2029}']) {
            assert_eq!(safe(&format!("Ann{end}=1+1")), format!("\"Ann{end}'=1+1\""));
            assert!(begins_oddly(&format!("{end}Ann")), "{end:?}");
        }
    }

    #[test]
    fn what_is_called_exact_is_a_number_or_a_text() {
        for (exact, written) in [
            ("12.50", "12.50"),
            ("-1e-7", "-1e-7"),
            ("inf", "inf"),
            ("-inf", "\"'-inf\""),
            ("-Inf", "\"'-Inf\""),
            ("NaN", "NaN"),
            ("=1+1", "\"'=1+1\""),
            ("1,5", "\"1,5\""),
        ] {
            let cell = Cell { text: "≈".to_owned(), exact: Some(exact.to_owned()) };
            assert_eq!(field(&cell), written);
        }
    }

    /// The cells of a file as a spreadsheet reads it that parts them by `delimiter`.
    fn cells(file: &str, delimiter: u8) -> Vec<String> {
        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(file.as_bytes());
        reader
            .records()
            .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            .collect()
    }

    proptest! {
        #[test]
        fn no_cell_is_a_formula_however_cells_are_parted(
            name in "[=+@＝−\\-;,\"'\t\r\n \u{200b}\u{feff}a1]{0,12}",
            other in "[=+@＝−\\-;,\"'\t\r\n \u{200b}\u{feff}a1]{0,12}",
        ) {
            let columns = [name.clone(), "x".to_owned(), other.clone()].map(Column::text);
            let mut table = Table::new("People".to_owned(), columns.into());
            table.rows = vec![vec![Cell::text("a"), Cell::text(name.clone()), Cell::text(other.clone())]];
            let header = [("Filter".to_owned(), other)];
            let file = csv(&table, Extra { header: &header, byte_order_mark: false });
            for delimiter in *b",;\t" {
                for cell in cells(&file, delimiter) {
                    // A line that begins with a number does so, however it is parted.
                    let plain = cell.split(',').next().is_some_and(is_number);
                    prop_assert!(plain || !formula::is_formula(&cell), "{cell:?} of {file:?}");
                }
            }
            let read = cells(&file, b',');
            prop_assert_eq!(read[5].replace('\'', ""), name.replace('\'', ""));
        }
    }
}
