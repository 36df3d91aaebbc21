//! One KPI card: label, value, trend in sign and words, sparkline.

use facts::{Compare, View};
use wasm_bindgen::JsCast;
use widgets::kpi_cards::CardTrend;
use widgets::spark::{HEIGHT, WIDTH};
use widgets::{Direction, KpiCard};
use words::say;
use yew::prelude::*;

use super::changed::use_changed;
use super::eased::use_eased;
use super::parts::{CardPart, PARTS};
use crate::filter::{use_limits, use_view};
use crate::host::shared::Shared;
use crate::ui::{Icon, Later, number};

/// A KPI and whether its breakdown is open.
#[derive(PartialEq, Properties)]
pub struct KpiProps {
    /// What is shown.
    pub card: Shared<KpiCard>,
    /// The view that it is the answer to.
    pub of: Option<Shared<View>>,
    /// True while the answer to the view on screen is on its way.
    #[prop_or_default]
    pub updating: bool,
    /// True if nothing newer can come, since the host cannot be reached.
    #[prop_or_default]
    pub missing: bool,
    /// True while its breakdown is open.
    pub open: bool,
    /// Told when the reader opens or closes the breakdown.
    pub toggle: Callback<()>,
}

/// A KPI card.
#[component(Kpi)]
pub fn kpi(props: &KpiProps) -> Html {
    let card = &props.card;
    let (text, label) = (use_eased(card), words::say(card.label));
    let changed = use_changed(&card.exact);
    let press = props.toggle.reform(|_: MouseEvent| ());
    let view = use_view();
    let compare = view.as_ref().map(|view| view.compare).unwrap_or_default();
    // Told by the card itself: who has it drawn may be a frame ahead.
    let busy = (props.updating || view != props.of) && !props.missing;
    let limits = use_limits(card.id).join(" ");
    // Pointed at or focused, the course tells its months and values; it does not fall asleep again.
    let awake = use_state(|| false);
    let wake = {
        let awake = awake.clone();
        Callback::from(move |()| {
            if !*awake {
                awake.set(true);
            }
        })
    };
    let pointed = {
        let wake = wake.clone();
        // A finger that scrolls past wakes nothing.
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() != "touch" {
                wake.emit(());
            }
        })
    };
    let focused = wake.reform(|_: FocusEvent| ());
    let on_course = {
        let toggle = props.toggle.clone();
        Callback::from(move |event: MouseEvent| match event.dyn_ref::<PointerEvent>() {
            Some(event) if event.pointer_type() == "touch" => wake.emit(()),
            _ => toggle.emit(()),
        })
    };
    let controls = props.open.then(|| format!("{}-detail", card.id));
    html! {
        <article
            class={classes!(
                "card",
                "kpi",
                props.open.then_some("kpi--open"),
                (props.updating && !props.missing).then_some("kpi--updating"),
                awake.then_some("kpi--awake"),
                changed,
            )}
            onpointerenter={pointed}
            onfocusin={focused}
            data-kpi={card.id}
            aria-busy={busy.then_some("true")}
        >
            <h2 class="kpi__label">
                { &label }
                if !limits.is_empty() {
                    <span class="kpi__limit" title={limits.clone()}>
                        { Icon::Info.small() }
                        <span class="sr-only">{ limits }</span>
                    </span>
                }
            </h2>
            if props.missing {
                // The number of another filter would be taken for one of this.
                <p class="kpi__value">{ "–" }</p>
                <p class="kpi__trend">{ say!("Not kept for offline use") }</p>
            } else {
                <p class="kpi__value" elementtiming="kpi">{ number(&text, card.exact.as_deref()) }</p>
                <p class="kpi__trend">{ trend(card.trend.as_ref(), compare) }</p>
            }
            if !*awake && !props.missing {
                { for card.spark.as_deref().map(|path| course(path, "kpi__spark", on_course.clone())) }
            }
            <button
                class="icon-button kpi__more"
                type="button"
                aria-expanded={props.open.to_string()}
                aria-controls={controls}
                aria-label={say!("{title}: details", title = label)}
                onclick={press}
            >
                { Icon::Chevron.small() }
            </button>
            if let Some(path) = card.spark.as_deref().filter(|_| *awake && !props.missing) {
                <div class="kpi__spark kpi__spark--live" onclick={on_course}>
                    { course(path, "kpi__course", Callback::noop()) }
                    <Later part={PARTS.part(CardPart::Spark(card.clone()))} />
                </div>
            }
        </article>
    }
}

fn trend(trend: Option<&CardTrend>, compare: Compare) -> Html {
    let Some(trend) = trend else {
        return match compare {
            Compare::None => html! { say!("No comparison") },
            _ => html! { say!("Nothing to compare with") },
        };
    };
    html! {
        <>
            { change(trend) }
            <span>{ versus(compare) }</span>
        </>
    }
}

/// How far a KPI moved: a sign, the number, and whether that is good news in its colour.
pub fn change(trend: &CardTrend) -> Html {
    let (icon, word) = match trend.direction {
        Direction::Up => (Icon::Up, say!("Up")),
        Direction::Down => (Icon::Down, say!("Down")),
        Direction::Level => (Icon::Level, say!("Level")),
    };
    let tone = match trend.good {
        Some(true) => "kpi__change--good",
        Some(false) => "kpi__change--bad",
        None => "",
    };
    html! {
        <span class={classes!("kpi__change", tone)}>
            { icon.small() }
            if trend.exact.is_some() {
                <span class="sr-only">{ word }{ " " }</span>
            }
            { number(&trend.text, trend.exact.as_deref()) }
        </span>
    }
}

/// What a change is measured against, beside it.
pub fn versus(compare: Compare) -> String {
    match compare {
        Compare::YearBefore => say!("vs same period last year"),
        _ => say!("vs previous period"),
    }
}

/// The course over the period; the breakdown has it in numbers.
fn course(path: &str, class: &'static str, onclick: Callback<MouseEvent>) -> Html {
    let area = widgets::spark::area(path);
    html! {
        <svg
            {class}
            {onclick}
            viewBox={format!("0 0 {WIDTH} {HEIGHT}")}
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <path class="kpi__area" d={area} />
            <path class="kpi__line" d={path.to_owned()} />
        </svg>
    }
}

/// A KPI that is on its way, or did not come; one that is missing says why.
pub fn kpi_skeleton(failed: bool, missing: bool) -> Html {
    let failed = failed.then_some("kpi--failed");
    if missing {
        return html! {
            <div class={classes!("card", "kpi", failed)}>
                <span class="kpi__value">{ "–" }</span>
                <span class="kpi__trend">{ say!("Not kept for offline use") }</span>
            </div>
        };
    }
    html! {
        <div class={classes!("card", "kpi", failed)} aria-hidden="true">
            <span class="kpi__label"><span class="skeleton skeleton--line" /></span>
            <span class="kpi__value"><span class="skeleton skeleton--text" /></span>
            <span class="kpi__trend"><span class="skeleton skeleton--line" /></span>
            <span class="kpi__spark" />
        </div>
    }
}
