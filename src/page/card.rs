//! A card of text.

use yew::prelude::*;

/// A card with a heading; `id` is the heading's.
pub fn card(id: &'static str, title: String, content: Html) -> Html {
    html! {
        <section class="card" aria-labelledby={id}>
            <div class="card__head"><h2 {id}>{ title }</h2></div>
            <div class="card__body card__body--text">{ content }</div>
        </section>
    }
}
