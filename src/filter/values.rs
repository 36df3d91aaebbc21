//! The button of a dimension, with the number of values chosen.

use facts::Dimension;
use words::say;
use yew::prelude::*;

use super::labels as names;
use super::menu::Menu;
use super::panel::{Panel, coming};
use super::provider::Filters;
use crate::session::store::Store;

/// The button; absent where the snapshot lacks the dimension.
pub fn values_menu(store: &Store, filters: &Filters, dimension: Dimension) -> Html {
    let (Some(manifest), Some(view)) = (store.manifest(), filters.view()) else { return html! {} };
    if !filters::has(&manifest.meta, dimension) {
        return html! {};
    }
    let count = view.scope.set(dimension).codes().len();
    let (id, label) = (filters::query::name(dimension), names::dimension(dimension));
    let name = match count {
        0 => label.clone(),
        _ => say!("{dimension}, {count} chosen", dimension = label, count = count),
    };
    html! {
        <Menu key={id} id={format!("filter-{id}")} {label} {name} active={count > 0} {count}>
            { coming(Panel::Values(dimension)) }
        </Menu>
    }
}
