//! The measures once more, as plain SQL that reads the source tables.
//!
//! Only segment, churn risk and RFM segment come from `customer_360`; their own derivation is
//! verified elsewhere.

use facts::{
    DayRange, Dimension, Facts, KpiId, Member, MemberSort, MembersAsk, Number, Point, Retention,
    Scope, Set, TopCustomer, Totals,
};
use rusqlite::{Connection, Row};

/// Lines and customers with everything a filter asks, from the source tables.
const TABLES: &str = "
  CREATE TEMP TABLE person AS
  SELECT c.ord, c.customer_id, c.customer_segment AS segment, c.churn_risk AS churn,
    c.rfm_segment AS rfm,
    (SELECT coalesce(sum(amount), 0) FROM purchase_transactions p
      WHERE p.customer_id = c.customer_id) AS value,
    (SELECT count(DISTINCT order_id) FROM purchase_transactions p
      WHERE p.customer_id = c.customer_id AND amount > 0) AS orders,
    (SELECT min(transaction_date) FROM purchase_transactions p
      WHERE p.customer_id = c.customer_id AND amount > 0) AS first_day,
    (SELECT max(transaction_date) FROM purchase_transactions p
      WHERE p.customer_id = c.customer_id AND amount > 0) AS last_day
  FROM customer_360 c;
  CREATE TEMP TABLE line AS
  SELECT t.transaction_date AS day, t.order_id, t.customer_id, t.amount, t.quantity,
    coalesce(p.category, 'No category') AS category, c.segment, c.churn, c.rfm
  FROM purchase_transactions t
  LEFT JOIN product_catalog p ON p.product_id = t.product_id
  LEFT JOIN person c ON c.customer_id = t.customer_id;
  CREATE INDEX temp.line_customer ON line(customer_id);
  CREATE TEMP TABLE dated AS
  SELECT 'score' AS kind, interaction_date AS day, customer_id, satisfaction_score AS value
  FROM customer_service WHERE satisfaction_score IS NOT NULL
  UNION ALL
  SELECT 'contact', contact_date, customer_id, responded FROM campaign_responses;";

/// Plain SQL on one snapshot.
pub struct Sql<'a> {
    facts: &'a Facts,
    connection: Connection,
}

impl<'a> Sql<'a> {
    pub fn new(facts: &'a Facts, connection: Connection) -> Self {
        connection.execute_batch(TABLES).unwrap();
        Self { facts, connection }
    }

    pub fn totals(&self, scope: &Scope) -> Totals {
        self.totals_where(scope, "1", "1", true, true)
    }

    pub fn by(&self, scope: &Scope, dimension: Dimension) -> Vec<Totals> {
        let labels = &self.facts.meta().labels;
        let (column, names) = match dimension {
            Dimension::Segment => ("segment", &labels.segments),
            Dimension::Churn => ("churn", &labels.churn_risks),
            Dimension::Rfm => ("rfm", &labels.rfm_segments),
            Dimension::Category => ("category", &labels.categories),
        };
        let group = |name: &String| {
            let is = format!("{column} = {}", quoted(name));
            if dimension == Dimension::Category {
                self.totals_where(scope, &is, "1", false, false)
            } else {
                self.totals_where(scope, &is, &is, true, false)
            }
        };
        names.iter().map(group).collect()
    }

    pub fn kept(&self, scope: &Scope, now: DayRange, before: DayRange) -> Retention {
        let active = |range| {
            let lines = self.lines(&scope.over(range));
            format!("SELECT customer_id FROM line WHERE {lines} AND customer_id IS NOT NULL")
        };
        let sql = format!(
            "SELECT count(DISTINCT customer_id), count(DISTINCT iif(customer_id IN ({}), customer_id, NULL)) \
             FROM ({})",
            active(now),
            active(before)
        );
        self.one(&sql, |row| Ok(Retention { before: row.get(0)?, kept: row.get(1)? }))
    }

