//! What came since the snapshot was made, and whether it is to count.

use words::say;
use yew::prelude::*;

use super::spoken;
use crate::ask::use_format;
use crate::filter::GoTo;
use crate::session::live::{Came, Live, Told};
use crate::session::store::use_store;
use crate::ui::Route;

/// Events that are listed.
const LISTED: usize = 30;

/// What is shown.
#[derive(PartialEq, Properties)]
pub struct PanelProps {
    /// How it stands.
    pub live: Live,
    /// The same in words.
    pub sentence: String,
}

/// The panel below the button.
#[component(Panel)]
pub fn panel(props: &PanelProps) -> Html {
    let (store, format) = (use_store(), use_format());
    let live = &props.live;
    let pause = {
        let (teller, paused) = (live.teller.clone(), live.paused);
        Callback::from(move |_: MouseEvent| {
            if let Some(teller) = &teller {
                teller.tell(Told::Paused(!paused));
            }
        })
    };
    let since = store.data().zip(format.as_ref()).map(|(data, format)| {
        let published = data.supply().meta().as_of;
        say!(
            "{n} counted since the snapshot of {day}",
            n = format.count(live.counted as i64),
            day = format.day(published)
        )
    });
    html! {
        <div class="live__panel" id="live-panel" role="group" aria-label={say!("Live data")}>
            <p class="live__state">{ &props.sentence }</p>
            <p class="quiet">
                { for since }
                if live.refused > 0 {
                    { " · " }{ say!("{n} not counted", n = live.refused) }
                }
            </p>
            <button class="button live__pause" type="button" aria-pressed={live.paused.to_string()} onclick={pause}>
                { if live.paused { say!("Go on") } else { say!("Pause") } }
            </button>
            if let Some(format) = &format {
                if live.recent.is_empty() {
                    <p class="quiet">{ say!("Nothing has come yet.") }</p>
                } else {
                    <ol class="live__list" tabindex="0" aria-label={say!("What came last")}>
                        { for live.recent.iter().take(LISTED).map(|came| item(came, format)) }
                    </ol>
                }
            }
            <p class="quiet live__note">
                { say!("Every number, list and chart follows, whatever the filter. Customers keep the classes that the snapshot gave them, unless an event says otherwise.") }
            </p>
        </div>
    }
}

fn item(came: &Came, format: &widgets::Format) -> Html {
    let spoken = spoken::event(came, format);
    let name = came.event.customer().map(|id| {
        let name = came.name.clone().unwrap_or_else(|| id.to_owned());
        html! { <GoTo to={Route::Customer { id: id.to_owned() }}>{ name }</GoTo> }
    });
    html! {
        <li key={came.event.seq} class="live__item">
            <span class="live__what">{ spoken.what }</span>
            <span class="live__who">{ for name }</span>
            <time class="quiet live__when" datetime={came.event.at.clone()}>{ spoken.when }</time>
            if let Some(reason) = &came.refused {
                <span class="live__refused">{ say!("Not counted: {reason}", reason = reason) }</span>
            }
        </li>
    }
}
