//! How much of an answer is kept: a statement may ask for anything, and the page has to hold and
//! draw it.

use engine::{Rows, Value};

/// Rows kept at most.
pub const MOST_ROWS: usize = 10_000;

/// Columns kept at most.
pub const MOST_COLUMNS: usize = 200;

/// Cells kept at most.
const MOST_CELLS: usize = 500_000;

/// Bytes of texts and blobs kept at most.
const MOST_BYTES: usize = 32 << 20;

/// Characters of a text, or bytes of a blob, kept at most: as many as spreadsheets take.
pub const LONGEST_CELL: usize = 32_767;

/// What of an answer was not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// True if there are more rows.
    pub rows: bool,
    /// True if there are more columns.
    pub columns: bool,
    /// How many of the cells that were kept are longer.
    pub cells: usize,
}

/// As much of an answer as is kept, and what is not.
pub fn within_bounds(mut answer: Rows) -> (Rows, LeftOut) {
    let mut left = LeftOut { columns: answer.columns.len() > MOST_COLUMNS, ..LeftOut::default() };
    answer.columns.truncate(MOST_COLUMNS);
    for name in &mut answer.columns {
        cut_text(name);
    }
    let most = MOST_ROWS.min(MOST_CELLS / answer.columns.len().max(1));
    let (mut bytes, mut kept) = (0_usize, 0);
    for row in answer.rows.iter_mut().take(most) {
        row.truncate(MOST_COLUMNS);
        // Room that a longer row had is given back.
        row.shrink_to_fit();
        left.cells += row.iter_mut().map(cut).filter(|&cut| cut).count();
        bytes += row.iter().map(size).sum::<usize>();
        if bytes > MOST_BYTES {
            break;
        }
        kept += 1;
    }
    left.rows = answer.rows.len() > kept;
    answer.rows.truncate(kept);
    (answer, left)
}

fn cut(value: &mut Value) -> bool {
    match value {
        Value::Text(text) => cut_text(text),
        Value::Blob(bytes) if bytes.len() > LONGEST_CELL => {
            bytes.truncate(LONGEST_CELL);
            bytes.shrink_to_fit();
            true
        }
        _ => false,
    }
}

fn cut_text(text: &mut String) -> bool {
    let Some((end, _)) = text.char_indices().nth(LONGEST_CELL) else { return false };
    text.truncate(end);
    text.shrink_to_fit();
    true
}

fn size(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::Blob(bytes) => bytes.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn answer(rows: usize, columns: usize, cell: &Value) -> Rows {
        Rows {
            columns: (0..columns).map(|at| at.to_string()).collect(),
            rows: vec![vec![cell.clone(); columns]; rows],
        }
    }

    fn kept(rows: usize, columns: usize, cell: &Value) -> (usize, usize, LeftOut) {
        let (kept, left) = within_bounds(answer(rows, columns, cell));
        assert!(kept.rows.iter().all(|row| row.len() == kept.columns.len()));
        (kept.rows.len(), kept.columns.len(), left)
    }

    #[wasm_bindgen_test]
    fn usual_answers_are_kept_whole() {
        let whole = LeftOut::default();
        assert_eq!(kept(MOST_ROWS, 6, &Value::Integer(1)), (MOST_ROWS, 6, whole));
        assert_eq!(kept(0, 3, &Value::Null), (0, 3, whole));
        let long = Value::Text("é".repeat(LONGEST_CELL));
        assert_eq!(kept(2, 2, &long), (2, 2, whole));
    }

    #[wasm_bindgen_test]
    fn what_is_too_much_is_cut_and_counted() {
        let rows = LeftOut { rows: true, ..LeftOut::default() };
        assert_eq!(kept(MOST_ROWS + 1, 1, &Value::Null), (MOST_ROWS, 1, rows));
        assert_eq!(kept(3_000, MOST_COLUMNS, &Value::Null), (2_500, MOST_COLUMNS, rows));
        let columns = LeftOut { columns: true, ..LeftOut::default() };
        assert_eq!(kept(1, 2_000, &Value::Null), (1, MOST_COLUMNS, columns));
        let cells = LeftOut { cells: 2, ..LeftOut::default() };
        assert_eq!(kept(1, 2, &Value::Text("é".repeat(LONGEST_CELL + 1))), (1, 2, cells));
        assert_eq!(kept(1, 2, &Value::Blob(vec![0; 1_000_000])), (1, 2, cells));
        let (rows, _, left) = kept(2_000, 1, &Value::Blob(vec![0; LONGEST_CELL]));
        assert!(rows * LONGEST_CELL <= MOST_BYTES && rows > 1_000 && left.rows, "{rows}");
    }
}
