//! A button that opens a small panel of further buttons; Escape, a press outside and leaving close it.

use web_sys::{HtmlElement, Node};
use yew::prelude::*;

use crate::ui::Icon;

/// The button and what it opens.
#[derive(PartialEq, Properties)]
pub struct MenuProps {
    /// Name of the button.
    pub label: AttrValue,
    /// Id of the panel.
    pub id: AttrValue,
    /// What stands in the panel: `<MenuItem>`s.
    pub children: Html,
}

/// A disclosure of buttons.
#[component(Menu)]
pub fn menu(props: &MenuProps) -> Html {
    let open = use_state(|| false);
    let (node, button) = (use_node_ref(), use_node_ref());
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && *open {
                event.stop_propagation();
                open.set(false);
                focus(&button);
            }
        })
    };
    let onfocusout = {
        let (open, node) = (open.clone(), node.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event
                .related_target()
                .and_then(|to| wasm_bindgen::JsCast::dyn_into::<Node>(to).ok());
            let inside = node.get().is_some_and(|node| node.contains(to.as_ref()));
            if !inside && *open {
                open.set(false);
            }
        })
    };
    // What was chosen is under way; the panel has done its service.
    let chosen = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(false);
            focus(&button);
        })
    };
    html! {
        <div class="menu" ref={node} {onkeydown} {onfocusout}>
            <button
                class="icon-button menu__button"
                type="button"
                ref={button}
                aria-expanded={open.to_string()}
                aria-controls={open.then(|| props.id.clone())}
                aria-label={props.label.clone()}
                title={props.label.clone()}
                onclick={toggle}
            >
                { Icon::More.small() }
            </button>
            if *open {
                <div class="menu__panel menu__panel--end menu__panel--card" id={props.id.clone()} role="group" aria-label={props.label.clone()} onclick={chosen}>
                    { props.children.clone() }
                </div>
            }
        </div>
    }
}

fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // A button that left the page cannot be focused, nor need it be.
        let _ = element.focus();
    }
}

/// An item of a menu.
#[derive(PartialEq, Properties)]
pub struct MenuItemProps {
    /// Its picture.
    pub icon: Icon,
    /// Its name.
    pub label: AttrValue,
    /// True if it cannot be used now.
    #[prop_or_default]
    pub disabled: bool,
    /// Told when it is chosen.
    pub chosen: Callback<()>,
}

/// A button in a menu.
#[component(MenuItem)]
pub fn menu_item(props: &MenuItemProps) -> Html {
    let onclick = props.chosen.reform(|_: MouseEvent| ());
    html! {
        <button class="menu__item" type="button" disabled={props.disabled} {onclick}>
            { props.icon.small() }
            { &props.label }
        </button>
    }
}
