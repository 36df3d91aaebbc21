//! Customers by churn risk.

use facts::Dimension;
use words::say;

use crate::shares::Shares;
use crate::shown::isolated;
use crate::{Ask, ChartKind, Outcome, Widget};

/// Customers in scope by churn risk.
pub(crate) struct ChurnRisk;

impl Widget for ChurnRisk {
    fn id(&self) -> &'static str {
        "churn_risk"
    }

    fn title(&self) -> &'static str {
        "Churn Risk Distribution"
    }

    fn definition(&self) -> &'static str {
        "Customers in scope by churn risk: how long they have been silent against their own rhythm."
    }

    fn kinds(&self) -> &'static [ChartKind] {
        &[ChartKind::Donut, ChartKind::Pie, ChartKind::Bar]
    }

    fn compute(&self, ask: &Ask) -> Outcome {
        if !ask.facts.meta().knows_churn() {
            return Outcome::Absent(say!(
                "Nobody has ever come back, so there is no rhythm to measure against."
            ));
        }
        let shares = Shares {
            dimension: Dimension::Churn,
            caption: say!("Customers by churn risk"),
            heading: say!("Churn risk"),
        };
        let names = &ask.facts.meta().labels.churn_risks;
        let scale = [ask.theme.good, ask.theme.fair, ask.theme.bad];
        let color = |at: usize| match (names.len(), scale.get(at)) {
            (3, Some(color)) => *color,
            _ => ask.theme.color(at),
        };
        shares.compute(ask, ask.kind_of(self), names, &color, &|shares, total| {
            let Some(worst) = shares.last() else { return String::new() };
            say!(
                "{n} of {all} customers ({share}) are at {risk} churn risk.",
                n = ask.format.count(worst.customers),
                all = ask.format.count(total),
                share = ask.format.percent(worst.customers as f64 / total as f64),
                risk = isolated(&worst.name.to_lowercase()),
            )
        })
    }
}
