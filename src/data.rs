//! The facts of a snapshot as the page holds them, with the engine that answers what is left.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use engine::{Engine, EngineError, Query, Rows, Traffic};
use facts::Facts;
use widgets::{People, Person};

/// A snapshot that was read.
pub struct Data {
    /// Everything that is computed comes from here.
    pub facts: Facts,
    /// From the first request to the facts, in milliseconds.
    pub milliseconds: f64,
    engine: Rc<dyn Engine>,
    people: Rc<RefCell<People>>,
}

impl Data {
    /// Facts, and the engine they came from.
    pub fn new(facts: Facts, engine: Rc<dyn Engine>, milliseconds: f64) -> Self {
        Self { facts, milliseconds, engine, people: Rc::default() }
    }

    /// The same snapshot with more facts; names that are known stay known.
    #[must_use]
    pub fn with(&self, facts: Facts, milliseconds: f64) -> Self {
        let (engine, people) = (self.engine.clone(), self.people.clone());
        Self { facts, milliseconds, engine, people }
    }

    /// What was fetched so far.
    pub fn traffic(&self) -> Traffic {
        self.engine.traffic()
    }

    /// Asks the snapshot in SQL.
    ///
    /// # Errors
    /// Whatever the engine answers.
    pub async fn ask(&self, query: Query) -> Result<Rows, EngineError> {
        self.engine.query(query).await
    }

    /// Looks at the customers whose names are known so far.
    pub fn with_people<T>(&self, look: impl FnOnce(&People) -> T) -> T {
        look(&self.people.borrow())
    }

    /// Fetches the names of customers that are not known yet.
    ///
    /// # Errors
    /// Whatever the engine answers.
    pub async fn know(&self, customers: &[u32]) -> Result<(), EngineError> {
        let missing = self.with_people(|people| people.missing(customers));
        if missing.is_empty() {
            return Ok(());
        }
        let marks = vec!["?"; missing.len()].join(", ");
        let sql = format!(
            "SELECT ord, customer_id, first_name, last_name, email \
             FROM customer_360 WHERE ord IN ({marks})"
        );
        let query = missing.iter().fold(Query::new(sql), |query, &ord| query.bind(ord));
        let rows = self.engine.query(query).await?;
        for row in rows.iter() {
            let text = |column| -> Result<String, EngineError> {
                Ok(row.get::<Option<&str>>(column)?.unwrap_or_default().to_owned())
            };
            let person = Person {
                customer_id: text("customer_id")?,
                first_name: text("first_name")?,
                last_name: text("last_name")?,
                email: text("email")?,
            };
            self.people.borrow_mut().insert(row.get("ord")?, person);
        }
        Ok(())
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Data")
            .field("snapshot", &self.facts.meta().snapshot_id)
            .finish_non_exhaustive()
    }
}
