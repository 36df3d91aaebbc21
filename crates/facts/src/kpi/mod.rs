//! The KPIs: one definition each, beside its formula.

mod under;

use snapshot::Meta;

use crate::measure::{Part, Retention, Totals};
use crate::number::{Number, NumberKind};

pub use under::{Kpi, Trend};

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
}

const fn def(
    id: KpiId,
    key: &'static str,
    label: &'static str,
    kind: NumberKind,
    definition: &'static str,
) -> KpiDef {
    KpiDef { id, key, label, definition, kind }
}

/// All KPIs, the four shown by default first.
pub const KPIS: [KpiDef; 11] = [
    def(
        KpiId::TotalRevenue,
        "total_revenue",
        "Total Revenue",
        NumberKind::Money,
        "Sum of the amounts of all purchase lines in scope, net of returns.",
    ),
    def(
        KpiId::TotalOrders,
        "total_orders",
        "Total Orders",
        NumberKind::Count,
        "Distinct orders with at least one positive line in scope.",
    ),
    def(
        KpiId::AvgSatisfaction,
        "avg_satisfaction",
        "Avg Satisfaction",
        NumberKind::Score,
        "Mean of the satisfaction scores (1 to 5) given in scope.",
    ),
    def(
        KpiId::CampaignResponseRate,
        "campaign_response_rate",
        "Campaign Response Rate",
        NumberKind::Rate,
        "Campaign contacts in scope that were answered, over all contacts in scope.",
    ),
    def(
        KpiId::TotalCustomers,
        "total_customers",
        "Total Customers",
        NumberKind::Count,
        "Customers in scope: with a purchase line in scope, or all of them when neither dates nor categories are narrowed.",
    ),
    def(
        KpiId::TotalLifetimeValue,
        "total_lifetime_value",
        "Total Lifetime Value",
        NumberKind::Money,
        "Sum of the lifetime value, of all time, of the customers in scope.",
    ),
    def(
        KpiId::AverageOrderValue,
        "average_order_value",
        "Average Order Value",
        NumberKind::Money,
        "Total revenue over total orders.",
    ),
    def(
        KpiId::RetentionRate,
        "retention_rate",
        "Retention Rate",
        NumberKind::Rate,
        "Customers who bought in this period and in the one of equal length before, over those who bought in the one before. Not known where that begins before the data.",
    ),
    def(
        KpiId::RepeatPurchaseRate,
        "repeat_purchase_rate",
        "Repeat Purchase Rate",
        NumberKind::Rate,
        "Customers with two or more orders in scope, over customers with one or more.",
    ),
    def(
        KpiId::UnitsSold,
        "units_sold",
        "Units Sold",
        NumberKind::Count,
        "Sum of the quantities of all purchase lines in scope, net of returns.",
    ),
    def(
        KpiId::NewCustomers,
        "new_customers",
        "New Customers",
        NumberKind::Count,
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
        match self {
            Self::TotalRevenue | Self::TotalOrders | Self::AverageOrderValue | Self::UnitsSold => {
                Some(Part::Sales)
            }
            Self::AvgSatisfaction | Self::CampaignResponseRate => Some(Part::Voices),
            Self::TotalCustomers
            | Self::TotalLifetimeValue
            | Self::RepeatPurchaseRate
            | Self::NewCustomers => Some(Part::Audience),
            Self::RetentionRate => None,
        }
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
        match self {
            Self::TotalRevenue => Some(Number::Money(totals.revenue)),
            Self::TotalOrders => Some(Number::Count(totals.orders)),
            Self::AvgSatisfaction => Number::score(totals.score_sum(), totals.score_count()),
            Self::CampaignResponseRate => Number::rate(totals.responses, totals.contacts),
            Self::TotalCustomers => Some(Number::Count(totals.customers)),
            Self::TotalLifetimeValue => Some(Number::Money(totals.lifetime_value)),
            Self::AverageOrderValue => Number::money_per(totals.revenue, totals.orders),
            Self::RetentionRate => Number::rate(retention.kept, retention.before),
            Self::RepeatPurchaseRate => {
                Number::rate(totals.repeat_customers, totals.ordering_customers)
            }
            Self::UnitsSold => Some(Number::quantity(totals.units, quantity_exponent)),
            Self::NewCustomers => Some(Number::Count(totals.new_customers)),
        }
    }
}

/// True if a snapshot holds what a KPI counts.
pub fn counted_in(meta: &Meta, id: KpiId) -> bool {
    match id {
        KpiId::AvgSatisfaction => meta.features.feedback && meta.has_customers(),
        KpiId::CampaignResponseRate => meta.features.campaigns && meta.has_customers(),
        KpiId::UnitsSold => meta.features.units,
        KpiId::TotalRevenue | KpiId::TotalOrders | KpiId::AverageOrderValue => true,
        KpiId::TotalCustomers
        | KpiId::TotalLifetimeValue
        | KpiId::RetentionRate
        | KpiId::RepeatPurchaseRate
        | KpiId::NewCustomers => meta.has_customers(),
    }
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
        }
    }
}
