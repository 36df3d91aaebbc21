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

/// A sentence with some numbers in it, each with its exact value; in any order.
pub fn sentence_of(text: &str, numbers: &[Cell]) -> Html {
    let mut parts: Vec<Html> = Vec::new();
    let (mut rest, mut left) = (text, numbers.to_vec());
    loop {
        let places =
            left.iter().enumerate().filter_map(|(at, cell)| Some((find(rest, &cell.text)?, at)));
        let Some((place, at)) = places.min() else { break };
        let cell = left.remove(at);
        parts.push(rest.get(..place).unwrap_or_default().into());
        parts.push(self::cell(&cell));
        rest = rest.get(place + cell.text.len()..).unwrap_or_default();
    }
    parts.push(rest.into());
    html! { <>{ for parts }</> }
}

/// Where a number stands in a text, not as a part of a longer one.
fn find(text: &str, number: &str) -> Option<usize> {
    let inner = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    text.match_indices(number).map(|(at, _)| at).find(|&at| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + number.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(inner) && !after.is_some_and(|c| c.is_ascii_digit())
    })
}

/// The content of a table's cell.
pub fn cell(cell: &Cell) -> Html {
    match &cell.exact {
        Some(exact) => number(&cell.text, Some(exact)),
        // A name keeps its direction to itself.
        None => html! { <bdi>{ &cell.text }</bdi> },
    }
}
/// The class of a change: good news, bad, or neither.
pub fn moved(good: Option<bool>) -> &'static str {
    match good {
        Some(true) => "moved moved--good",
        Some(false) => "moved moved--bad",
        None => "moved",
    }
}
