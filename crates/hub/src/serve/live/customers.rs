//! Who a customer is at this moment: as the snapshot says, unless a later event says otherwise.

use anyhow::{Result, anyhow};
use engine::Query;

use super::journal::Journal;
use crate::serve::current::Open;

const SEGMENT: &str = "SELECT customer_segment FROM customer_360 WHERE customer_id = ?";

/// Somebody who is known, and the segment, if one was said.
pub struct Customer {
    /// Name of the segment.
    pub segment: Option<String>,
}

/// Looks for a customer.
///
/// # Errors
/// If the snapshot or the journal cannot be read.
pub fn find(id: &str, open: &Open, journal: &Journal) -> Result<Option<Customer>> {
    let engine = open.engine.lock().map_err(|_| anyhow!("the snapshot is not to be read"))?;
    let rows = engine.ask(Query::new(SEGMENT).bind(id))?;
    drop(engine);
    let segment = |row: engine::Row<'_>| row.get::<&str>("customer_segment").map(str::to_owned);
    let published = rows.first().map(segment).transpose()?;
    let later = journal.person(id)?.filter(|(seq, _)| *seq > open.facts.meta().covers);
    Ok(match (published, later) {
        (None, None) => None,
        (published, None) => Some(Customer { segment: published }),
        (published, Some((_, segment))) => Some(Customer { segment: segment.or(published) }),
    })
}
