//! Where a filter does not apply to a card, or not as one might think: said in one place.

use facts::{Dimension, View};
use snapshot::Meta;
use words::say;
use yew::prelude::*;

use super::provider::use_filters;
use crate::session::store::use_store;

/// What of the filter in force does not narrow a widget or KPI, and why; a sentence each.
pub fn limits(id: &str, view: &View, meta: &Meta) -> Vec<String> {
    let scope = &view.scope;
    let default = View::default_for(meta).scope;
    let chosen = |dimension: Dimension| !scope.set(dimension).is_all();
    let categories = chosen(Dimension::Category);
    let narrowed = scope.range != default.range || categories;
    let sentence = match id {
        "data_flow" if *scope != default => {
            say!("Not filtered: it counts the rows from which the snapshot was made.")
        }
        "segment_distribution" if chosen(Dimension::Segment) => {
            say!("Not narrowed by segment: it shows them all, those chosen stand out.")
        }
        "churn_risk" if chosen(Dimension::Churn) => {
            say!("Not narrowed by churn risk: it shows them all, those chosen stand out.")
        }
        "category_performance" if categories => {
            say!("Not narrowed by category: it shows them all, those chosen stand out.")
        }
        "top_customers" if narrowed => {
            say!(
                "Period and category choose the customers; lifetime value and orders are of all time."
            )
        }
        "rfm_segmentation" if narrowed => {
            say!(
                "Period and category choose the customers; recency, frequency and value are of all time."
            )
        }
        "total_lifetime_value" if narrowed => {
            say!("Period and category choose the customers; their lifetime value is of all time.")
        }
        "customer_satisfaction" | "avg_satisfaction" if categories => {
            say!("Feedback has no category: it is that of customers who bought in those chosen.")
        }
        "campaign_response_rate" if categories => {
            say!("Campaigns have no category: counted are customers who bought in those chosen.")
        }
        "new_customers" if categories => {
            say!("New is who bought for the first time at all, in whatever category.")
        }
        _ => return Vec::new(),
    };
    vec![sentence]
}

/// [`limits`] of the view on screen.
#[hook]
pub fn use_limits(id: &str) -> Vec<String> {
    let (store, view) = (use_store(), use_filters().view());
    let known = store.manifest().zip(view);
    known.map(|(manifest, view)| limits(id, &view, &manifest.meta)).unwrap_or_default()
}
