//! Numbers on the page: what people read, with the exact value beside it for programs.

use widgets::Cell;
use yew::prelude::*;

/// A number, or plain text where there is no exact value.
pub fn number(text: &str, exact: Option<&str>) -> Html {
    match exact {
        Some(exact) => html! { <data value={exact.to_owned()}>{ text }</data> },
        None => html! { text },
    }
}

/// The content of a table's cell.
pub fn cell(cell: &Cell) -> Html {
    number(&cell.text, cell.exact.as_deref())
}
