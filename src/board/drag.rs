//! Dragging a card by its grip, with mouse, pen or finger.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Interval;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::cards::Grips;

/// Pixels that a press may wander before it is a drag.
const SLACK: f64 = 5.0;

/// Height of the zones at the window's ends in which the page scrolls, and how fast.
const EDGE: f64 = 80.0;
const SCROLL_MS: u32 = 16;
const SCROLL_STEP: f64 = 10.0;

/// Where a card would land.
#[derive(Clone, Debug, PartialEq)]
pub struct Landing {
    /// The card beside it.
    pub beside: String,
    /// True to land after that card, false before it.
    pub after: bool,
}

/// A drag under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    /// The card.
    pub card: &'static str,
    /// Where it would land; none over no other card.
    pub landing: Option<Landing>,
}

/// A press that may become a drag.
struct Press {
    card: &'static str,
    element: HtmlElement,
    start: (f64, f64),
    scrolled: f64,
    last_y: Rc<Cell<f64>>,
    _scrolling: Interval,
}

/// Follows grips; tells where a card was dropped.
#[hook]
pub fn use_drag(dropped: Callback<(&'static str, Landing)>) -> (Option<Drag>, Grips) {
    let drag = use_state(|| None::<Drag>);
    let press = use_mut_ref(|| None::<Press>);
    let down = {
        let press = press.clone();
        Callback::from(move |(event, card): (PointerEvent, &'static str)| {
            if event.button() == 0 {
                begin(&event, card, &press);
            }
        })
    };
    let moved = {
        let (press, drag) = (press.clone(), drag.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(now) =
                follow(&event, &press, drag.is_some()).filter(|now| drag.as_ref() != Some(now))
            {
                drag.set(Some(now));
            }
        })
    };
    let up = {
        let (press, drag) = (press.clone(), drag.clone());
        Callback::from(move |_: PointerEvent| {
            let_go(&press);
            if let Some(Drag { card, landing: Some(landing) }) = (*drag).clone() {
                dropped.emit((card, landing));
            }
            drag.set(None);
        })
    };
    let cancelled = {
        let drag = drag.clone();
        Callback::from(move |()| {
            let_go(&press);
            drag.set(None);
        })
    };
    ((*drag).clone(), Grips { down, moved, up, cancelled })
}

fn begin(event: &PointerEvent, card: &'static str, press: &RefCell<Option<Press>>) {
    let Some(grip) = event.target_dyn_into::<Element>() else { return };
    let element = grip.closest("[data-widget]").ok().flatten();
    let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    event.prevent_default();
    // A pointer that has gone again cannot be captured; its release follows.
    let _ = grip.set_pointer_capture(event.pointer_id());
    let start = (f64::from(event.client_x()), f64::from(event.client_y()));
    let last_y = Rc::new(Cell::new(start.1));
    let scrolling = {
        let last_y = last_y.clone();
        Interval::new(SCROLL_MS, move || scroll_at_edge(last_y.get()))
    };
    let scrolled = scroll_top();
    press.replace(Some(Press { card, element, start, scrolled, last_y, _scrolling: scrolling }));
}

/// Moves the card with the pointer; none while it is but a press.
fn follow(event: &PointerEvent, press: &RefCell<Option<Press>>, dragging: bool) -> Option<Drag> {
    let press = press.borrow();
    let press = press.as_ref()?;
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let (dx, dy) = (x - press.start.0, y - press.start.1);
    if !dragging && dx.hypot(dy) < SLACK {
        return None;
    }
    press.last_y.set(y);
    let dy = dy + scroll_top() - press.scrolled;
    // A style that cannot be set leaves the card where it is; it lands all the same.
    let _ = press.element.style().set_property("transform", &format!("translate({dx}px, {dy}px)"));
    Some(Drag { card: press.card, landing: landing(x, y, press.card) })
}

/// The card under the pointer, and on which side of it.
fn landing(x: f64, y: f64, dragged: &str) -> Option<Landing> {
    let below = gloo::utils::document().elements_from_point(x as f32, y as f32);
    let cards = below.iter().filter_map(|element| {
        let element = element.dyn_into::<Element>().ok()?;
        let card = element.closest(".board [data-widget]").ok()??;
        let id = card.get_attribute("data-widget")?;
        Some((card, id))
    });
    let (card, beside) = cards.into_iter().find(|(_, id)| id != dragged)?;
    let area = card.get_bounding_client_rect();
    let board = card.parent_element()?.get_bounding_client_rect();
    // Cards as wide as the board stand above each other.
    let after = if area.width() > board.width() * 0.9 {
        y > area.top() + area.height() / 2.0
    } else {
        x > area.left() + area.width() / 2.0
    };
    Some(Landing { beside, after })
}

fn let_go(press: &RefCell<Option<Press>>) {
    if let Some(press) = press.take() {
        let _ = press.element.style().remove_property("transform");
    }
}

fn scroll_top() -> f64 {
    gloo::utils::window().scroll_y().unwrap_or(0.0)
}

fn scroll_at_edge(y: f64) {
    let window = gloo::utils::window();
    let height = window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    if y < EDGE {
        window.scroll_by_with_x_and_y(0.0, -SCROLL_STEP);
    } else if y > height - EDGE {
        window.scroll_by_with_x_and_y(0.0, SCROLL_STEP);
    }
}
