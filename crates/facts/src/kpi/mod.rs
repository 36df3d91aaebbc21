//! The KPIs: one definition each, beside its formula.

mod formula;
mod under;

use std::cmp::Ordering;

use snapshot::Meta;

use crate::measure::{Part, Retention, Totals};
use crate::number::{Number, NumberKind};

pub use formula::{Formula, Term};
pub use under::{Kpi, Trend, before};

/// Names a KPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is documented by its KpiDef")]
pub enum KpiId {
    TotalRevenue,
    TotalOrders,
    AvgSatisfaction,
    CampaignResponseRate,
    TotalCustomers,
    TotalLifetimeValue,
    AverageOrderValue,
    RetentionRate,
    RepeatPurchaseRate,
    UnitsSold,
    NewCustomers,
}

/// What a KPI is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KpiDef {
    /// Its name in code.
    pub id: KpiId,
    /// Its name in links, files and the page's markup.
    pub key: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it counts, in a sentence.
    pub definition: &'static str,
    /// How it is written.
    pub kind: NumberKind,
    /// What it adds up from; its value, its parts, its SQL and where it is known follow.
    pub formula: Formula,
    /// Which direction is good news.
    pub good: Good,
}

/// The direction that is good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Good {
    /// More is better.
    More,
    /// Less is better.
    Less,
}

impl Good {
    /// True for good news, false for bad; none for what did not move.
    pub fn is(self, way: Ordering) -> Option<bool> {
        let better = match self {
            Self::More => Ordering::Greater,
            Self::Less => Ordering::Less,
        };
        (way != Ordering::Equal).then_some(way == better)
    }
}

const fn def(
    id: KpiId,
    key: &'static str,
    label: &'static str,
    (kind, formula, good): (NumberKind, Formula, Good),
    definition: &'static str,
) -> KpiDef {
    KpiDef { id, key, label, definition, kind, formula, good }
}

/// All KPIs, the four shown by default first.
pub const KPIS: [KpiDef; 11] = [
    def(
        KpiId::TotalRevenue,
        "total_revenue",
        "Total Revenue",
        (NumberKind::Money, Formula::Sum(Term::Revenue), Good::More),
        "Sum of the amounts of all purchase lines in scope, net of returns.",
    ),
    def(
        KpiId::TotalOrders,
        "total_orders",
        "Total Orders",
        (NumberKind::Count, Formula::Sum(Term::Orders), Good::More),
        "Distinct orders with at least one positive line in scope.",
    ),
    def(
        KpiId::AvgSatisfaction,
        "avg_satisfaction",
        "Avg Satisfaction",
        (NumberKind::Score, Formula::Ratio(Term::ScoreSum, Term::ScoreCount), Good::More),
        "Mean of the satisfaction scores (1 to 5) given in scope.",
    ),
    def(
        KpiId::CampaignResponseRate,
        "campaign_response_rate",
        "Campaign Response Rate",
        (NumberKind::Rate, Formula::Ratio(Term::Responses, Term::Contacts), Good::More),
        "Campaign contacts in scope that were answered, over all contacts in scope.",
    ),
    def(
        KpiId::TotalCustomers,
        "total_customers",
        "Total Customers",
        (NumberKind::Count, Formula::Sum(Term::Customers), Good::More),
        "Customers in scope: with a purchase line in scope, or all of them when neither dates nor categories are narrowed.",
    ),
    def(
        KpiId::TotalLifetimeValue,
        "total_lifetime_value",
        "Total Lifetime Value",
        (NumberKind::Money, Formula::Sum(Term::LifetimeValue), Good::More),
        "Sum of the lifetime value, of all time, of the customers in scope.",
    ),
    def(
        KpiId::AverageOrderValue,
        "average_order_value",
        "Average Order Value",
        (NumberKind::Money, Formula::Ratio(Term::Revenue, Term::Orders), Good::More),
        "Total revenue over total orders.",
    ),
    def(
        KpiId::RetentionRate,
        "retention_rate",
        "Retention Rate",
        (NumberKind::Rate, Formula::Ratio(Term::Kept, Term::Before), Good::More),
        "Customers who bought in this period and in the one of equal length before, over those who bought in the one before. Not known where that begins before the data.",
    ),
    def(
        KpiId::RepeatPurchaseRate,
        "repeat_purchase_rate",
        "Repeat Purchase Rate",
        (
            NumberKind::Rate,
            Formula::Ratio(Term::RepeatCustomers, Term::OrderingCustomers),
            Good::More,
        ),
        "Customers with two or more orders in scope, over customers with one or more.",
    ),
    def(
        KpiId::UnitsSold,
        "units_sold",
        "Units Sold",
        (NumberKind::Count, Formula::Sum(Term::Units), Good::More),
        "Sum of the quantities of all purchase lines in scope, net of returns.",
    ),
    def(
        KpiId::NewCustomers,
        "new_customers",
        "New Customers",
        (NumberKind::Count, Formula::Sum(Term::NewCustomers), Good::More),
        "Customers in scope whose first purchase of all lies in the period.",
    ),
];

