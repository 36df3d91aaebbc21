//! What stands behind a KPI: its definition, the two periods, and its course in numbers.

use facts::{KpiId, View};
use widgets::KpiCard;
use words::say;
use yew::prelude::*;

use super::picking::kpi;
use super::table::DataTable;
use crate::about::{About, Subject};
use crate::export::{file_name, header, not_saved, save_csv};
use crate::filter::GoTo;
use crate::filter::{compare_name, use_limits, use_view};
use crate::host::shared::Shared;
use crate::look::prefs::use_prefs;
use crate::session::store::use_store;
use crate::ui::{Icon, cell, focus, moved, number};

/// The KPI and the way back.
#[derive(PartialEq, Properties)]
pub struct BreakdownProps {
    /// What is explained.
    pub card: Shared<KpiCard>,
    /// The view that it is of, which may not be the one asked for yet.
    pub of: Option<Shared<View>>,
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
    let close = {
        let (close, kpi) = (props.close.clone(), card.id);
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            // The button that has opened it, and opens it again.
            focus::give_to(&format!("[data-kpi=\"{kpi}\"] .kpi__more"));
        })
    };
    let id = KpiId::from_key(card.id);
    let label = words::say(card.label);
    let asked = use_state(|| false);
    let (ask, answered) = {
        let (on, off) = (asked.clone(), asked.clone());
        (
            Callback::from(move |_: MouseEvent| on.set(true)),
            Callback::from(move |()| off.set(false)),
        )
    };
    let (table, failed) = use_csv(card, props.of.as_ref());
    let change = card.trend.as_ref().map(|trend| {
        html! { <span class={moved(trend.good)}>{ number(&trend.text, trend.exact.as_deref()) }</span> }
    });
    html! {
        <section class="card breakdown" id={format!("{}-detail", card.id)} aria-labelledby={title.clone()}>
            <div>
                <h3 id={title}>{ &label }</h3>
                <p class="breakdown__definition">{ words::say(card.definition) }</p>
                { for card.note.iter().map(|note| html! { <p class="breakdown__limit">{ note }</p> }) }
                { for limits.iter().map(|limit| html! { <p class="breakdown__limit">{ limit }</p> }) }
                <dl class="breakdown__figures">
                    <dt>{ say!("This period") }</dt>
                    <dd>{ number(&card.full, card.exact.as_deref()) }</dd>
                    <dt>{ compare_name(compare) }</dt>
                    <dd>{ cell(&card.previous) }</dd>
                    <dt>{ say!("Change") }</dt>
                    <dd>{ change.unwrap_or_else(|| html! { "–" }) }</dd>
                </dl>
                <div class="buttons breakdown__ways">
                    { for id.map(|id| html! {
                        <>
                            <GoTo to={kpi(id)} classes="button">{ say!("Open the full view") }</GoTo>
                            <button class="button" type="button" onclick={ask.clone()}>
                                { Icon::Info.small() }{ say!("About this number") }
                            </button>
                            if *asked {
                                <About subject={Subject::Kpi(id)} closed={answered.clone()} />
                            }
                        </>
                    }) }
                    <button class="button" type="button" onclick={table}>
                        { Icon::Download.small() }{ say!("Download CSV") }
                    </button>
                </div>
                if failed {
                    <p role="alert">{ not_saved() }</p>
                }
            </div>
            <DataTable table={card.breakdown.clone()} />
            <button
                class="icon-button breakdown__close"
                type="button"
                aria-label={say!("Close the details of {title}", title = label)}
                onclick={close}
            >
                { Icon::Close.small() }
            </button>
        </section>
    }
}

/// Saves the course of a KPI as a table; true once that has failed.
#[hook]
fn use_csv(card: &Shared<KpiCard>, of: Option<&Shared<View>>) -> (Callback<MouseEvent>, bool) {
    let (store, view, (prefs, _)) = (use_store(), of.cloned(), use_prefs());
    let (card, failed) = (card.clone(), use_state(|| false));
    let has_failed = *failed;
    let save = Callback::from(move |_: MouseEvent| {
        if let Some((data, view)) = store.data().map(|it| &**it).zip(view.as_deref()) {
            let meta = data.facts.meta();
            let (title, text) = (words::say(card.label), words::say(card.definition));
            let lines = header(&title, Some(&text), view, meta);
            let saved = save_csv(&file_name(card.id, meta), &card.breakdown, &lines, prefs.export);
            failed.set(saved.is_err());
        }
    });
    (save, has_failed)
}
