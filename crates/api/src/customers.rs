//! Who customers are: ids and names behind the numbers that facts speak of.

use crate::asking::person_of;
use crate::problem::Problem;
use crate::source::Source;

/// Ids of customers by number, in the order asked.
///
/// # Errors
/// If one of them is nobody whom the snapshot or an event knows.
pub(crate) fn ids(source: &Source<'_>, customers: &[u32]) -> Result<Vec<String>, Problem> {
    let id = |customer: &u32| Ok(person_of(source.engine, source.facts, *customer)?.customer_id);
    customers.iter().map(id).collect()
}
