//! The measures by their definitions, row by row: slow, short, and like nothing in the crate.

use std::collections::{BTreeMap, BTreeSet};

use facts::{
    Aspect, BucketSize, DayRange, Dimension, Grouping, Member, Members, MembersAsk, Part, Point,
    Retention, Scope, Set, TopCustomer, Totals,
};
use snapshot::Day;

use crate::shop::{Dated, Line, Shop};

impl Shop {
    fn day(&self, day: u16) -> Day {
        self.meta.first_day.plus(day.into())
    }

    fn has_attributes(&self, scope: &Scope, customer: usize) -> bool {
        let person = &self.people[customer];
        let rfm = self.rfm(customer);
        scope.segments.allows(person.segment.into())
            && scope.churn.allows(person.churn.into())
            && (scope.rfm.is_all() || rfm.is_some_and(|code| scope.rfm.allows(code.into())))
    }

    fn is_restricted(scope: &Scope) -> bool {
        !(scope.segments.is_all() && scope.churn.is_all() && scope.rfm.is_all())
    }

    fn lines_in(&self, scope: &Scope) -> Vec<&Line> {
        let in_scope = |line: &&Line| {
            scope.range.contains(self.day(line.day))
                && scope.categories.allows(line.category)
                && match line.customer {
                    Some(customer) => self.has_attributes(scope, customer),
                    None => !Self::is_restricted(scope),
                }
        };
        self.lines.iter().filter(in_scope).collect()
    }

    fn active(&self, scope: &Scope) -> BTreeSet<usize> {
        self.lines_in(scope).into_iter().filter_map(|line| line.customer).collect()
    }

    fn people_in(&self, scope: &Scope) -> BTreeSet<usize> {
        let range = scope.range;
        let whole = range.from <= self.meta.first_day && range.to >= self.meta.last_day;
        if whole && scope.categories.is_all() {
            (0..self.people.len()).filter(|&who| self.has_attributes(scope, who)).collect()
        } else {
            self.active(scope)
        }
    }

