//! What stands behind a KPI: its definition, the two periods, and its course in numbers.

use widgets::KpiCard;
use yew::prelude::*;

use super::number::{cell, number};
use super::table::DataTable;
use crate::filter::{compare_name, use_limits, use_view};
use crate::icon::Icon;
use crate::shared::Shared;

/// The KPI and the way back.
#[derive(PartialEq, Properties)]
pub struct BreakdownProps {
    /// What is explained.
    pub card: Shared<KpiCard>,
    /// Told when the reader has seen enough.
    pub close: Callback<()>,
}

/// The breakdown below the row of cards.
#[component(Breakdown)]
pub fn breakdown(props: &BreakdownProps) -> Html {
    let card = &props.card;
    let title = format!("{}-detail-title", card.id);
    let compare = use_view().map(|view| view.compare).unwrap_or_default();
    let limits = use_limits(card.id);
    let close = props.close.reform(|_: MouseEvent| ());
    let change = card.trend.as_ref().map(|trend| number(&trend.text, Some(&trend.exact)));
    html! {
        <section class="card breakdown" id={format!("{}-detail", card.id)} aria-labelledby={title.clone()}>
            <div>
                <h3 id={title}>{ card.label }</h3>
                <p class="breakdown__definition">{ card.definition }</p>
                { for limits.iter().map(|limit| html! { <p class="breakdown__limit">{ limit }</p> }) }
                <dl class="breakdown__figures">
                    <dt>{ "This period" }</dt>
                    <dd>{ number(&card.full, card.exact.as_deref()) }</dd>
                    <dt>{ compare_name(compare) }</dt>
                    <dd>{ cell(&card.previous) }</dd>
                    <dt>{ "Change" }</dt>
                    <dd>{ change.unwrap_or_else(|| html! { "–" }) }</dd>
                </dl>
            </div>
            <DataTable table={card.breakdown.clone()} />
            <button
                class="icon-button breakdown__close"
                type="button"
                aria-label={format!("Close the details of {}", card.label)}
                onclick={close}
            >
                { Icon::Close.small() }
            </button>
        </section>
    }
}
