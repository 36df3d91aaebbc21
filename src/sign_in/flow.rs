//! Moves the sign-in on: looks for the edge, renews the session, hears other tabs and refusals.

use futures::future::join;
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{PageTransitionEvent, VisibilityState};
use yew::prelude::*;

use super::edge::{self, Answer};
use super::handle::Handle;
use super::leaving;
use super::provider::use_sign_in;
use super::session::{Session, now};
use super::state::{Event, Probe, Stage};
use super::tabs::{News, Tabs};
use super::trouble::Trouble;
use crate::host::page::use_page;
use crate::host::{again, place, task};
use crate::session::config::GoogleConfig;
use crate::session::store::{Store, use_store};
use crate::session::{access, engine_http};

/// An edge that did not answer is asked again as after so many failures at first: the page that says
/// so is to be read.
const FIRST_WAIT: u32 = 4;

/// Seconds after its end at which a session that cannot be renewed is looked at.
const AFTER_THE_END: f64 = 0.5;

/// What the address brought along.
#[derive(PartialEq, Properties)]
pub struct KeeperProps {
    /// Why the reader was led here, as the edge function says.
    pub code: Option<String>,
}

/// Moves the sign-in on for as long as it stands; shows nothing.
#[component(Keeper)]
pub fn keeper(props: &KeeperProps) -> Html {
    let (store, handle) = (use_store(), use_sign_in());
    use_look(&handle, &store, props.code.clone());
    use_renewal(&handle, &store);
    use_waking(&handle, &store);
    use_other_tabs(&handle, &store);
    use_refusals(&handle, &store);
    use_second_probe(&handle, &store);
    use_coming_back(&handle);
    html! {}
}

/// Asks the edge who is here, and the data's host whether it refuses strangers.
#[hook]
fn use_look(handle: &Handle, store: &Store, code: Option<String>) {
    let page = use_page();
    let (handle, setup) = (handle.clone(), store.setup.clone());
    use_effect_with((handle.stage == Stage::Looking, handle.looks), move |&(looking, looks)| {
        let google = handle.google().filter(|_| looking);
        let task = google.zip(setup).map(|(google, setup)| {
            let working = page.busy.begin();
            let news = code.filter(|_| looks == 0);
            task::start(async move {
                let _working = working;
                let manifest = place::absolute(&setup.config.snapshot);
                let asked =
                    join(edge::validate(&google.validation_endpoint), edge::probe(&manifest));
                let (standing, data) = asked.await;
                let edge = matches!(standing, Answer::Good(_) | Answer::Refused(_));
                handle.send(Event::Found { edge, data });
                handle.send(outcome(standing, data, news.as_deref()));
            })
        });
        move || drop(task)
    });
}

/// An edge that could not be reached is asked again by itself.
#[hook]
fn use_coming_back(handle: &Handle) {
    let handle = handle.clone();
    let passes = matches!(handle.trouble, Some(Trouble::Offline | Trouble::EdgeDown));
    use_effect_with(
        (passes && handle.stage == Stage::Closed, handle.looks),
        move |&(away, looks)| {
            let task = away.then(|| {
                task::start(async move {
                    again::due(FIRST_WAIT + looks).await;
                    handle.send(Event::Look);
                })
            });
            move || drop(task)
        },
    );
}

/// What follows from the first look; `news` is what the address brought along.
fn outcome(standing: Answer<Session>, data: Probe, news: Option<&str>) -> Event {
    let news = news.map(Trouble::of_code);
    match standing {
        Answer::Good(session) => Event::Admit(session),
        Answer::Refused(code) => match Trouble::of_code(&code) {
            trouble @ (Trouble::EdgeUnconfigured
            | Trouble::EdgeMismatch(_)
            | Trouble::EdgeDown
            | Trouble::KeysUnavailable) => Event::Close(trouble),
            _ if news.is_some() || code == "no_session" => Event::Ask(news),
            trouble => Event::Ask(Some(trouble)),
        },
        Answer::NoEdge if data == Probe::Refused => Event::Close(Trouble::NoEdge),
        Answer::NoEdge => Event::Ask(news),
        Answer::Unreachable if gloo::utils::window().navigator().on_line() => {
            Event::Close(Trouble::EdgeDown)
        }
        Answer::Unreachable => Event::Close(Trouble::Offline),
    }
}

/// Renews the session before it ends; where that cannot be, tells when it has ended.
#[hook]
fn use_renewal(handle: &Handle, store: &Store) {
    let (handle, store) = (handle.clone(), store.clone());
    let session = handle.session.clone().filter(|_| handle.stage == Stage::In);
    use_effect_with((session, handle.edge), move |(session, edge)| {
        let edge = *edge;
        let task = session.clone().zip(handle.google()).map(|(session, google)| {
            task::start(async move {
                let left = session.seconds_left(now()).max(0.0) + AFTER_THE_END;
                let renewable = edge && !session.is_final();
                sleep(if renewable { session.renew_in(now()) } else { left }).await;
                if !edge {
                    return handle.send(Event::End(Trouble::SessionExpired));
                }
                let mut failures = FIRST_WAIT;
                while !renew(&handle, &store, &google).await {
                    again::due(failures).await;
                    failures += 1;
                }
            })
        });
        move || drop(task)
    });
}

