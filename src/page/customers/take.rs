//! The whole list as a file.

use words::say;
use yew::prelude::*;

use super::Order;

/// Which list.
#[derive(PartialEq, Properties)]
pub struct TakeProps {
    /// Its order.
    pub order: Order,
    /// Its rows.
    pub count: u32,
}

/// The button that takes the list away.
#[component(Take)]
pub fn take(_props: &TakeProps) -> Html {
    let _ = say!("Customers");
    html! {}
}
