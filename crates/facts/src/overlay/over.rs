//! Answers of the snapshot, less the touched customers as it has them, with them as they are now.

use std::any::Any;
use std::cmp::Reverse;
use std::sync::Arc;

use snapshot::Meta;

use super::{Overlay, State};
use crate::believed;
use crate::comparison::Cut;
use crate::facts::{Facts, Over};
use crate::measure::{Grouping, Part, Points, Retention, TopCustomer, Totals};
use crate::members::{Members, MembersAsk};
use crate::period::DayRange;
use crate::scope::{Dimension, Scope, Set};
use crate::source::Source;

impl Overlay {
    /// The overlay that lies over facts, if one does.
    pub fn of(facts: &Facts) -> Option<&Self> {
        let over: &dyn Any = facts.over()?;
        over.downcast_ref()
    }
}

impl Over for Overlay {
    fn meta(&self) -> &Arc<Meta> {
        &self.0.meta
    }

    fn over<'a>(&'a self, below: &'a Facts) -> Box<dyn Source + 'a> {
        Box::new(Overlaid { below, state: &self.0 })
    }

    fn memory_bytes(&self) -> usize {
        let State { before, after, .. } = &*self.0;
        before.columns.memory_bytes().saturating_add(after.columns.memory_bytes())
    }
}

/// Facts of a snapshot under an overlay.
pub(super) struct Overlaid<'a> {
    pub below: &'a Facts,
    pub state: &'a State,
}

impl Overlaid<'_> {
    /// A scope without names that the snapshot does not have; none if nothing is left of it.
    pub fn known(&self, scope: &Scope) -> Option<Scope> {
        let labels = &self.state.published.labels;
        let mut known = scope.clone();
        for (dimension, length) in [
            (Dimension::Segment, labels.segments.len()),
            (Dimension::Churn, labels.churn_risks.len()),
            (Dimension::Rfm, labels.rfm_segments.len()),
            (Dimension::Category, labels.categories.len()),
        ] {
            let set = scope.set(dimension);
            if !set.is_all() {
                let codes = set.codes().iter().copied();
                let set = Set::of(codes.filter(|&code| usize::from(code) < length));
                if set.is_all() {
                    return None;
                }
                known = known.with(dimension, set);
            }
        }
        Some(known)
    }

    /// What is asked of the snapshot: of its days alone, in the words of its record.
    pub fn narrowed(&self, scope: &Scope) -> Option<Scope> {
        let mut known = self.known(scope)?;
        known.range.to = known.range.to.min(self.state.published.last_day);
        (known.range.days() > 0).then_some(known)
    }

    /// The same where customers count: those without a purchase do if the whole range is that of
    /// the data with the events, which the snapshot cannot tell.
    pub fn of_customers(&self, scope: &Scope) -> Option<Scope> {
        let mut narrowed = self.narrowed(scope)?;
        let all_below = narrowed.takes_everybody(&self.state.published);
        narrowed.buyers_only |= all_below && !scope.takes_everybody(&self.state.meta);
        Some(narrowed)
    }

    /// What is asked of the snapshot for groups.
    fn of_groups(&self, scope: &Scope, grouping: Grouping, part: Part) -> Option<Scope> {
        match grouping {
            Grouping::Whole | Grouping::By(_) if part == Part::Customers => {
                self.of_customers(scope)
            }
            _ => self.narrowed(scope),
        }
    }

    /// True if a customer is touched.
    pub fn is_touched(&self, customer: u32) -> bool {
        self.state.before.numbers.binary_search(&customer).is_ok()
    }
}

impl Source for Overlaid<'_> {
    fn groups(&self, scope: &Scope, grouping: Grouping, part: Part) -> Option<Vec<Totals>> {
        let State { meta, before, after, .. } = self.state;
        let count = believed::group_count(meta, scope, grouping);
        let mut groups = vec![Totals::default(); count];
        if let Some(scope) = self.of_groups(scope, grouping, part) {
            // New names and later buckets are behind those that the snapshot has.
            let below = self.below.groups(&scope, grouping, &[part]).ready()?;
            let before = before.columns.groups(&scope, grouping, part)?;
            for ((into, below), before) in groups.iter_mut().zip(&below).zip(&before) {
                into.add(part, below);
                into.take(part, before);
            }
        }
        let after = after.columns.groups(scope, grouping, part)?;
        groups.iter_mut().zip(&after).for_each(|(into, after)| into.add(part, after));
        Some(groups)
    }

    fn retention(&self, scope: &Scope, before: DayRange) -> Option<Retention> {
        let mut retention = Retention::default();
        // A period after the snapshot's days may follow one within them.
        if let Some(scope) = self.narrowed(scope).or_else(|| self.known(scope)) {
            let below = self.below.retention(&scope, before).ready()?;
            let touched = self.state.before.columns.retention(&scope, before)?;
            retention.add(below);
            retention.take(touched);
        }
        retention.add(self.state.after.columns.retention(scope, before)?);
        Some(retention)
    }

    fn retention_over_time(&self, scope: &Scope, cut: Cut) -> Option<Vec<Retention>> {
        let count = cut.buckets(scope.range).len();
        let mut steps = vec![Retention::default(); count];
        if let Some(known) = self.known(scope) {
            // A bucket after the snapshot's days follows one within them.
            let as_many = |scope: &Scope| cut.buckets(scope.range).len() == count;
            let narrowed = self.narrowed(scope).filter(as_many);
            let scope = narrowed.filter(|_| cut.beside.is_none()).unwrap_or(known);
            let below = self.below.retention_over_time(&scope, cut).ready()?;
            let touched = self.state.before.columns.retention_over_time(&scope, cut)?;
            for ((into, below), touched) in steps.iter_mut().zip(below).zip(touched) {
                into.add(below);
                into.take(touched);
            }
        }
        let after = self.state.after.columns.retention_over_time(scope, cut)?;
        steps.iter_mut().zip(after).for_each(|(into, after)| into.add(after));
        Some(steps)
    }

    fn top(&self, scope: &Scope, count: usize) -> Option<Vec<TopCustomer>> {
        let after = &self.state.after;
        let mut top = match self.of_customers(scope) {
            Some(scope) => self.untouched_top(&scope, count)?,
            None => Vec::new(),
        };
        let touched = after.columns.top(scope, count.saturating_add(after.others()))?;
        top.extend(touched.into_iter().filter_map(|row| {
            let customer = after.number(row.customer)?;
            Some(TopCustomer { customer, ..row })
        }));
        top.sort_unstable_by_key(|row| (Reverse(row.lifetime_value), row.customer));
        top.truncate(count);
        Some(top)
    }

    fn points(&self, scope: &Scope, most: usize) -> Option<Points> {
        self.merged_points(scope, most)
    }

    fn members(&self, ask: &MembersAsk) -> Option<Members> {
        self.merged_members(ask)
    }
}

impl Overlaid<'_> {
    /// The first so many customers of the snapshot who are not touched: as many more are asked for
    /// as are found to be.
    fn untouched_top(&self, scope: &Scope, count: usize) -> Option<Vec<TopCustomer>> {
        let most = count.saturating_add(self.state.before.numbers.len());
        let mut wanted = count;
        loop {
            let mut top = self.below.top(scope, wanted).ready()?;
            let found = top.len();
            top.retain(|row| !self.is_touched(row.customer));
            if top.len() >= count || found < wanted || wanted >= most {
                return Some(top);
            }
            // Room for as many again saves asking once more.
            let touched = found.saturating_sub(top.len());
            wanted = count.saturating_add(touched.saturating_mul(2)).min(most);
        }
    }
}
