//! What of the filter is drawn, and done, by code that comes behind the first numbers.

use yew::prelude::*;

use super::notice::AddressNotices;
use super::panel::{Panel, panel};
use super::spoken::Spoken;
use crate::ui::{Far, Route};

/// Something of the filter.
#[derive(Clone, PartialEq)]
pub enum FilterPart {
    /// What a button of the bar opens.
    Panel(Panel),
    /// What changed, for those who listen.
    Spoken,
    /// What of the address could not be taken.
    AddressNotices,
}

/// Where the code of it is.
pub static PARTS: Far<FilterPart, Html> = Far::empty();

/// Where the code of the views is to which links lead.
pub static VIEWS: Far<Route, Html> = Far::empty();

/// Draws something of the filter.
pub fn part(part: FilterPart) -> Html {
    match part {
        FilterPart::Panel(of) => panel(of),
        FilterPart::Spoken => html! { <Spoken /> },
        FilterPart::AddressNotices => html! { <AddressNotices /> },
    }
}
