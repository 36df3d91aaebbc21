//! Cards in rows without holes: each as wide as it likes, the last of a row stretched to its end.

/// Columns of the wide and of the middle grid.
pub const GRIDS: [u8; 2] = [12, 8];

/// Columns that a card likes to take in each of [`GRIDS`].
fn liked(widget: &str) -> [u8; 2] {
    match widget {
        "segment_distribution" | "customer_satisfaction" | "churn_risk" => [4, 4],
        "monthly_revenue" => [8, 4],
        "top_customers" | "category_performance" => [6, 8],
        "rfm_segmentation" => [8, 8],
        _ => [12, 8],
    }
}

/// How many columns each card takes in one of [`GRIDS`], in their order.
pub fn widths(cards: &[&str], grid: usize) -> Vec<u8> {
    let Some(&columns) = GRIDS.get(grid) else { return vec![1; cards.len()] };
    let mut widths: Vec<u8> = Vec::with_capacity(cards.len());
    let mut begin = 0;
    for card in cards {
        let wanted = liked(card).get(grid).copied().unwrap_or(columns);
        let taken: u8 = widths.iter().skip(begin).sum();
        if taken + wanted > columns {
            stretch(&mut widths, begin, columns - taken);
            begin = widths.len();
        }
        widths.push(wanted);
    }
    let taken: u8 = widths.iter().skip(begin).sum();
    stretch(&mut widths, begin, columns - taken);
    widths
}

/// Gives the columns that are left to the cards of the last row, one by one.
fn stretch(widths: &mut [u8], begin: usize, left: u8) {
    let Some(row) = widths.get_mut(begin..).filter(|row| !row.is_empty()) else { return };
    let each = row.len();
    for at in 0..usize::from(left) {
        if let Some(width) = row.get_mut(at % each) {
            *width += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn every_row_is_full_whatever_the_order() {
        let mut cards: Vec<&str> = widgets::ALL.iter().map(|widget| widget.id()).collect();
        for _ in 0..cards.len() {
            cards.rotate_left(3);
            for (grid, columns) in GRIDS.into_iter().enumerate() {
                let mut taken = 0;
                for width in widths(&cards, grid) {
                    taken += width;
                    assert!(taken <= columns, "{cards:?}");
                    taken %= columns;
                }
                assert_eq!(taken, 0, "{cards:?}");
            }
            cards.swap(0, 4);
        }
    }

    #[wasm_bindgen_test]
    fn a_card_alone_takes_its_row() {
        assert_eq!(widths(&["churn_risk"], 0), [12]);
        assert_eq!(widths(&["churn_risk", "data_flow"], 0), [12, 12]);
        assert_eq!(widths(&["churn_risk", "monthly_revenue"], 0), [4, 8]);
        assert!(widths(&[], 0).is_empty());
    }
}
