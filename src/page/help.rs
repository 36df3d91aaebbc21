//! Help: how to read the page, what each KPI counts, and whom to ask.

use facts::KPIS;
use gloo::utils::window;
use web_sys::Element;
use words::{key, say};
use yew::prelude::*;

use super::card::card;
use crate::ask::Known;
use crate::filter::GoTo;
use crate::session::store::use_store;
use crate::ui::{Route, phrase};

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
                    <h1 tabindex="-1">{ say!("Help") }</h1>
                    <p class="page-head__period">{ say!("How to read this page, and whom to ask.") }</p>
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

fn reading() -> Html {
    let content = html! {
        <>
            <p>
                { say!("The dashboard shows the twelve calendar months that end with the month of the \
                   newest purchase, and compares them with the twelve before. A month that is \
                   still running is marked as partial.") }
            </p>
            <p>
                { say!("An arrow beside a key figure says whether it rose or fell: in percent for \
                   amounts and counts, in percentage points (pp) for rates, in points for scores.") }
            </p>
            <p>
                { say!("The arrow in the corner of a key figure opens its definition and its course \
                   month by month. The button in the corner of a chart shows the same data as a \
                   table; the list beside it draws the chart in another way.") }
            </p>
            <p>
                { phrase(
                    key!("Everything is computed in your browser from one snapshot of the data; \
                          {about} says where it came from and by which rules customers were \
                          classified."),
                    &[("about", html! { <GoTo to={Route::AboutData}>{ say!("About the data") }</GoTo> })],
                ) }
            </p>
        </>
    };
    card("reading", say!("Reading the page"), content)
}

fn figures() -> Html {
    let entry = |def: &facts::KpiDef| html! { <><dt>{ words::say(def.label) }</dt><dd>{ words::say(def.definition) }</dd></> };
    card(
        "figures",
        say!("Key figures"),
        html! { <dl class="facts">{ for KPIS.iter().map(entry) }</dl> },
    )
}

fn charts() -> Html {
    let entry = |widget: Known| {
        html! { <><dt>{ words::say(widget.title()) }</dt><dd>{ words::say(widget.definition()) }</dd></> }
    };
    card("charts", say!("Charts"), html! { <dl class="facts">{ for Known::all().map(entry) }</dl> })
}

#[derive(PartialEq, Properties)]
struct SupportProps {
    node: NodeRef,
}

#[component(Support)]
fn support(props: &SupportProps) -> Html {
    let store = use_store();
    let id = store.manifest().map(|manifest| manifest.meta.snapshot_id.clone());
    html! {
        <section class="card" id="support" ref={props.node.clone()} aria-labelledby="support-title">
            <div class="card__head"><h2 id="support-title">{ say!("Support") }</h2></div>
            <div class="card__body card__body--text">
                <p>
                    { match id {
                        Some(id) => phrase(
                            key!("If a number looks wrong or the page does not load, tell the \
                                  person who shared this page with you, and quote the text of \
                                  the message you see and the snapshot {id}."),
                            &[("id", html! { <code>{ id }</code> })],
                        ),
                        None => html! {
                            { say!("If a number looks wrong or the page does not load, tell the \
                                    person who shared this page with you, and quote the text of \
                                    the message you see.") }
                        },
                    } }
                </p>
            </div>
        </section>
    }
}
