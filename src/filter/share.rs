//! The button that hands on what is on screen.

use words::say;
use yew::prelude::*;

use super::menu::Menu;
use super::panel::{Panel, coming};
use crate::ui::Icon;

/// The button.
pub fn share_menu() -> Html {
    html! {
        <Menu
            id="share"
            label={say!("Share")}
            name={say!("Share: copy a link to this view")}
            icon={Icon::Share}
            tool=true
            at_end=true
        >
            { coming(Panel::Share) }
        </Menu>
    }
}
