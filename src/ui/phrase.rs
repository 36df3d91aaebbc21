//! Sentences with more than text in their places: numbers with their exact value, links, code.

use words::{Piece, pieces, say};
use yew::prelude::*;

/// A text of [`words::key!`] in the language spoken, with content in its named places:
/// `phrase(key!("the top {share} of customers"), &[("share", number("10%", Some("0.1")))])`.
pub fn phrase(text: &str, places: &[(&str, Html)]) -> Html {
    let said = say(text);
    let piece = |piece: Piece| match piece {
        Piece::Text(text) => html! { { text.to_owned() } },
        Piece::Place(name) => {
            let content = places.iter().find(|(known, _)| *known == name);
            content.map(|(_, content)| content.clone()).unwrap_or_default()
        }
    };
    pieces(&said).into_iter().map(piece).collect()
}
