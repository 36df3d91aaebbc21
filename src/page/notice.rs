//! What the reader is told about the whole page: how loading goes, what failed, what is configured
//! wrong. Where all is well, and the code of it not needed, nothing.

use engine::EngineError;
use words::say;
use yew::prelude::*;

use super::read_so_far::read_of;
use super::whole::Whole;
use crate::filter::GoTo;
use crate::host::faults;
use crate::host::keeper::{Host, use_host};
use crate::look::Look;
use crate::look::prefs::{Dropped, PrefsChange, PrefsStore, use_prefs_store};
use crate::session::engine_http::may_help;
use crate::session::state::{Action, Load, LoadProgress, Step};
use crate::session::store::{Store, use_progress, use_store};
use crate::sign_in::{PARTS, SignInPart, use_sign_in};
use crate::ui::{Far, Icon, Later, Route, sentence};

/// Bytes that take so long to read that it is said how far it has come.
const MANY: u64 = 2_000_000;

/// Where the code of [`Told`] is.
pub static NOTICES: Far<(), Html> = Far::empty();

/// The notices, if there may be any.
#[component(Notices)]
pub fn notices() -> Html {
    let (store, kept, mode) = (use_store(), use_prefs_store(), use_sign_in().mode());
    let host = use_host();
    let all_is_well = use_progress().load == Load::Idle
        && host == Host::default()
        && store.setup.as_ref().is_none_or(|setup| setup.problems.is_empty())
        && !kept.refused
        && kept.dropped.is_empty()
        && !faults::is_aside()
        && !mode.is_alarming();
    if all_is_well {
        return html! {};
    }
    html! { <Later part={NOTICES.part(())} /> }
}

/// All notices that apply now.
#[component(Told)]
pub fn told() -> Html {
    let (store, kept, mode) = (use_store(), use_prefs_store(), use_sign_in().mode());
    let (progress, host) = (use_progress(), use_host());
    let problems = store.setup.as_ref().map(|setup| &setup.problems[..]).unwrap_or_default();
    html! {
        <>
            { for problems.iter().map(|problem| html! {
                <div class="notice notice--warning" role="status">
                    { Icon::Warning.html() }
                    <p class="notice__text">
                        { say!("{problem}. The default is used.", problem = problem) }
                    </p>
                </div>
            }) }
            if mode.is_alarming() {
                <Later part={PARTS.part(SignInPart::Exposed)} />
            }
            if faults::is_aside() {
                { aside() }
            }
            { of_prefs(&kept) }
            if host.is_newer() && !host.is_lost() {
                <Newer />
            }
            // What lies in this tab needs no host.
            if host.is_lost() && store.own.is_none() {
                { away(&store) }
            }
            { of_load(&store, &progress, host.is_lost()) }
        </>
    }
}

/// The page was begun without the reader's preferences.
fn aside() -> Html {
    let back = Callback::from(|_: MouseEvent| faults::take_back());
    html! {
        <div class="notice notice--warning" role="status" data-notice="aside">
            { Icon::Warning.html() }
            <p class="notice__text">
                { say!("Your preferences are set aside, since the page had stopped more than once. \
                        What you change now lasts as long as this page.") }
            </p>
            <button class="button" type="button" onclick={back}>{ say!("Use them again") }</button>
        </div>
    }
}

/// The host has another build of the page: it is offered, since the reader may be in the middle of
/// something.
#[component(Newer)]
fn newer() -> Html {
    let put_off = use_state(|| false);
    if *put_off {
        return html! {};
    }
    let later = Callback::from(move |_: MouseEvent| put_off.set(true));
    let now = Callback::from(|_: MouseEvent| {
        // A page that cannot be loaded again stays as it is, and works.
        let _ = gloo::utils::window().location().reload();
    });
    html! {
        <div class="notice" role="status" data-notice="newer">
            { Icon::Info.html() }
            <p class="notice__text">{ say!("A new version of this page is ready.") }</p>
            <button class="button" type="button" onclick={later}>{ say!("Not now") }</button>
            <button class="button button--primary" type="button" onclick={now}>{ say!("Reload") }</button>
        </div>
    }
}

