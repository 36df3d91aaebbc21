//! The addresses: each is one entry, from which files, routes and the description follow.

use crate::openapi::schema;
use crate::problem::Problem;
use crate::source::{Page, Source};
use crate::{backend, dashboard};

/// Whose addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// What each card shows, as plain values.
    Dashboard,
    /// Key figures of the whole snapshot, and figures for Plotly.
    Backend,
}

impl Family {
    /// What stands before each of its addresses.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Dashboard => "/api",
            Self::Backend => "/backend",
        }
    }

    /// What it is, for the description.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Dashboard => {
                "What each card of the dashboard shows, under the view with which it opens."
            }
            Self::Backend => {
                "Key figures of the whole snapshot, and each chart as a figure for plotly.js."
            }
        }
    }
}

type Answer = fn(&Source<'_>, Page) -> Result<String, Problem>;
type Pages = fn(&Source<'_>) -> Result<u32, Problem>;

/// One address.
pub struct Endpoint {
    /// Whose it is.
    pub family: Family,
    /// Its name behind the prefix; empty for the root.
    pub name: &'static str,
    /// What it gives, in a line.
    pub summary: &'static str,
    /// The JSON schema of what it gives.
    pub schema: fn() -> serde_json::Value,
    answer: Answer,
    pages: Option<Pages>,
}

impl Endpoint {
    /// Its address, from the root of the site.
    pub fn path(&self) -> String {
        format!("{}/{}", self.family.prefix(), self.name)
    }

    /// True if its answer comes in pages.
    pub fn has_pages(&self) -> bool {
        self.pages.is_some()
    }

    /// True if its answer is a list whose length can be asked for.
    pub fn has_rows(&self) -> bool {
        self.has_pages() || self.name == "top_customers"
    }

    /// How many pages its answer has; one where it has none.
    ///
    /// # Errors
    /// If the snapshot is damaged.
    pub fn pages(&self, source: &Source<'_>) -> Result<u32, Problem> {
        self.pages.map_or(Ok(1), |pages| pages(source))
    }

    /// The body of the answer, JSON.
    ///
    /// # Errors
    /// [`Problem`] says why there is none.
    pub fn answer(&self, source: &Source<'_>, page: Page) -> Result<String, Problem> {
        (self.answer)(source, page)
    }
}

const fn dashboard(
    name: &'static str,
    summary: &'static str,
    schema: fn() -> serde_json::Value,
    answer: Answer,
) -> Endpoint {
    Endpoint { family: Family::Dashboard, name, summary, schema, answer, pages: None }
}

const fn backend(
    name: &'static str,
    summary: &'static str,
    schema: fn() -> serde_json::Value,
    answer: Answer,
) -> Endpoint {
    Endpoint { family: Family::Backend, name, summary, schema, answer, pages: None }
}

const fn in_pages(endpoint: Endpoint, pages: Pages) -> Endpoint {
    Endpoint { pages: Some(pages), ..endpoint }
}

/// All addresses, in the order of the documents.
pub const ENDPOINTS: [Endpoint; 17] = [
    dashboard(
        "kpis",
        "The key figures that the dashboard shows first: value, change and course.",
        schema::kpis,
        dashboard::kpis,
    ),
    dashboard(
        "customer_segments",
        "Customers by segment.",
        schema::customer_segments,
        dashboard::customer_segments,
    ),
    dashboard(
        "monthly_revenue",
        "Net revenue of each of the last twelve months.",
        schema::monthly_revenue,
        dashboard::monthly_revenue,
    ),
    dashboard(
        "top_customers",
        "The five customers with the greatest lifetime value.",
        schema::top_customers,
        dashboard::top_customers,
    ),
    dashboard(
        "product_category_performance",
        "Net revenue and units of each product category.",
        schema::product_category_performance,
        dashboard::product_category_performance,
    ),
    dashboard(
        "customer_satisfaction",
        "The mean satisfaction score, and how many gave which.",
        schema::customer_satisfaction,
        dashboard::customer_satisfaction,
    ),
    dashboard("churn_risk", "Customers by churn risk.", schema::churn_risk, dashboard::churn_risk),
    in_pages(
        dashboard(
            "rfm_segmentation",
            "Recency in days, orders and lifetime value of every customer who has bought.",
            schema::rfm_segmentation,
            dashboard::rfm_segmentation,
        ),
        dashboard::rfm_pages,
    ),
    backend("", "A greeting.", schema::welcome, backend::welcome),
    backend(
        "kpis",
        "Customers, lifetime value, order value and retention.",
        schema::backend_kpis,
        backend::kpis,
    ),
    backend(
        "customer_segments",
        "Customers by segment, a pie.",
        schema::figure,
        backend::customer_segments,
    ),
    backend(
        "monthly_revenue",
        "Revenue by month, a line.",
        schema::figure,
        backend::monthly_revenue,
    ),
    backend(
        "top_customers",
        "The five customers with the greatest lifetime value.",
        schema::backend_top_customers,
        backend::top_customers,
    ),
    backend(
        "product_category_performance",
        "Revenue by product category, bars.",
        schema::figure,
        backend::product_category_performance,
    ),
    backend(
        "customer_satisfaction",
        "The mean satisfaction score, a gauge.",
        schema::figure,
        backend::customer_satisfaction,
    ),
    backend(
        "churn_risk",
        "Customers by churn risk, a pie with a hole.",
        schema::figure,
        backend::churn_risk,
    ),
    backend(
        "rfm_segmentation",
        "Recency, frequency and monetary value, points in space.",
        schema::figure,
        backend::rfm_segmentation,
    ),
];
