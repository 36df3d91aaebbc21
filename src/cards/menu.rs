//! A button that opens a small panel of further buttons; Escape, a press outside and leaving close it.

use yew::prelude::*;

use crate::ui::{Icon, use_disclosure};

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
    let panel = use_disclosure();
    // What was chosen is under way; the panel has done its service.
    let chosen = {
        let panel = panel.clone();
        Callback::from(move |_: MouseEvent| panel.close())
    };
    html! {
        <div class="menu" ref={&panel.root} onkeydown={panel.keys()}>
            <button
                class="icon-button menu__button"
                type="button"
                ref={&panel.button}
                aria-expanded={panel.is_open().to_string()}
                aria-controls={panel.is_open().then(|| props.id.clone())}
                aria-label={props.label.clone()}
                title={props.label.clone()}
                onclick={panel.toggle()}
            >
                { Icon::More.small() }
            </button>
            if panel.is_open() {
                <div class="menu__panel menu__panel--end menu__panel--card" id={props.id.clone()} role="group" aria-label={props.label.clone()} onclick={chosen}>
                    { props.children.clone() }
                </div>
            }
        </div>
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
