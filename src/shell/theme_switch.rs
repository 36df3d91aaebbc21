//! The switch between light, dark and the system's theme.

use yew::prelude::*;

use crate::icon::Icon;
use crate::state::Action;
use crate::store::use_store;
use crate::theme::ThemeChoice;

/// What tells one switch from another.
#[derive(PartialEq, Properties)]
pub struct ThemeSwitchProps {
    /// Name of the group of radio buttons, unique on the page.
    pub name: &'static str,
}

/// Three radio buttons with icons.
#[component(ThemeSwitch)]
pub fn theme_switch(props: &ThemeSwitchProps) -> Html {
    let store = use_store();
    let option = |&choice: &ThemeChoice| {
        let chosen = {
            let store = store.clone();
            Callback::from(move |_: Event| {
                choice.store();
                store.dispatch(Action::Theme(choice));
            })
        };
        html! {
            <label class="theme__option" key={choice.key()} title={choice.label()}>
                <input
                    type="radio"
                    name={props.name}
                    value={choice.key()}
                    checked={store.theme == choice}
                    onchange={chosen}
                />
                { icon(choice).small() }
                <span class="sr-only">{ choice.label() }</span>
            </label>
        }
    };
    html! {
        <fieldset class="theme">
            <legend class="sr-only">{ "Theme" }</legend>
            { for ThemeChoice::ALL.iter().map(option) }
        </fieldset>
    }
}

fn icon(choice: ThemeChoice) -> Icon {
    match choice {
        ThemeChoice::Light => Icon::Sun,
        ThemeChoice::Dark => Icon::Moon,
        ThemeChoice::System => Icon::System,
    }
}
