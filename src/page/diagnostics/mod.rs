//! How this visit went: requests, times, errors, versions, storage, browser; to be copied for
//! whoever mends a fault.

mod collected;
mod sections;

use std::rc::Rc;

use snapshot::Currency;
use widgets::Format;
use words::{key, say};
use yew::prelude::*;

use self::collected::{Collected, Noted};
use self::sections::{Section, Told, sections, text};
use super::notice::Notices;
use crate::ask::use_format;
use crate::host::page::use_page;
use crate::host::task;
use crate::look::language;
use crate::session::store::{Store, use_store};
use crate::ui::{CopyDetails, Skeleton, phrase, sentence};

/// What was found, once it was looked for.
#[derive(Clone, PartialEq)]
enum Found {
    Nothing,
    All(Rc<Collected>, Rc<Vec<Noted>>),
    Missing,
}

/// The view.
#[component(Diagnostics)]
pub fn diagnostics() -> Html {
    let (store, page, format) = (use_store(), use_page(), use_format());
    let found = use_state(|| Found::Nothing);
    let times = use_state(|| 0_u32);
    {
        let found = found.setter();
        use_effect_with(*times, move |_| {
            let working = page.busy.begin();
            let task = task::start(async move {
                let _working = working;
                found.set(match collected::collect().await {
                    Some(all) => Found::All(Rc::new(all), Rc::new(collected::noted())),
                    None => Found::Missing,
                });
            });
            move || drop(task)
        });
    }
    let again = Callback::from(move |_: MouseEvent| times.set(*times + 1));
    let format = format.unwrap_or_else(plain);
    let content = match &*found {
        Found::Nothing => html! { <Skeleton /> },
        Found::Missing => html! {
            <div class="state" role="alert">
                <p class="state__text">{ say!("The script that measures did not come. Try again.") }</p>
            </div>
        },
        Found::All(collected, noted) => {
            let told = Told {
                collected,
                manifest: store.manifest().map(|it| &**it),
                data: store.data().map(|it| &**it),
                format: &format,
            };
            all(&sections(&told), noted, &format)
        }
    };
    let beacon = store.setup.as_ref().and_then(|setup| setup.config.beacon.clone());
    html! {
        <>
            <div class="page-head page-head--words">
                <div>
                    <h1 tabindex="-1">{ say!("Diagnostics") }</h1>
                    <p class="page-head__period">{ sent(beacon) }</p>
                </div>
                <div class="page-head__tools">
                    { for copy(&found, &store, &format) }
                    <button class="button" type="button" onclick={again}>{ say!("Measure again") }</button>
                </div>
            </div>
            <Notices />
            { content }
        </>
    }
}

/// How numbers are written where no snapshot says in which currency.
fn plain() -> Format {
    Format::new(language::locale(), Currency { code: String::new(), exponent: 0 })
}

/// The button that copies all of it.
fn copy(found: &Found, store: &Store, format: &Format) -> Option<Html> {
    let Found::All(collected, noted) = found else { return None };
    let told = Told {
        collected,
        manifest: store.manifest().map(|it| &**it),
        data: store.data().map(|it| &**it),
        format,
    };
    let text = text(&sections(&told), noted);
    Some(html! { <CopyDetails {text} label={say!("Copy as text")} bare=true /> })
}

/// Who is told of this.
fn sent(beacon: Option<String>) -> Html {
    match beacon {
        None => html! { say!("Kept in this tab alone; nothing is sent anywhere.") },
        Some(address) => phrase(
            key!(
                "Kept in this tab. When the page is put aside, times, counts of requests and kinds \
                 of errors go to {address}; never names, numbers of the data, filters or addresses."
            ),
            &[("address", html! { <code>{ address }</code> })],
        ),
    }
}

fn all(sections: &[Section], noted: &[Noted], format: &Format) -> Html {
    html! {
        <div class="columns">
            { for sections.iter().map(section) }
            { errors(noted, format) }
        </div>
    }
}

fn section(section: &Section) -> Html {
    html! {
        <section class="card" aria-labelledby={section.id}>
            <div class="card__head"><h2 id={section.id}>{ &section.title }</h2></div>
            <div class="card__body card__body--text">
                <dl class="facts">
                    { for section.lines.iter().map(|(name, value)| html! {
                        <><dt>{ name }</dt><dd>{ value }</dd></>
                    }) }
                </dl>
            </div>
        </section>
    }
}

fn errors(noted: &[Noted], format: &Format) -> Html {
    let line = |noted: &Noted| {
        let at = noted.at.and_then(|at| i64::try_from(at / 1000).ok());
        let at = at.map_or_else(
            || say!("before"),
            |seconds| say!("after {seconds} s", seconds = format.count(seconds)),
        );
        html! { <li><code>{ &noted.kind }</code>{ ", " }{ at }{ ": " }{ sentence(&noted.text) }</li> }
    };
    html! {
        <section class="card" aria-labelledby="errors">
            <div class="card__head"><h2 id="errors">{ say!("Errors of this visit") }</h2></div>
            <div class="card__body card__body--text">
                if noted.is_empty() {
                    <p>{ say!("None.") }</p>
                } else {
                    <ol class="errors">{ for noted.iter().map(line) }</ol>
                }
            </div>
        </section>
    }
}
