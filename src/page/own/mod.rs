//! Data of the reader's own: brought as files, looked at, read as the reader wants it, and opened in
//! this tab alone.

mod busy;
mod choose;
mod guess;
mod kept;
mod looked;
mod mapping;
mod open_now;
mod review;
mod stage;
mod why;
mod work;

use gloo::events::EventListener;
use words::say;
use yew::prelude::*;

use self::busy::doing;
use self::choose::Choose;
use self::open_now::OpenNow;
use self::review::Review;
use self::stage::Stage;
use self::work::{Work, use_work};
use super::notice::Notices;
use crate::host::brought;
use crate::ui::{Icon, focus, sentence};

/// The view.
#[component(Own)]
pub fn own() -> Html {
    let work = use_work();
    use_brought(&work);
    use_heading(&work);
    html! {
        <>
            <div class="page-head">
                <div>
                    <h1 tabindex="-1">{ say!("Your own data") }</h1>
                    <p class="page-head__period">
                        { say!("Read in this tab: no file of yours is sent anywhere.") }
                    </p>
                </div>
            </div>
            <Notices />
            <div class="own">
                <OpenNow work={work.clone()} />
                { stage(&work) }
            </div>
        </>
    }
}

/// What was dropped somewhere on the page is looked at, when the view opens and later.
#[hook]
fn use_brought(work: &Work) {
    let work = work.clone();
    use_effect_with((), move |()| {
        let look = move || {
            if let Some(entries) = brought::take() {
                work.bring(entries);
            }
        };
        look();
        let listening = EventListener::new(&gloo::utils::window(), brought::EVENT, move |_| look());
        move || drop(listening)
    });
}

/// Whoever has waited for a review begins at its top.
#[hook]
fn use_heading(work: &Work) {
    let was_busy = use_mut_ref(|| false);
    let is_busy = matches!(work.stage, Stage::Busy(_));
    use_effect_with(is_busy, move |&is_busy| {
        if was_busy.replace(is_busy) && !is_busy && !focus::is_within("header, dialog") {
            focus::give_to("#own-as");
        }
    });
}

fn stage(work: &Work) -> Html {
    match &work.stage {
        Stage::Choose(trouble) => html! {
            <>
                if let Some(trouble) = trouble {
                    <div class="notice notice--error" role="alert" data-own="trouble">
                        { Icon::Warning.html() }
                        <p>{ sentence(trouble) }</p>
                    </div>
                }
                { put_aside(work) }
                <Choose work={work.clone()} />
            </>
        },
        Stage::Busy(busy) => doing(busy, work),
        Stage::Review(review) => html! {
            <>
                { put_aside(work) }
                <Review review={review.clone()} work={work.clone()} />
            </>
        },
    }
}

/// The way back to what was changed, and then left for other files.
fn put_aside(work: &Work) -> Html {
    let Some(name) = work.aside() else { return html! {} };
    let back = {
        let work = work.clone();
        Callback::from(move |_: MouseEvent| work.back_to_aside())
    };
    html! {
        <div class="notice" role="status" data-own="aside">
            { Icon::Info.html() }
            <p class="notice__text" dir="auto">
                { say!("What you changed of {name} is kept aside.", name = name) }
            </p>
            <button class="button" type="button" onclick={back}>{ say!("Back to it") }</button>
        </div>
    }
}
