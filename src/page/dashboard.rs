//! The dashboard: the period, the KPIs, the widgets.

use facts::View;
use snapshot::Meta;
use widgets::against;
use words::say;
use yew::prelude::*;

use super::fresh::{FRESH, FreshPart};
use super::notice::Notices;
use crate::board::{BoardPart, PARTS};
use crate::cards::Kpis;
use crate::filter::use_view;
use crate::look::Look;
use crate::session::newer::use_newer;
use crate::session::store::{Store, use_store};
use crate::ui::{Icon, Later};

/// The dashboard.
#[component(Dashboard)]
pub fn dashboard() -> Html {
    let store = use_store();
    html! {
        <>
            <div class="page-head">
                <div>
                    <h1 tabindex="-1">{ say!("Dashboard") }</h1>
                    <Period />
                </div>
                <div class="page-head__tools"><Later part={PARTS.part(BoardPart::Tools)} meanwhile={tools()} /></div>
            </div>
            <Notices />
            <section class="grid" aria-label={say!("Key figures")} data-section={say!("Key figures")}><Kpis /></section>
            <Later part={PARTS.part(BoardPart::Cards)} meanwhile={charts(&store)} />
            <Later part={PARTS.part(BoardPart::Sections)} />
        </>
    }
}

/// What stands where the tools will be, so that nothing moves when they come.
fn tools() -> Html {
    let tool = |icon: Icon, text: String| {
        html! {
            <button class="button page-head__tool" type="button" disabled=true>
                { icon.small() }<span>{ text }</span>
            </button>
        }
    };
    html! { <>{ tool(Icon::Settings, say!("Customize")) }{ tool(Icon::Print, say!("Print")) }</> }
}

/// What stands where the charts will be, as in the first view of `static/first-paint`.
fn charts(store: &Store) -> Html {
    const FIRST: [&str; 4] =
        ["segment_distribution", "monthly_revenue", "top_customers", "category_performance"];
    let place =
        |id: &&str| html! { <div class={classes!("card", "widget", format!("widget--{id}"))} /> };
    let meta = store.manifest().map(|manifest| &manifest.meta);
    let there = |id: &&&str| meta.is_none_or(|meta| widgets::is_in(id, meta));
    html! {
        <section class="grid first-view__charts" aria-hidden="true">{ for FIRST.iter().filter(there).map(place) }</section>
    }
}

/// Which period is shown, against which, how complete it is, and how fresh.
#[component(Period)]
pub fn period_line() -> Html {
    let (store, view, failed) = (use_store(), use_view(), use_newer().problem.is_some());
    let (Some(manifest), Some(view)) = (store.manifest(), view) else {
        return html! { <p class="page-head__period"><span class="skeleton skeleton--line" /></p> };
    };
    html! {
        <p class="page-head__period">
            { for sentences(&manifest.meta, &view) }
            if failed || !manifest.meta.demo {
                <Later part={FRESH.part(FreshPart::Age)} />
            }
        </p>
    }
}

fn sentences(meta: &Meta, view: &View) -> Vec<Html> {
    let format = Look::new(meta, false).format;
    let against = against::behind_period(view, meta, &format);
    let mut parts = vec![html! {
        <span><strong>{ format.range(view.scope.range) }</strong>{ against }</span>
    }];
    if let Some(month) = against::running_month(view, meta, &format) {
        parts.push(html! { <span>{ say!("{month} is partial", month) }</span> });
    }
    parts.push(html! { <span>{ say!("Data as of {day}", day = format.day(meta.as_of)) }</span> });
    parts
}
