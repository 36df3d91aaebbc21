//! A button that opens a panel below itself: Escape and a press outside close it, arrows walk it.

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::ui::{Icon, give_focus, use_disclosure};

/// Marks what the arrow keys walk through.
const ITEMS: &str = "[data-item]:not([disabled])";

/// Closes the panel around it and gives the focus back to its button.
#[derive(Clone, PartialEq)]
pub struct Close(Callback<()>);

/// What closes the panel around a component.
#[hook]
pub fn use_close() -> Callback<()> {
    use_context::<Close>().map(|close| close.0).unwrap_or_default()
}

/// A button and its panel.
#[derive(PartialEq, Properties)]
pub struct MenuProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// What stands on the button.
    pub label: AttrValue,
    /// The name of the button and the panel, where the label alone says too little.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// A picture before the label.
    #[prop_or_default]
    pub icon: Option<Icon>,
    /// True if what it offers differs from the default.
    #[prop_or_default]
    pub active: bool,
    /// How many of its values are chosen.
    #[prop_or_default]
    pub count: usize,
    /// True for a button among the tools, which stand out less.
    #[prop_or_default]
    pub tool: bool,
    /// True for a panel that ends where its button ends.
    #[prop_or_default]
    pub at_end: bool,
    /// What the panel shows while it is open.
    pub children: Html,
}

/// A button that opens a panel.
#[component(Menu)]
pub fn menu(props: &MenuProps) -> Html {
    let disclosure = use_disclosure();
    let is_open = disclosure.is_open();
    let close = {
        let disclosure = disclosure.clone();
        Callback::from(move |()| disclosure.close())
    };
    let onkeydown = {
        let disclosure = disclosure.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowDown" if !is_open => {
                event.prevent_default();
                disclosure.show();
            }
            key @ ("ArrowDown" | "ArrowUp" | "Home" | "End") if is_open => {
                walk(&disclosure.root, key, &event);
            }
            _ => disclosure.escape(&event),
        })
    };
    let panel = format!("{}-panel", props.id);
    let name = props.name.clone().unwrap_or_else(|| props.label.clone());
    html! {
        <div class="menu" ref={&disclosure.root} {onkeydown}>
            <button
                ref={&disclosure.button}
                class={classes!(
                    "filter-button",
                    props.active.then_some("filter-button--active"),
                    props.tool.then_some("filter-button--tool"),
                )}
                type="button"
                aria-expanded={is_open.to_string()}
                aria-controls={is_open.then(|| panel.clone())}
                aria-label={props.name.clone()}
                onclick={disclosure.toggle()}
            >
                { for props.icon.map(Icon::small) }
                <span class="filter-button__label">{ &props.label }</span>
                // Between words, so that what is read off the button is part of its name.
                { " " }
                if props.count > 0 {
                    <span class="badge">{ props.count }</span>
                }
                if !props.tool {
                    <span class="filter-button__arrow">{ Icon::Chevron.small() }</span>
                }
            </button>
            if is_open {
                <div
                    id={panel}
                    class={classes!("menu__panel", props.at_end.then_some("menu__panel--end"))}
                    role="group"
                    aria-label={name}
                >
                    <ContextProvider<Close> context={Close(close)}>
                        { props.children.clone() }
                    </ContextProvider<Close>>
                </div>
            }
        </div>
    }
}

/// Moves focus among the items; inputs that use the keys themselves keep them.
fn walk(node: &NodeRef, key: &str, event: &KeyboardEvent) {
    let Some(menu) = node.cast::<Element>() else { return };
    let on = event.target_dyn_into::<Element>();
    let is_item = on.as_ref().is_some_and(|on| on.matches(ITEMS).unwrap_or(false));
    let types = on.as_ref().is_some_and(|on| on.tag_name() == "INPUT") && !is_item;
    let searches = types && on.as_ref().is_some_and(|on| on.has_attribute("data-search"));
    if types && !(searches && key == "ArrowDown") {
        return;
    }
    let Ok(items) = menu.query_selector_all(ITEMS) else { return };
    let last = items.length().saturating_sub(1);
    let at = (0..items.length()).find(|&at| {
        let item = items.item(at);
        item.is_some() && item == on.clone().map(Into::into)
    });
    let next = match (key, at) {
        ("Home", _) | ("ArrowDown", None) => 0,
        ("End", _) | ("ArrowUp", None) => last,
        ("ArrowDown", Some(at)) => {
            if at == last {
                0
            } else {
                at + 1
            }
        }
        (_, Some(at)) => at.checked_sub(1).unwrap_or(last),
        _ => return,
    };
    event.prevent_default();
    give_focus(items.item(next).and_then(|item| item.dyn_into().ok()));
}
