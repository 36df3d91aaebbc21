//! Two pages of one browser share their preferences: what each has changed is put into what is kept,
//! part by part, and everything else of the other stays, even what only a newer page knows.

use serde_json::{Map, Value};

use super::chosen::Prefs;
use super::json;

/// What is kept after a change from `before` to `after`.
pub fn merged(before: &Value, after: &Value, kept: Value) -> Value {
    match (before, after, kept) {
        (before, after, kept) if before == after => kept,
        (Value::Object(before), Value::Object(after), Value::Object(kept)) => {
            Value::Object(fields(before, after, kept))
        }
        (Value::Array(before), Value::Array(after), Value::Array(kept))
            if before.iter().chain(after).any(|item| name(item).is_some()) =>
        {
            Value::Array(named(before, after, kept))
        }
        _ => after.clone(),
    }
}

fn fields(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    mut kept: Map<String, Value>,
) -> Map<String, Value> {
    for key in before.keys().filter(|key| !after.contains_key(*key)) {
        kept.remove(key);
    }
    for (key, now) in after {
        let field = match (before.get(key), kept.remove(key)) {
            (Some(then), Some(kept)) => Some(merged(then, now, kept)),
            // The other has taken away what did not change here.
            (Some(then), None) => (then != now).then(|| now.clone()),
            // What both have begun is taken together as far as it can be.
            (None, Some(kept)) => Some(merged(&Value::Object(Map::new()), now, kept)),
            (None, None) => Some(now.clone()),
        };
        if let Some(field) = field {
            kept.insert(key.clone(), field);
        }
    }
    kept
}

/// A list of things with names: each is a part of its own.
fn named(before: &[Value], after: &[Value], mut kept: Vec<Value>) -> Vec<Value> {
    let find = |list: &[Value], item: &Value| list.iter().position(|it| name(it) == name(item));
    kept.retain(|item| find(before, item).is_none() || find(after, item).is_some());
    for (at, item) in after.iter().enumerate() {
        let changed = find(before, item).is_none_or(|then| before.get(then) != Some(item));
        match find(&kept, item) {
            _ if !changed => {}
            Some(place) => kept[place] = item.clone(),
            None => kept.insert(at.min(kept.len()), item.clone()),
        }
    }
    kept
}

fn name(item: &Value) -> Option<&str> {
    item.get("name")?.as_str()
}

/// A change put into what is kept: its text, and what of it this page knows.
pub fn joined(before: &Prefs, after: &Prefs, there: Value) -> (String, Prefs) {
    let text = merged(&json::to_json(before), &json::to_json(after), there).to_string();
    if text.len() > json::MOST_BYTES {
        // More than is read again: what this page knows is worth more than what it does not.
        return (json::write(after), after.clone());
    }
    let prefs = json::read(&text).0;
    (text, prefs)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn each_part_has_the_newest_word_and_nothing_else_is_touched() {
        let before = json!({ "theme": "light", "layout": { "kinds": { "a": "bar" } }, "gone": 1 });
        let after = json!({ "theme": "dark", "layout": { "kinds": { "a": "bar", "b": "pie" } } });
        let kept = json!({
            "theme": "system", "layout": { "cards": [1], "kinds": { "a": "line" } },
            "gone": 2, "newer": true
        });
        let expected = json!({
            "theme": "dark", "layout": { "cards": [1], "kinds": { "a": "line", "b": "pie" } },
            "newer": true
        });
        assert_eq!(merged(&before, &after, kept), expected);
    }

    #[wasm_bindgen_test]
    fn both_may_begin_the_same_part() {
        let (before, after) = (json!({}), json!({ "kinds": { "a": "bar" }, "cards": ["x"] }));
        let kept = json!({ "kinds": { "b": "pie" }, "cards": ["y"] });
        let expected = json!({ "kinds": { "a": "bar", "b": "pie" }, "cards": ["x"] });
        assert_eq!(merged(&before, &after, kept), expected);
    }

    #[wasm_bindgen_test]
    fn things_with_names_are_kept_changed_and_forgotten_one_by_one() {
        let view = |name: &str, query: &str| json!({ "name": name, "query": query });
        let before = json!([view("A", ""), view("B", ""), view("C", "")]);
        let after = json!([view("A", "new"), view("D", ""), view("C", "")]);
        let kept = json!([view("A", ""), view("B", ""), view("C", "theirs"), view("E", "")]);
        let expected = json!([view("A", "new"), view("D", ""), view("C", "theirs"), view("E", "")]);
        assert_eq!(merged(&before, &after, kept), expected);
        let emptied = merged(&before, &json!([]), json!([view("A", ""), view("E", "")]));
        assert_eq!(emptied, json!([view("E", "")]));
    }

    #[wasm_bindgen_test]
    fn the_other_may_have_taken_away_what_is_as_before_here() {
        let both = json!({ "cards": [1], "theme": "light" });
        let after = json!({ "cards": [1], "theme": "dark" });
        assert_eq!(merged(&both, &after, json!({})), json!({ "theme": "dark" }));
    }
}