/// The host cannot be reached: of which day the numbers are, and what that means.
fn away(store: &Store) -> Html {
    let day = store
        .manifest()
        .map(|manifest| Look::new(&manifest.meta, false).format.day(manifest.meta.as_of));
    let dispatcher = store.dispatcher();
    let again = Callback::from(move |_: MouseEvent| dispatcher.dispatch(Action::Retry));
    html! {
        <div class="notice notice--warning" role="status" data-notice="offline">
            { Icon::Warning.html() }
            <div class="notice__text">
                <strong>
                    { match day {
                        Some(day) => say!("Offline, data as of {day}", day = day),
                        None => say!("Offline"),
                    } }
                </strong>
                <p>{ say!("What this browser has kept is shown; the rest comes by itself as soon as the host can be reached.") }</p>
            </div>
            if store.failure.is_some() {
                <button class="button" type="button" onclick={again}>{ say!("Try now") }</button>
            }
        </div>
    }
}

/// What of the reader's preferences could not be used or kept.
fn of_prefs(kept: &PrefsStore) -> Html {
    let seen = {
        let kept = kept.clone();
        Callback::from(move |_: MouseEvent| kept.dispatch(PrefsChange::Seen))
    };
    let text = if kept.refused {
        say!(
            "This browser keeps no preferences: its storage is full or denied. What you change \
              lasts as long as this page."
        )
    } else if kept.dropped.is_empty() {
        return html! {};
    } else {
        let part = |dropped: &Dropped| format!("{} ({})", dropped.part, words::say(dropped.why));
        let parts: Vec<String> = kept.dropped.iter().map(part).collect();
        say!("Some of your preferences could not be used: {parts}.", parts = parts.join("; "))
    };
    html! {
        <div class="notice notice--warning" role="status" data-notice="preferences">
            { Icon::Warning.html() }
            <p class="notice__text">{ text }</p>
            <button class="button" type="button" onclick={seen}>{ say!("Understood") }</button>
        </div>
    }
}

fn of_load(store: &Store, progress: &LoadProgress, lost: bool) -> Html {
    match &progress.load {
        // The notice of that says it, and has the way to try again.
        Load::Failed(EngineError::Offline { .. }) if lost && store.manifest().is_some() => html! {},
        Load::Failed(error) => failed(error, store, progress),
        // What is shown stands still while more is read, unless the reader waits for it.
        Load::Running(step) if store.data().is_none() => running(*step, store),
        Load::Running(step @ Step::Reading(_)) if store.is_whole() => running(*step, store),
        Load::Running(step @ Step::Reading(read)) if read.total > MANY => running(*step, store),
        _ => html! {},
    }
}

/// Why nothing, or nothing newer, can be shown.
fn failed(error: &EngineError, store: &Store, progress: &LoadProgress) -> Html {
    let dispatcher = store.dispatcher();
    let again = Callback::from(move |_| dispatcher.dispatch(Action::Retry));
    let whole = store.manifest().filter(|manifest| may_help(error, &manifest.file)).cloned();
    html! {
        <div class="notice notice--error" role="alert" data-error={error.code()}>
            { Icon::Warning.html() }
            <div class="notice__text">
                <strong>{ say!("The snapshot could not be read") }</strong>
                <p>
                    { sentence(&error.to_string()) }
                    if store.data().is_some() {
                        { " " }{ say!("What was read before is still shown.") }
                    }
                    if let Some(seconds) = progress.retry_after() {
                        { " " }{ say!("Trying again in {seconds} s.", seconds = seconds) }
                    }
                </p>
                { for whole.map(|manifest| html! { <Whole {manifest} /> }) }
                <p><GoTo to={Route::Diagnostics}>{ say!("Diagnostics") }</GoTo></p>
            </div>
            <button class="button" type="button" onclick={again}>{ say!("Try now") }</button>
        </div>
    }
}

/// How far the first load has come.
fn running(step: Step, store: &Store) -> Html {
    let (label, progress) = match step {
        Step::Describing => (say!("Looking for the snapshot"), None),
        Step::Opening => (say!("Opening the snapshot"), None),
        Step::Reading(progress) => (say!("Reading customers and purchases"), Some(progress)),
    };
    let value = progress.filter(|progress| progress.total > 0);
    let format = store.manifest().map(|manifest| Look::new(&manifest.meta, false).format);
    html! {
        <div class="card progress" role="status">
            <label for="load-progress">{ label }</label>
            <span>{ for value.zip(format).map(|(value, format)| read_of(value, &format)) }</span>
            <progress
                id="load-progress"
                max={value.map(|progress| progress.total.to_string())}
                value={value.map(|progress| progress.loaded.to_string())}
            />
            if store.data().is_some() && !store.is_whole() {
                <p>
                    { say!("Customers and orders of several categories, or of days that are no whole \
                            months, do not add up: their rows are read once.") }
                </p>
            }
        </div>
    }
}
