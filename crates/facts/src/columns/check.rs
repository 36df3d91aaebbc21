//! What columns must be before they are believed: every code names something, every day lies in
//! the snapshot, and no sum can leave its integer.

use snapshot::bounds::{MOST_ROWS, size_of_all};
use snapshot::columns::{NO_CUSTOMER, NO_DAY, NOT_SAID, NOT_SCORED};
use snapshot::cubes::Shape;

use super::{Columns, FactsError};
use crate::measure::Aspect;

impl Columns {
    /// Looks through all columns once, so that every pass may trust them.
    pub(super) fn check(&self) -> Result<(), FactsError> {
        self.check_rows()?;
        self.check_codes()?;
        self.check_days()?;
        self.check_sums()
    }

    fn check_rows(&self) -> Result<(), FactsError> {
        let rows = [
            ("customers", self.customers.len()),
            ("lines", self.purchases.len()),
            ("scores", self.feedback.score.len()),
            ("contacts", self.contacts.day.len()),
        ];
        match rows.into_iter().find(|&(_, rows)| rows > MOST_ROWS as usize) {
            Some((what, rows)) => damaged(format!("{rows} {what}, at most {MOST_ROWS}")),
            None => Ok(()),
        }
    }

    fn check_codes(&self) -> Result<(), FactsError> {
        let labels = &self.meta.labels;
        let (customers, lines) = (&self.customers, &self.purchases);
        let most = |codes: &[u8]| codes.iter().copied().max().map(u32::from);
        let known = |codes: &[u8], none: u8| {
            codes.iter().copied().filter(|&code| code != none).max().map(u32::from)
        };
        let people =
            |column: &[u32]| column.iter().copied().filter(|&code| code != NO_CUSTOMER).max();
        let category = lines.category.iter().copied().max().map(u32::from);
        below("segment", most(&customers.segment), labels.segments.len())?;
        below("churn risk", most(&customers.churn), labels.churn_risks.len())?;
        let scored = known(&customers.rfm_segment, NOT_SCORED);
        below("RFM segment", scored, labels.rfm_segments.len())?;
        below("category", category, labels.categories.len())?;
        below("customer", people(&self.feedback.customer), customers.len())?;
        below("customer", people(&self.contacts.customer), customers.len())?;
        below("score", most(&self.feedback.score), 6)?;
        if self.feedback.score.contains(&0) {
            return damaged("score 0".to_owned());
        }
        for aspect in Aspect::ALL {
            let length = aspect.labels(&self.meta).len();
            below("channel or reason", known(self.aspect(aspect), NOT_SAID), length)?;
        }
        // That number stands for "no order yet" in the passes.
        below("order", lines.order.iter().copied().max(), u32::MAX as usize)
    }

    fn check_days(&self) -> Result<(), FactsError> {
        let days = Shape::of(&self.meta).days;
        // Nobody bought after the day from which recency counts.
        let as_of = self.meta.as_of.0.saturating_sub(self.meta.first_day.0).saturating_add(1);
        let until_as_of = usize::try_from(as_of).unwrap_or(0).min(days);
        let most = |column: &[u16]| column.iter().copied().max().map(u32::from);
        let known = |column: &[u16]| {
            column.iter().copied().filter(|&day| day != NO_DAY).max().map(u32::from)
        };
        below("day of a line", most(&self.purchases.day), days)?;
        below("day of a score", most(&self.feedback.day), days)?;
        below("day of a contact", most(&self.contacts.day), days)?;
        below("day of a first purchase", known(&self.customers.first_purchase), until_as_of)?;
        below("day of a last purchase", known(&self.customers.last_purchase), until_as_of)
    }

    fn check_sums(&self) -> Result<(), FactsError> {
        let amounts = size_of_all(self.purchases.amount.iter().copied());
        let values = size_of_all(self.customers.lifetime_value.iter().copied());
        match amounts.and(values) {
            Some(_) => Ok(()),
            None => damaged("amounts that no sum can hold".to_owned()),
        }
    }
}

fn below(what: &str, most: Option<u32>, length: usize) -> Result<(), FactsError> {
    match most {
        Some(code) if code as usize >= length => damaged(format!("{what} {code} of {length}")),
        _ => Ok(()),
    }
}

fn damaged<T>(why: String) -> Result<T, FactsError> {
    Err(FactsError::Damaged(why))
}
