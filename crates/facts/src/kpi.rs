//! The KPIs: one definition each, beside its formula.

use snapshot::meta::Features;

use crate::answer::Answer;
use crate::facts::Facts;
use crate::measure::{Grouping, Part, Retention, Totals};
use crate::number::{Number, NumberKind};
use crate::period::{Bucket, BucketSize, DayRange, View};
use crate::scope::Scope;

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
        "Customers who bought in this period and in the one of equal length before, over those who bought in the one before.",
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
    pub fn value(self, totals: &Totals, retention: Retention) -> Option<Number> {
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
            Self::UnitsSold => Some(Number::Count(totals.units)),
            Self::NewCustomers => Some(Number::Count(totals.new_customers)),
        }
    }
}

/// True if a snapshot with these parts holds what a KPI counts.
pub fn counted_in(features: Features, id: KpiId) -> bool {
    match id {
        KpiId::AvgSatisfaction => features.feedback,
        KpiId::CampaignResponseRate => features.campaigns,
        KpiId::UnitsSold => features.units,
        _ => true,
    }
}

/// How a KPI moved against the period compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trend {
    /// Relative change of a sum, count or mean amount: 0.05 is five percent more.
    Relative(f64),
    /// Difference of a rate (as a fraction) or of a score.
    Points(f64),
}

impl Trend {
    /// The change as a plain number.
    pub fn amount(self) -> f64 {
        match self {
            Self::Relative(amount) | Self::Points(amount) => amount,
        }
    }

    /// From a value and the one before; `None` if either is missing, or the relative change of 0.
    pub fn between(now: Option<Number>, before: Option<Number>) -> Option<Self> {
        let (now, before) = (now?, before?);
        // The exponent cancels out of a relative change, and rates and scores have none.
        let (value, base) = (now.to_f64(0), before.to_f64(0));
        match now.kind() {
            NumberKind::Rate | NumberKind::Score => Some(Self::Points(value - base)),
            NumberKind::Money | NumberKind::Count => {
                (base != 0.0).then(|| Self::Relative((value - base) / base.abs()))
            }
        }
    }
}

/// A KPI under a view.
#[derive(Clone, Debug, PartialEq)]
pub struct Kpi {
    /// What it is.
    pub def: &'static KpiDef,
    /// Its value in the period shown; `None` is "no data".
    pub value: Option<Number>,
    /// Its value in the period compared with.
    pub previous: Option<Number>,
    /// The period compared with.
    pub compared: Option<DayRange>,
    /// How it moved.
    pub trend: Option<Trend>,
    /// Its value in each bucket of the period shown.
    pub series: Vec<(Bucket, Option<Number>)>,
}

impl Facts {
    /// True if the snapshot holds what a KPI counts.
    pub fn has(&self, id: KpiId) -> bool {
        counted_in(self.meta().features, id)
    }

    /// All KPIs that the snapshot can answer, in the order of [`KPIS`].
    pub fn kpis(&self, view: &View) -> Vec<(&'static KpiDef, Answer<Kpi>)> {
        let known = KPIS.iter().filter(|def| self.has(def.id));
        known.map(|def| (def, self.kpi(def, view))).collect()
    }

    /// One KPI under a view.
    pub fn kpi(&self, def: &'static KpiDef, view: &View) -> Answer<Kpi> {
        let compared = view.compared();
        let previous = match &compared {
            Some(scope) => self.measured(def.id, scope),
            None => Answer::Ready(None),
        };
        self.measured(def.id, &view.scope).and_then(|value| {
            previous.and_then(|previous| {
                self.series(def.id, &view.scope).map(|series| Kpi {
                    def,
                    value,
                    previous,
                    compared: compared.as_ref().map(|scope| scope.range),
                    trend: Trend::between(value, previous),
                    series,
                })
            })
        })
    }

    fn measured(&self, id: KpiId, scope: &Scope) -> Answer<Option<Number>> {
        match id.part() {
            Some(part) => {
                self.totals(scope, &[part]).map(|totals| id.value(&totals, Retention::default()))
            }
            None => self.retention(scope).map(|retention| id.value(&Totals::default(), retention)),
        }
    }

    fn series(&self, id: KpiId, scope: &Scope) -> Answer<Vec<(Bucket, Option<Number>)>> {
        let size = BucketSize::for_range(scope.range);
        let values: Answer<Vec<Option<Number>>> = match id.part() {
            Some(part) => self.groups(scope, Grouping::Over(size), &[part]).map(|groups| {
                groups.iter().map(|totals| id.value(totals, Retention::default())).collect()
            }),
            None => self.retention_over_time(scope, size).map(|steps| {
                steps.iter().map(|&step| id.value(&Totals::default(), step)).collect()
            }),
        };
        values.map(|values| size.buckets(scope.range).into_iter().zip(values).collect())
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

    #[test]
    fn trends_are_relative_or_in_points() {
        let of = |now, before| Trend::between(Some(now), Some(before));
        assert_eq!(of(Number::Count(105), Number::Count(100)), Some(Trend::Relative(0.05)));
        assert_eq!(of(Number::Money(-50), Number::Money(-100)), Some(Trend::Relative(0.5)));
        assert_eq!(of(Number::Count(1), Number::Count(0)), None);
        assert_eq!(
            of(Number::Rate { part: 1, whole: 2 }, Number::Rate { part: 1, whole: 4 }),
            Some(Trend::Points(0.25))
        );
        assert_eq!(Trend::between(None, Some(Number::Count(1))), None);
    }
}
