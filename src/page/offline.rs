//! The card "Offline" of the settings: what this browser keeps, keeping everything, clearing it.

use std::rc::Rc;

use gloo::events::EventListener;
use widgets::Format;
use words::say;
use yew::prelude::*;

use super::card::card;
use crate::ask::use_format;
use crate::host::offline::{self, Ending, Kept, Refusal, Share};
use crate::host::page::use_page;
use crate::host::place;
use crate::host::task::{self, Task};
use crate::session::store::use_store;
use crate::ui::number;

/// What is known of what is kept.
#[derive(Clone, Copy, Default, PartialEq)]
struct Known {
    kept: Option<Kept>,
    share: Option<Share>,
}

/// What the reader has asked for.
#[derive(Clone, PartialEq)]
enum Doing {
    /// Nothing, or it is done; what went wrong, if something did.
    Nothing(Option<Refusal>),
    /// Everything is being kept.
    Keeping(Share),
    /// What was kept was deleted.
    Cleared,
}

/// The card.
#[component(OfflineCard)]
pub fn offline_card() -> Html {
    let (store, page, format) = (use_store(), use_page(), use_format());
    let (known, doing) = (use_state(Known::default), use_state(|| Doing::Nothing(None)));
    let looked = use_state(|| 0_u32);
    let (work, ending) = (use_mut_ref(|| None::<Task>), use_mut_ref(|| None::<Rc<Ending>>));
    let setup = store.setup.clone();
    let hosts = setup.as_ref().filter(|setup| !setup.config.is_own);
    let manifest = hosts.map(|setup| place::absolute(&setup.config.snapshot));
    {
        let known = known.setter();
        // To ask how much there is would have it kept again.
        let cleared = matches!(*doing, Doing::Cleared | Doing::Nothing(Some(Refusal::Cleared)));
        let open = store.open.as_ref().map(|open| open.id().to_owned());
        let asked = (manifest.clone(), open, *looked, cleared);
        use_effect_with(asked, move |(manifest, _, _, cleared)| {
            let manifest = manifest.clone().filter(|_| !cleared);
            let working = page.busy.begin();
            let task = task::start(async move {
                let _working = working;
                let kept = offline::kept().await.unwrap_or_default();
                known.set(Known { kept: Some(kept), share: None });
                if let Some(manifest) = manifest.filter(|_| kept.works) {
                    // Without the host it is not known how much there is.
                    let share = offline::to_keep(&manifest).await.ok();
                    known.set(Known { kept: Some(kept), share });
                }
            });
            move || drop(task)
        });
    }
    {
        // Another window has deleted it; who keeps everything just now is told by that.
        let doing = doing.clone();
        use_effect(move || {
            let window = gloo::utils::window();
            let heard = EventListener::new(&window, "hub-forgotten", move |_| {
                if matches!(*doing, Doing::Nothing(_)) {
                    doing.set(Doing::Nothing(Some(Refusal::Cleared)));
                }
            });
            move || drop(heard)
        });
    }
    let look = {
        let looked = looked.clone();
        Callback::from(move |()| looked.set(*looked + 1))
    };
    let keep = {
        let (doing, look, work, ending) =
            (doing.setter(), look.clone(), work.clone(), ending.clone());
        Callback::from(move |_: MouseEvent| {
            let (Some(manifest), Some(end)) = (manifest.clone(), Ending::new()) else { return };
            ending.replace(Some(end.clone()));
            doing.set(Doing::Keeping(Share::default()));
            let (doing, look) = (doing.clone(), look.clone());
            work.replace(Some(task::start(async move {
                let told = doing.clone();
                let tell = move |share| told.set(Doing::Keeping(share));
                let ended = offline::keep_all(&manifest, &end, tell).await;
                doing.set(Doing::Nothing(ended.err()));
                look.emit(());
            })));
        })
    };
    let cancel = Callback::from(move |_: MouseEvent| {
        if let Some(ending) = ending.take() {
            ending.end();
        }
    });
    let clear = {
        let doing = doing.setter();
        Callback::from(move |_: MouseEvent| {
            let (doing, look) = (doing.clone(), look.clone());
            work.replace(Some(task::start(async move {
                let cleared = offline::clear().await;
                doing
                    .set(cleared.map_or_else(|why| Doing::Nothing(Some(why)), |()| Doing::Cleared));
                look.emit(());
            })));
        })
    };
    let host = setup
        .as_ref()
        .map(|setup| (setup.config.keep.as_str(), setup.config.sign_in.is_required()));
    let content = match (&known.kept, host) {
        (_, Some(("never", _))) => html! {
            <p>{ say!("Whoever hosts this page wants nothing of it kept in browsers.") }</p>
        },
        (_, Some(("open", true))) => html! {
            <p>{ say!("Behind a sign-in nothing is kept in this browser.") }</p>
        },
        (None, _) => html! { <p role="status">{ say!("Looking at what is kept") }</p> },
        (Some(kept), _) if !kept.works => html! {
            <p>
                { say!("This browser keeps nothing of this page: it has no storage for it, or has not kept it yet. After a visit over a secure connection it does.") }
            </p>
        },
        (Some(kept), _) => html! {
            <>
                <p>
                    { say!("What was read opens without a network, too: page, numbers and filters. It is kept by names that never change, so nothing of it can be out of date.") }
                </p>
                { amounts(kept, known.share, format.as_ref()) }
                { state(&doing, known.share, format.as_ref()) }
                <div class="buttons">
                    if matches!(*doing, Doing::Keeping(_)) {
                        <button class="button" type="button" onclick={cancel}>{ say!("Cancel") }</button>
                    } else {
                        if let Some(share) = known.share.filter(|share| share.here < share.all) {
                            <button class="button button--primary" type="button" onclick={keep}>
                                { say!("Keep everything offline ({size})", size = size(share.all - share.here, format.as_ref())) }
                            </button>
                        }
                        if kept.files + kept.data > 0.0 {
                            <button class="button" type="button" onclick={clear}>
                                { say!("Delete what is kept") }
                            </button>
                        }
                    }
                </div>
            </>
        },
    };
    card("settings-offline", say!("Offline"), content)
}

