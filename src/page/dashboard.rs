//! The dashboard: the period, the KPIs, the widgets.

use facts::{Bucket, BucketSize, DayRange, View};
use snapshot::Meta;
use yew::prelude::*;

use super::notice::Notices;
use crate::card::{Kpis, WidgetCard};
use crate::look::{Known, Look};
use crate::store::use_store;

/// The dashboard.
#[component(Dashboard)]
pub fn dashboard() -> Html {
    let widget = |widget: Known| html! { <WidgetCard key={widget.id()} {widget} /> };
    html! {
        <>
            <div class="page-head">
                <div>
                    <h1 tabindex="-1">{ "Dashboard" }</h1>
                    <Period />
                </div>
            </div>
            <Notices />
            <section class="grid" aria-label="Key figures"><Kpis /></section>
            <section class="grid" aria-label="Charts">{ for Known::all().map(widget) }</section>
        </>
    }
}

/// Which period is shown, against which, and how complete it is.
#[component(Period)]
fn period() -> Html {
    let store = use_store();
    let Some(manifest) = &store.manifest else {
        return html! { <p class="page-head__period"><span class="skeleton skeleton--line" /></p> };
    };
    let meta = &manifest.meta;
    html! { <p class="page-head__period">{ for sentences(meta) }</p> }
}

fn sentences(meta: &Meta) -> Vec<Html> {
    let format = Look::new(meta, false).format;
    let range = View::default_for(meta).scope.range;
    let mut parts = vec![html! {
        <span>
            <strong>{ format.range(range) }</strong>
            { ", against the 12 months before" }
        </span>
    }];
    if meta.as_of < range.to {
        let month = meta.as_of.month();
        let days = DayRange { from: month.first_day(), to: month.last_day() };
        let month = format.bucket(Bucket { range: days, size: BucketSize::Month });
        parts.push(html! { <span>{ format!("{month} is partial") }</span> });
    }
    parts.push(html! { <span>{ "Data as of " }{ format.day(meta.as_of) }</span> });
    parts
}
