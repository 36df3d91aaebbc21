//! What a view keeps in the address beside the filter: its sort order, its tab.

use yew::prelude::*;
use yew_router::prelude::*;

use crate::filter::write_param;
use crate::ui::Route;

/// A value of the view, and how to change it; none is the view's own choice and not written.
#[hook]
pub fn use_param(name: &'static str) -> (Option<String>, Callback<Option<String>>) {
    let (location, navigator) = (use_location(), use_navigator());
    let route = use_route::<Route>().unwrap_or(Route::NotFound);
    let query = location.map(|location| location.query_str().to_owned()).unwrap_or_default();
    let query = query.strip_prefix('?').unwrap_or(&query);
    let pairs = form_urlencoded::parse(query.as_bytes());
    let value = pairs.filter(|(key, _)| key == name).map(|(_, value)| value.into_owned()).last();
    let change = Callback::from(move |value: Option<String>| {
        if let Some(navigator) = &navigator {
            write_param(navigator, &route, name, value.as_deref());
        }
    });
    (value, change)
}
