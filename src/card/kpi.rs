//! One KPI card: label, value, trend in sign and words, sparkline.

use widgets::kpi_cards::CardTrend;
use widgets::{Direction, KpiCard};
use yew::prelude::*;

use super::chart::Chart;
use super::number::number;
use crate::icon::Icon;
use crate::ready::Working;
use crate::shared::Shared;
use crate::store::use_page;

/// A KPI and whether its breakdown is open.
#[derive(PartialEq, Properties)]
pub struct KpiProps {
    /// What is shown.
    pub card: Shared<KpiCard>,
    /// True while its breakdown is open.
    pub open: bool,
    /// Told when the reader opens or closes the breakdown.
    pub toggle: Callback<()>,
}

/// A KPI card.
#[component(Kpi)]
pub fn kpi(props: &KpiProps) -> Html {
    let card = &props.card;
    let press = props.toggle.reform(|_: MouseEvent| ());
    let controls = props.open.then(|| format!("{}-detail", card.id));
    html! {
        <article
            class={classes!("card", "kpi", props.open.then_some("kpi--open"))}
            data-kpi={card.id}
        >
            <h2 class="kpi__label">{ card.label }</h2>
            <p class="kpi__value">{ number(&card.text, card.exact.as_deref()) }</p>
            <p class="kpi__trend">{ trend(card.trend.as_ref()) }</p>
            <Spark card={card.clone()} />
            <button
                class="icon-button kpi__more"
                type="button"
                aria-expanded={props.open.to_string()}
                aria-controls={controls}
                aria-label={format!("{}: details", card.label)}
                onclick={press}
            >
                { Icon::Chevron.small() }
            </button>
        </article>
    }
}

fn trend(trend: Option<&CardTrend>) -> Html {
    let Some(trend) = trend else { return html! { "Nothing to compare with" } };
    let (icon, tone, word) = match trend.direction {
        Direction::Up => (Icon::Up, "kpi__change--good", "Up"),
        Direction::Down => (Icon::Down, "kpi__change--bad", "Down"),
        Direction::Level => (Icon::Level, "", "Level"),
    };
    html! {
        <>
            <span class={classes!("kpi__change", tone)}>
                { icon.small() }
                <span class="sr-only">{ word }{ " " }</span>
                { number(&trend.text, Some(&trend.exact)) }
            </span>
            <span>{ "vs previous period" }</span>
        </>
    }
}

#[derive(PartialEq, Properties)]
struct SparkProps {
    card: Shared<KpiCard>,
}

/// The course over the period; the breakdown has it in numbers.
#[component(Spark)]
fn spark(props: &SparkProps) -> Html {
    let page = use_page();
    let working = use_mut_ref(|| None::<Working>);
    let figure = use_memo(props.card.clone(), |card| card.spark.clone().map(Shared::new));
    {
        let working = working.clone();
        use_effect_with(figure.clone(), move |figure| {
            working.replace(figure.is_some().then(|| page.busy.begin()));
        });
    }
    // A card without its sparkline still says everything in words.
    let drawn = Callback::from(move |_| drop(working.take()));
    let Some(figure) = (*figure).clone() else { return html! {} };
    html! {
        <div class="kpi__spark" aria-hidden="true"><Chart {figure} {drawn} still=true /></div>
    }
}

/// Whether anything is still coming.
#[derive(PartialEq, Properties)]
pub struct KpiSkeletonProps {
    /// True if reading the snapshot failed.
    pub failed: bool,
}

/// A KPI that is on its way, or did not come.
#[component(KpiSkeleton)]
pub fn kpi_skeleton(props: &KpiSkeletonProps) -> Html {
    let failed = props.failed.then_some("kpi--failed");
    html! {
        <div class={classes!("card", "kpi", failed)} aria-hidden="true">
            <span class="kpi__label"><span class="skeleton skeleton--line" /></span>
            <span class="kpi__value"><span class="skeleton skeleton--text" /></span>
            <span class="kpi__trend"><span class="skeleton skeleton--line" /></span>
            <span class="kpi__spark" />
        </div>
    }
}
