//! One customer: who it is, how it scores and why, what was spent, what has happened.

mod head;
mod record;
mod scores;
mod segment;
mod since;
mod spend;
mod timeline;

use facts::Overlay;
use words::say;
use yew::prelude::*;

use self::head::Head;
use self::record::{History, Profile, history, profile};
use self::scores::Scores;
use self::since::{Now, now};
use self::spend::Spend;
use self::timeline::Timeline;
use super::notice::Notices;
use crate::ask::{Lookup, use_lookup};
use crate::filter::GoTo;
use crate::host::shared::Shared;
use crate::session::store::use_store;
use crate::ui::{Failure, Icon, Route, Skeleton};

/// Which one.
#[derive(PartialEq, Properties)]
pub struct CustomerProps {
    /// Its id in the address.
    pub id: String,
}

/// The view.
#[component(Customer)]
pub fn customer(props: &CustomerProps) -> Html {
    let (found, retry) = use_lookup(props.id.clone(), profile);
    let id = found.found().and_then(|found| Some((**found).as_ref()?.id.clone()));
    let (events, retry_events) = use_lookup(id.unwrap_or_else(|| props.id.clone()), history);
    let now = use_now(&props.id, &found, &events);
    let content = match &found {
        // Who has come since needs no look-up.
        _ if now.is_new => {
            html! { <Found {now} failed={None::<AttrValue>} retry={retry_events} /> }
        }
        Lookup::Waiting => waiting(&props.id),
        Lookup::Failed(reason) => {
            let retry = retry.reform(|_: MouseEvent| ());
            html! {
                <>
                    { title(&props.id) }
                    <section class="card"><Failure reason={reason.clone()} {retry} /></section>
                </>
            }
        }
        Lookup::Found(found) if found.is_none() => nobody(&props.id),
        Lookup::Found(_) => {
            let failed = match &events {
                Lookup::Failed(reason) => Some(reason.clone()),
                _ => None,
            };
            html! { <Found {now} {failed} retry={retry_events} /> }
        }
    };
    html! {
        <>
            <p class="back">
                <GoTo to={Route::Customers} classes="back__link">
                    { Icon::Back.small() }
                    { say!("All customers") }
                </GoTo>
            </p>
            <Notices />
            { content }
        </>
    }
}

fn title(text: &str) -> Html {
    html! { <div class="page-head"><div><h1 tabindex="-1">{ text }</h1></div></div> }
}

fn waiting(id: &str) -> Html {
    html! {
        <>
            { title(id) }
            <section class="card" aria-busy="true"><div class="card__body"><Skeleton /></div></section>
        </>
    }
}

fn nobody(id: &str) -> Html {
    html! {
        <div class="state">
            { Icon::Empty.html() }
            <h1 tabindex="-1">{ say!("No such customer") }</h1>
            <p class="state__text">
                { say!("This snapshot has no customer with the id “{id}”. It may be in another one, or the link was cut.", id = id) }
            </p>
            <GoTo to={Route::Customers} classes="button button--primary">{ say!("All customers") }</GoTo>
        </div>
    }
}

/// What there is of the customer by now; what is drawn of it is drawn anew when it changes.
#[hook]
fn use_now(id: &str, found: &Lookup<Option<Profile>>, events: &Lookup<History>) -> Shared<Now> {
    let data = use_store().data().cloned();
    let of = (id.to_owned(), found.clone(), events.clone(), data);
    let now = use_memo(of, |(id, found, events, data)| {
        let profile: Option<&Profile> = found.found().and_then(|found| (**found).as_ref());
        let overlay = data.as_ref().and_then(|data| Overlay::of(&data.facts));
        Shared::new(now(id, profile, events.found().map(|events| &**events), overlay))
    });
    (*now).clone()
}

#[derive(PartialEq, Properties)]
struct FoundProps {
    now: Shared<Now>,
    failed: Option<AttrValue>,
    retry: Callback<()>,
}

/// A customer who is there.
#[component(Found)]
fn found(props: &FoundProps) -> Html {
    let FoundProps { now, failed, retry } = props;
    html! {
        <>
            <Head now={now.clone()} />
            if let Some(reason) = failed {
                <section class="card">
                    <Failure {reason} retry={retry.reform(|_: MouseEvent| ())} />
                </section>
            } else {
                <div class="profile">
                    <Spend now={now.clone()} />
                    <Scores now={now.clone()} />
                    <Timeline now={now.clone()} />
                </div>
            }
        </>
    }
}
