//! Addresses with the filter in them, and how the page goes there.

use yew::prelude::*;
use yew_router::prelude::*;
use yew_router::query::Raw;

use super::provider::use_filters;
use super::trail;
use crate::ui::{Route, focus};

/// The query on screen, without its question mark.
pub fn query() -> String {
    let search = gloo::utils::window().location().search().unwrap_or_default();
    search.strip_prefix('?').map(str::to_owned).unwrap_or(search)
}

/// Opens a view; the filter comes along.
pub fn go(navigator: &Navigator, to: &Route) {
    trail::turn_off();
    focus::leave();
    push(navigator, to, &filters::query::of_filter(&query()));
}

/// Opens a view from code; the filter comes along.
#[hook]
pub fn use_go() -> Callback<Route> {
    let navigator = use_navigator();
    use_callback(navigator, |to: Route, navigator| {
        if let Some(navigator) = navigator {
            go(navigator, &to);
        }
    })
}

/// Opens a view with a filter of its own.
#[hook]
pub fn use_open() -> Callback<(Route, String)> {
    let navigator = use_navigator();
    use_callback(navigator, |(to, query): (Route, String), navigator| {
        if let Some(navigator) = navigator {
            trail::turn_off();
            focus::leave();
            push(navigator, &to, &query);
        }
    })
}

/// The address of a view with the filter that is on screen.
#[hook]
pub fn use_href(to: &Route) -> String {
    let (navigator, filters) = (use_navigator(), use_filters());
    let base = navigator.as_ref().and_then(|navigator| navigator.basename().map(str::to_owned));
    let path = format!("{}{}", base.unwrap_or_default(), to.to_path());
    match filters.query() {
        "" => path,
        query => format!("{path}?{query}"),
    }
}

/// Puts a new entry on the history.
pub fn push(navigator: &Navigator, route: &Route, query: &str) {
    match navigator.push_with_query(route, Raw(query)) {
        Ok(()) => focus::arrived(),
        Err(never) => match never {},
    }
}

/// Changes one value that belongs to the view on screen: the entry is written anew.
pub fn write_param(navigator: &Navigator, route: &Route, name: &str, value: Option<&str>) {
    let query = query();
    let others = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key != name);
    let mut written = form_urlencoded::Serializer::new(String::new());
    written.extend_pairs(others);
    if let Some(value) = value {
        written.append_pair(name, value);
    }
    trail::keep(|| replace(navigator, route, &written.finish()));
}

/// Writes the entry on screen anew.
pub fn replace(navigator: &Navigator, route: &Route, query: &str) {
    match navigator.replace_with_query(route, Raw(query)) {
        Ok(()) => {}
        Err(never) => match never {},
    }
}
