//! The button with the period shown.

use facts::View;
use words::say;
use yew::prelude::*;

use super::labels as names;
use super::menu::Menu;
use super::panel::{Panel, coming};
use super::provider::Filters;
use crate::session::store::Store;
use crate::ui::Icon;

/// The button.
pub fn period_menu(store: &Store, filters: &Filters) -> Html {
    let (Some(manifest), Some(view)) = (store.manifest(), filters.view()) else {
        return html! { <span class="filter-button filter-button--waiting"><span class="skeleton skeleton--line" /></span> };
    };
    let meta = &manifest.meta;
    let label = names::range(&view, meta);
    let name = say!("Period: {range}", range = label);
    let active = !view.same_period(&View::default_for(meta));
    html! {
        <Menu id="filter-period" {label} {name} icon={Icon::Calendar} {active}>
            { coming(Panel::Period) }
        </Menu>
    }
}
