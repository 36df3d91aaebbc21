//! What a source hands over is looked at before it is believed, whichever source it is: as many
//! groups as were asked for, codes that name something, and numbers small enough to go on with.
//!
//! Sums stay within [`MOST_SUM`] by the bounds of [`snapshot::bounds`]; the cuts here change
//! nothing of a snapshot that the builder made. They are for records and cubes that somebody
//! else wrote: whatever stands there, differences and means of it fit their integers.

use snapshot::Meta;
use snapshot::bounds::{MOST_DAYS, MOST_SUM};

use crate::comparison::Cut;
use crate::measure::{Grouping, Points, Retention, Stratum, TopCustomer, Totals};
use crate::members::{Member, Members, MembersAsk};
use crate::scope::{Dimension, Scope};

/// How many groups a grouping has.
pub(crate) fn group_count(meta: &Meta, scope: &Scope, by: Grouping) -> usize {
    let labels = &meta.labels;
    match by {
        Grouping::Whole => 1,
        Grouping::By(Dimension::Segment) => labels.segments.len(),
        Grouping::By(Dimension::Churn) => labels.churn_risks.len(),
        Grouping::By(Dimension::Rfm) => labels.rfm_segments.len(),
        Grouping::By(Dimension::Category) => labels.categories.len(),
        Grouping::Over(size) => size.buckets(scope.range).len(),
        Grouping::Beside(size, comparison) => {
            Cut { size, beside: Some(comparison) }.buckets(scope.range).len()
        }
        Grouping::Of(aspect) => aspect.labels(meta).len(),
    }
}

/// Groups, if there are so many.
pub(crate) fn groups(mut groups: Vec<Totals>, count: usize) -> Option<Vec<Totals>> {
    groups.iter_mut().for_each(cut_totals);
    (groups.len() == count).then_some(groups)
}

fn cut_totals(totals: &mut Totals) {
    let Totals {
        revenue,
        units,
        lines,
        orders,
        customers,
        lifetime_value,
        new_customers,
        ordering_customers,
        repeat_customers,
        scores,
        contacts,
        responses,
    } = totals;
    scores.iter_mut().for_each(cut);
    let sums = [revenue, units, lines, orders, customers, lifetime_value, new_customers];
    sums.into_iter().for_each(cut);
    [ordering_customers, repeat_customers, contacts, responses].into_iter().for_each(cut);
}

fn cut(value: &mut i64) {
    *value = (*value).clamp(-MOST_SUM, MOST_SUM);
}

/// Retention.
pub(crate) fn retention(mut of: Retention) -> Retention {
    cut(&mut of.kept);
    cut(&mut of.before);
    of
}

/// Retention over time, if it has so many steps.
pub(crate) fn retentions(steps: Vec<Retention>, count: usize) -> Option<Vec<Retention>> {
    (steps.len() == count).then(|| steps.into_iter().map(retention).collect())
}

/// A top list, if it is no longer than asked for.
pub(crate) fn top(mut top: Vec<TopCustomer>, count: usize) -> Option<Vec<TopCustomer>> {
    for row in &mut top {
        cut(&mut row.lifetime_value);
        cut(&mut row.revenue_in_scope);
    }
    (top.len() <= count).then_some(top)
}

/// Points, if they are of the snapshot's segments, and no more than were asked for: each stratum may
/// have one more than its share.
pub(crate) fn points(mut points: Points, most: usize, meta: &Meta) -> Option<Points> {
    let labels = &meta.labels;
    let (segments, scores) = (labels.segments.len(), labels.rfm_segments.len());
    let strata =
        points.strata.len() == segments && points.strata.iter().all(|row| row.len() == scores);
    let known = points.sample.iter().all(|point| {
        usize::from(point.segment) < segments && usize::from(point.rfm_segment) < scores
    });
    let few = points.sample.len() <= most.saturating_add(segments.saturating_mul(scores));
    let each_once = points.sample.is_sorted_by(|a, b| a.customer < b.customer);
    cut(&mut points.customers);
    for stratum in points.strata.iter_mut().flatten() {
        let Stratum { customers, recency_days, orders, lifetime_value } = stratum;
        [customers, recency_days, orders, lifetime_value].into_iter().for_each(cut);
    }
    for point in &mut points.sample {
        cut(&mut point.lifetime_value);
        point.recency_days = point.recency_days.clamp(-MOST_DAYS, MOST_DAYS);
    }
    (strata && known && few && each_once).then_some(points)
}

/// A window of the list of customers, if it is no longer than asked for and names what is known.
pub(crate) fn members(mut members: Members, ask: &MembersAsk, meta: &Meta) -> Option<Members> {
    let labels = &meta.labels;
    let known = |row: &Member| {
        usize::from(row.segment) < labels.segments.len()
            && usize::from(row.churn) < labels.churn_risks.len()
            && row.rfm_segment.is_none_or(|code| usize::from(code) < labels.rfm_segments.len())
    };
    for row in &mut members.rows {
        cut(&mut row.lifetime_value);
        cut(&mut row.revenue);
        row.revenue_before.iter_mut().for_each(cut);
        row.recency_days = row.recency_days.map(|days| days.clamp(-MOST_DAYS, MOST_DAYS));
    }
    (members.rows.len() <= ask.limit as usize && members.rows.iter().all(known)).then_some(members)
}
