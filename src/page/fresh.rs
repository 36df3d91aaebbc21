//! How fresh the data is: its age, that it is late, and that newer data has come.

use gloo::timers::callback::Interval;
use js_sys::Date;
use words::say;
use yew::prelude::*;

use crate::ask::use_format;
use crate::look::language;
use crate::session::newer::use_newer;
use crate::session::store::use_store;
use crate::ui::{Far, Icon, sentence};

/// Something about how fresh the data is.
#[derive(Clone, Copy, PartialEq)]
pub enum FreshPart {
    /// The age of the data on screen.
    Age,
    /// What is told when newer data has come.
    Told,
}

/// Where the code of it is.
pub static FRESH: Far<FreshPart, Html> = Far::empty();

/// Milliseconds after which an age is looked at again.
const TICK: u32 = 30_000;

/// Draws it.
pub fn fresh(part: FreshPart) -> Html {
    match part {
        FreshPart::Age => html! { <Age /> },
        FreshPart::Told => html! { <NewsTold /> },
    }
}

/// The age of the data on screen; sample data has none, nor has the reader's own, which the page does
/// not wait for newer data of. It grows by itself, and nothing else of the
/// page is drawn anew for it.
#[component(Age)]
fn age() -> Html {
    let (store, newer, tick) = (use_store(), use_newer(), use_state(|| 0_u32));
    {
        let tick = tick.clone();
        use_effect_with(*tick, move |&count| {
            let next = Interval::new(TICK, move || tick.set(count.wrapping_add(1)));
            move || drop(next)
        });
    }
    let meta = store.manifest().map(|manifest| &manifest.meta);
    let rhythm = store.setup.as_ref().and_then(|setup| setup.config.freshness);
    html! {
        <>
            { for meta.filter(|meta| !meta.demo && store.own.is_none()).map(|meta| since(&meta.built_at, rhythm)) }
            if let Some(problem) = &newer.problem {
                <span class="age age--unknown" title={sentence(&problem.to_string())} data-error={problem.code()}>
                    { say!("Newer data could not be looked for; the page goes on trying") }
                </span>
            }
        </>
    }
}

/// How long ago data was built, and that it is late by a rhythm in hours.
fn since(instant: &str, rhythm: Option<u32>) -> Html {
    let built = Date::parse(instant);
    if !built.is_finite() {
        return html! {};
    }
    // A clock that is wrong makes nothing come from the future.
    let seconds = ((Date::now() - built) / 1_000.0).max(0.0);
    let late = rhythm.filter(|hours| seconds > f64::from(*hours) * 3_600.0);
    html! {
        <>
            <span class="age">
                <time datetime={instant.to_owned()} title={language::moment(built)}>
                    { say!("updated {ago}", ago = language::ago(seconds)) }
                </time>
            </span>
            if let Some(hours) = late {
                <span class="age age--late" role="status">
                    { Icon::Warning.small() }
                    { say!("Late: expected within {hours} h", hours = hours) }
                </span>
            }
        </>
    }
}

/// Says, once for each time, that newer data has taken the place of what was on screen.
#[component(NewsTold)]
fn news_told() -> Html {
    let (store, newer, format) = (use_store(), use_newer(), use_format());
    let day = store.manifest().zip(format).map(|(it, format)| format.day(it.meta.as_of));
    // It stands on the page before it says something, else it would not be heard.
    let said = day.filter(|_| newer.swaps > 0);
    html! {
        <p class="sr-only" role="status" data-told="newer">
            { for said.map(|day| html! {
                <span key={newer.swaps}>{ say!("Data updated: as of {day}", day = day) }</span>
            }) }
        </p>
    }
}
