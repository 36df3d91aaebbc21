//! Which rows of a long list are in the page, and where they stand.
//!
//! The list is as tall as its rows, up to a height that every browser can scroll; a taller one is
//! scrolled in proportion.

/// Tallest list in pixels: browsers lose count from some 17 million on.
const TALLEST: f64 = 8_000_000.0;

/// Rows kept before and after those in sight, so that they are there when they come into it.
const SPARE: u32 = 16;

/// The window is moved by so many rows at once, so that few scrolls change the page.
const STEP: u32 = 8;

/// Sizes of a list, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// Rows in all.
    pub rows: u32,
    /// Height of one row.
    pub row: f64,
    /// Height of what is in sight.
    pub sight: f64,
}

/// Rows in the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Window {
    /// The first one.
    pub first: u32,
    /// How many.
    pub count: u32,
    /// Where the first one stands, in pixels from the top of the list.
    pub top: f64,
}

impl Sizes {
    /// Height of the list.
    pub fn height(self) -> f64 {
        (f64::from(self.rows) * self.row).min(TALLEST)
    }

    /// Rows in sight at once, those that are cut counted.
    pub fn in_sight(self) -> u32 {
        (self.sight / self.row).ceil().max(1.0) as u32
    }

    /// The row at the top of what is in sight, with its fraction.
    fn at(self, scrolled: f64) -> f64 {
        let way = self.height() - self.sight;
        let rows = f64::from(self.rows) - self.sight / self.row;
        if way <= 0.0 || rows <= 0.0 { 0.0 } else { (scrolled / way).clamp(0.0, 1.0) * rows }
    }

    /// The window when the list is scrolled so far.
    pub fn window(self, scrolled: f64) -> Window {
        let at = self.at(scrolled);
        let first = (at as u32).saturating_sub(SPARE) / STEP * STEP;
        let count = (self.in_sight() + 2 * SPARE + STEP).min(self.rows.saturating_sub(first));
        let top = scrolled - (at - f64::from(first)) * self.row;
        // Whole pixels, so that a window that did not move is the same.
        Window { first, count, top: top.round().max(0.0) }
    }

    /// How far the list must be scrolled, from where it is, to have a row wholly in sight.
    pub fn to_show(self, row: u32, scrolled: f64) -> f64 {
        let at = self.at(scrolled);
        let (row, fit) = (f64::from(row), self.sight / self.row);
        let target = if row < at {
            row
        } else if row + 1.0 > at + fit {
            row + 1.0 - fit
        } else {
            return scrolled;
        };
        let way = self.height() - self.sight;
        let rows = f64::from(self.rows) - fit;
        if rows <= 0.0 { 0.0 } else { (target / rows).clamp(0.0, 1.0) * way.max(0.0) }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn short_lists_scroll_pixel_for_pixel() {
        let sizes = Sizes { rows: 1000, row: 50.0, sight: 500.0 };
        assert_eq!(sizes.height(), 50_000.0);
        let window = sizes.window(2_000.0);
        assert_eq!((window.first, window.top), (24, 1_200.0));
        assert_eq!(sizes.window(2_010.0), window);
        assert_eq!(sizes.window(0.0).first, 0);
        let last = sizes.window(49_500.0);
        assert_eq!(last.first + last.count, 1000);
        assert_eq!(last.top + f64::from(last.count) * 50.0, 50_000.0);
    }

    #[wasm_bindgen_test]
    fn long_lists_reach_their_last_row() {
        let sizes = Sizes { rows: 1_000_000, row: 50.0, sight: 500.0 };
        let end = sizes.height() - sizes.sight;
        let last = sizes.window(end);
        assert_eq!(last.first + last.count, 1_000_000);
        assert!((last.top + f64::from(last.count) * 50.0 - sizes.height()).abs() < 1.0);
    }

    #[wasm_bindgen_test]
    fn a_row_is_brought_into_sight_by_the_shortest_way() {
        for rows in [1000, 1_000_000] {
            let sizes = Sizes { rows, row: 50.0, sight: 500.0 };
            for row in [0, 7, 500, rows - 1] {
                let scrolled = sizes.to_show(row, 5_000.0);
                let at = sizes.at(scrolled);
                let (row, fit) = (f64::from(row), 10.0);
                assert!(at <= row + 1e-6 && row + 1.0 <= at + fit + 1e-6, "{row} at {at}");
                assert_eq!(sizes.to_show(row as u32, scrolled).round(), scrolled.round());
            }
        }
        let few = Sizes { rows: 3, row: 50.0, sight: 500.0 };
        assert_eq!((few.to_show(2, 0.0), few.window(0.0).count), (0.0, 3));
    }
}
