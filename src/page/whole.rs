//! The offer to read a small snapshot as a whole, where its host serves no parts of files.

use engine::Progress;
use snapshot::Manifest;
use words::say;
use yew::prelude::*;

use super::read_so_far::{percent, read_of};
use crate::host::again;
use crate::host::page::use_page;
use crate::host::place;
use crate::host::shared::Shared;
use crate::host::task::{self, Task};
use crate::look::Look;
use crate::session::engine_http::read_whole;
use crate::session::insist::note;
use crate::session::state::Action;
use crate::session::store::use_store;
use crate::ui::sentence;

/// How reading stands.
#[derive(Clone, PartialEq)]
enum Reading {
    NotYet,
    Running(Progress),
    Failed(String),
}

/// Of which snapshot.
#[derive(PartialEq, Properties)]
pub struct WholeProps {
    /// What it is.
    pub manifest: Shared<Manifest>,
}

/// The button, then how far it has come, and the way to stop it.
#[component(Whole)]
pub fn whole(props: &WholeProps) -> Html {
    let (store, page) = (use_store(), use_page());
    let reading = use_state(|| Reading::NotYet);
    let work = use_mut_ref(|| None::<Task>);
    let format = Look::new(&props.manifest.meta, false).format;
    let start = {
        let (reading, work, manifest) = (reading.setter(), work.clone(), props.manifest.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(setup) = store.setup.clone() else { return };
            let (reading, manifest, store) = (reading.clone(), manifest.clone(), store.clone());
            // What is tried again by itself meanwhile would fail as before, and take this away.
            let (hold, working) = (again::hold(), page.busy.begin());
            reading.set(Reading::Running(Progress { loaded: 0, total: manifest.file.bytes }));
            work.replace(Some(task::start(async move {
                let (_hold, _working) = (hold, working);
                let address = place::absolute(&setup.config.snapshot);
                let told = |progress| reading.set(Reading::Running(progress));
                match read_whole(&address, &manifest.file, told).await {
                    Ok(()) => store.dispatch(Action::Retry),
                    Err(error) => {
                        note(&error);
                        reading.set(Reading::Failed(error.to_string()));
                    }
                }
            })));
        })
    };
    let stop = {
        let reading = reading.setter();
        Callback::from(move |_: MouseEvent| {
            work.take();
            reading.set(Reading::NotYet);
        })
    };
    let size = format.decimals(props.manifest.file.bytes as f64 / 1e6, 1);
    if let Reading::Running(progress) = *reading {
        return html! {
            <div class="buttons">
                <label for="whole-progress">
                    { say!("Reading the whole snapshot") }{ ", " }{ read_of(progress, &format) }
                </label>
                <progress
                    id="whole-progress"
                    max={progress.total.to_string()}
                    value={progress.loaded.to_string()}
                >
                    { percent(progress) }
                </progress>
                <button class="button" type="button" onclick={stop}>{ say!("Stop") }</button>
            </div>
        };
    }
    html! {
        <div class="buttons">
            <p>
                if let Reading::Failed(reason) = &*reading {
                    { sentence(reason) }{ " " }
                }
                { say!("It is small enough to be read once as a whole; then everything works.") }
            </p>
            <button class="button button--primary" type="button" onclick={start}>
                { say!("Read all of it, {size} MB", size = size) }
            </button>
        </div>
    }
}
