//! Top lists, and the beginning of long ones, from the most valuable customers of each stratum.

use std::sync::Arc;

use snapshot::Meta;
use snapshot::columns::NOT_SCORED;
use snapshot::cubes::{Excerpt, Grain, Shape};

use super::numbers::check_numbers;
use super::strata::{Strata, shape_of};
use crate::columns::{Columns, FactsError};
use crate::measure::TopCustomer;
use crate::members::{Member, MemberSort, MembersAsk};
use crate::scope::Scope;
use crate::source::Source;

/// The leaders, searchable like all customers.
#[derive(Debug)]
pub(super) struct LeaderBoard {
    shape: Shape,
    columns: Columns,
    numbers: Vec<u32>,
    /// Leaders of each stratum: how many, and the least lifetime value among them.
    strata: Vec<(i64, i64)>,
    /// True if their satisfaction is known.
    rated: bool,
}

impl LeaderBoard {
    pub fn new(meta: Arc<Meta>, grain: Grain, leaders: Excerpt) -> Result<Self, FactsError> {
        let Excerpt { numbers, customers, purchases, scores } = leaders;
        let shape = shape_of(&meta, grain);
        if numbers.len() != customers.len() {
            return Err(FactsError::Damaged("leaders without numbers".to_owned()));
        }
        check_numbers("leaders", &numbers, &meta)?;
        let mut strata = vec![(0_i64, i64::MAX); shape.strata()];
        for customer in 0..customers.len() {
            let rfm = Some(customers.rfm_segment[customer]).filter(|&code| code != NOT_SCORED);
            let stratum = shape.stratum(
                customers.segment[customer].into(),
                customers.churn[customer].into(),
                rfm.map(usize::from),
            );
            if let Some((count, least)) = strata.get_mut(stratum) {
                *count = (*count).saturating_add(1);
                *least = customers.lifetime_value[customer].min(*least);
            }
        }
        let (rated, columns) =
            (scores.is_some(), Columns::new(meta, customers, purchases, None, None)?);
        let columns = match scores {
            Some(scores) => columns.rated(scores),
            None => columns,
        };
        Ok(Self { shape, columns, numbers, strata, rated })
    }

    /// The top list, if no customer outside the leaders can belong to it.
    pub fn top(&self, headcount: &[i64], scope: &Scope, count: usize) -> Option<Vec<TopCustomer>> {
        let mut top = self.columns.top(scope, count)?;
        let least = if top.len() < count { i64::MIN } else { top.last()?.lifetime_value };
        if !self.come_first(headcount, scope, least)? {
            return None;
        }
        for row in &mut top {
            row.customer = *self.numbers.get(row.customer as usize)?;
        }
        Some(top)
    }

    /// A window of a list of `count` customers, the most valuable first, if nobody outside the
    /// leaders can belong to it or stand before it.
    pub fn members(&self, headcount: &[i64], ask: &MembersAsk, count: u32) -> Option<Vec<Member>> {
        if !self.rated || !begins_with_leaders(ask) {
            return None;
        }
        let mut list = self.columns.members(ask)?;
        let ends = list.rows.len() < ask.limit as usize;
        let least = if ends { i64::MIN } else { list.rows.last()?.lifetime_value };
        if list.count != count && !self.come_first(headcount, &ask.scope, least)? {
            return None;
        }
        for row in &mut list.rows {
            row.customer = *self.numbers.get(row.customer as usize)?;
        }
        Some(list.rows)
    }

    /// True if no customer of a scope but the leaders is worth so much.
    fn come_first(&self, headcount: &[i64], scope: &Scope, least: i64) -> Option<bool> {
        // Rows of the headcount are fine strata: one or more of each stratum here.
        let rows = self.shape.fine().strata().checked_div(self.shape.strata())?;
        for stratum in Strata::new(self.shape, scope).all() {
            let (leaders, smallest) = self.strata[stratum];
            let all = headcount.iter().skip(stratum.saturating_mul(rows)).take(rows);
            let all = all.fold(0, |all, &customers| customers.saturating_add(all));
            if all > leaders && smallest >= least {
                return Some(false);
            }
        }
        Some(true)
    }
}

/// True of a list whose first customers are leaders.
pub(super) fn begins_with_leaders(ask: &MembersAsk) -> bool {
    ask.sort == MemberSort::LifetimeValue && ask.descending
}
