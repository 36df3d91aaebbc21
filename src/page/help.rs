//! Help: how to read the page, what each KPI counts, and whom to ask.

use facts::KPIS;
use gloo::utils::window;
use web_sys::Element;
use yew::prelude::*;

use crate::look::Known;
use crate::route::Route;
use crate::shell::GoTo;
use crate::store::use_store;

/// The view.
#[component(Help)]
pub fn help() -> Html {
    let support = use_node_ref();
    {
        let support = support.clone();
        // The browser looked for the fragment before this view was there.
        use_effect_with((), move |()| {
            let wanted = window().location().hash().is_ok_and(|hash| hash == "#support");
            if let Some(section) = support.cast::<Element>().filter(|_| wanted) {
                section.scroll_into_view();
            }
        });
    }
    html! {
        <>
            <div class="page-head">
                <div>
                    <h1 tabindex="-1">{ "Help" }</h1>
                    <p class="page-head__period">{ "How to read this page, and whom to ask." }</p>
                </div>
            </div>
            <div class="columns">
                { reading() }
                <Support node={support} />
                { figures() }
                { charts() }
            </div>
        </>
    }
}

fn card(id: &'static str, title: &'static str, content: Html) -> Html {
    html! {
        <section class="card" aria-labelledby={id}>
            <div class="card__head"><h2 {id}>{ title }</h2></div>
            <div class="card__body card__body--text">{ content }</div>
        </section>
    }
}

fn reading() -> Html {
    let content = html! {
        <>
            <p>
                { "The dashboard shows the twelve calendar months that end with the month of the \
                   newest purchase, and compares them with the twelve before. A month that is \
                   still running is marked as partial." }
            </p>
            <p>
                { "An arrow beside a key figure says whether it rose or fell: in percent for \
                   amounts and counts, in percentage points (pp) for rates, in points for scores." }
            </p>
            <p>
                { "The arrow in the corner of a key figure opens its definition and its course \
                   month by month. The button in the corner of a chart shows the same data as a \
                   table; the list beside it draws the chart in another way." }
            </p>
            <p>
                { "Everything is computed in your browser from one snapshot of the data; " }
                <GoTo to={Route::AboutData}>{ "About the data" }</GoTo>
                { " says where it came from and by which rules customers were classified." }
            </p>
        </>
    };
    card("reading", "Reading the page", content)
}

fn figures() -> Html {
    let entry =
        |def: &facts::KpiDef| html! { <><dt>{ def.label }</dt><dd>{ def.definition }</dd></> };
    card("figures", "Key figures", html! { <dl class="facts">{ for KPIS.iter().map(entry) }</dl> })
}

fn charts() -> Html {
    let entry = |widget: Known| {
        html! { <><dt>{ widget.title() }</dt><dd>{ widget.definition() }</dd></> }
    };
    card("charts", "Charts", html! { <dl class="facts">{ for Known::all().map(entry) }</dl> })
}

#[derive(PartialEq, Properties)]
struct SupportProps {
    node: NodeRef,
}

#[component(Support)]
fn support(props: &SupportProps) -> Html {
    let store = use_store();
    let id = store.manifest.as_ref().map(|manifest| manifest.meta.snapshot_id.clone());
    html! {
        <section class="card" id="support" ref={props.node.clone()} aria-labelledby="support-title">
            <div class="card__head"><h2 id="support-title">{ "Support" }</h2></div>
            <div class="card__body card__body--text">
                <p>
                    { "If a number looks wrong or the page does not load, tell the person who \
                       shared this page with you, and quote the text of the message you see" }
                    if let Some(id) = id {
                        { " and the snapshot " }<code>{ id }</code>
                    }
                    { "." }
                </p>
            </div>
        </section>
    }
}
