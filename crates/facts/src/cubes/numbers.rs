//! Numbers of customers that go along with some of them.

use snapshot::Meta;
use snapshot::bounds::MOST_ROWS;
use snapshot::tables::CUSTOMER_360;

use crate::columns::FactsError;

/// Demands numbers of customers that there are, ascending, so that each stands for one.
///
/// # Errors
/// [`FactsError::Damaged`] names whose numbers they are.
pub(super) fn check_numbers(whose: &str, numbers: &[u32], meta: &Meta) -> Result<(), FactsError> {
    let customers = meta.rows.get(CUSTOMER_360).copied().unwrap_or_else(|| MOST_ROWS.into());
    let known = numbers.last().is_none_or(|&last| u64::from(last) < customers);
    if known && numbers.is_sorted_by(|one, next| one < next) {
        return Ok(());
    }
    Err(FactsError::Damaged(format!("{whose} of customers that are not there, or there twice")))
}
