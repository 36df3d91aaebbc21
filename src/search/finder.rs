//! Finds customers by the beginning of a text, asking for as little as will do.

use std::cell::RefCell;
use std::rc::Rc;

use engine::{EngineError, Query, Row, questions};
use widgets::shown::{is_visible, shown};

use super::found::{Found, Hit, Known, Memory, Next};
use crate::session::data::Data;

/// Terms asked for at once.
const TERMS: usize = 24;

/// Searches of one snapshot; clones share what they have learned.
#[derive(Clone, Default)]
pub struct Finder(Rc<RefCell<Memory>>);

impl Finder {
    /// The answer, if nothing need be asked for it.
    pub fn known(&self, folded: &str) -> Option<Found> {
        match self.0.borrow().next(folded) {
            Next::Answer(found) => Some(found),
            _ => None,
        }
    }

    /// Finds customers by a folded text.
    ///
    /// # Errors
    /// Whatever the engine answers.
    pub async fn find(&self, data: &Data, folded: &str) -> Result<Found, EngineError> {
        loop {
            let next = self.0.borrow().next(folded);
            let (prefix, known) = match next {
                Next::Answer(found) => return Ok(found),
                Next::Best(prefix) => {
                    let known = best(data, &prefix).await?;
                    (prefix, known)
                }
                Next::Terms => (folded.to_owned(), terms(data, folded).await?),
            };
            self.0.borrow_mut().learn(&prefix, known);
        }
    }
}

/// What the table of short prefixes says.
async fn best(data: &Data, prefix: &str) -> Result<Known, EngineError> {
    let rows = data.ask(Query::new(questions::SEARCH_BEST).bind(prefix)).await?;
    let Some(first) = rows.first() else { return Ok(nothing()) };
    let stored: &str = first.get("prefix")?;
    let complete = first.get::<i64>("complete")? == 1;
    // A shorter prefix stands for this one only if it has all its terms.
    if stored != prefix && !(complete && prefix.starts_with(stored)) {
        return Ok(nothing());
    }
    let hits = rows.iter().map(hit).collect::<Result<_, _>>()?;
    Ok(Known { hits, found: Some(first.get("found")?), complete })
}

/// What the table of all terms says.
async fn terms(data: &Data, text: &str) -> Result<Known, EngineError> {
    let after = format!("{text}{}", char::MAX);
    let query = Query::new(questions::SEARCH_TERMS).bind(text).bind(after.as_str());
    let rows = data.ask(query.bind(TERMS as i64)).await?;
    let hits = rows.iter().map(hit).collect::<Result<_, _>>()?;
    Ok(Known { hits, found: None, complete: rows.len() < TERMS })
}

fn nothing() -> Known {
    Known { hits: Vec::new(), found: Some(0), complete: true }
}

fn hit(row: Row<'_>) -> Result<Hit, EngineError> {
    Ok(Hit {
        term: row.get::<&str>("term")?.to_owned(),
        customer: row.get("ord")?,
        label: shown(match row.get::<&str>("label")? {
            label if is_visible(label) => label,
            _ => row.get::<&str>("customer_id")?,
        })
        .into_owned(),
        id: row.get::<&str>("customer_id")?.to_owned(),
    })
}
