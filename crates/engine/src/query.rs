//! A question to an engine: one reading statement and its parameters.

use crate::error::EngineError;
use crate::statement;
use crate::value::{LARGEST_EXACT, Value};

/// One SQL statement with the values of its `?` parameters, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The statement.
    pub sql: String,
    /// Values of `?1`, `?2`, ...
    pub params: Vec<Value>,
}

impl Query {
    /// A statement without parameters.
    pub fn new(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), params: Vec::new() }
    }

    /// The same with one more parameter.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.params.push(value.into());
        self
    }

    /// Checks what both engines demand and gives the parameters as both bind them.
    ///
    /// # Errors
    /// [`EngineError::Sql`] if this is not exactly one reading statement, or a parameter is
    /// beyond what the browser can bind exactly.
    pub fn checked(self) -> Result<Self, EngineError> {
        statement::check_reads(&self.sql)?;
        let beyond = |value: &Value| matches!(value, Value::Integer(whole) if whole.unsigned_abs() > LARGEST_EXACT.unsigned_abs());
        if let Some(at) = self.params.iter().position(beyond) {
            let number = at.saturating_add(1);
            return Err(EngineError::Sql(format!(
                "parameter {number} needs more than 53 bits: bind it as text"
            )));
        }
        let params = self.params.into_iter().map(Value::bound).collect();
        Ok(Self { sql: self.sql, params })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_browser_cannot_bind_is_refused_everywhere() {
        let error = Query::new("SELECT ?").bind(i64::MAX).checked().unwrap_err();
        assert!(error.to_string().contains("parameter 1 needs more than 53 bits"), "{error}");
        let query = Query::new("SELECT ?, ?").bind(None::<i64>).bind(2.0).checked().unwrap();
        assert_eq!(query.params, [Value::Null, Value::Integer(2)]);
    }
}
