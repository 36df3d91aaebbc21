//! Customers one by one: top lists, points, lists.

use anyhow::Result;
use facts::{Member, MemberSort, Members, MembersAsk, Point, Points, Scope, Stratum, TopCustomer};

use super::Plain;

impl Plain<'_> {
    pub(super) fn top(&self, scope: &Scope, count: usize) -> Result<Vec<TopCustomer>> {
        let sql = format!(
            "SELECT ord, value, orders, {} FROM person WHERE {} ORDER BY value DESC, ord LIMIT {count}",
            self.revenue(scope),
            self.people(scope)
        );
        self.all(&sql, |row| {
            Ok(TopCustomer {
                customer: row.get(0)?,
                lifetime_value: row.get(1)?,
                orders: row.get(2)?,
                revenue_in_scope: row.get(3)?,
            })
        })
    }

    pub(super) fn points(&self, scope: &Scope) -> Result<Points> {
        let sql = format!(
            "SELECT ord, {} - last_day, orders, value, segment, rfm \
             FROM person WHERE rfm IS NOT NULL AND {} ORDER BY ord",
            self.meta.as_of.0 - self.meta.first_day.0,
            self.people(scope)
        );
        let sample = self.all(&sql, |row| {
            Ok(Point {
                customer: row.get(0)?,
                recency_days: row.get(1)?,
                orders: row.get(2)?,
                lifetime_value: row.get(3)?,
                segment: row.get(4)?,
                rfm_segment: row.get(5)?,
            })
        })?;
        let labels = &self.meta.labels;
        let mut strata =
            vec![vec![Stratum::default(); labels.rfm_segments.len()]; labels.segments.len()];
        for point in &sample {
            let stratum = &mut strata[usize::from(point.segment)][usize::from(point.rfm_segment)];
            stratum.customers += 1;
            stratum.recency_days += i64::from(point.recency_days);
            stratum.orders += i64::from(point.orders);
            stratum.lifetime_value += point.lifetime_value;
        }
        Ok(Points { customers: i64::try_from(sample.len())?, strata, sample })
    }

    pub(super) fn members(&self, ask: &MembersAsk) -> Result<Members> {
        let people = self.people(&ask.scope);
        let sql = format!("SELECT COUNT(*) FROM person WHERE {people}");
        let count = self.database.query_row(&sql, [], |row| row.get(0))?;
        let before = ask.compared.map(|range| self.revenue(&ask.scope.over(range)));
        let (key, way) = (sort_key(ask.sort), if ask.descending { "DESC" } else { "ASC" });
        let sql = format!(
            "SELECT * FROM (
               SELECT ord, segment, churn, rfm, value, orders, {} - last_day AS recency,
                 {} AS now, {} AS before,
                 (SELECT COALESCE(SUM(score), 0) FROM score WHERE customer = ord) AS score_sum,
                 (SELECT COUNT(*) FROM score WHERE customer = ord) AS score_count
               FROM person WHERE {people})
             ORDER BY ({key}) IS NULL, {key} {way}, ord LIMIT {} OFFSET {}",
            self.meta.as_of.0 - self.meta.first_day.0,
            self.revenue(&ask.scope),
            before.as_deref().unwrap_or("NULL"),
            ask.limit,
            ask.offset,
        );
        let rows = self.all(&sql, |row| {
            Ok(Member {
                customer: row.get(0)?,
                segment: row.get(1)?,
                churn: row.get(2)?,
                rfm_segment: row.get(3)?,
                lifetime_value: row.get(4)?,
                orders: row.get(5)?,
                recency_days: row.get(6)?,
                revenue: row.get(7)?,
                revenue_before: row.get(8)?,
                score_sum: row.get(9)?,
                score_count: row.get(10)?,
            })
        })?;
        Ok(Members { count, rows })
    }

    /// A customer's net amount in scope, as a column.
    fn revenue(&self, scope: &Scope) -> String {
        // Whose line it is says enough of segment, risk and RFM segment.
        let lines = self.lines(scope);
        format!(
            "(SELECT COALESCE(SUM(amount), 0) FROM sold WHERE sold.customer = person.ord AND {lines})"
        )
    }
}

fn sort_key(sort: MemberSort) -> &'static str {
    match sort {
        MemberSort::LifetimeValue => "value",
        MemberSort::Revenue => "now",
        MemberSort::Change => "now - before",
        MemberSort::Orders => "orders",
        // The last day is the later the fewer days ago.
        MemberSort::LastPurchase => "-recency",
        MemberSort::Segment => "segment",
        MemberSort::Churn => "churn",
        MemberSort::Rfm => "rfm",
        MemberSort::Satisfaction => "1.0 * score_sum / score_count",
    }
}
