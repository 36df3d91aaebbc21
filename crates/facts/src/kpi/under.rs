//! A KPI under a view: its value, how it moved, its course over time.

use snapshot::Meta;

use super::{KPIS, KpiDef, KpiId, counted_in};
use crate::answer::Answer;
use crate::comparison::{Cut, just_before};
use crate::facts::Facts;
use crate::measure::{Part, Retention, Totals};
use crate::number::{Number, NumberKind};
use crate::period::{Bucket, DayRange, edges};
use crate::scope::Scope;
use crate::view::{RangeKind, View};

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
    /// More than nothing, or than less than nothing.
    More,
    /// Less than nothing, or than less than nothing.
    Less,
}

impl Trend {
    /// The change as a plain number; none where there is only a direction.
    pub fn exact(self) -> Option<f64> {
        match self {
            Self::Relative(amount) | Self::Manifold(amount) | Self::Points(amount) => Some(amount),
            Self::More | Self::Less => None,
        }
    }

    /// Which way it moved.
    pub fn way(self) -> std::cmp::Ordering {
        let amount = match self {
            Self::More => 1.0,
            Self::Less => -1.0,
            Self::Relative(amount) | Self::Manifold(amount) | Self::Points(amount) => amount,
        };
        amount.partial_cmp(&0.0).unwrap_or(std::cmp::Ordering::Equal)
    }

