//! A KPI under a view: its value, how it moved, its course over time.

use super::{KPIS, KpiDef, KpiId, counted_in};
use crate::answer::Answer;
use crate::facts::Facts;
use crate::measure::{Grouping, Retention, Totals};
use crate::number::{Number, NumberKind};
use crate::period::{Bucket, BucketSize, DayRange, View};
use crate::scope::Scope;

/// From this relative change on something has grown manifold.
const MANIFOLD: f64 = 9.0;

/// How a KPI moved against the period compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trend {
    /// Relative change of a sum, count or mean amount: 0.05 is five percent more.
    Relative(f64),
    /// The same of what has grown tenfold or more, from above zero: 11 is twelve times as much.
    Manifold(f64),
    /// Difference of a rate (as a fraction) or of a score.
    Points(f64),
}

impl Trend {
    /// The change as a plain number.
    pub fn amount(self) -> f64 {
        match self {
            Self::Relative(amount) | Self::Manifold(amount) | Self::Points(amount) => amount,
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
                let change = (value - base) / base.abs();
                match base {
                    0.0 => None,
                    _ if base > 0.0 && change >= MANIFOLD => Some(Self::Manifold(change)),
                    _ => Some(Self::Relative(change)),
                }
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
    fn trends_are_relative_or_in_points() {
        let of = |now, before| Trend::between(Some(now), Some(before));
        assert_eq!(of(Number::Count(105), Number::Count(100)), Some(Trend::Relative(0.05)));
        assert_eq!(of(Number::Money(-50), Number::Money(-100)), Some(Trend::Relative(0.5)));
        assert_eq!(of(Number::Count(1), Number::Count(0)), None);
        assert_eq!(of(Number::Count(10), Number::Count(1)), Some(Trend::Manifold(9.0)));
        assert_eq!(of(Number::Money(90), Number::Money(-10)), Some(Trend::Relative(10.0)));
        assert_eq!(
            of(Number::Rate { part: 1, whole: 2 }, Number::Rate { part: 1, whole: 4 }),
            Some(Trend::Points(0.25))
        );
        assert_eq!(Trend::between(None, Some(Number::Count(1))), None);
    }
}
