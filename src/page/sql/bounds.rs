//! How much of an answer is kept: a statement may ask for anything, and the page has to hold and
//! draw it.

use crate::session::engine_http::Bounds;

/// Rows kept at most.
pub const MOST_ROWS: u32 = 10_000;

/// Columns kept at most.
pub const MOST_COLUMNS: u32 = 200;

/// Characters of a text, or bytes of a blob, kept at most: as many as spreadsheets take.
pub const LONGEST_CELL: u32 = 32_767;

/// What the worker sends at most.
pub const BOUNDS: Bounds = Bounds {
    rows: MOST_ROWS,
    columns: MOST_COLUMNS,
    cells: 500_000,
    bytes: 32 << 20,
    longest: LONGEST_CELL,
};
