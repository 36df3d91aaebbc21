//! What is drawn of a sign-in, by code that only comes where one is configured.

use yew::prelude::*;

use super::dialog::RenewalDialog;
use super::exposed::ExposedNotice;
use super::flow::Keeper;
use super::page::SignInPage;
use super::profile::Profile;
use crate::ui::Far;

/// Something of the sign-in.
#[derive(Clone, PartialEq)]
pub enum SignInPart {
    /// What moves it on, with the code that the address brought along.
    Keeper(Option<String>),
    /// The page that asks who the reader is.
    Page,
    /// The dialog that asks again.
    Renewal,
    /// The reader in the header.
    Profile,
    /// The warning that nothing is guarded.
    Exposed,
}

/// Where the code of it is.
pub static PARTS: Far<SignInPart, Html> = Far::empty();

/// Draws it.
pub fn part(part: SignInPart) -> Html {
    match part {
        SignInPart::Keeper(code) => html! { <Keeper {code} /> },
        SignInPart::Page => html! { <SignInPage /> },
        SignInPart::Renewal => html! { <RenewalDialog /> },
        SignInPart::Profile => html! { <Profile /> },
        SignInPart::Exposed => html! { <ExposedNotice /> },
    }
}
