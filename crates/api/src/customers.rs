//! Who customers are: ids and names behind the numbers that facts speak of.

use engine::native::NativeEngine;

use crate::asking::person_of;
use crate::problem::Problem;

/// Ids of customers by number, in the order asked.
///
/// # Errors
/// If one of them is not in the snapshot.
pub(crate) fn ids(engine: &NativeEngine, customers: &[u32]) -> Result<Vec<String>, Problem> {
    customers.iter().map(|&customer| Ok(person_of(engine, customer)?.customer_id)).collect()
}