/// How many of [`KPIS`] are shown by default.
pub const SHOWN_BY_DEFAULT: usize = 4;

impl KpiId {
    /// What this KPI is.
    pub fn def(self) -> &'static KpiDef {
        &KPIS[self as usize]
    }

    /// The KPI of a key, as in links.
    pub fn from_key(key: &str) -> Option<Self> {
        KPIS.iter().find(|def| def.key == key).map(|def| def.id)
    }

    /// The part of the totals it follows from; none for retention, which has its own measure.
    pub fn part(self) -> Option<Part> {
        self.def().formula.part()
    }

    /// The value that follows from sums and counts; nothing over nothing is `None`.
    ///
    /// `quantity_exponent` is that of the snapshot's quantities.
    pub fn value(
        self,
        totals: &Totals,
        retention: Retention,
        quantity_exponent: u8,
    ) -> Option<Number> {
        let KpiDef { kind, formula, .. } = *self.def();
        formula.value(kind, (totals, retention), quantity_exponent)
    }
}

/// True if a snapshot holds what a KPI counts.
pub fn counted_in(meta: &Meta, id: KpiId) -> bool {
    id.def().formula.is_in(meta)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_the_order_of_the_names() {
        for (at, def) in KPIS.iter().enumerate() {
            assert_eq!(def.id as usize, at);
            assert_eq!(KpiId::from_key(def.key), Some(def.id));
            assert!(def.definition.ends_with('.'));
            assert!(!def.label.is_empty());
            assert_eq!(KPIS.iter().filter(|other| other.label == def.label).count(), 1);
        }
    }

    #[test]
    fn the_direction_that_is_good_is_told() {
        assert_eq!(Good::More.is(Ordering::Greater), Some(true));
        assert_eq!(Good::More.is(Ordering::Less), Some(false));
        assert_eq!(Good::Less.is(Ordering::Less), Some(true));
        assert_eq!(Good::Less.is(Ordering::Equal), None);
        // The page that is painted before the app knows no entry: it takes more for good.
        assert!(KPIS.iter().take(SHOWN_BY_DEFAULT).all(|def| def.good == Good::More));
    }

    #[test]
    fn every_value_is_of_its_kind_and_follows_from_one_measure() {
        let totals = Totals {
            revenue: 700,
            units: 50,
            lines: 9,
            orders: 7,
            customers: 5,
            lifetime_value: 900,
            new_customers: 3,
            ordering_customers: 4,
            repeat_customers: 2,
            scores: [0, 0, 1, 0, 1],
            contacts: 8,
            responses: 6,
        };
        let retention = Retention { kept: 1, before: 2 };
        for def in &KPIS {
            let value = def.id.value(&totals, retention, 0).unwrap();
            assert_eq!(value.kind(), def.kind, "{}", def.key);
            // What is asked for is enough: the other parts of the totals say nothing.
            let (only, kept) = match def.id.part() {
                Some(part) => (totals.only(part), Retention::default()),
                None => (Totals::default(), retention),
            };
            assert_eq!(def.id.value(&only, kept, 0), Some(value), "{}", def.key);
            // A ratio of nothing is no value, and a sum of nothing is one.
            let nothing = def.id.value(&Totals::default(), Retention::default(), 0);
            let is_sum = matches!(def.formula, Formula::Sum(_));
            assert_eq!(nothing.is_some(), is_sum, "{}", def.key);
            let (sum, rows) = def.formula.sums(&totals);
            if def.id.part().is_some() {
                assert_eq!(rows.is_none(), is_sum);
                let same = rows.map_or(sum as f64, |rows| sum as f64 / rows as f64);
                assert_eq!(value.to_f64(0), same, "{}: parts are of the same formula", def.key);
            }
        }
    }
}
