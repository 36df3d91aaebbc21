//! The whole list as a file: read in pieces, so that the page stays awake, and can be stopped.

mod list;
mod pace;
mod rows;

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;

use engine::EngineError;
use futures::future::{Either, select};
use words::say;
use yew::prelude::*;

use self::list::List;
use self::pace::Come;
use super::order::Order;
use crate::ask::use_format;
use crate::filter::{use_filters, use_view};
use crate::host::again;
use crate::host::page::use_page;
use crate::host::task::{self, Task};
use crate::look::prefs::use_prefs;
use crate::session::store::use_store;
use crate::session::supply::{Served, serve};
use crate::ui::{Icon, sentence};

/// Which list.
#[derive(PartialEq, Properties)]
pub struct TakeProps {
    /// Its order.
    pub order: Order,
    /// Its rows.
    pub count: u32,
}

#[derive(Clone, Default, PartialEq)]
enum Taking {
    #[default]
    Idle,
    Running(Come),
    /// It waits for the line to the host, and goes on by itself.
    Held(Come, String),
    Done,
    Failed(String),
}

/// The button that takes the list away, and how far it has come.
#[component(Take)]
pub fn take(props: &TakeProps) -> Html {
    let (store, view, page) = (use_store(), use_view(), use_page());
    let ((prefs, _), format) = (use_prefs(), use_format());
    let taking = use_state(Taking::default);
    let work = use_mut_ref(|| None::<Task>);
    {
        let (taking, work, query) =
            (taking.setter(), work.clone(), use_filters().query().to_owned());
        // Another list ends the one under way; the same one of a newer snapshot does not.
        use_effect_with((query, props.order), move |_| {
            work.take();
            taking.set(Taking::Idle);
        });
    }
    let Some((view, data)) = view.zip(store.data().cloned()) else { return html! {} };
    let start = {
        let (taking, work, dispatcher) = (taking.clone(), work.clone(), store.dispatcher());
        let (order, export, count) = (props.order, prefs.export, props.count);
        Callback::from(move |_: MouseEvent| {
            taking.set(Taking::Running(Come::default()));
            let (taking, view, supply) = (taking.setter(), view.clone(), data.supply().clone());
            // Should a newer snapshot take over, this one's answers are still wanted here.
            let served = Served::new(dispatcher.clone(), supply.clone(), None);
            let working = page.busy.begin();
            work.replace(Some(task::start(async move {
                let _working = working;
                let so_far = Cell::new(Come::default());
                let told = |come, held: Option<String>| {
                    so_far.set(come);
                    taking.set(match held {
                        Some(reason) => Taking::Held(come, reason),
                        None => Taking::Running(come),
                    });
                };
                let held = |error: EngineError| told(so_far.get(), Some(error.to_string()));
                let list = List::of(supply, view, order, count);
                taking.set(match while_served(&served, list.write(export, &told), held).await {
                    Ok(()) => Taking::Done,
                    Err(reason) => Taking::Failed(reason),
                });
            })));
        })
    };
    let stop = {
        let taking = taking.clone();
        Callback::from(move |_: MouseEvent| {
            work.take();
            taking.set(Taking::Idle);
        })
    };
    let label = say!("Download the list as CSV");
    html! {
        <>
            <span class="list__told" role="status">
                { match &*taking {
                    Taking::Idle | Taking::Running(_) => String::new(),
                    Taking::Done => say!("Saved"),
                    Taking::Held(_, reason) => {
                        let reason = sentence(reason);
                        say!("{reason} It goes on by itself when the connection is back.", reason)
                    }
                    Taking::Failed(reason) => sentence(reason),
                } }
            </span>
            if let Taking::Running(come) | Taking::Held(come, _) = &*taking {
                if let Some(format) = &format {
                    <span class="list__told">{ come.words(props.count, format) }</span>
                }
                <progress class="list__progress" max={props.count.to_string()} value={come.rows.to_string()} aria-label={say!("Reading the list")} />
                <button class="button" type="button" onclick={stop}>{ say!("Stop") }</button>
            } else {
                <button class="button" type="button" aria-label={label} onclick={start} disabled={props.count == 0}>
                    { Icon::Download.small() }
                    { "CSV" }
                </button>
            }
        </>
    }
}

/// Does some work while a snapshot answers what it asks, again after failures, of which `held` hears.
async fn while_served<T>(
    served: &Served,
    work: impl Future<Output = T>,
    held: impl Fn(EngineError),
) -> T {
    let mut work = pin!(work);
    for failures in 1.. {
        let failed = pin!(async {
            if let Some(error) = serve(served).await {
                held(error);
            }
            again::due(failures).await;
        });
        match select(work, failed).await {
            Either::Left((done, _)) => return done,
            Either::Right(((), left)) => work = left,
        }
    }
    work.await
}
