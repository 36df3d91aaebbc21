//! What of the cards is drawn by code that comes behind the first numbers.

use facts::View;
use widgets::KpiCard;
use yew::prelude::*;

use super::breakdown::Breakdown;
use super::live_spark::LiveSpark;
use crate::host::shared::Shared;
use crate::ui::Far;

/// Something that a key figure opens or wakes.
#[derive(Clone, PartialEq)]
pub enum CardPart {
    /// What stands behind it, until it is closed.
    Breakdown(Shared<KpiCard>, Option<Shared<View>>, Callback<()>),
    /// Its sparkline, with its months and values.
    Spark(Shared<KpiCard>),
}

/// Where the code of it is.
pub static PARTS: Far<CardPart, Html> = Far::empty();

/// Draws it.
pub fn part(part: CardPart) -> Html {
    match part {
        CardPart::Breakdown(card, of, close) => html! { <Breakdown {card} {of} {close} /> },
        CardPart::Spark(card) => html! { <LiveSpark {card} /> },
    }
}
