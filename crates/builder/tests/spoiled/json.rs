//! Spoils one value somewhere in a JSON text.

use serde_json::{Number, Value, json};

use crate::chance::{Chance, EXTREMES};

const DAYS: [&str; 7] = [
    "0000-01-01",
    "0001-01-01",
    "1970-01-01",
    "2024-02-29",
    "9999-12-31",
    "99999-01-01",
    "262142-12-31",
];

/// Spoils a value; gives where, and what came there.
pub fn spoil(value: &mut Value, chance: &mut Chance) -> String {
    // Numbers lie deep in few of the branches, so any depth may be the last.
    let deeper = chance.below(12) > 0;
    match value {
        Value::Object(fields) if deeper && !fields.is_empty() => {
            let keys: Vec<String> = fields.keys().cloned().collect();
            let key = chance.one_of(&keys);
            let field = fields.get_mut(key).unwrap();
            format!(".{key}{}", spoil(field, chance))
        }
        Value::Array(list) if deeper && !list.is_empty() => {
            let index = chance.below(list.len());
            format!("[{index}]{}", spoil(&mut list[index], chance))
        }
        _ => {
            *value = other(value, chance);
            let mut shown = value.to_string();
            shown.truncate(shown.floor_char_boundary(60));
            format!(" = {shown}")
        }
    }
}

fn other(old: &Value, chance: &mut Chance) -> Value {
    match old {
        Value::Number(number) => match chance.below(8) {
            0 => json!(u64::MAX),
            1 => Number::from_f64(1e300).map_or(Value::Null, Value::Number),
            2 => json!(number.as_i64().unwrap_or(0).wrapping_add(1)),
            3 => json!(number.as_i64().unwrap_or(0).wrapping_neg()),
            4 => json!(number.as_i64().unwrap_or(0).wrapping_mul(1_000)),
            _ => json!(chance.one_of(&EXTREMES)),
        },
        Value::String(text) if text.len() == 10 && text.contains('-') => {
            json!(chance.one_of(&DAYS))
        }
        Value::String(text) => match chance.below(3) {
            0 => json!(""),
            1 => json!(text.repeat(1 + chance.below(50))),
            _ => json!(chance.one_of(&["http://[", "\u{202e}\u{0}", "single", "Other", "-"])),
        },
        Value::Array(list) => match chance.below(4) {
            0 => json!([]),
            1 => json!(list.iter().take(chance.below(list.len())).collect::<Vec<_>>()),
            _ => {
                let times = 1 + chance.below(3_000 / list.len().max(1));
                json!(list.iter().cycle().take(list.len() * times).collect::<Vec<_>>())
            }
        },
        Value::Object(fields) => {
            let mut fields = fields.clone();
            let keys: Vec<String> = fields.keys().cloned().collect();
            if !keys.is_empty() {
                fields.remove(chance.one_of(&keys));
            }
            Value::Object(fields)
        }
        Value::Bool(on) => json!(!on),
        Value::Null => json!(chance.extreme()),
    }
}
