//! How `config.json` is read: key by key, and whatever is wrong is named.

use serde_json::{Map, Value};

/// A key that was not taken as written; its default stands in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("config.json, {key}: expected {expected}, found {found}")]
pub struct ConfigProblem {
    /// Path of the key, as in `brand.name`.
    pub key: String,
    /// What may stand there.
    pub expected: &'static str,
    /// What stands there.
    pub found: String,
}

/// One object of the file; keys are taken out as they are read.
pub struct Section {
    path: String,
    /// What is not read yet.
    pub map: Map<String, Value>,
    /// What was wrong so far.
    pub problems: Vec<ConfigProblem>,
}

impl Section {
    /// The object at a path.
    pub fn new(path: &str, map: Map<String, Value>) -> Self {
        Self { path: path.to_owned(), map, problems: Vec::new() }
    }

    /// The object in it under a key; an empty one without.
    pub fn section(&mut self, key: &str) -> Self {
        let path = self.key(key);
        match self.map.remove(key) {
            Some(Value::Object(map)) => Self::new(&path, map),
            Some(other) => {
                self.problems.push(problem(&path, "an object", &other));
                Self::new(&path, Map::new())
            }
            None => Self::new(&path, Map::new()),
        }
    }

    /// A text that is `good`, in place of its default.
    pub fn text(
        &mut self,
        key: &str,
        expected: &'static str,
        into: &mut String,
        good: fn(&str) -> bool,
    ) {
        let read = |text: &str| good(text).then(|| text.to_owned());
        if let Some(text) = self.parsed(key, expected, read) {
            *into = text;
        }
    }

    /// What `read` makes of a text.
    pub fn parsed<T>(
        &mut self,
        key: &str,
        expected: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.read(key, expected, |value| value.as_str().and_then(&read))
    }

    /// What `read` makes of a value; a value of which it makes nothing is a problem.
    pub fn read<T>(
        &mut self,
        key: &str,
        expected: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.map.remove(key)?;
        let parsed = read(&value);
        if parsed.is_none() {
            self.problems.push(problem(&self.key(key), expected, &value));
        }
        parsed
    }

    /// Names what was wrong and what nobody asked for.
    pub fn close(mut self) -> Vec<ConfigProblem> {
        for (key, value) in std::mem::take(&mut self.map) {
            self.problems.push(problem(&self.key(&key), "no such key", &value));
        }
        self.problems
    }

    /// The path of a key in it.
    pub fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

/// What stands at a path instead of what is expected.
pub fn problem(key: &str, expected: &'static str, found: &Value) -> ConfigProblem {
    let found: String = found.to_string().chars().take(80).collect();
    ConfigProblem { key: key.to_owned(), expected, found }
}
