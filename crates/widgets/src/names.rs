//! What can be known of the widgets without their code: their ids and chart kinds.
//!
//! Preferences are read before any widget is there, by a page that fetches them later.

use snapshot::{LineageLink, Meta};

use crate::ChartKind::{
    self, Area, Bar, Donut, Gauge, Line, Pie, Revenue, Sankey, Scatter2d, Scatter3d, Table, Units,
};

/// Ids and kinds, in page order; each widget's own kind first.
const KNOWN: [(&str, &[ChartKind]); 8] = [
    ("segment_distribution", &[Pie, Donut, Bar]),
    ("monthly_revenue", &[Line, Area, Bar]),
    ("top_customers", &[Table]),
    ("category_performance", &[Revenue, Units]),
    ("customer_satisfaction", &[Gauge, Bar]),
    ("churn_risk", &[Donut, Pie, Bar]),
    ("rfm_segmentation", &[Scatter3d, Scatter2d]),
    ("data_flow", &[Sankey]),
];

/// Id and chart kinds of the widget with an id, as [`crate::by_id`] would tell.
pub fn known(id: &str) -> Option<(&'static str, &'static [ChartKind])> {
    KNOWN.into_iter().find(|(known, _)| *known == id)
}

/// True if a snapshot holds what the widget with an id shows.
pub fn is_in(id: &str, meta: &Meta) -> bool {
    match id {
        "category_performance" => meta.features.categories,
        "customer_satisfaction" => meta.features.feedback && meta.has_customers(),
        "segment_distribution" | "top_customers" | "churn_risk" | "rfm_segmentation" => {
            meta.has_customers()
        }
        "data_flow" => meta.lineage.iter().any(LineageLink::flows),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_widgets() {
        let own: Vec<_> = crate::ALL.iter().map(|widget| (widget.id(), widget.kinds())).collect();
        assert_eq!(own, KNOWN);
    }
}
