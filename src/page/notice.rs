//! What the reader is told about the whole page: how loading goes, what failed, what is configured
//! wrong. Where all is well, and the code of it not needed, nothing.

use engine::{EngineError, Progress};
use words::say;
use yew::prelude::*;

use crate::look::prefs::{Dropped, PrefsChange, PrefsStore, use_prefs_store};
use crate::session::state::{Action, Load, LoadProgress, Step};
use crate::session::store::{Store, use_progress, use_store};
use crate::sign_in::{PARTS, SignInPart, use_sign_in};
use crate::ui::{Far, Icon, Later, sentence};

/// Where the code of [`Told`] is.
pub static NOTICES: Far<(), Html> = Far::empty();

/// The notices, if there may be any.
#[component(Notices)]
pub fn notices() -> Html {
    let (store, kept, mode) = (use_store(), use_prefs_store(), use_sign_in().mode());
    let all_is_well = use_progress().load == Load::Idle
        && store.setup.as_ref().is_none_or(|setup| setup.problems.is_empty())
        && !kept.refused
        && kept.dropped.is_empty()
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
    let progress = use_progress();
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
            { of_prefs(&kept) }
            { of_load(&store, &progress) }
        </>
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

fn of_load(store: &Store, progress: &LoadProgress) -> Html {
    match &progress.load {
        Load::Failed(error) => failed(error, store, progress),
        // What is shown stands still while more is read, unless the reader waits for it.
        Load::Running(step) if store.data().is_none() => running(*step),
        Load::Running(step @ Step::Reading(_)) if store.is_whole() => running(*step),
        _ => html! {},
    }
}

/// Why nothing, or nothing newer, can be shown.
fn failed(error: &EngineError, store: &Store, progress: &LoadProgress) -> Html {
    let dispatcher = store.dispatcher();
    let again = Callback::from(move |_| dispatcher.dispatch(Action::Retry));
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
            </div>
            <button class="button" type="button" onclick={again}>{ say!("Try now") }</button>
        </div>
    }
}

/// How far the first load has come.
fn running(step: Step) -> Html {
    let (label, progress) = match step {
        Step::Describing => (say!("Looking for the snapshot"), None),
        Step::Opening => (say!("Opening the snapshot"), None),
        Step::Reading(progress) => (say!("Reading the snapshot"), Some(progress)),
    };
    let value = progress.filter(|progress| progress.total > 0);
    html! {
        <div class="card progress" role="status">
            <label for="load-progress">{ label }</label>
            <span>{ for value.map(percent) }</span>
            <progress
                id="load-progress"
                max={value.map(|progress| progress.total.to_string())}
                value={value.map(|progress| progress.loaded.to_string())}
            />
        </div>
    }
}

fn percent(progress: Progress) -> String {
    let share = u128::from(progress.loaded) * 100 / u128::from(progress.total.max(1));
    format!("{share}%")
}
