//! The dashboard: the period, the KPIs, the widgets.

use facts::{Bucket, BucketSize, DayRange, View};
use snapshot::Meta;
use words::say;
use yew::prelude::*;

use super::notice::Notices;
use crate::board::{Board, CustomizeButton, SectionBar};
use crate::card::Kpis;
use crate::export::PrintButton;
use crate::filter::use_view;
use crate::look::Look;
use crate::store::use_store;

/// The dashboard.
#[component(Dashboard)]
pub fn dashboard() -> Html {
    html! {
        <>
            <div class="page-head">
                <div>
                    <h1 tabindex="-1">{ say!("Dashboard") }</h1>
                    <Period />
                </div>
                <div class="page-head__tools"><CustomizeButton /><PrintButton /></div>
            </div>
            <Notices />
            <section class="grid" aria-label={say!("Key figures")} data-section={say!("Key figures")}><Kpis /></section>
            <Board />
            <SectionBar />
        </>
    }
}

/// Which period is shown, against which, and how complete it is.
#[component(Period)]
pub fn period() -> Html {
    let store = use_store();
    let (Some(manifest), Some(view)) = (&store.manifest, use_view()) else {
        return html! { <p class="page-head__period"><span class="skeleton skeleton--line" /></p> };
    };
    html! { <p class="page-head__period">{ for sentences(&manifest.meta, &view) }</p> }
}

fn sentences(meta: &Meta, view: &View) -> Vec<Html> {
    let format = Look::new(meta, false).format;
    let range = view.scope.range;
    let against = match view.compared() {
        _ if *view == View::default_for(meta) => say!(", against the 12 months before"),
        Some(compared) => say!(", against {range}", range = format.range(compared.range)),
        None => String::new(),
    };
    let mut parts = vec![html! {
        <span><strong>{ format.range(range) }</strong>{ against }</span>
    }];
    if range.contains(meta.as_of) && meta.as_of < range.to {
        let month = meta.as_of.month();
        let days = DayRange { from: month.first_day(), to: month.last_day() };
        let month = format.bucket(Bucket { range: days, size: BucketSize::Month });
        parts.push(html! { <span>{ say!("{month} is partial", month) }</span> });
    }
    parts.push(html! { <span>{ say!("Data as of {day}", day = format.day(meta.as_of)) }</span> });
    parts
}