    pub fn top(&self, scope: &Scope, count: usize) -> Vec<TopCustomer> {
        let sql = format!(
            "SELECT ord, value, orders, (SELECT coalesce(sum(amount), 0) FROM line \
               WHERE {} AND line.customer_id = person.customer_id) \
             FROM person WHERE {} ORDER BY value DESC, ord LIMIT {count}",
            self.lines(scope),
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

    pub fn points(&self, scope: &Scope) -> Vec<Point> {
        let labels = &self.facts.meta().labels;
        let code =
            |names: &[String], name: &str| names.iter().position(|n| n == name).unwrap() as u8;
        let sql = format!(
            "SELECT ord, julianday('{}') - julianday(last_day), orders, value, segment, rfm \
             FROM person WHERE orders > 0 AND {} ORDER BY ord",
            self.facts.meta().as_of,
            self.people(scope)
        );
        self.all(&sql, |row| {
            Ok(Point {
                customer: row.get(0)?,
                recency_days: row.get::<_, f64>(1)? as i32,
                orders: row.get(2)?,
                lifetime_value: row.get(3)?,
                segment: code(&labels.segments, &row.get::<_, String>(4)?),
                rfm_segment: code(&labels.rfm_segments, &row.get::<_, String>(5)?),
            })
        })
    }

    pub fn members(&self, ask: &MembersAsk) -> Vec<Member> {
        let labels = &self.facts.meta().labels;
        let code =
            |names: &[String], name: String| names.iter().position(|n| *n == name).unwrap() as u8;
        let revenue = |lines: String| {
            format!(
                "(SELECT coalesce(sum(amount), 0) FROM line WHERE {lines} AND line.customer_id = person.customer_id)"
            )
        };
        let place = |column: &str, names: &[String]| {
            let place = |(at, name): (usize, &String)| format!("WHEN {} THEN {at} ", quoted(name));
            let places: String = names.iter().enumerate().map(place).collect();
            format!("CASE {column} {places} END")
        };
        let key = match ask.sort {
            MemberSort::LifetimeValue => "value".to_owned(),
            MemberSort::Revenue => "now".to_owned(),
            MemberSort::Change => "now - before".to_owned(),
            MemberSort::Orders => "orders".to_owned(),
            MemberSort::LastPurchase => "last_day".to_owned(),
            MemberSort::Segment => place("segment", &labels.segments),
            MemberSort::Churn => place("churn", &labels.churn_risks),
            MemberSort::Rfm => place("rfm", &labels.rfm_segments),
            MemberSort::Satisfaction => "1.0 * score_sum / score_count".to_owned(),
        };
        let before = ask.compared.map(|range| revenue(self.lines(&ask.scope.over(range))));
        let sql = format!(
            "SELECT ord, segment, churn, rfm, value, orders, \
               julianday('{}') - julianday(last_day), now, before, score_sum, score_count FROM ( \
               SELECT person.*, {} AS now, {} AS before, \
                 (SELECT coalesce(sum(value), 0) FROM dated \
                   WHERE kind = 'score' AND dated.customer_id = person.customer_id) AS score_sum, \
                 (SELECT count(*) FROM dated \
                   WHERE kind = 'score' AND dated.customer_id = person.customer_id) AS score_count \
               FROM person WHERE {}) \
             ORDER BY ({key}) IS NULL, {key} {}, ord",
            self.facts.meta().as_of,
            revenue(self.lines(&ask.scope)),
            before.unwrap_or_else(|| "NULL".to_owned()),
            self.people(&ask.scope),
            if ask.descending { "DESC" } else { "ASC" },
        );
        self.all(&sql, |row| {
            Ok(Member {
                customer: row.get(0)?,
                segment: code(&labels.segments, row.get(1)?),
                churn: code(&labels.churn_risks, row.get(2)?),
                rfm_segment: row
                    .get::<_, Option<String>>(3)?
                    .map(|rfm| code(&labels.rfm_segments, rfm)),
                lifetime_value: row.get(4)?,
                orders: row.get(5)?,
                recency_days: row.get::<_, Option<f64>>(6)?.map(|days| days as i32),
                revenue: row.get(7)?,
                revenue_before: row.get(8)?,
                score_sum: row.get(9)?,
                score_count: row.get(10)?,
            })
        })
    }

    /// Totals of the lines and customers of a scope that also meet a condition; `all_people`
    /// says whether a customer may count without a line, `guests` whether nobody's rows count.
    fn totals_where(
        &self,
        scope: &Scope,
        line: &str,
        person: &str,
        all_people: bool,
        guests: bool,
    ) -> Totals {
        let lines = format!("{} AND {line}", self.lines(scope));
        let people = if all_people {
            format!("{} AND {person}", self.people(scope))
        } else {
            format!("customer_id IN (SELECT customer_id FROM line WHERE {lines})")
        };
        let mut totals = Totals::default();
        let DayRange { from, to } = scope.range;
        let sql = format!(
            "SELECT coalesce(sum(amount), 0), coalesce(sum(quantity), 0), count(*), \
               count(DISTINCT iif(amount > 0, order_id, NULL)) FROM line WHERE {lines}"
        );
        (totals.revenue, totals.units, totals.lines, totals.orders) =
            self.one(&sql, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
        let sql = format!(
            "SELECT count(*), coalesce(sum(value), 0), \
               count(iif(first_day BETWEEN '{from}' AND '{to}', 1, NULL)) FROM person WHERE {people}"
        );
        (totals.customers, totals.lifetime_value, totals.new_customers) =
            self.one(&sql, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let sql = format!(
            "SELECT count(*), count(iif(n > 1, 1, NULL)) FROM (SELECT count(DISTINCT order_id) AS n \
               FROM line WHERE {lines} AND amount > 0 AND customer_id IS NOT NULL GROUP BY customer_id)"
        );
        (totals.ordering_customers, totals.repeat_customers) =
            self.one(&sql, |row| Ok((row.get(0)?, row.get(1)?)));
        if all_people {
            self.dated(scope, scope.range, person, guests, &mut totals);
        }
        totals
    }

    /// Scores of 1 to 5 in scope whose row says something in a column.
    pub fn scores_that_say(&self, scope: &Scope, column: &str, said: &str) -> [i64; 5] {
        let DayRange { from, to } = scope.range;
        let who =
            if scope.categories.is_all() { self.attributes(scope) } else { self.people(scope) };
        let nobody = !scope.restricts_customers() && scope.categories.is_all();
        [1, 2, 3, 4, 5].map(|score| {
            let sql = format!(
                "SELECT count(*) FROM customer_service WHERE satisfaction_score = {score} \
                   AND {column} = {} AND interaction_date BETWEEN '{from}' AND '{to}' \
                   AND (customer_id IN (SELECT customer_id FROM person WHERE {who}) \
                     OR (customer_id IS NULL AND {}))",
                quoted(said),
                i32::from(nobody)
            );
            self.one(&sql, |row| row.get(0))
        })
    }

    /// Totals over a bucket; feedback and contacts are those of the scope, dated in the bucket.
    pub fn bucket(&self, scope: &Scope, bucket: DayRange) -> Totals {
        let mut totals = self.totals(&scope.over(bucket));
        self.dated(scope, bucket, "1", true, &mut totals);
        totals
    }

    fn dated(
        &self,
        scope: &Scope,
        days: DayRange,
        person: &str,
        guests: bool,
        totals: &mut Totals,
    ) {
        let DayRange { from, to } = days;
        // Without categories, feedback asks for no purchase: only for the customer's sets.
        let who =
            if scope.categories.is_all() { self.attributes(scope) } else { self.people(scope) };
        let nobody = guests && !scope.restricts_customers() && scope.categories.is_all();
        let rows = format!(
            "day BETWEEN '{from}' AND '{to}' AND (customer_id IN (SELECT customer_id FROM person \
               WHERE {who} AND {person}) OR (customer_id IS NULL AND {}))",
            i32::from(nobody)
        );
        for (score, count) in (1..=5).zip(&mut totals.scores) {
            let sql = format!(
                "SELECT count(*) FROM dated WHERE kind = 'score' AND value = {score} AND {rows}"
            );
            *count = self.one(&sql, |row| row.get(0));
        }
        let sql = format!(
            "SELECT count(*), coalesce(sum(value), 0) FROM dated WHERE kind = 'contact' AND {rows}"
        );
        (totals.contacts, totals.responses) = self.one(&sql, |row| Ok((row.get(0)?, row.get(1)?)));
    }

    /// Condition on `line` for lines in scope.
    fn lines(&self, scope: &Scope) -> String {
        let DayRange { from, to } = scope.range;
        let categories = among("category", &scope.categories, &self.facts.meta().labels.categories);
        format!("day BETWEEN '{from}' AND '{to}' AND {categories} AND {}", self.attributes(scope))
    }

    /// Condition on `person` for customers in scope.
    fn people(&self, scope: &Scope) -> String {
        let meta = self.facts.meta();
        let whole = scope.range.from <= meta.first_day && meta.last_day <= scope.range.to;
        let attributes = self.attributes(scope);
        if whole && scope.categories.is_all() {
            return attributes;
        }
        let lines = self.lines(scope);
        format!("{attributes} AND customer_id IN (SELECT customer_id FROM line WHERE {lines})")
    }

    fn attributes(&self, scope: &Scope) -> String {
        let labels = &self.facts.meta().labels;
        format!(
            "{} AND {} AND {}",
            among("segment", &scope.segments, &labels.segments),
            among("churn", &scope.churn, &labels.churn_risks),
            among("rfm", &scope.rfm, &labels.rfm_segments)
        )
    }

    fn one<T>(&self, sql: &str, read: impl FnOnce(&Row) -> rusqlite::Result<T>) -> T {
        self.connection.query_row(sql, [], read).unwrap_or_else(|error| panic!("{error}: {sql}"))
    }

    fn all<T>(&self, sql: &str, read: impl FnMut(&Row) -> rusqlite::Result<T>) -> Vec<T> {
        let mut statement = self.connection.prepare(sql).unwrap();
        statement.query_map([], read).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    }
}

/// A KPI by its definition, from what SQL counted; nothing over nothing is no value.
pub fn kpi(id: KpiId, totals: &Totals, kept: Option<Retention>) -> Option<Number> {
    let rate = |part, whole| (whole > 0).then_some(Number::Rate { part, whole });
    let [one, two, three, four, five] = totals.scores;
    let (sum, count) =
        (one + 2 * two + 3 * three + 4 * four + 5 * five, one + two + three + four + five);
    match id {
        KpiId::TotalRevenue => Some(Number::Money(totals.revenue)),
        KpiId::TotalOrders => Some(Number::Count(totals.orders)),
        KpiId::AvgSatisfaction => (count > 0).then_some(Number::Score { sum, count }),
        KpiId::CampaignResponseRate => rate(totals.responses, totals.contacts),
        KpiId::TotalCustomers => Some(Number::Count(totals.customers)),
        KpiId::TotalLifetimeValue => Some(Number::Money(totals.lifetime_value)),
        KpiId::AverageOrderValue => (totals.orders > 0)
            .then_some(Number::MoneyPer { sum: totals.revenue, count: totals.orders }),
        KpiId::RetentionRate => kept.and_then(|kept| rate(kept.kept, kept.before)),
        KpiId::RepeatPurchaseRate => rate(totals.repeat_customers, totals.ordering_customers),
        KpiId::UnitsSold => Some(Number::Count(totals.units)),
        KpiId::NewCustomers => Some(Number::Count(totals.new_customers)),
    }
}

fn among(column: &str, set: &Set, names: &[String]) -> String {
    if set.is_all() {
        return "1".to_owned();
    }
    let names: Vec<String> =
        set.codes().iter().map(|&code| quoted(&names[usize::from(code)])).collect();
    format!("coalesce({column} IN ({}), 0)", names.join(", "))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
