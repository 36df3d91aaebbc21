//! On phones: from section to section, by buttons or by a swipe to the side.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, ScrollBehavior, ScrollIntoViewOptions};
use words::say;
use yew::prelude::*;

use crate::host::media::{is_still, use_narrow};
use crate::ui::Icon;

/// A swipe is at least so long, and so much more to the side than up or down.
const LEAST: f64 = 56.0;
const SLANT: f64 = 1.8;

/// What has gestures or a scroll of its own to the side.
const OWN: &str =
    ".gl-container, .widget--rfm_segmentation .figure, .table-scroll, input, select, dialog";

/// The sections in their order: the key figures, then the cards.
const SECTIONS: &str = "[data-section]";

/// The bar with the two buttons; nothing on wider screens.
#[component(SectionBar)]
pub fn section_bar() -> Html {
    let narrow = use_narrow();
    let at = use_state(|| 0_usize);
    // The sections are on the page once it was rendered.
    let mounted = use_state(|| false);
    let told = use_state(String::new);
    let step = {
        let (at, told) = (at.clone(), told.clone());
        Callback::from(move |by: isize| {
            let sections = sections();
            let to =
                current(&sections).saturating_add_signed(by).min(sections.len().saturating_sub(1));
            if let Some(section) = sections.get(to) {
                show(section);
                at.set(to);
                told.set(say!(
                    "{at} of {count}: {name}",
                    at = to + 1,
                    count = sections.len(),
                    name = name(section)
                ));
            }
        })
    };
    {
        let at = at.clone();
        use_effect_with(narrow, move |&narrow| {
            let listener = narrow.then(|| {
                EventListener::new(&gloo::utils::window(), "scroll", move |_| {
                    let now = current(&sections());
                    if now != *at {
                        at.set(now);
                    }
                })
            });
            move || drop(listener)
        });
    }
    use_swipe(narrow, step.clone());
    {
        let mounted = mounted.clone();
        use_effect_with((), move |()| mounted.set(true));
    }
    if !narrow || !*mounted {
        return html! {};
    }
    let sections = sections();
    let count = sections.len().max(1);
    let here = (*at).min(count - 1);
    let earlier = step.reform(|_: MouseEvent| -1);
    let later = step.reform(|_: MouseEvent| 1);
    html! {
        <nav class="sections" aria-label={say!("Sections")}>
            <button class="icon-button" type="button" aria-label={say!("Previous section")} aria-disabled={(here == 0).to_string()} onclick={earlier}>
                { Icon::Chevron.html() }
            </button>
            <span class="sections__name" aria-hidden="true">
                { sections.get(here).map(name).unwrap_or_default() }
                <small>{ format!("{} / {count}", here + 1) }</small>
            </span>
            <button class="icon-button" type="button" aria-label={say!("Next section")} aria-disabled={(here + 1 >= count).to_string()} onclick={later}>
                { Icon::Chevron.html() }
            </button>
            <span class="sr-only" role="status">{ &*told }</span>
        </nav>
    }
}

/// Follows a finger that swipes over the sections; what scrolls or turns by itself is left alone.
#[hook]
fn use_swipe(on: bool, step: Callback<isize>) {
    let latest = use_mut_ref(Callback::default);
    latest.replace(step);
    use_effect_with(on, move |&on| {
        let start = std::rc::Rc::new(std::cell::Cell::new(None::<(i32, f64, f64)>));
        let listen = |name: &'static str, act: Box<dyn Fn(&PointerEvent)>| {
            EventListener::new(&gloo::utils::document(), name, move |event| {
                if let Some(event) = event.dyn_ref::<PointerEvent>() {
                    act(event);
                }
            })
        };
        let listeners = on.then(|| {
            let (begun, ended, lost) = (start.clone(), start.clone(), start);
            [
                listen("pointerdown", Box::new(move |event| begun.set(begin(event)))),
                listen(
                    "pointerup",
                    Box::new(move |event| {
                        if let Some(by) = ended.take().and_then(|start| swiped(start, event)) {
                            latest.borrow().emit(by);
                        }
                    }),
                ),
                listen("pointercancel", Box::new(move |_| lost.set(None))),
            ]
        });
        move || drop(listeners)
    });
}

fn begin(event: &PointerEvent) -> Option<(i32, f64, f64)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let on_board = target.closest("[data-section]").ok().flatten().is_some();
    let own = target.closest(OWN).ok().flatten().is_some();
    let fits = event.pointer_type() == "touch" && event.is_primary() && on_board && !own;
    fits.then(|| (event.pointer_id(), f64::from(event.client_x()), f64::from(event.client_y())))
}

fn swiped((pointer, x, y): (i32, f64, f64), event: &PointerEvent) -> Option<isize> {
    let (dx, dy) = (f64::from(event.client_x()) - x, f64::from(event.client_y()) - y);
    let is_swipe = pointer == event.pointer_id() && dx.abs() > LEAST && dx.abs() > SLANT * dy.abs();
    is_swipe.then_some(if dx < 0.0 { 1 } else { -1 })
}

fn sections() -> Vec<Element> {
    let found = gloo::utils::document().query_selector_all(SECTIONS).ok();
    let found = found.iter().flat_map(|list| (0..list.length()).filter_map(|at| list.get(at)));
    found.filter_map(|node| node.dyn_into::<Element>().ok()).collect()
}

/// The section at the top of the window, below what sticks there.
fn current(sections: &[Element]) -> usize {
    let passed = |section: &&Element| section.get_bounding_client_rect().top() < 180.0;
    let at_end = {
        let window = gloo::utils::window();
        let height = window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
        let page =
            gloo::utils::document().document_element().map_or(0, |root| root.scroll_height());
        window.scroll_y().unwrap_or(0.0) + height >= f64::from(page) - 2.0
    };
    if at_end && gloo::utils::window().scroll_y().unwrap_or(0.0) > 0.0 {
        return sections.len().saturating_sub(1);
    }
    sections.iter().take_while(passed).count().saturating_sub(1)
}

fn name(section: &Element) -> String {
    section.get_attribute("data-section").unwrap_or_default()
}

fn show(section: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_behavior(if is_still() { ScrollBehavior::Instant } else { ScrollBehavior::Smooth });
    // Focus stays on the button that was pressed; a swipe leaves it where it was.
    section.scroll_into_view_with_scroll_into_view_options(&options);
}
