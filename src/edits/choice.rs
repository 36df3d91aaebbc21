//! The choice of a segment: a button, and the segments that it opens.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use widgets::shown;
use yew::prelude::*;

use crate::ui::{Icon, give_focus, use_disclosure};

/// What can be chosen.
#[derive(PartialEq, Properties)]
pub struct SegmentChoiceProps {
    /// Says what the button does.
    pub label: String,
    /// The segments.
    pub segments: Vec<String>,
    /// The one in force, if there is one.
    #[prop_or_default]
    pub current: Option<String>,
    /// Told which was chosen.
    pub chosen: Callback<String>,
    /// Name of the list in the markup.
    pub id: &'static str,
}

/// The button and its list. Arrow keys walk through the list, Escape closes it.
#[component(SegmentChoice)]
pub fn segment_choice(props: &SegmentChoiceProps) -> Html {
    let (panel, list) = (use_disclosure(), use_node_ref());
    let is_open = panel.is_open();
    {
        let list = list.clone();
        use_effect_with(is_open, move |&is_open| {
            let options = list.cast::<Element>().filter(|_| is_open);
            let first = options.and_then(|list| {
                let current = list.query_selector("[aria-checked=true]").ok().flatten();
                current.or_else(|| list.first_element_child())
            });
            if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
                give_focus(Some(first));
            }
        });
    }
    let onkeydown = {
        let panel = panel.clone();
        Callback::from(move |event: KeyboardEvent| {
            let stepped = is_open
                && match event.key().as_str() {
                    "ArrowDown" => walk(&event, true),
                    "ArrowUp" => walk(&event, false),
                    _ => false,
                };
            if stepped {
                event.prevent_default();
                event.stop_propagation();
            } else {
                panel.escape(&event);
            }
        })
    };
    let option = |segment: &String| {
        let is_current = props.current.as_ref() == Some(segment);
        let choose = {
            let (chosen, panel, segment) = (props.chosen.clone(), panel.clone(), segment.clone());
            Callback::from(move |_: MouseEvent| {
                panel.close();
                chosen.emit(segment.clone());
            })
        };
        html! {
            <button
                class="preset"
                type="button"
                role="menuitemradio"
                aria-checked={is_current.to_string()}
                tabindex="-1"
                onclick={choose}
            >
                <span dir="auto">{ shown::label(segment) }</span>
                if is_current { { Icon::Check.small() } }
            </button>
        }
    };
    html! {
        <div class="menu choice-of-segment" ref={&panel.root} {onkeydown}>
            <button
                class="button"
                type="button"
                ref={&panel.button}
                aria-haspopup="menu"
                aria-expanded={is_open.to_string()}
                aria-controls={is_open.then_some(props.id)}
                onclick={panel.toggle()}
            >
                { Icon::Pencil.small() }
                { &props.label }
            </button>
            if is_open {
                <div class="menu__panel" id={props.id} role="menu" aria-label={props.label.clone()} ref={list}>
                    { for props.segments.iter().map(option) }
                </div>
            }
        </div>
    }
}

/// Goes on to the next choice, or back; the last is followed by the first.
fn walk(event: &KeyboardEvent, on: bool) -> bool {
    let Some(at) = event.target_dyn_into::<Element>() else { return false };
    let Some(list) = at.closest("[role=menu]").ok().flatten() else { return false };
    let (next, end) = match on {
        true => (at.next_element_sibling(), list.first_element_child()),
        false => (at.previous_element_sibling(), list.last_element_child()),
    };
    give_focus(next.or(end).and_then(|next| next.dyn_into().ok()));
    true
}
