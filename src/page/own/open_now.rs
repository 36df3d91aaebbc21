//! What is open of the reader's own: saved, or closed for the host's data again.

use words::say;
use yew::prelude::*;

use super::work::Work;
use crate::ask::use_format;
use crate::filter::GoTo;
use crate::host::brought::{self, Trouble};
use crate::host::page::use_page;
use crate::host::save;
use crate::host::task::{self, Task};
use crate::session::own::Own;
use crate::session::state::Action;
use crate::session::store::use_store;
use crate::ui::{Icon, Route, number};

/// How saving stands.
#[derive(Clone, Debug, PartialEq)]
enum Saving {
    Not,
    Running,
    Done,
    Failed,
}

/// What the card leads to.
#[derive(PartialEq, Properties)]
pub struct OpenNowProps {
    /// The steps of the view.
    pub work: Work,
}

/// The card; nothing where the host's data is open.
#[component(OpenNow)]
pub fn open_now(props: &OpenNowProps) -> Html {
    match use_store().own {
        Some(own) => html! { <Open {own} work={props.work.clone()} /> },
        None => html! {},
    }
}

#[derive(PartialEq, Properties)]
struct OpenProps {
    own: Own,
    work: Work,
}

#[component(Open)]
fn open(props: &OpenProps) -> Html {
    let (store, page, format) = (use_store(), use_page(), use_format());
    let folders = use_state_eq(|| false);
    {
        let folders = folders.setter();
        use_effect_with((), move |()| {
            let task = task::start(async move { folders.set(brought::writes_folders().await) });
            move || drop(task)
        });
    }
    let saving = use_state_eq(|| Saving::Not);
    let work = use_mut_ref(|| None::<Task>);
    let files = props.own.files.clone();
    let save_as = |into_folder: bool| {
        let (saving, work, files, page) =
            (saving.setter(), work.clone(), files.clone(), page.clone());
        Callback::from(move |_: MouseEvent| {
            let (saving, files, working) = (saving.clone(), files.clone(), page.busy.begin());
            saving.set(Saving::Running);
            work.replace(Some(task::start(async move {
                let _working = working;
                let saved = if into_folder {
                    brought::write_folder(&files.files, |_| {}).await
                } else {
                    let name = format!("{}.zip", stem(&files.name));
                    brought::zipped(&files.files).await.and_then(|archive| {
                        save::save_blob(&name, &archive).map_err(|_| Trouble::Refused)?;
                        Ok(true)
                    })
                };
                saving.set(match saved {
                    Ok(true) => {
                        files.made_here.set(false);
                        Saving::Done
                    }
                    Ok(false) => Saving::Not,
                    Err(_) => Saving::Failed,
                });
            })));
        })
    };
    let close = {
        let store = store.clone();
        let files = props.own.files.clone();
        Callback::from(move |_: MouseEvent| {
            // What was made here and lies nowhere else is asked for once more.
            let question = say!("It was not saved, and is gone then. Close it?");
            let window = gloo::utils::window();
            let is_meant =
                !files.made_here.get() || window.confirm_with_message(&question).unwrap_or(true);
            if is_meant {
                store.dispatch(Action::Host);
            }
        })
    };
    let again = {
        let work = props.work.clone();
        Callback::from(move |_: MouseEvent| work.look_again())
    };
    let meta = store.manifest().map(|manifest| &manifest.meta);
    let rows = |table: &str| meta.and_then(|meta| meta.rows.get(table)).copied().unwrap_or(0);
    let count = |label: String, rows: u64| {
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        let shown = format.as_ref().map_or_else(|| rows.to_string(), |format| format.count(rows));
        html! { <><dt>{ label }</dt><dd>{ number(&shown, Some(&rows.to_string())) }</dd></> }
    };
    let is_running = *saving == Saving::Running;
    html! {
        <section class="card" aria-labelledby="own-open" data-own="open">
            <div class="card__head"><h2 id="own-open" dir="auto">{ &props.own.files.name }</h2></div>
            <div class="card__body card__body--text">
                <p>{ say!("Open in this tab alone: it is gone when the tab is closed or loaded again.") }</p>
                <dl class="facts">
                    { count(say!("Customers"), rows("customer_360")) }
                    { count(say!("Purchase lines"), rows("purchase_transactions")) }
                    if let Some((meta, format)) = meta.zip(format.as_ref()) {
                        <dt>{ say!("Period") }</dt>
                        <dd>{ format!("{} – {}", format.day(meta.first_day), format.day(meta.last_day)) }</dd>
                    }
                </dl>
                <div class="own__buttons">
                    <GoTo to={Route::Dashboard} classes="button button--primary">
                        { say!("Open the dashboard") }
                    </GoTo>
                    if *folders {
                        <button class="button" type="button" disabled={is_running} onclick={save_as(true)}>
                            { Icon::Download.small() }
                            { say!("Save into a folder") }
                        </button>
                    }
                    <button class="button" type="button" disabled={is_running} onclick={save_as(false)}>
                        { Icon::Download.small() }
                        { say!("Save as one file") }
                    </button>
                    if props.work.knows_how() {
                        <button class="button" type="button" onclick={again}>
                            { say!("Change how it is read") }
                        </button>
                    }
                    <button class="button" type="button" onclick={close}>
                        { say!("Close, and show {source} again", source = props.own.host.config.brand.name) }
                    </button>
                </div>
                <p role="status" class="quiet">
                    { match &*saving {
                        Saving::Not => String::new(),
                        Saving::Running => say!("Saving …"),
                        Saving::Done => say!("Saved. It can be opened here again, or put on any static host."),
                        Saving::Failed => say!("It could not be saved: there may be no room for it, or no permission."),
                    } }
                </p>
            </div>
        </section>
    }
}

/// A file's name without what says its kind.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