fn amounts(kept: &Kept, share: Option<Share>, format: Option<&Format>) -> Html {
    let row = |name: String, bytes: f64| {
        html! {
            <div class="setting">
                <span>{ name }</span>
                <span>{ number(&size(bytes, format), Some(&bytes.to_string())) }</span>
            </div>
        }
    };
    html! {
        <div>
            { row(say!("Kept of the page"), kept.files) }
            { row(say!("Kept of the data"), kept.data) }
            { for share.map(|share| row(say!("All of page and data"), share.all)) }
            { row(say!("Free for this site"), kept.free) }
        </div>
    }
}

/// How what was asked for goes, or went.
fn state(doing: &Doing, share: Option<Share>, format: Option<&Format>) -> Html {
    let text = match doing {
        Doing::Keeping(Share { here, all }) => {
            let label =
                say!("{here} of {all} kept", here = size(*here, format), all = size(*all, format));
            return html! {
                <div role="status">
                    <label for="offline-progress">{ label }</label>
                    <progress
                        id="offline-progress"
                        max={(*all > 0.0).then(|| all.to_string())}
                        value={(*all > 0.0).then(|| here.to_string())}
                    />
                </div>
            };
        }
        Doing::Nothing(Some(why)) => {
            return html! {
                <p class="notice notice--error" role="alert" data-refusal={format!("{why:?}")}>{ told(*why) }</p>
            };
        }
        Doing::Cleared => say!(
            "Nothing is kept any more. What is read from now on is kept again at the next visit."
        ),
        Doing::Nothing(None) => match share {
            Some(share) if share.here >= share.all => {
                say!("Everything is kept: every view works without a network.")
            }
            Some(_) => return html! {},
            None => say!("How much there is to keep is not known: the host cannot be reached."),
        },
    };
    html! { <p role="status">{ text }</p> }
}

fn told(why: Refusal) -> String {
    match why {
        Refusal::Room => say!(
            "This browser has no room for all of it. What was kept until now stays; delete what other sites keep, or go on with what was read."
        ),
        Refusal::Lost => say!(
            "The host did not send all of it. What was kept until now stays; try again when the connection is better."
        ),
        Refusal::Denied => say!("This browser refuses to keep it."),
        Refusal::Cleared => say!(
            "What was kept has been deleted meanwhile, in another window or because it may not be kept any more. Nothing is kept now."
        ),
        Refusal::Ended => say!("Cancelled. What was kept until now stays."),
    }
}

/// Bytes in the unit that reads best.
fn size(bytes: f64, format: Option<&Format>) -> String {
    let decimals = |value: f64, places: usize| match format {
        Some(format) => format.decimals(value, places),
        None => format!("{value:.places$}"),
    };
    match bytes {
        ..1e6 => format!("{} KB", decimals(bytes / 1e3, 0)),
        ..1e9 => format!("{} MB", decimals(bytes / 1e6, 1)),
        _ => format!("{} GB", decimals(bytes / 1e9, 1)),
    }
}
