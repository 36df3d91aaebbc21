//! What the reader is told about the whole page: how loading goes, what failed, what is configured wrong.

use engine::{EngineError, Progress};
use words::say;
use yew::prelude::*;

use crate::card::sentence;
use crate::icon::Icon;
use crate::prefs::{Dropped, PrefsChange, use_prefs_store};
use crate::sign_in::ExposedNotice;
use crate::state::{Action, Load, Step};
use crate::store::use_store;

/// All notices that apply now.
#[component(Notices)]
pub fn notices() -> Html {
    let store = use_store();
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
            <ExposedNotice />
            <PrefsNotice />
            <LoadNotice />
        </>
    }
}

/// What of the reader's preferences could not be used or kept.
#[component(PrefsNotice)]
fn prefs_notice() -> Html {
    let kept = use_prefs_store();
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

#[component(LoadNotice)]
fn load_notice() -> Html {
    let store = use_store();
    match &store.load {
        Load::Failed(error) => {
            let kept = store.data.is_some();
            html! { <Failed error={error.clone()} {kept} after={store.retry_after()} /> }
        }
        // What is shown stands still while more is read, unless the reader waits for it.
        Load::Running(step) if store.data.is_none() => html! { <Running step={*step} /> },
        Load::Running(step @ Step::Reading(_)) if store.whole => html! { <Running step={*step} /> },
        _ => html! {},
    }
}

#[derive(PartialEq, Properties)]
struct FailedProps {
    error: EngineError,
    kept: bool,
    after: Option<u32>,
}

/// Why nothing, or nothing newer, can be shown.
#[component(Failed)]
fn failed(props: &FailedProps) -> Html {
    let store = use_store();
    let again = Callback::from(move |_| store.dispatch(Action::Retry));
    html! {
        <div class="notice notice--error" role="alert" data-error={props.error.code()}>
            { Icon::Warning.html() }
            <div class="notice__text">
                <strong>{ say!("The snapshot could not be read") }</strong>
                <p>
                    { sentence(&props.error.to_string()) }
                    if props.kept {
                        { " " }{ say!("What was read before is still shown.") }
                    }
                    if let Some(seconds) = props.after {
                        { " " }{ say!("Trying again in {seconds} s.", seconds = seconds) }
                    }
                </p>
            </div>
            <button class="button" type="button" onclick={again}>{ say!("Try now") }</button>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct RunningProps {
    step: Step,
}

/// How far the first load has come.
#[component(Running)]
fn running(props: &RunningProps) -> Html {
    let (label, progress) = match props.step {
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
