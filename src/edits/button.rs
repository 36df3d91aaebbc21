//! The button that says how many changes there are, and lists them.

use words::{count, say};
use yew::prelude::*;

use super::panel::Panel;
use crate::session::edits::use_ledger;
use crate::ui::{Icon, use_disclosure};

/// The button and its panel; nothing where nothing was changed, or refused.
#[component(Button)]
pub fn button() -> Html {
    let ledger = use_ledger();
    let is_empty = ledger.edits.is_empty() && ledger.refused.is_empty() && !ledger.is_unkept();
    if is_empty {
        html! {}
    } else {
        html! { <Shown /> }
    }
}

#[component(Shown)]
fn shown() -> Html {
    let ledger = use_ledger();
    let panel = use_disclosure();
    let number = ledger.edits.len();
    let label = match ledger.refused.len() {
        0 => count!(number as i64, "1 change of a segment", "{n} changes of segments"),
        refused => say!(
            "Changes of segments: {n}, and {refused} that do not stand",
            n = number,
            refused = refused
        ),
    };
    html! {
        <div class="edits" ref={&panel.root} onkeydown={panel.keys()}>
            <button
                class="edits__button"
                type="button"
                ref={&panel.button}
                data-edits={number.to_string()}
                aria-expanded={panel.is_open().to_string()}
                aria-controls={panel.is_open().then_some("edits-panel")}
                aria-label={label.clone()}
                title={label}
                onclick={panel.toggle()}
            >
                { Icon::Pencil.small() }
                <span class="badge">{ number }</span>
                if !ledger.refused.is_empty() { { Icon::Warning.small() } }
            </button>
            if panel.is_open() { <Panel /> }
        </div>
    }
}
