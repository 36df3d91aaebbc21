//! The views of the page and their addresses.

use yew_router::prelude::*;

use crate::icon::Icon;

/// A view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Routable)]
pub enum Route {
    /// What this is and whose data it shows.
    #[at("/")]
    Entry,
    /// KPIs and widgets.
    #[at("/dashboard")]
    Dashboard,
    /// How rows flow from the sources into the customer table.
    #[at("/data-flow")]
    DataFlow,
    /// Source, period, rules and traffic.
    #[at("/about-data")]
    AboutData,
    /// How to read the page, and whom to ask.
    #[at("/help")]
    Help,
    /// Anything else.
    #[not_found]
    #[at("/not-found")]
    NotFound,
}

impl Route {
    /// The views in the sidebar, in order.
    pub const MENU: [Self; 3] = [Self::Dashboard, Self::DataFlow, Self::AboutData];

    /// Its name in the menu and the window's title.
    pub fn label(self) -> &'static str {
        match self {
            Self::Entry => "Welcome",
            Self::Dashboard => "Dashboard",
            Self::DataFlow => "Data flow",
            Self::AboutData => "About the data",
            Self::Help => "Help",
            Self::NotFound => "Page not found",
        }
    }

    /// Its picture in the menu.
    pub fn icon(self) -> Icon {
        match self {
            Self::Dashboard => Icon::Dashboard,
            Self::DataFlow => Icon::Flow,
            Self::AboutData => Icon::Data,
            Self::Entry | Self::Help | Self::NotFound => Icon::Help,
        }
    }

    /// True if it shows facts, so that the snapshot must be read.
    pub fn needs_data(self) -> bool {
        matches!(self, Self::Dashboard | Self::DataFlow | Self::AboutData)
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn addresses_lead_where_they_say() {
        for route in
            [Route::Entry, Route::Dashboard, Route::DataFlow, Route::AboutData, Route::Help]
        {
            assert_eq!(Route::recognize(&route.to_path()), Some(route));
        }
        assert_eq!(Route::recognize("/nowhere/at/all"), Some(Route::NotFound));
    }
}
