//! What has happened, newest first: all of it, or one kind, a page at a time.

use facts::Number;
use widgets::Format;
use widgets::shown::{self, shown};
use words::{count, say};
use yew::prelude::*;

use super::record::{Dated, Event, MOST};
use super::since::Now;
use crate::ask::use_format;
use crate::host::shared::Shared;
use crate::page::param::use_param;
use crate::session::store::use_store;
use crate::ui::{Absent, Icon, Skeleton, number};

/// Events shown at first, and more each time.
const PAGE: usize = 20;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Orders,
    Service,
    Campaigns,
    Visits,
}

const KINDS: [Kind; 4] = [Kind::Orders, Kind::Service, Kind::Campaigns, Kind::Visits];

impl Kind {
    fn of(event: &Event) -> Self {
        match event {
            Event::Order { .. } => Self::Orders,
            Event::Service { .. } => Self::Service,
            Event::Campaign { .. } => Self::Campaigns,
            Event::Visit { .. } => Self::Visits,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Service => "service",
            Self::Campaigns => "campaigns",
            Self::Visits => "visits",
        }
    }

    fn label(self) -> String {
        match self {
            Self::Orders => say!("Orders"),
            Self::Service => say!("Service contacts"),
            Self::Campaigns => say!("Campaigns"),
            Self::Visits => say!("Visits"),
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Orders => Icon::Tag,
            Self::Service => Icon::Smile,
            Self::Campaigns => Icon::Campaign,
            Self::Visits => Icon::Chart,
        }
    }
}

/// What has happened, once known.
#[derive(PartialEq, Properties)]
pub struct TimelineProps {
    /// The customer.
    pub now: Shared<Now>,
}

/// The card of the timeline.
#[component(Timeline)]
pub fn timeline(props: &TimelineProps) -> Html {
    let (format, store) = (use_format(), use_store());
    let (tab, set_tab) = use_param("tab");
    let pages = use_state(|| 1_usize);
    let kind = tab.and_then(|tab| KINDS.into_iter().find(|kind| kind.key() == tab));
    {
        let pages = pages.setter();
        use_effect_with(kind, move |_| pages.set(1));
    }
    let title = html! {
        <div class="card__head"><h2 id="timeline-title">{ say!("What has happened") }</h2></div>
    };
    let (Some(events), Some(format)) = (&props.now.history, format) else {
        return html! {
            <section class="card profile__timeline" aria-labelledby="timeline-title" aria-busy="true">
                { title }
                <div class="card__body"><Skeleton /></div>
            </section>
        };
    };
    let of_kind = |wanted: Option<Kind>| {
        events
            .events
            .iter()
            .filter(move |dated| wanted.is_none_or(|kind| Kind::of(&dated.event) == kind))
    };
    let choice = |wanted: Option<Kind>| {
        let press = set_tab.reform(move |_: Event_| wanted.map(|kind| kind.key().to_owned()));
        let found = of_kind(wanted).count();
        let found = number(&format.count(found as i64), Some(&found.to_string()));
        html! {
            <label class="choice">
                <input type="radio" name="timeline-kind" checked={wanted == kind} onchange={press} />
                <span>{ wanted.map_or_else(|| say!("All"), Kind::label) }{ " " }{ found }</span>
            </label>
        }
    };
    let there = KINDS.into_iter().filter(|kind| of_kind(Some(*kind)).next().is_some());
    let all = of_kind(kind).count();
    let shown = (*pages * PAGE).min(all);
    let more = {
        let pages = pages.clone();
        Callback::from(move |_: MouseEvent| pages.set(*pages + 1))
    };
    let exponents = store.manifest().map_or((2, 0), |manifest| {
        (manifest.meta.currency.exponent, manifest.meta.quantity_exponent)
    });
    html! {
        <section class="card profile__timeline" data-widget="timeline" aria-labelledby="timeline-title">
            { title }
            <div class="card__body card__body--text">
                <fieldset class="choices">
                    <legend class="sr-only">{ say!("Kind of event") }</legend>
                    { choice(None) }
                    { for there.map(|kind| choice(Some(kind))) }
                </fieldset>
                if events.cut {
                    <p class="quiet">
                        { say!("Very many events: only the newest {most} of each kind are read.", most = format.count(MOST as i64)) }
                    </p>
                }
                if all == 0 {
                    <Absent reason={say!("Nothing has happened so far.")} />
                } else {
                    <ol class="timeline">
                        { for of_kind(kind).take(shown).enumerate().map(|(at, dated)| item(at, dated, &format, exponents)) }
                    </ol>
                    if shown < all {
                        <button class="button" type="button" onclick={more}>
                            { say!("Show more: {left} left", left = format.count((all - shown) as i64)) }
                        </button>
                    }
                }
            </div>
        </section>
    }
}

