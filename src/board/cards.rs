//! The board: cards in the reader's order, moved by grip, menu or keyboard.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use words::say;
use yew::prelude::*;

use super::drag::{Landing, use_drag};
use super::order::{moved_by, moved_to};
use super::rows::{GRIDS, widths};
use crate::ask::Known;
use crate::cards::{Moving, WidgetCard};
use crate::look::prefs::{Layout, PrefsChange, use_prefs};
use crate::session::store::use_store;

/// A card that was moved: which, how often anything was, and whether focus is to follow it.
type Moved = (&'static str, u32, bool);

/// All cards of the dashboard.
#[component(Board)]
pub fn board() -> Html {
    let (prefs, change) = use_prefs();
    let store = use_store();
    let moved = use_state(|| None::<Moved>);
    let meta = store.manifest().map(|manifest| &manifest.meta);
    let order = prefs.layout.ordered(Known::there(meta).map(|widget| widget.id()));
    let arrange = {
        let (layout, order, moved) = (prefs.layout.clone(), order.clone(), moved.clone());
        move |cards: Vec<&'static str>, card: &'static str, focus: bool| {
            if cards != order {
                let count = moved.map_or(0, |(_, count, _)| count + 1);
                moved.set(Some((card, count, focus)));
                change.emit(PrefsChange::Layout(Layout { cards: Some(cards), ..layout.clone() }));
            }
        }
    };
    let dropped = {
        let (order, arrange) = (order.clone(), arrange.clone());
        Callback::from(move |(card, landing): (&'static str, Landing)| {
            let beside = order.iter().copied().find(|id| *id == landing.beside);
            if let Some(beside) = beside {
                arrange(moved_to(&order, card, beside, landing.after), card, false);
            }
        })
    };
    let by = {
        let order = order.clone();
        Callback::from(move |(card, by): (&'static str, isize)| {
            arrange(moved_by(&order, card, by), card, true);
        })
    };
    let (drag, grips) = use_drag(dropped);
    use_effect_with(*moved, |moved| {
        if let Some((card, _, true)) = moved {
            focus_menu(card);
        }
    });
    // The style sheet knows the widths of all cards in the house's order.
    let free = prefs.layout.cards.is_some() || order.len() < Known::all().count();
    let [wide, middle] = [0, 1].map(|grid| widths(&order, grid));
    let card = |(at, id): (usize, &&'static str)| {
        let widget = Known::all().find(|widget| widget.id() == *id)?;
        let [wide, middle] = [&wide, &middle].map(|widths| widths.get(at).copied().unwrap_or(1));
        let sized = free.then(|| format!("w{}-{wide} w{}-{middle}", GRIDS[0], GRIDS[1]));
        let landing = drag.as_ref().and_then(|drag| drag.landing.as_ref());
        let lands = landing.filter(|landing| landing.beside == *id);
        let classes = classes!(
            sized,
            drag.as_ref().filter(|drag| drag.card == *id).map(|_| "is-dragged"),
            lands.map(|landing| if landing.after { "lands-after" } else { "lands-before" }),
        );
        let moving = Moving { at, count: order.len(), by: by.clone(), grips: grips.clone() };
        Some(html! { <WidgetCard key={*id} {widget} {classes} {moving} /> })
    };
    let place = moved.and_then(|(card, ..)| {
        let at = order.iter().position(|id| *id == card)?;
        let title = words::say(widgets::by_id(card)?.title());
        Some(say!("{card}: now {at} of {count}", card = title, at = at + 1, count = order.len()))
    });
    html! {
        <>
            <section
                class={classes!("grid", "board", free.then_some("grid--free"))}
                aria-label={say!("Charts")}
            >
                { for order.iter().enumerate().filter_map(card) }
            </section>
            <p class="sr-only" role="status">{ place }</p>
        </>
    }
}

/// The card's place in the document is new, so focus has to be brought there.
fn focus_menu(card: &str) {
    let selector = format!("[data-widget=\"{card}\"] .menu__button");
    let button = gloo::utils::document().query_selector(&selector).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // A button that cannot be focused leaves focus where it was.
        let _ = button.focus();
    }
}
