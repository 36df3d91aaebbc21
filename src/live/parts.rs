//! The button in the header, drawn by code that comes behind the first numbers.

use yew::prelude::*;

use super::pill::Pill;
use crate::ui::Far;

/// Where the code of it is.
pub static PARTS: Far<(), Html> = Far::empty();

/// Draws it; nothing where there is no channel.
pub fn part() -> Html {
    html! { <Pill /> }
}
