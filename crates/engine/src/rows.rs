//! An engine's answer, with accessors that check what they read.

use crate::error::EngineError;
use crate::value::{FromValue, Value, read};

/// The rows of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Names of the columns, as the statement gives them.
    pub columns: Vec<String>,
    /// The values, one inner list a row.
    pub rows: Vec<Vec<Value>>,
}

/// One row of an answer.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    columns: &'a [String],
    values: &'a [Value],
}

impl Rows {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True without rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|values| Row { columns: &self.columns, values })
    }

    /// The first row, if there is one.
    pub fn first(&self) -> Option<Row<'_>> {
        self.iter().next()
    }
}

impl<'a> Row<'a> {
    /// The value of a named column, read as a type; `Option` where NULL may stand.
    ///
    /// # Errors
    /// [`EngineError::Column`] if there is no such column or its value is of another kind.
    pub fn get<T: FromValue<'a>>(&self, column: &str) -> Result<T, EngineError> {
        let at = self.columns.iter().position(|name| name == column);
        let value = at.and_then(|at| self.values.get(at)).ok_or_else(|| EngineError::Column {
            column: column.to_owned(),
            wanted: T::WANTED,
            found: "not in the answer",
        })?;
        read(column, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_by_name_and_kind() {
        let rows = Rows {
            columns: vec!["id".into(), "name".into()],
            rows: vec![vec![Value::Integer(7), Value::Null]],
        };
        let row = rows.first().unwrap();
        assert_eq!(row.get::<u32>("id"), Ok(7));
        assert_eq!(row.get::<Option<&str>>("name"), Ok(None));
        let error = row.get::<&str>("name").unwrap_err().to_string();
        assert_eq!(error, "column 'name' is NULL, not text");
        let error = row.get::<&str>("email").unwrap_err().to_string();
        assert_eq!(error, "column 'email' is not in the answer, not text");
    }
}
