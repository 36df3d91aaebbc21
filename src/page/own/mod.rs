//! Data of the reader's own: brought as files, looked at, read as the reader wants it, and opened in
//! this tab alone.

mod busy;
mod choose;
mod guess;
mod looked;
mod mapping;
mod open_now;
mod review;
mod stage;
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
use crate::host::unsaved::use_asked_before_leaving;
use crate::ui::{Icon, sentence};

/// The view.
#[component(Own)]
pub fn own() -> Html {
    let work = use_work();
    use_brought(&work);
    let is_changed = matches!(&*work.stage, Stage::Review(looked) if !looked.is_as_guessed());
    use_asked_before_leaving(is_changed);
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

fn stage(work: &Work) -> Html {
    match &*work.stage {
        Stage::Choose(trouble) => html! {
            <>
                if let Some(trouble) = trouble {
                    <div class="notice notice--error" role="alert" data-own="trouble">
                        { Icon::Warning.html() }
                        <p>{ sentence(trouble) }</p>
                    </div>
                }
                <Choose work={work.clone()} />
            </>
        },
        Stage::Busy(busy) => doing(busy, work),
        Stage::Review(review) => html! { <Review review={review.clone()} work={work.clone()} /> },
    }
}