/// The browser's event, beside ours.
type Event_ = web_sys::Event;

fn item(at: usize, dated: &Dated, format: &Format, exponents: (u8, u8)) -> Html {
    let kind = Kind::of(&dated.event);
    html! {
        <li key={at} class={format!("event event--{}", kind.key())}>
            <span class="event__icon" aria-hidden="true">{ kind.icon().small() }</span>
            <time class="event__day" datetime={dated.day.to_string()}>{ format.day(dated.day) }</time>
            <div class="event__text">{ told(&dated.event, format, exponents) }</div>
        </li>
    }
}

fn told(event: &Event, format: &Format, exponents: (u8, u8)) -> Html {
    match event {
        Event::Order { id, lines } => {
            let sum: i64 = lines.iter().map(|line| line.amount).sum();
            let exact = Number::Money(sum).exact(exponents.0);
            html! {
                <>
                    <p class="event__head">
                        <strong>{ say!("Order {id}", id = id) }</strong>
                        <strong>{ number(&format.money(sum), Some(&exact)) }</strong>
                    </p>
                    <ul class="lines">{ for lines.iter().map(|line| bought(line, format, exponents)) }</ul>
                </>
            }
        }
        Event::Service { channel, reason, score } => {
            let stars = score.map(|score| say!("score {score} of 5", score = score));
            let parts = [reason.clone(), channel.clone(), stars];
            plain(say!("Service contact"), parts.into_iter().flatten())
        }
        Event::Campaign { name, responded, .. } => {
            let answer = if *responded { say!("answered") } else { say!("not answered") };
            plain(say!("Campaign {name}", name = name), std::iter::once(answer))
        }
        Event::Visit { pages, seconds, device } => {
            let pages =
                pages.map(|pages| count!(pages, "1 page", "{n} pages", n = format.count(pages)));
            let time = seconds.map(|seconds| {
                let minutes = seconds / 60;
                count!(minutes, "1 minute", "{n} minutes", n = format.count(minutes))
            });
            plain(say!("Visit"), [pages, time, device.clone()].into_iter().flatten())
        }
    }
}

fn plain(title: String, parts: impl Iterator<Item = String>) -> Html {
    html! {
        <p class="event__head">
            <span><strong>{ title }</strong><span class="quiet">{ for parts.map(|part| html! { <>{ " · " }<bdi>{ shown(&part).into_owned() }</bdi></> }) }</span></span>
        </p>
    }
}

fn bought(line: &super::record::Line, format: &Format, exponents: (u8, u8)) -> Html {
    let exact = Number::Money(line.amount).exact(exponents.0);
    let quantity = line.quantity.map(|units| Number::quantity(units, exponents.1));
    let quantity = quantity.filter(|quantity| *quantity != Number::Count(1));
    html! {
        <li class="lines__one">
            <span dir="auto">
                if let Some(quantity) = quantity { { format!("{} × ", format.full(quantity)) } }
                <bdi>{ shown(&line.product).into_owned() }</bdi>
                // Of what came since, the category alone is known.
                if let Some(category) = line.category.as_ref().filter(|name| **name != line.product) {
                    <span class="quiet">{ " · " }<bdi>{ shown::label(category) }</bdi></span>
                }
                if line.amount < 0 { <span class="quiet">{ " · " }{ say!("returned") }</span> }
            </span>
            <span class="number">{ number(&format.money(line.amount), Some(&exact)) }</span>
        </li>
    }
}
