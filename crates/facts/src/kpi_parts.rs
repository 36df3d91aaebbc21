//! A KPI by the values of a dimension, and what each of them contributed to its change.

use crate::answer::Answer;
use crate::facts::Facts;
use crate::kpi::{KpiDef, KpiId, Trend};
use crate::measure::{Grouping, Part, Retention, Totals};
use crate::number::Number;
use crate::scope::{Dimension, Scope, Set};
use crate::view::{RangeKind, View};

/// A KPI of one value of a dimension.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KpiPart {
    /// Code of the value.
    pub code: u16,
    /// The KPI in the period shown.
    pub value: Option<Number>,
    /// The KPI in the period compared with.
    pub previous: Option<Number>,
    /// How it moved.
    pub trend: Option<Trend>,
    /// How much of the whole KPI's change came from here.
    pub contribution: Option<Contribution>,
}

/// A part of a KPI's change; the parts of all values, and of rows that have none, add up to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Contribution {
    /// Of a sum or count: so much more.
    Sum(Number),
    /// Of a ratio: so many points, by another share or another ratio within it.
    Points(f64),
}

impl Contribution {
    /// Its size for putting contributions in order.
    pub fn amount(self) -> f64 {
        match self {
            Self::Sum(number) => number.to_f64(0),
            Self::Points(points) => points,
        }
    }
}

impl KpiId {
    /// True if rows of a KPI belong to a dimension at all.
    pub fn has_parts(self, dimension: Dimension) -> bool {
        dimension != Dimension::Category || self.part() != Some(Part::Feedback)
    }
}

impl Facts {
    /// A KPI by the values of a dimension. All values are there, those not chosen too: a
    /// dimension does not filter itself away.
    pub fn kpi_parts(
        &self,
        def: &'static KpiDef,
        view: &View,
        dimension: Dimension,
    ) -> Answer<Vec<KpiPart>> {
        let scope = view.scope.over(view.shown(self.meta())).without(dimension);
        let before = view.compared(self.meta()).map(|scope| scope.without(dimension));
        let Some(part) = def.id.part() else {
            return self.retention_parts(def.id, (&scope, before.as_ref()), view.kind, dimension);
        };
        let by = |scope: &Scope| self.groups(scope, Grouping::By(dimension), &[part]);
        let whole = |scope: &Scope| self.totals(scope, &[part]);
        by(&scope).and_then(|now| match &before {
            None => Answer::Ready(self.parts(def.id, &now, None, |_| None)),
            Some(earlier) => by(earlier).and_then(|before| {
                whole(&scope).and_then(|all_now| {
                    whole(earlier).map(|all_before| {
                        let wholes = (&all_now, &all_before);
                        let adds_up = def.formula.adds_up(dimension);
                        self.parts(def.id, &now, Some(&before), |at| {
                            let one = (now.get(at)?, before.get(at)?);
                            self.contribution(def, one, wholes).filter(|_| adds_up)
                        })
                    })
                })
            }),
        })
    }

    /// Retention asks for each value on its own: who came back is no sum over rows.
    fn retention_parts(
        &self,
        id: KpiId,
        (scope, before): (&Scope, Option<&Scope>),
        kind: RangeKind,
        dimension: Dimension,
    ) -> Answer<Vec<KpiPart>> {
        let labels = &self.meta().labels;
        let codes = match dimension {
            Dimension::Segment => labels.segments.len(),
            Dimension::Churn => labels.churn_risks.len(),
            Dimension::Rfm => labels.rfm_segments.len(),
            Dimension::Category => labels.categories.len(),
        };
        let value = |scope: &Scope, code: u16| {
            let only = scope.with(dimension, Set::of([code]));
            self.kept(&only, kind)
                .map(|kept| kept.and_then(|kept| self.number(id, &Totals::default(), kept)))
        };
        let mut parts = Vec::with_capacity(codes);
        for code in (0_u16..).take(codes) {
            let previous = before.map_or(Answer::Ready(None), |before| value(before, code));
            let part = value(scope, code).and_then(|now| {
                previous.map(|previous| KpiPart {
                    code,
                    value: now,
                    previous,
                    trend: Trend::between(now, previous),
                    contribution: None,
                })
            });
            match part {
                Answer::Ready(part) => parts.push(part),
                Answer::Loading(why) => return Answer::Loading(why),
            }
        }
        Answer::Ready(parts)
    }

    fn parts(
        &self,
        id: KpiId,
        now: &[Totals],
        before: Option<&[Totals]>,
        contribution: impl Fn(usize) -> Option<Contribution>,
    ) -> Vec<KpiPart> {
        let value = |totals: &Totals| self.number(id, totals, Retention::default());
        let part = |(at, (code, totals)): (usize, (u16, &Totals))| {
            let (now, previous) =
                (value(totals), before.and_then(|before| before.get(at)).and_then(value));
            let trend = Trend::between(now, previous);
            KpiPart { code, value: now, previous, trend, contribution: contribution(at) }
        };
        (0..).zip(now).enumerate().map(part).collect()
    }

    /// Sums: the difference. Ratios: the difference of what a value adds to the whole above the
    /// earlier whole, `(part - r·rows) / all rows`; over all values that is the whole's difference.
    #[expect(clippy::cast_precision_loss, reason = "shares in per cent, to be shown")]
    fn contribution(
        &self,
        def: &KpiDef,
        (now, before): (&Totals, &Totals),
        (all_now, all_before): (&Totals, &Totals),
    ) -> Option<Contribution> {
        let KpiDef { kind, formula, .. } = *def;
        let [(now, rows_now), (before, rows_before)] = [now, before].map(|one| formula.sums(one));
        let (Some(rows_now), Some(rows_before)) = (rows_now, rows_before) else {
            let more = now.saturating_sub(before);
            let number = formula.number(kind, more, self.meta().quantity_exponent);
            return Some(Contribution::Sum(number));
        };
        let [(_, all_rows_now), (sum_before, all_rows_before)] =
            [all_now, all_before].map(|all| formula.sums(all));
        let (all_now, all_before) = (all_rows_now? as f64, all_rows_before? as f64);
        if all_now == 0.0 || all_before == 0.0 {
            return None;
        }
        let ratio = sum_before as f64 / all_before;
        let above = |sum: i64, rows: i64, all: f64| (sum as f64 - ratio * rows as f64) / all;
        let points = above(now, rows_now, all_now) - above(before, rows_before, all_before);
        Some(Contribution::Points(points))
    }
}
