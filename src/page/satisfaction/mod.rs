//! How satisfied customers are: the scores, their course, and by whom they were given.

mod aspects;
mod scores;

use facts::{Aspect, Dimension, KpiId};
use words::say;
use yew::prelude::*;

use self::aspects::ByAspect;
use self::scores::Scores;
use super::dashboard::Period;
use super::kpi::{By, Course};
use super::notice::Notices;
use crate::session::store::use_store;

/// The view.
#[component(Satisfaction)]
pub fn satisfaction() -> Html {
    let store = use_store();
    let def = KpiId::AvgSatisfaction.def();
    let absent = store
        .manifest()
        .is_some_and(|manifest| !widgets::is_in("customer_satisfaction", &manifest.meta));
    html! {
        <>
            <div class="page-head">
                <div>
                    <h1 tabindex="-1">{ say!("Satisfaction") }</h1>
                    <Period />
                </div>
            </div>
            <Notices />
            if absent {
                <div class="state">
                    <p class="state__text">{ say!("This snapshot has no satisfaction scores.") }</p>
                </div>
            } else {
                <div class="detail">
                    <Scores />
                    <Course {def} />
                    <By {def} dimension={Dimension::Segment} />
                    <By {def} dimension={Dimension::Churn} />
                    <By {def} dimension={Dimension::Rfm} tall=true />
                    { for Aspect::ALL.into_iter().map(|aspect| html! { <ByAspect {aspect} /> }) }
                </div>
            }
        </>
    }
}