/// Asks the edge for the session; false if it did not answer.
async fn renew(handle: &Handle, store: &Store, google: &GoogleConfig) -> bool {
    match edge::validate(&google.validation_endpoint).await {
        Answer::Good(session) => handle.admit(store, session),
        Answer::Refused(code) => match Trouble::of_code(&code) {
            Trouble::EdgeDown | Trouble::EdgeUnconfigured => return false,
            trouble => handle.send(Event::End(trouble)),
        },
        Answer::NoEdge | Answer::Unreachable => return false,
    }
    true
}

async fn sleep(seconds: f64) {
    TimeoutFuture::new((seconds * 1000.0) as u32).await;
}

/// Timers stand still while a machine sleeps and while a page waits behind Back: looks at once
/// when the page is seen again.
#[hook]
fn use_waking(handle: &Handle, store: &Store) {
    let (handle, store) = (handle.clone(), store.clone());
    let due = handle.session.as_ref().map(|session| now() + session.renew_in(now()));
    let due = due.filter(|_| handle.stage == Stage::In && handle.edge);
    use_effect_with(handle.session.clone(), move |_| {
        let listeners = due.zip(handle.google()).map(|(due, google)| {
            ["visibilitychange", "pageshow"].map(|name| {
                let (handle, store, google) = (handle.clone(), store.clone(), google.clone());
                let target: web_sys::EventTarget = match name {
                    "pageshow" => gloo::utils::window().into(),
                    _ => gloo::utils::document().into(),
                };
                EventListener::new(&target, name, move |event| {
                    let page = event.dyn_ref::<PageTransitionEvent>();
                    let seen =
                        gloo::utils::document().visibility_state() == VisibilityState::Visible;
                    let back = page.is_some_and(PageTransitionEvent::persisted);
                    if back || (seen && now() >= due) {
                        let (handle, store, google) =
                            (handle.clone(), store.clone(), google.clone());
                        spawn_local(async move {
                            renew(&handle, &store, &google).await;
                        });
                    }
                })
            })
        });
        move || drop(listeners)
    });
}

/// Who signs out in one tab is signed out in all; who signs in is let in everywhere.
#[hook]
fn use_other_tabs(handle: &Handle, store: &Store) {
    let (handle, store) = (handle.clone(), store.clone());
    use_effect_with((handle.google().is_some(), handle.stage, handle.edge), move |_| {
        if let Some(google) = handle.google() {
            let mouth = handle.clone();
            let heard = Callback::from(move |news| match news {
                News::Out if handle.stage == Stage::In || handle.has_ended() => {
                    leaving::leave(&handle, &store, "signed_out_elsewhere");
                }
                News::In if handle.edge && matches!(handle.stage, Stage::Asked | Stage::In) => {
                    let (handle, store, google) = (handle.clone(), store.clone(), google.clone());
                    spawn_local(async move {
                        let standing = edge::validate(&google.validation_endpoint).await;
                        if let Answer::Good(session) = standing {
                            handle.admit(&store, session);
                        }
                    });
                }
                _ => {}
            });
            mouth.hear_tabs(Tabs::listen(mouth.edge, heard));
        }
    });
}

/// Whoever the data's host refuses waits until somebody has signed in again.
#[hook]
fn use_refusals(handle: &Handle, store: &Store) {
    let (handle, store) = (handle.clone(), store.clone());
    let (edge, stage) = (handle.edge, handle.stage);
    use_effect_with(edge, move |&edge| {
        access::keep(handle.google().filter(|_| edge).map(|google| {
            Callback::from(move |()| {
                let (handle, store, google) = (handle.clone(), store.clone(), google.clone());
                spawn_local(async move {
                    match edge::validate(&google.validation_endpoint).await {
                        Answer::Good(session) => {
                            handle.admit(&store, session);
                            access::answer(true);
                        }
                        Answer::Refused(code) => {
                            handle.send(Event::End(Trouble::of_code(&code)));
                        }
                        Answer::NoEdge | Answer::Unreachable => access::answer(false),
                    }
                });
            })
        }));
        || access::keep(None)
    });
    use_effect_with(stage, |&stage| {
        if stage == Stage::In {
            access::answer(true);
        }
    });
}

/// The description may be guarded and the snapshot itself not: that is looked at, too.
#[hook]
fn use_second_probe(handle: &Handle, store: &Store) {
    let handle = handle.clone();
    let manifest = store.manifest().cloned().filter(|_| handle.stage == Stage::In && handle.edge);
    let setup = store.setup.clone();
    use_effect_with(manifest, move |manifest| {
        let first = manifest.as_ref().zip(setup).and_then(|(manifest, setup)| {
            engine_http::first_address(&place::absolute(&setup.config.snapshot), &manifest.file)
        });
        let task = first.map(|first| {
            task::start(async move {
                match edge::probe(&first).await {
                    Probe::Silent => {}
                    told => handle.send(Event::Probed(told)),
                }
            })
        });
        move || drop(task)
    });
}
