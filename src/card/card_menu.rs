//! What else can be done with a card: move it, take it away, ask where its numbers come from.

use words::say;
use yew::prelude::*;

use super::menu::{Menu, MenuItem};
use super::widget::Moving;
use crate::icon::Icon;
use crate::look::Known;

/// Whose menu it is.
#[derive(PartialEq, Properties)]
pub struct CardMenuProps {
    /// The widget.
    pub widget: Known,
    /// How its card is moved, if it can be.
    pub moving: Option<Moving>,
}

/// The menu of a card.
#[component(CardMenu)]
pub fn card_menu(props: &CardMenuProps) -> Html {
    let widget = props.widget;
    let title = words::say(widget.title());
    html! {
        <Menu id={format!("{}-menu", widget.id())} label={say!("More for {title}", title = title)}>
            { for props.moving.as_ref().map(|moving| movers(widget.id(), moving)) }
        </Menu>
    }
}

fn movers(card: &'static str, moving: &Moving) -> Html {
    let by = |by: isize| moving.by.reform(move |()| (card, by));
    html! {
        <>
            <MenuItem
                icon={Icon::Earlier}
                label={say!("Move earlier")}
                disabled={moving.at == 0}
                chosen={by(-1)}
            />
            <MenuItem
                icon={Icon::Later}
                label={say!("Move later")}
                disabled={moving.at + 1 >= moving.count}
                chosen={by(1)}
            />
        </>
    }
}
