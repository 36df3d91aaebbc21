//! What of the board is drawn by code that comes behind the first numbers: all of it.

use yew::prelude::*;

use super::cards::Board;
use super::customize::CustomizeButton;
use super::sections::SectionBar;
use crate::export::PrintButton;
use crate::ui::Far;

/// Something of the board.
#[derive(Clone, PartialEq)]
pub enum BoardPart {
    /// The cards.
    Cards,
    /// The buttons beside the dashboard's heading.
    Tools,
    /// On phones, the way from section to section.
    Sections,
}

/// Where the code of it is.
pub static PARTS: Far<BoardPart, Html> = Far::empty();

/// Draws it.
pub fn part(part: BoardPart) -> Html {
    match part {
        BoardPart::Cards => html! { <Board /> },
        BoardPart::Tools => html! { <><CustomizeButton /><PrintButton /></> },
        BoardPart::Sections => html! { <SectionBar /> },
    }
}
