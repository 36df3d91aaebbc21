//! What the reader can choose: theme, the board, saved views, files; and what is kept where.

use gloo::timers::callback::Timeout;
use words::say;
use yew::prelude::*;

use super::card::card;
use super::notice::Notices;
use super::offline::OfflineCard;
use crate::board::BoardSettings;
use crate::filter::{GoTo, SavedViews};
use crate::look::ThemeSwitch;
use crate::look::language::TRANSLATED;
use crate::look::prefs::{ExportPrefs, PrefsChange, use_prefs};
use crate::session::store::use_store;
use crate::ui::{Route, Select};

/// Time for a choice to be kept before the page is loaded anew, in milliseconds.
const AFTERWARDS_MS: u32 = 100;

/// The view.
#[component(Settings)]
pub fn settings() -> Html {
    html! {
        <>
            <div class="page-head">
                <div>
                    <h1 tabindex="-1">{ say!("Settings") }</h1>
                    <p class="page-head__period">
                        { say!("Kept in this browser alone; nothing is sent anywhere.") }
                    </p>
                </div>
            </div>
            <Notices />
            <div class="columns settings">
                <Appearance />
                <Files />
                <OfflineCard />
                { saved() }
                <BoardSettings />
                <Privacy />
            </div>
        </>
    }
}

#[component(Appearance)]
fn appearance() -> Html {
    let (prefs, change) = use_prefs();
    let tags: Vec<(Option<&str>, String)> =
        [(None, say!("As the browser")), (Some("en"), "English".to_owned())]
            .into_iter()
            .chain(TRANSLATED.iter().map(|&(tag, name)| (Some(tag), name.to_owned())))
            .collect();
    let spoken = prefs.language.as_deref();
    let at = tags.iter().position(|(tag, _)| *tag == spoken).unwrap_or_default();
    let names: Vec<String> = tags.iter().map(|(_, name)| name.clone()).collect();
    let chosen = {
        let tags: Vec<Option<String>> =
            tags.iter().map(|(tag, _)| tag.map(str::to_owned)).collect();
        Callback::from(move |at: usize| {
            if let Some(tag) = tags.get(at) {
                change.emit(PrefsChange::Language(tag.clone()));
                // Words are learned before the first view stands: the page begins anew.
                Timeout::new(AFTERWARDS_MS, || {
                    // A page that cannot be loaded again speaks the language the next time.
                    let _ = gloo::utils::window().location().reload();
                })
                .forget();
            }
        })
    };
    let content = html! {
        <>
            <div class="setting">
                <span>
                    { say!("Theme") }
                    <span class="setting__below">{ say!("Light, dark, or as the system has it") }</span>
                </span>
                <ThemeSwitch name="settings-theme" />
            </div>
            <label class="setting" for="settings-language">
                <span>
                    { say!("Language") }
                    <span class="setting__below">{ say!("Of texts, numbers and dates; the page is loaded anew") }</span>
                </span>
                <Select id="settings-language" classes="setting__select" options={names} {at} {chosen} />
            </label>
        </>
    };
    card("settings-look", say!("Appearance"), content)
}

/// What stands in files that are taken away.
#[component(Files)]
fn files() -> Html {
    let (prefs, change) = use_prefs();
    let export = prefs.export;
    let switch = |id: &'static str, on: bool, title: String, below: String, after: ExportPrefs| {
        let press = change.reform(move |_: Event| PrefsChange::Export(after));
        html! {
            <label class="setting" for={id}>
                <span>
                    { title }
                    <span class="setting__below">{ below }</span>
                </span>
                <input {id} class="switch" type="checkbox" role="switch" checked={on} onchange={press} />
            </label>
        }
    };
    let content = html! {
        <>
            { switch(
                "settings-header",
                export.header,
                say!("Lines about the file"),
                say!("Filters, snapshot and definition above the table"),
                ExportPrefs { header: !export.header, ..export },
            ) }
            { switch(
                "settings-mark",
                export.byte_order_mark,
                say!("Mark for spreadsheets"),
                say!("Lets them recognise accents and other scripts"),
                ExportPrefs { byte_order_mark: !export.byte_order_mark, ..export },
            ) }
        </>
    };
    card("settings-files", say!("CSV files"), content)
}

fn saved() -> Html {
    card("settings-views", say!("Saved views"), html! { <SavedViews /> })
}

/// What is kept where.
#[component(Privacy)]
fn privacy() -> Html {
    let store = use_store();
    let id = store.manifest().map(|manifest| manifest.meta.snapshot_id.clone());
    let content = html! {
        <>
            <p>
                { say!("Everything on this page is computed in your browser. Names, addresses and purchases are read from the snapshot and never leave this tab; searches and SQL are answered here too.") }
            </p>
            <p>
                { say!("This browser keeps your preferences and saved views, and what “Offline” says. “Reset” above removes the preferences.") }
            </p>
            <p><GoTo to={Route::Diagnostics}>{ say!("Diagnostics: how this visit went") }</GoTo></p>
            if let Some(id) = id {
                <p class="quiet">{ say!("Snapshot") }{ " " }<code>{ id }</code></p>
            }
        </>
    };
    card("settings-privacy", say!("Data and privacy"), content)
}
