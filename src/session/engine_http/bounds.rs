//! How much of an answer is taken from the worker, which cuts it before it sends any of it.

use engine::{EngineError, Rows};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use super::values;

/// What is kept of an answer at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Rows.
    pub rows: u32,
    /// Columns.
    pub columns: u32,
    /// Cells.
    pub cells: u32,
    /// Bytes of texts and blobs.
    pub bytes: u32,
    /// Characters of a text, or bytes of a blob.
    pub longest: u32,
}

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

impl Bounds {
    /// As the worker reads them.
    pub(super) fn told(self) -> JsValue {
        let told = Object::new();
        for (name, most) in [
            ("rows", self.rows),
            ("columns", self.columns),
            ("cells", self.cells),
            ("bytes", self.bytes),
            ("longest", self.longest),
        ] {
            // A plain object takes every key.
            let _ = Reflect::set(&told, &JsValue::from_str(name), &JsValue::from(most));
        }
        told.into()
    }
}

/// An answer `{ columns, values, left }` of the worker.
pub(super) fn read(answer: &JsValue) -> Result<(Rows, LeftOut), EngineError> {
    let field = |of: &JsValue, name: &str| {
        Reflect::get(of, &JsValue::from_str(name)).map_err(|_| values::unexpected(name))
    };
    let left = field(answer, "left")?;
    let said = |name: &str| field(&left, name)?.as_bool().ok_or_else(|| values::unexpected(name));
    let cells = field(&left, "cells")?.as_f64().ok_or_else(|| values::unexpected("cells"))?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let left = LeftOut { rows: said("rows")?, columns: said("columns")?, cells: cells as usize };
    Ok((values::rows(answer)?, left))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn bounds_are_told_by_name() {
        let bounds = Bounds { rows: 1, columns: 2, cells: 3, bytes: 4, longest: 5 };
        let told = js_sys::JSON::stringify(&bounds.told()).unwrap();
        assert_eq!(told, r#"{"rows":1,"columns":2,"cells":3,"bytes":4,"longest":5}"#);
    }

    #[wasm_bindgen_test]
    fn what_was_left_out_is_read_beside_the_rows() {
        let json = |text: &str| js_sys::JSON::parse(text).unwrap();
        let answer =
            r#"{"columns":["a"],"values":[[1]],"left":{"rows":true,"columns":false,"cells":7}}"#;
        let (rows, left) = read(&json(answer)).unwrap();
        assert_eq!((rows.columns, rows.rows.len()), (vec!["a".to_owned()], 1));
        assert_eq!(left, LeftOut { rows: true, columns: false, cells: 7 });
        for wrong in ["null", "{}", r#"{"columns":[],"values":[],"left":{"rows":1}}"#] {
            assert_eq!(read(&json(wrong)).unwrap_err().code(), "worker-failed", "{wrong}");
        }
    }
}
