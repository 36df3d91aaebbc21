//! What of an address could not be taken, said plainly until the reader has seen it.

use filters::{Dropped, Why};
use snapshot::Meta;
use words::say;
use yew::prelude::*;

use super::labels as names;
use super::provider::use_filters;
use crate::session::newer::use_newer;
use crate::session::store::use_store;
use crate::ui::Icon;

/// So many parts are named one by one.
const NAMED: usize = 6;
/// So many characters of a value are shown.
const SHOWN: usize = 60;

/// The notices about the address.
#[component(AddressNotices)]
pub fn address_notices() -> Html {
    let (store, filters, newer) = (use_store(), use_filters(), use_newer());
    let Some(manifest) = store.manifest() else { return html! {} };
    let forget_snapshot = {
        let filters = filters.clone();
        Callback::from(move |_: MouseEvent| filters.forget_snapshot())
    };
    let forget_dropped = {
        let filters = filters.clone();
        Callback::from(move |_: MouseEvent| filters.forget_dropped())
    };
    let notice = |kind: &'static str, content: Html, onclick: Callback<MouseEvent>| {
        html! {
            <div class="notice notice--warning" role="status" data-notice={kind}>
                { Icon::Warning.html() }
                <div class="notice__text">{ content }</div>
                <button class="icon-button" type="button" aria-label={say!("Dismiss")} {onclick}>
                    { Icon::Close.small() }
                </button>
            </div>
        }
    };
    let dropped = filters.dropped();
    html! {
        <>
            if let Some(id) = filters.other_snapshot() {
                { notice("other-snapshot", other_snapshot(id, &manifest.meta), forget_snapshot.clone()) }
            }
            if let Some(newest) = &newer.offered {
                { offered(&newest.meta, &manifest.meta, forget_snapshot.clone()) }
            }
            if !dropped.is_empty() {
                { notice("dropped", list(dropped, &manifest.meta), forget_dropped) }
            }
        </>
    }
}

fn other_snapshot(id: &str, meta: &Meta) -> Html {
    html! {
        <>
            <strong>{ say!("This link was made under another snapshot") }</strong>
            <p>
                { say!(
                    "It was snapshot {theirs}; shown is snapshot {ours}, as of {day}. The filters are the same, the numbers may differ.",
                    theirs = short(id),
                    ours = meta.snapshot_id,
                    day = names::format(meta).day(meta.as_of)
                ) }
            </p>
        </>
    }
}

/// That the address keeps the page at an older snapshot, and the way to the newest.
fn offered(newest: &Meta, shown: &Meta, go: Callback<MouseEvent>) -> Html {
    let format = names::format(shown);
    html! {
        <div class="notice" role="status" data-notice="newer-snapshot">
            { Icon::Info.html() }
            <div class="notice__text">
                <strong>
                    { say!("This link keeps the data as of {day}", day = format.day(shown.as_of)) }
                </strong>
                <p>{ say!("Newer data is there, as of {day}.", day = format.day(newest.as_of)) }</p>
            </div>
            <button class="button" type="button" onclick={go}>{ say!("Show the newest") }</button>
        </div>
    }
}

fn list(dropped: &[Dropped], meta: &Meta) -> Html {
    let more = dropped.len().saturating_sub(NAMED);
    html! {
        <>
            <strong>{ say!("Part of this address was left out") }</strong>
            <ul class="notice__list">
                { for dropped.iter().take(NAMED).map(|part| html! { <li>{ reason(part, meta) }</li> }) }
                if more > 0 {
                    <li>{ say!("and {n} more", n = more) }</li>
                }
            </ul>
            <p>{ say!("The rest is applied.") }</p>
        </>
    }
}

fn reason(part: &Dropped, meta: &Meta) -> String {
    let (name, value) = (short(&part.name), short(&part.value));
    let format = names::format(meta);
    match part.why {
        Why::UnknownName => say!("{name}: there is no filter of this name", name = name),
        Why::UnknownValue => {
            say!("{name}: this snapshot has no \u{201c}{value}\u{201d}", name = name, value = value)
        }
        Why::NotInSnapshot => say!("{name}: this snapshot knows nothing of it", name = name),
        Why::NotADay => say!(
            "{name}: \u{201c}{value}\u{201d} is not a day of the form YYYY-MM-DD",
            name = name,
            value = value
        ),
        Why::OutsideData => say!(
            "{name}: {value} lies outside of the data, which runs from {first} to {last}",
            name = name,
            value = value,
            first = format.day(meta.first_day),
            last = format.day(meta.last_day)
        ),
        Why::Backwards => say!(
            "{name}: {value} belongs to a range that ends before it begins",
            name = name,
            value = value
        ),
        Why::Repeated => say!(
            "{name}: given twice, \u{201c}{value}\u{201d} is the second",
            name = name,
            value = value
        ),
    }
}

/// A text from an address, cut where it is longer than anyone wants to read.
fn short(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}
