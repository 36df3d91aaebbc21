//! The button of the saved views.

use words::say;
use yew::prelude::*;

use super::menu::Menu;
use super::panel::{Panel, coming};
use crate::ui::Icon;

/// The button.
pub fn saved_menu() -> Html {
    html! {
        <Menu
            id="saved-views"
            label={say!("Views")}
            name={say!("Saved views")}
            icon={Icon::Bookmark}
            tool=true
            at_end=true
        >
            { coming(Panel::Saved) }
        </Menu>
    }
}
