//! What a card shows when it cannot show its figure.

use words::say;
use yew::prelude::*;

use crate::host::by_browser::capitals;
use crate::ui::{CopyDetails, Icon};

/// Something that is on its way.
#[component(Skeleton)]
pub fn skeleton() -> Html {
    html! { <div class="skeleton" aria-hidden="true" /> }
}

/// What went wrong, and the way to try again.
#[derive(PartialEq, Properties)]
pub struct FailureProps {
    /// The reason, as a sentence.
    pub reason: AttrValue,
    /// Told when the reader wants another try.
    pub retry: Callback<MouseEvent>,
}

/// A card without content because something failed.
#[component(Failure)]
pub fn failure(props: &FailureProps) -> Html {
    html! {
        <div class="state" role="alert">
            { Icon::Warning.html() }
            <p class="state__title">{ say!("This could not be shown") }</p>
            <p class="state__text">{ sentence(&props.reason) }</p>
            <div class="buttons">
                <button class="button" type="button" onclick={props.retry.clone()}>{ say!("Try again") }</button>
                <CopyDetails text={props.reason.clone()} />
            </div>
        </div>
    }
}

/// What is not there.
#[derive(PartialEq, Properties)]
pub struct AbsentProps {
    /// What is missing, as a sentence.
    pub reason: AttrValue,
}

/// A card without content because there is none.
#[component(Absent)]
pub fn absent(props: &AbsentProps) -> Html {
    html! {
        <div class="state">
            { Icon::Empty.html() }
            <p class="state__text">{ &props.reason }</p>
        </div>
    }
}

/// To be told when the reader wants another try.
#[derive(PartialEq, Properties)]
pub struct NotKeptProps {
    /// Told when the reader wants another try.
    pub retry: Callback<MouseEvent>,
}

/// A card without content because the host cannot be reached, and what it would show was not kept; the
/// notice above the view has told it to those who listen.
#[component(NotKept)]
pub fn not_kept(props: &NotKeptProps) -> Html {
    html! {
        <div class="state" data-state="not-kept">
            { Icon::Empty.html() }
            <p class="state__title">{ say!("Not kept for offline use") }</p>
            <p class="state__text">{ say!("It comes by itself as soon as the host can be reached.") }</p>
            <button class="button" type="button" onclick={props.retry.clone()}>{ say!("Try again") }</button>
        </div>
    }
}

/// A message with a capital at its beginning and a full stop at its end; addresses and names of files keep
/// theirs.
pub fn sentence(message: &str) -> String {
    let message = message.trim();
    let mut letters = message.chars();
    let first = letters.next().map(|first| capitals(&first.to_string())).unwrap_or_default();
    let is_name = message.starts_with("http")
        || message.split([' ', ':']).next().is_some_and(|word| word.contains(['.', '_']));
    let head = if is_name { message.to_owned() } else { first + letters.as_str() };
    if head.ends_with(['.', '!', '?']) { head } else { head + "." }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn messages_become_sentences_and_addresses_stay() {
        assert_eq!(sentence("the host failed"), "The host failed.");
        assert_eq!(sentence("https://a.example/x refuses"), "https://a.example/x refuses.");
        assert_eq!(sentence("Why?"), "Why?");
        assert_eq!(sentence("orders.csv: no text"), "orders.csv: no text.");
    }
}
