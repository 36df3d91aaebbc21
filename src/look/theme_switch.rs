//! The switch between light, dark and the system's theme.

use words::say;
use yew::prelude::*;

use crate::look::prefs::{PrefsChange, use_prefs};
use crate::look::theme::ThemeChoice;
use crate::ui::Icon;

/// What tells one switch from another.
#[derive(PartialEq, Properties)]
pub struct ThemeSwitchProps {
    /// Name of the group of radio buttons, unique on the page.
    pub name: &'static str,
}

/// Three radio buttons with icons.
#[component(ThemeSwitch)]
pub fn theme_switch(props: &ThemeSwitchProps) -> Html {
    let (prefs, change) = use_prefs();
    let option = |&choice: &ThemeChoice| {
        let chosen = change.reform(move |_: Event| PrefsChange::Theme(choice));
        html! {
            <label class="theme__option" key={choice.key()} title={words::say(choice.label())}>
                <input
                    type="radio"
                    name={props.name}
                    value={choice.key()}
                    checked={prefs.theme == choice}
                    onchange={chosen}
                />
                { icon(choice).small() }
                <span class="sr-only">{ words::say(choice.label()) }</span>
            </label>
        }
    };
    html! {
        <fieldset class="theme">
            <legend class="sr-only">{ say!("Theme") }</legend>
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
