//! The dialog that tells all about a number.

use facts::Origin;
use web_sys::HtmlDialogElement;
use words::say;
use yew::prelude::*;

use super::asked::{Account, Asked, account, origin};
use super::subject::Subject;
use crate::filter::{described, use_view};
use crate::look::Look;
use crate::session::store::use_store;
use crate::ui::{Icon, number};

/// What is asked about, and who is told when the answer was read.
#[derive(PartialEq, Properties)]
pub struct AboutProps {
    /// What is asked about.
    pub subject: Subject,
    /// Told when the dialog was closed.
    pub closed: Callback<()>,
}

/// The dialog; open for as long as it is on the page.
#[component(About)]
pub fn about(props: &AboutProps) -> Html {
    let (store, view) = (use_store(), use_view());
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                // Refused only when it is open already.
                let _ = dialog.show_modal();
            }
        });
    }
    let close = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    let onclose = props.closed.reform(|_: Event| ());
    let known =
        use_memo((store.data().cloned(), view.clone(), props.subject), |(data, view, subject)| {
            let (data, view) = data.as_deref().zip(view.as_deref())?;
            Some(account(data, view, *subject))
        });
    let content = store.data().map(|it| &**it).zip(view.as_deref()).map(|(data, view)| {
        let look = Look::new(data.facts.meta(), false);
        let traffic = data.traffic();
        let filters = described(view, data.facts.meta());
        html! {
            <>
                <h3>{ say!("Filters in force") }</h3>
                <dl class="facts">
                    { for filters.iter().map(|(name, value)| html! { <><dt>{ name }</dt><dd>{ value }</dd></> }) }
                </dl>
                { for known.as_ref().as_ref().map(|known| behind(known, &look, traffic.bytes, traffic.requests)) }
                <h3>{ say!("Snapshot") }</h3>
                <p>
                    <code>{ &data.facts.meta().snapshot_id }</code>
                    { ", " }{ say!("Data as of") }{ " " }{ look.format.day(data.facts.meta().as_of) }
                </p>
            </>
        }
    });
    html! {
        <dialog class="dialog about" ref={node} aria-labelledby="about-title" {onclose}>
            <header class="dialog__head">
                <h2 id="about-title">{ say!("About {title}", title = props.subject.title()) }</h2>
                <button class="icon-button" type="button" aria-label={say!("Close")} onclick={close}>
                    { Icon::Close.small() }
                </button>
            </header>
            <div class="dialog__body" tabindex="0" role="group" aria-labelledby="about-title">
                <p>{ props.subject.definition() }</p>
                { content }
            </div>
        </dialog>
    }
}

fn behind(known: &Account, look: &Look, bytes: u64, requests: u64) -> Html {
    let format = &look.format;
    let count = |count: i64| number(&format.count(count), Some(&count.to_string()));
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let requests = i64::try_from(requests).unwrap_or(i64::MAX);
    let kilobytes = say!("{n} KB", n = format.decimals(bytes as f64 / 1e3, 1));
    let time = say!("{n} ms", n = format.decimals(known.milliseconds, 1));
    let mut origins: Vec<Origin> = Vec::new();
    for asked in &known.asked {
        if !origins.contains(&asked.origin) {
            origins.push(asked.origin);
        }
    }
    html! {
        <>
            <h3>{ say!("Behind it") }</h3>
            <dl class="facts">
                { for known.rows.iter().map(|(name, rows)| html! { <><dt>{ name }</dt><dd>{ count(*rows) }</dd></> }) }
                <dt>{ say!("Computed in") }</dt>
                <dd>{ number(&time, Some(&known.milliseconds.to_string())) }</dd>
                <dt>{ say!("Fetched by the page so far") }</dt>
                <dd>
                    { number(&kilobytes, Some(&bytes.to_string())) }
                    { " · " }{ say!("Requests") }{ " " }{ count(requests) }
                </dd>
                if !origins.is_empty() {
                    <dt>{ say!("Answered from") }</dt>
                    <dd>{ for origins.iter().map(|from| html! { <div>{ origin(*from) }</div> }) }</dd>
                }
            </dl>
            if let Some(sql) = &known.sql {
                <ul class="about__asked">
                    <li>
                        <details>
                            <summary>{ say!("The value in SQL") }</summary>
                            { statement(sql) }
                        </details>
                    </li>
                </ul>
            }
            if !known.asked.is_empty() {
                <h3>{ say!("What was asked") }</h3>
                <ul class="about__asked">{ for known.asked.iter().map(measure) }</ul>
            }
        </>
    }
}

fn measure(asked: &Asked) -> Html {
    let Some(sql) = &asked.sql else { return html! { <li>{ &asked.measure }</li> } };
    html! {
        <li>
            <details>
                <summary>{ &asked.measure }</summary>
                { statement(sql) }
            </details>
        </li>
    }
}

fn statement(sql: &str) -> Html {
    html! {
        <>
            <p class="quiet">{ say!("The same in SQL, on the snapshot's own tables:") }</p>
            <pre class="about__sql" tabindex="0" role="group" aria-label={"SQL"}><code>{ sql }</code></pre>
        </>
    }
}
