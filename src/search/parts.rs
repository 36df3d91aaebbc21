//! The search in the header, drawn by code that comes behind the first numbers.

use yew::prelude::*;

use super::Search;
use crate::ui::Far;
use crate::ui::focus::FocusGuard;

/// Where the code of it is.
pub static PARTS: Far<(), Html> = Far::empty();

/// Draws it, with what keeps the focus on the page.
pub fn part() -> Html {
    html! { <><Search /><FocusGuard /></> }
}
