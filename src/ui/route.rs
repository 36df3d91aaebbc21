//! The views of the page and their addresses.

use facts::KpiId;
use snapshot::Meta;
use words::key;
use yew_router::prelude::*;

use crate::ui::Icon;

/// A view.
#[derive(Clone, Debug, PartialEq, Eq, Routable)]
pub enum Route {
    /// What this is and whose data it shows.
    #[at("/")]
    Entry,
    /// KPIs and widgets.
    #[at("/dashboard")]
    Dashboard,
    /// The same under the page's own name, as hosts that know files alone have it.
    #[at("/index.html")]
    Index,
    /// The customers in scope, as a list.
    #[at("/customers")]
    Customers,
    /// One customer.
    #[at("/customers/:id")]
    Customer {
        /// The customer's id: any text.
        id: String,
    },
    /// Scores, by channel, reason and month.
    #[at("/satisfaction")]
    Satisfaction,
    /// One KPI, over time and by each dimension.
    #[at("/kpi/:id")]
    Kpi {
        /// The KPI's key.
        id: String,
    },
    /// How rows flow from the sources into the customer table.
    #[at("/data-flow")]
    DataFlow,
    /// Questions of one's own to the snapshot.
    #[at("/sql")]
    Sql,
    /// Source, period, rules and traffic.
    #[at("/about-data")]
    AboutData,
    /// Data of the reader's own, opened in this tab alone.
    #[at("/own-data")]
    Own,
    /// What the reader can choose.
    #[at("/settings")]
    Settings,
    /// How this visit went.
    #[at("/diagnostics")]
    Diagnostics,
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
    pub const MENU: [Self; 8] = [
        Self::Dashboard,
        Self::Customers,
        Self::Satisfaction,
        Self::DataFlow,
        Self::Sql,
        Self::AboutData,
        Self::Own,
        Self::Settings,
    ];

    /// True if a snapshot has something to show in it.
    pub fn is_in(&self, meta: &Meta) -> bool {
        match self {
            Self::Customers => meta.has_customers(),
            Self::Satisfaction => widgets::is_in("customer_satisfaction", meta),
            Self::DataFlow => widgets::is_in("data_flow", meta),
            _ => true,
        }
    }

    /// Its name in the menu.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Entry => key!("Welcome"),
            Self::Dashboard | Self::Index => key!("Dashboard"),
            Self::Customers => key!("Customers"),
            Self::Customer { .. } => key!("Customer"),
            Self::Satisfaction => key!("Satisfaction"),
            Self::Kpi { id } => KpiId::from_key(id).map_or(key!("Key figure"), |id| id.def().label),
            Self::DataFlow => key!("Data flow"),
            Self::Sql => key!("SQL console"),
            Self::AboutData => key!("About the data"),
            Self::Own => key!("Your own data"),
            Self::Settings => key!("Settings"),
            Self::Diagnostics => key!("Diagnostics"),
            Self::Help => key!("Help"),
            Self::NotFound => key!("Page not found"),
        }
    }

    /// Its name in the window's title.
    pub fn title(&self) -> String {
        match self {
            Self::Customer { id } => format!("{} {id}", words::say(self.label())),
            _ => words::say(self.label()),
        }
    }

    /// Its picture in the menu.
    pub fn icon(&self) -> Icon {
        match self {
            Self::Dashboard | Self::Index => Icon::Dashboard,
            Self::Customers | Self::Customer { .. } => Icon::People,
            Self::Satisfaction => Icon::Smile,
            Self::Kpi { .. } => Icon::Chart,
            Self::DataFlow => Icon::Flow,
            Self::Sql => Icon::Console,
            Self::AboutData => Icon::Data,
            Self::Own => Icon::Upload,
            Self::Settings => Icon::Settings,
            Self::Diagnostics => Icon::Info,
            Self::Entry | Self::Help | Self::NotFound => Icon::Help,
        }
    }

    /// The view of the menu under which it lies.
    #[must_use]
    pub fn menu(&self) -> Self {
        match self {
            Self::Customer { .. } => Self::Customers,
            Self::Kpi { .. } | Self::Index => Self::Dashboard,
            Self::Diagnostics => Self::Settings,
            _ => self.clone(),
        }
    }

    /// True if what it shows follows the filter.
    pub fn is_filtered(&self) -> bool {
        matches!(
            self,
            Self::Dashboard | Self::Index | Self::Customers | Self::Satisfaction | Self::Kpi { .. }
        )
    }

    /// True if it shows facts, so that the snapshot must be read.
    pub fn needs_data(&self) -> bool {
        use Route::{Diagnostics, Entry, Help, NotFound, Own, Settings};
        !matches!(self, Entry | Own | Settings | Diagnostics | Help | NotFound)
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn addresses_lead_where_they_say() {
        let views = [
            Route::Entry,
            Route::Dashboard,
            Route::Index,
            Route::Customers,
            Route::Satisfaction,
            Route::Kpi { id: "total_revenue".to_owned() },
            Route::DataFlow,
            Route::Sql,
            Route::AboutData,
            Route::Own,
            Route::Settings,
            Route::Diagnostics,
            Route::Help,
        ];
        for route in views {
            assert_eq!(Route::recognize(&route.to_path()), Some(route));
        }
        assert_eq!(Route::recognize("/nowhere/at/all"), Some(Route::NotFound));
    }

    #[wasm_bindgen_test]
    fn ids_of_customers_are_any_text() {
        for id in ["C-00017", "a/b?c#d&e", "50% off", "%2F", "李 小龍", "O'Neil", "+1", "🎈", "<b>"]
        {
            let route = Route::Customer { id: id.to_owned() };
            let path = route.to_path();
            assert_eq!(path.matches('/').count(), 2, "{path}");
            assert_eq!(Route::recognize(&path), Some(route));
        }
    }
}
