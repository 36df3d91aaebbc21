//! How a card is moved among others.

use yew::prelude::*;

/// A card's place among others, and who is told when it is to move.
#[derive(Clone, PartialEq)]
pub struct Moving {
    /// Its place, from 0.
    pub at: usize,
    /// How many cards there are.
    pub count: usize,
    /// Told by how many places it is to move.
    pub by: Callback<(&'static str, isize)>,
    /// Told what happens to its grip.
    pub grips: Grips,
}

/// What a grip tells.
#[derive(Clone, PartialEq)]
pub struct Grips {
    /// A grip of a card was pressed.
    pub down: Callback<(PointerEvent, &'static str)>,
    /// The pointer that pressed it moved.
    pub moved: Callback<PointerEvent>,
    /// It was released.
    pub up: Callback<PointerEvent>,
    /// The browser took it away, or the reader changed her mind.
    pub cancelled: Callback<()>,
}
