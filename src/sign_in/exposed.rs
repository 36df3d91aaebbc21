//! A warning on every view where a sign-in guards nothing although it should.

use yew::prelude::*;

use super::provider::use_sign_in;
use crate::ui::Icon;

/// The warning, or nothing.
#[component(ExposedNotice)]
pub fn exposed_notice() -> Html {
    let mode = use_sign_in().mode();
    if !mode.is_alarming() {
        return html! {};
    }
    html! {
        <div class="notice notice--warning" role="status" data-notice="exposed">
            { Icon::Warning.html() }
            <div class="notice__text"><strong>{ mode.title() }</strong><p>{ mode.text() }</p></div>
        </div>
    }
}
