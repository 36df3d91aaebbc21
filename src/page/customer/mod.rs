//! One customer: who it is, how it scores and why, what was spent, what has happened.

mod head;
mod record;
mod scores;
mod spend;
mod timeline;

use words::say;
use yew::prelude::*;

use self::head::Head;
use self::record::{Profile, history, profile};
use self::scores::Scores;
use self::spend::Spend;
use self::timeline::Timeline;
use super::notice::Notices;
use crate::ask::{Lookup, use_lookup};
use crate::filter::GoTo;
use crate::host::shared::Shared;
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
    let content = match &found {
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
        Lookup::Found(found) => match &**found {
            Some(_) => html! { <Found found={found.clone()} /> },
            None => nobody(&props.id),
        },
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

#[derive(PartialEq, Properties)]
struct FoundProps {
    found: Shared<Option<Profile>>,
}

/// A customer who is there.
#[component(Found)]
fn found(props: &FoundProps) -> Html {
    let id = props.found.as_ref().map(|profile| profile.id.clone()).unwrap_or_default();
    let (events, retry) = use_lookup(id, history);
    let failed = match &events {
        Lookup::Failed(reason) => Some(reason.clone()),
        _ => None,
    };
    let events = match events {
        Lookup::Found(events) => Some(events),
        _ => None,
    };
    let profile = props.found.clone();
    html! {
        <>
            <Head profile={profile.clone()} events={events.clone()} />
            if let Some(reason) = failed {
                <section class="card">
                    <Failure {reason} retry={retry.reform(|_: MouseEvent| ())} />
                </section>
            } else {
                <div class="profile">
                    <Spend profile={profile.clone()} events={events.clone()} />
                    <Scores {profile} events={events.clone()} />
                    <Timeline {events} />
                </div>
            }
        </>
    }
}
