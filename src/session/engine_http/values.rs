//! Parameters into the browser's SQLite and answers out of it.

use engine::{EngineError, Rows, Value};
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// The parameters as sql.js binds them: it refuses `undefined` and BigInt.
pub(super) fn params(values: &[Value]) -> Array {
    values
        .iter()
        .map(|value| match value {
            Value::Null => JsValue::NULL,
            Value::Integer(whole) => JsValue::from_f64(*whole as f64),
            Value::Real(real) => JsValue::from_f64(*real),
            Value::Text(text) => JsValue::from_str(text),
            Value::Blob(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        })
        .collect()
}

/// An answer `{ columns, values }` of the shim.
pub(super) fn rows(answer: &JsValue) -> Result<Rows, EngineError> {
    let list = |name: &str| {
        Reflect::get(answer, &JsValue::from_str(name))
            .ok()
            .and_then(|field| field.dyn_into::<Array>().ok())
            .ok_or_else(|| unexpected(name))
    };
    let columns = list("columns")?.into_iter().map(|name| name.as_string().unwrap_or_default());
    let rows = list("values")?.into_iter().map(|row| {
        let row: Array = row.dyn_into().map_err(|_| unexpected("values"))?;
        row.iter().map(value).collect()
    });
    Ok(Rows { columns: columns.collect(), rows: rows.collect::<Result<_, _>>()? })
}

fn value(value: JsValue) -> Result<Value, EngineError> {
    if value.is_null() || value.is_undefined() {
        return Ok(Value::Null);
    }
    if let Some(number) = value.as_f64() {
        return Ok(Value::number(number));
    }
    if let Some(text) = value.as_string() {
        return Ok(Value::Text(text));
    }
    let bytes = value.dyn_into::<Uint8Array>().map_err(|_| unexpected("value"))?;
    Ok(Value::Blob(bytes.to_vec()))
}

/// The error of an answer without a part that it must have.
pub(super) fn unexpected(what: &str) -> EngineError {
    EngineError::WorkerFailed(format!("its answer has no readable {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_goes_in_comes_out() {
        let values = vec![
            Value::Null,
            Value::Integer(-9_007_199_254_740_991),
            Value::Real(2.5),
            Value::Text("\u{1f600} it's".to_owned()),
            Value::Blob(vec![0, 255]),
            Value::Blob(Vec::new()),
        ];
        let answer = js_sys::Object::new();
        let names: Array = ["a", "a", "2", "1", "", "b"].map(JsValue::from_str).iter().collect();
        Reflect::set(&answer, &"columns".into(), &names).unwrap();
        let list = Array::of1(&params(&values).into());
        Reflect::set(&answer, &"values".into(), &list).unwrap();
        let read = rows(&answer).unwrap();
        assert_eq!(read.columns, ["a", "a", "2", "1", "", "b"]);
        assert_eq!(read.rows, [values]);
    }

    #[wasm_bindgen_test]
    fn an_answer_of_another_shape_is_an_error() {
        for json in
            ["null", "{}", r#"{"columns":[],"values":[1]}"#, r#"{"columns":[],"values":[[{}]]}"#]
        {
            let answer = js_sys::JSON::parse(json).unwrap();
            assert_eq!(rows(&answer).unwrap_err().code(), "worker-failed", "{json}");
        }
    }
}
