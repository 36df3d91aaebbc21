//! The changes as a file that the builder takes.

use widgets::csv::{Extra, csv};
use widgets::{Cell, Column, Table};

use crate::host::save::{NotSaved, save};
use crate::session::edits::Edits;

/// The columns, as the builder names them.
const COLUMNS: [&str; 2] = ["customer_id", "customer_segment"];

/// Saves the changes.
///
/// # Errors
/// [`NotSaved`] where the browser makes no file.
pub fn save_edits(edits: &Edits) -> Result<(), NotSaved> {
    save("segment-edits.csv", "text/csv;charset=utf-8", text(edits).as_bytes())
}

fn text(edits: &Edits) -> String {
    let cell = |text: &str| Cell { text: text.to_owned(), exact: None };
    let rows =
        edits.iter().filter_map(|(id, edited)| Some(vec![cell(id), cell(edited.segment()?)]));
    let column = |title: &str| Column { title: title.to_owned(), numeric: false };
    let table =
        Table { columns: COLUMNS.map(column).to_vec(), rows: rows.collect(), ..Table::default() };
    csv(&table, Extra::default())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::session::edits::{Ledger, Step};

    #[wasm_bindgen_test]
    fn a_file_names_whom_and_what_and_computes_nothing() {
        let step = |customer: &str, segment: &str| Step {
            customer: customer.to_owned(),
            name: String::new(),
            shown: "Low Value".to_owned(),
            segment: segment.to_owned(),
        };
        let mut ledger = Ledger::default();
        let steps =
            [step("C,1", "High Value"), step("=1+1", "Medium \"M\""), step("0007", "Medium")];
        ledger.change(&steps, true, || "key".to_owned());
        assert_eq!(
            text(&ledger.edits),
            "customer_id,customer_segment\r\n0007,Medium\r\n\"'=1+1\",\"Medium \"\"M\"\"\"\r\n\"C,1\",High Value\r\n"
        );
    }
}
