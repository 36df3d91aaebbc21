//! What the header shows of the changes, drawn by code that comes behind the first numbers.

use yew::prelude::*;

use super::button::Button;
use super::told::Told;
use crate::ui::Far;

/// Something of the changes.
#[derive(Clone, Copy, PartialEq)]
pub enum EditsPart {
    /// The button that lists them.
    Button,
    /// What became of the last one.
    Told,
}

/// Where the code of it is.
pub static PARTS: Far<EditsPart, Html> = Far::empty();

/// Draws it; nothing where nothing was changed.
pub fn part(part: EditsPart) -> Html {
    match part {
        EditsPart::Button => html! { <Button /> },
        EditsPart::Told => html! { <Told /> },
    }
}