    /// From a value and the one before; `None` if either is missing, or nothing came of nothing.
    /// What was nothing or less has no percentage of which something could be more.
    pub fn between(now: Option<Number>, before: Option<Number>) -> Option<Self> {
        let (now, before) = (now?, before?);
        // The exponent cancels out of a relative change, and rates and scores have none.
        let (value, base) = (now.to_f64(0), before.to_f64(0));
        match now.kind() {
            NumberKind::Rate | NumberKind::Score => Some(Self::Points(value - base)),
            NumberKind::Money | NumberKind::Count => {
                let change = (value - base) / base;
                match base > 0.0 {
                    true if change >= MANIFOLD => Some(Self::Manifold(change)),
                    true => Some(Self::Relative(change)),
                    false if value > base => Some(Self::More),
                    false if value < base => Some(Self::Less),
                    false => None,
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

/// The period of equal length just before a range; none where that is not all data.
pub fn before(range: DayRange, kind: RangeKind, meta: &Meta) -> Option<DayRange> {
    Some(just_before(range, kind, meta)).filter(|before| edges(meta).holds(*before))
}

impl Facts {
    /// True if the snapshot holds what a KPI counts.
    pub fn has(&self, id: KpiId) -> bool {
        counted_in(self.meta(), id)
    }

    /// All KPIs that the snapshot can answer, in the order of [`KPIS`].
    pub fn kpis(&self, view: &View) -> Vec<(&'static KpiDef, Answer<Kpi>)> {
        let known = KPIS.iter().filter(|def| self.has(def.id));
        known.map(|def| (def, self.kpi(def, view))).collect()
    }

    /// One KPI under a view.
    pub fn kpi(&self, def: &'static KpiDef, view: &View) -> Answer<Kpi> {
        let meta = self.meta();
        let (shown, compared) = (view.shown(meta), view.compared(meta));
        let scope = view.scope.over(shown);
        let previous = match &compared {
            Some(scope) => self.measured(def.id, scope, view.kind),
            None => Answer::Ready(None),
        };
        let size = view.bucket_size(meta);
        self.measured(def.id, &scope, view.kind).and_then(|value| {
            previous.and_then(|previous| {
                self.series(def.id, &scope, size.into()).map(|series| Kpi {
                    def,
                    value,
                    previous,
                    compared: compared.as_ref().map(|scope| scope.range),
                    trend: Trend::between(value, previous),
                    series: size.buckets(shown).into_iter().zip(series).collect(),
                })
            })
        })
    }

    /// What each bucket of a KPI's course is compared with, in the order of [`View::pairs`].
    pub fn kpi_beside(&self, id: KpiId, view: &View) -> Answer<Vec<Option<Number>>> {
        self.beside(view, |scope, cut| self.series(id, scope, cut))
            .map(|values| values.into_iter().map(Option::flatten).collect())
    }

    /// Sums and counts of each bucket that is compared with, in the order of [`View::pairs`].
    pub fn groups_beside(&self, view: &View, parts: &[Part]) -> Answer<Vec<Option<Totals>>> {
        self.beside(view, |scope, cut| self.groups(scope, cut.into(), parts))
    }

    /// What is said of the period compared with, laid beside the buckets of the one shown.
    fn beside<T>(
        &self,
        view: &View,
        ask: impl FnOnce(&Scope, Cut) -> Answer<Vec<T>>,
    ) -> Answer<Vec<Option<T>>> {
        let pairs = view.pairs(self.meta());
        let Ok(comparison) = view.comparison(self.meta()) else {
            return Answer::Ready(pairs.iter().map(|_| None).collect());
        };
        let size = view.bucket_size(self.meta());
        let scope = view.scope.over(comparison.compared);
        ask(&scope, comparison.cut(size)).map(|values| {
            let mut values = values.into_iter();
            pairs.iter().map(|pair| pair.compared.and_then(|_| values.next())).collect()
        })
    }

    /// A KPI from its sums and counts.
    pub(crate) fn number(
        &self,
        id: KpiId,
        totals: &Totals,
        retention: Retention,
    ) -> Option<Number> {
        id.value(totals, retention, self.meta().quantity_exponent)
    }

    fn measured(&self, id: KpiId, scope: &Scope, kind: RangeKind) -> Answer<Option<Number>> {
        match id.part() {
            Some(part) => self
                .totals(scope, &[part])
                .map(|totals| self.number(id, &totals, Retention::default())),
            None => self
                .kept(scope, kind)
                .map(|kept| kept.and_then(|kept| self.number(id, &Totals::default(), kept))),
        }
    }

    /// Retention against the period of equal length just before; none where that is not all data.
    pub fn kept(&self, scope: &Scope, kind: RangeKind) -> Answer<Option<Retention>> {
        match before(scope.range, kind, self.meta()) {
            Some(before) => self.retention(scope, before).map(Some),
            None => Answer::Ready(None),
        }
    }

    /// A KPI in each bucket; none where there is no data to tell it.
    fn series(&self, id: KpiId, scope: &Scope, cut: Cut) -> Answer<Vec<Option<Number>>> {
        let as_of = self.meta().as_of;
        let values: Answer<Vec<Option<Number>>> = match id.part() {
            Some(part) => self.groups(scope, cut.into(), &[part]).map(|groups| {
                let value = |totals| self.number(id, totals, Retention::default());
                groups.iter().map(value).collect()
            }),
            None => self.retention_over_time(scope, cut).map(|steps| {
                let before = cut.size.ending(scope.range.from.plus(-1));
                let unknown = usize::from(!edges(self.meta()).holds(before));
                let steps =
                    steps.iter().enumerate().map(|(at, step)| (at >= unknown).then_some(*step));
                let value = |step| self.number(id, &Totals::default(), step);
                steps.map(|step| step.and_then(value)).collect()
            }),
        };
        let sold =
            |bucket: &Bucket| id.part() == Some(Part::Feedback) || bucket.range.from <= as_of;
        values.map(|values| {
            let buckets = cut.buckets(scope.range).into_iter();
            values.into_iter().zip(buckets).map(|(value, at)| value.filter(|_| sold(&at))).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trends_are_relative_or_in_points() {
        let of = |now, before| Trend::between(Some(now), Some(before));
        assert_eq!(of(Number::Count(105), Number::Count(100)), Some(Trend::Relative(0.05)));
        assert_eq!(of(Number::Money(-50), Number::Money(100)), Some(Trend::Relative(-1.5)));
        assert_eq!(of(Number::Money(-50), Number::Money(-100)), Some(Trend::More));
        assert_eq!(of(Number::Money(-150), Number::Money(-100)), Some(Trend::Less));
        assert_eq!(of(Number::Count(1), Number::Count(0)), Some(Trend::More));
        assert_eq!(of(Number::Count(0), Number::Count(0)), None);
        assert_eq!(of(Number::Count(10), Number::Count(1)), Some(Trend::Manifold(9.0)));
        assert_eq!(
            of(Number::Rate { part: 1, whole: 2 }, Number::Rate { part: 1, whole: 4 }),
            Some(Trend::Points(0.25))
        );
        assert_eq!(Trend::between(None, Some(Number::Count(1))), None);
    }
}
