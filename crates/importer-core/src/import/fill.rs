//! Lines of an order that say only on its first one when it was, and whose.

use super::reader::Reader;
use super::record::Record;

/// Fields of what is of a whole order.
const OF_ORDER: [&str; 10] = [
    "order_id",
    "customer_id",
    "transaction_date",
    "name",
    "first_name",
    "last_name",
    "email",
    "country",
    "city",
    "currency",
];

/// Fields of a line's money.
const MONEY: [&str; 2] = ["amount", "unit_price"];

/// Fields of what was bought.
const GOODS: [&str; 2] = ["product_id", "product_name"];

/// What the lines of the last order have said.
#[derive(Default)]
pub struct FillLook {
    /// Cells of what is of the order, by their places.
    cells: Vec<(usize, String)>,
    order: String,
}

impl FillLook {
    /// The row with what the lines above say of its order, where it does not say so itself; none where
    /// there is nothing to fill. A row whose order does not stand in it, either, is of the last one
    /// if it says what was bought, and for how much.
    pub fn filled(&mut self, reader: &Reader, record: &Record) -> Option<Record> {
        if record.problem.is_some() || record.blank {
            return None;
        }
        let is_empty = |fields: &[&str]| fields.iter().all(|field| reader.is_empty(record, field));
        if is_empty(&MONEY) {
            return None;
        }
        let order = reader.raw(record, "order_id").unwrap_or_default();
        let is_same = if order.is_empty() {
            !self.order.is_empty() && !is_empty(&GOODS)
        } else {
            order == self.order
        };
        if !is_same {
            order.clone_into(&mut self.order);
            self.cells.clear();
        }
        let places = OF_ORDER.iter().filter_map(|field| reader.place(field));
        let mut filled = None;
        for at in places {
            let cell = record.cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
            let known = self.cells.iter().find(|(place, _)| *place == at);
            match known {
                Some((_, above)) if cell.is_empty() => {
                    let row = filled.get_or_insert_with(|| record.clone());
                    if let Some(cell) = row.cells.get_mut(at) {
                        cell.clone_from(above);
                    }
                }
                None if !cell.is_empty() => self.cells.push((at, cell.to_owned())),
                _ => {}
            }
        }
        filled
    }
}
