//! Customers by segment.

use facts::Dimension;
use words::say;

use crate::shares::Shares;
use crate::shown::isolated;
use crate::{Ask, ChartKind, Outcome, Widget};

/// Customers in scope by segment.
pub(crate) struct SegmentDistribution;

impl Widget for SegmentDistribution {
    fn id(&self) -> &'static str {
        "segment_distribution"
    }

    fn title(&self) -> &'static str {
        "Customer Segment Distribution"
    }

    fn definition(&self) -> &'static str {
        "Customers in scope by customer segment."
    }

    fn kinds(&self) -> &'static [ChartKind] {
        &[ChartKind::Pie, ChartKind::Donut, ChartKind::Bar]
    }

    fn compute(&self, ask: &Ask) -> Outcome {
        let shares = Shares {
            dimension: Dimension::Segment,
            caption: say!("Customers by segment"),
            heading: say!("Segment"),
        };
        let names = &ask.facts.meta().labels.segments;
        let color = |at: usize| ask.theme.color(at);
        shares.compute(ask, ask.kind_of(self), names, &color, &|shares, total| {
            let parts: Vec<String> = shares
                .iter()
                .map(|share| {
                    format!(
                        "{} {}",
                        ask.format.percent(share.customers as f64 / total as f64),
                        isolated(&share.name)
                    )
                })
                .collect();
            say!(
                "Of {n} customers, {parts}.",
                n = ask.format.count(total),
                parts = parts.join(", ")
            )
        })
    }
}