    fn dated_in<'a>(&self, rows: &'a [Dated], scope: &Scope, days: DayRange) -> Vec<&'a Dated> {
        let active = self.active(scope);
        let in_scope = |row: &&Dated| {
            let all = scope.categories.is_all();
            days.contains(self.day(row.day))
                && match row.customer {
                    Some(customer) if all => self.has_attributes(scope, customer),
                    Some(customer) => active.contains(&customer),
                    None => all && !Self::is_restricted(scope),
                }
        };
        rows.iter().filter(in_scope).collect()
    }

    fn sales(&self, scope: &Scope) -> Totals {
        let lines = self.lines_in(scope);
        let bought = lines.iter().filter(|line| line.amount > 0).map(|line| line.order);
        Totals {
            revenue: lines.iter().map(|line| line.amount).sum(),
            units: lines.iter().map(|line| i64::from(line.quantity)).sum(),
            lines: lines.len() as i64,
            orders: bought.collect::<BTreeSet<_>>().len() as i64,
            ..Totals::default()
        }
    }

    fn customers(&self, scope: &Scope, people: &BTreeSet<usize>) -> Totals {
        let mut orders: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        for line in self.lines_in(scope).into_iter().filter(|line| line.amount > 0) {
            if let Some(customer) = line.customer {
                orders.entry(customer).or_default().insert(line.order);
            }
        }
        let first = |&customer: &usize| self.purchase_days(customer).first().copied();
        let is_new =
            |who: &&usize| first(who).is_some_and(|day| scope.range.contains(self.day(day)));
        Totals {
            customers: people.len() as i64,
            lifetime_value: people.iter().map(|&who| self.lifetime_value(who)).sum(),
            new_customers: people.iter().filter(is_new).count() as i64,
            ordering_customers: orders.len() as i64,
            repeat_customers: orders.values().filter(|of_one| of_one.len() > 1).count() as i64,
            ..Totals::default()
        }
    }

    fn feedback(&self, scope: &Scope, days: DayRange) -> Totals {
        let mut totals = Totals::default();
        for row in self.dated_in(&self.scores, scope, days) {
            totals.scores[usize::from(row.value) - 1] += 1;
        }
        let contacts = self.dated_in(&self.contacts, scope, days);
        totals.contacts = contacts.len() as i64;
        totals.responses = contacts.iter().map(|row| i64::from(row.value)).sum();
        totals
    }

    fn whole(&self, scope: &Scope, part: Part) -> Totals {
        match part {
            Part::Sales => self.sales(scope),
            Part::Customers => self.customers(scope, &self.people_in(scope)),
            Part::Feedback => self.feedback(scope, scope.range),
        }
    }

    /// What [`facts::Facts::groups`] must say.
    pub fn groups(&self, scope: &Scope, grouping: Grouping, part: Part) -> Vec<Totals> {
        match grouping {
            Grouping::Whole => vec![self.whole(scope, part)],
            Grouping::By(dimension) => {
                let labels = &self.meta.labels;
                let count = match dimension {
                    Dimension::Segment => labels.segments.len(),
                    Dimension::Churn => labels.churn_risks.len(),
                    Dimension::Rfm => labels.rfm_segments.len(),
                    Dimension::Category => labels.categories.len(),
                };
                let of = |code: u16| match scope.set(dimension).allows(code) {
                    // Feedback and contacts have no category.
                    true if (dimension, part) != (Dimension::Category, Part::Feedback) => {
                        self.whole(&scope.with(dimension, Set::of([code])), part)
                    }
                    _ => Totals::default(),
                };
                (0..count as u16).map(of).collect()
            }
            Grouping::Over(size) => {
                let of = |range: DayRange| {
                    let bucket = scope.over(range);
                    match part {
                        Part::Sales => self.sales(&bucket),
                        // Nobody without a purchase counts in a bucket, however long.
                        Part::Customers => self.customers(&bucket, &self.active(&bucket)),
                        Part::Feedback => self.feedback(scope, range),
                    }
                };
                size.buckets(scope.range).into_iter().map(|bucket| of(bucket.range)).collect()
            }
            Grouping::Beside(..) => unreachable!("nobody asks for moved days"),
            Grouping::Of(aspect) => {
                let mut groups = vec![Totals::default(); aspect.labels(&self.meta).len()];
                let which = usize::from(aspect == Aspect::Reason);
                if part == Part::Feedback {
                    for row in self.dated_in(&self.scores, scope, scope.range) {
                        if let Some(code) = row.said[which] {
                            groups[usize::from(code)].scores[usize::from(row.value) - 1] += 1;
                        }
                    }
                }
                groups
            }
        }
    }

    pub fn kept(&self, scope: &Scope, before: DayRange, now: DayRange) -> Retention {
        let (before, now) = (self.active(&scope.over(before)), self.active(&scope.over(now)));
        Retention { before: before.len() as i64, kept: before.intersection(&now).count() as i64 }
    }

    /// Retention of each bucket against the one before it, of the first against a whole one.
    pub fn chain(&self, scope: &Scope, size: BucketSize) -> Vec<Retention> {
        let buckets = size.buckets(scope.range);
        let ends = scope.range.from.plus(-1);
        let first = match size {
            BucketSize::Day => DayRange { from: ends, to: ends },
            BucketSize::Week => DayRange { from: ends.plus(-6), to: ends },
            BucketSize::Month => size.ending(ends),
        };
        let ranges = buckets.iter().map(|bucket| bucket.range);
        let before = [first].into_iter().chain(ranges.clone());
        before.zip(ranges).map(|(before, now)| self.kept(scope, before, now)).collect()
    }

    /// What a customer paid for the lines in scope.
    fn revenue(&self, scope: &Scope, customer: usize) -> i64 {
        let lines = self.lines_in(scope).into_iter();
        lines.filter(|line| line.customer == Some(customer)).map(|line| line.amount).sum()
    }

    /// All customers in scope, the most valuable first.
    fn by_value(&self, scope: &Scope) -> Vec<usize> {
        let mut people: Vec<usize> = self.people_in(scope).into_iter().collect();
        people.sort_by_key(|&customer| (-self.lifetime_value(customer), customer));
        people
    }

    pub fn top(&self, scope: &Scope, count: usize) -> Vec<TopCustomer> {
        let row = |customer: usize| TopCustomer {
            customer: customer as u32,
            lifetime_value: self.lifetime_value(customer),
            orders: self.orders(customer) as u32,
            revenue_in_scope: self.revenue(scope, customer),
        };
        self.by_value(scope).into_iter().take(count).map(row).collect()
    }

    /// A window of the list that begins with the most valuable.
    pub fn most_valuable(&self, ask: &MembersAsk) -> Members {
        let member = |customer: usize| {
            let person = &self.people[customer];
            let last = self.purchase_days(customer).last().copied();
            let scores = self.scores.iter().filter(|row| row.customer == Some(customer));
            let before = ask.compared.map(|range| ask.scope.over(range));
            Member {
                customer: customer as u32,
                segment: person.segment,
                churn: person.churn,
                rfm_segment: self.rfm(customer),
                lifetime_value: self.lifetime_value(customer),
                orders: self.orders(customer) as u32,
                recency_days: last.map(|last| self.meta.as_of.0 - self.day(last).0),
                revenue: self.revenue(&ask.scope, customer),
                revenue_before: before.map(|scope| self.revenue(&scope, customer)),
                score_sum: scores.clone().map(|row| u32::from(row.value)).sum(),
                score_count: scores.count() as u32,
            }
        };
        let people = self.by_value(&ask.scope);
        let window = people.iter().skip(ask.offset as usize).take(ask.limit as usize);
        Members { count: people.len() as u32, rows: window.map(|&at| member(at)).collect() }
    }

    /// All points; the shop is too small for a sample.
    pub fn points(&self, scope: &Scope) -> Vec<Point> {
        let point = |customer: usize| {
            let last = *self.purchase_days(customer).last()?;
            Some(Point {
                customer: customer as u32,
                recency_days: self.meta.as_of.0 - self.day(last).0,
                orders: self.orders(customer) as u32,
                lifetime_value: self.lifetime_value(customer),
                segment: self.people[customer].segment,
                rfm_segment: self.rfm(customer)?,
            })
        };
        self.people_in(scope).into_iter().filter_map(point).collect()
    }
}
