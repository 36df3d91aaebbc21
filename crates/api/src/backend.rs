//! The backend's addresses: key figures of the whole snapshot, and charts as figures that plain
//! Plotly draws.

use facts::{KpiId, Number, Part};
use serde::Serialize;
use serde_json::{Map, Value, json};
use widgets::Widget;

use crate::asking::person_of;
use crate::dashboard::{absent, json as body, top};
use crate::exact::Exact;
use crate::problem::Problem;
use crate::source::{Page, Source, known};

#[derive(Serialize)]
struct Welcome {
    message: &'static str,
}

/// The greeting of the root.
pub(crate) fn welcome(_: &Source<'_>, _: Page) -> Result<String, Problem> {
    body(&Welcome { message: "Welcome to the CDP Dashboard API" })
}

#[derive(Serialize)]
struct Kpis {
    total_customers: i64,
    total_lifetime_value: Exact,
    /// None without an order.
    average_order_value: Option<Exact>,
    /// In percent; none where the period before is not in the data.
    retention_rate: Option<Exact>,
}

/// Customers, lifetime value and order value of the whole snapshot; retention of the period with
/// which the dashboard opens, against the one before.
pub(crate) fn kpis(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    let meta = source.meta();
    let exponent = meta.currency.exponent;
    let totals = known(source.facts.totals(&source.whole.scope, &[Part::Sales, Part::Customers]))?;
    let mean = Number::money_per(totals.revenue, totals.orders);
    let retention = known(source.facts.kpi(KpiId::RetentionRate.def(), &source.view))?.value;
    let percent = |rate: Number| Exact::float(percent(rate));
    body(&Kpis {
        total_customers: totals.customers,
        total_lifetime_value: Exact::money(totals.lifetime_value, exponent)?,
        average_order_value: mean.map(|mean| Exact::of(mean, exponent)).transpose()?,
        retention_rate: retention.map(percent).transpose()?,
    })
}

/// A share in percent.
#[expect(clippy::cast_precision_loss, reason = "the nearest value is what is asked for")]
fn percent(rate: Number) -> f64 {
    match rate {
        // One rounding instead of two: 855 of 1000 are 85.5.
        Number::Rate { part, whole } => part as f64 * 100.0 / whole as f64,
        other => other.to_f64(0) * 100.0,
    }
}

#[derive(Serialize)]
struct Customer {
    customer_id: String,
    first_name: String,
    last_name: String,
    total_lifetime_value: Exact,
}

/// The five customers of all with the greatest lifetime value.
pub(crate) fn top_customers(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    let exponent = source.meta().currency.exponent;
    let entry = |row: &facts::TopCustomer| {
        let person = person_of(source.engine, source.facts, row.customer)?;
        Ok(Customer {
            customer_id: person.customer_id,
            first_name: person.first_name,
            last_name: person.last_name,
            total_lifetime_value: Exact::money(row.lifetime_value, exponent)?,
        })
    };
    let top = top(source, &source.whole)?;
    body(&top.iter().map(entry).collect::<Result<Vec<_>, Problem>>()?)
}

/// Customers by segment, a pie.
pub(crate) fn customer_segments(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    figure(source, "segment_distribution")
}

/// Revenue by month, a line.
pub(crate) fn monthly_revenue(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    figure(source, "monthly_revenue")
}

/// Revenue by category, bars.
pub(crate) fn product_category_performance(
    source: &Source<'_>,
    _: Page,
) -> Result<String, Problem> {
    figure(source, "category_performance")
}

/// The mean score, a gauge.
pub(crate) fn customer_satisfaction(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    figure(source, "customer_satisfaction")
}

/// Customers by churn risk, a pie with a hole.
pub(crate) fn churn_risk(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    figure(source, "churn_risk")
}

/// Recency, frequency and monetary value, points in space.
pub(crate) fn rfm_segmentation(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    figure(source, "rfm_segmentation")
}

/// A widget's figure, with what the page writes around it on a card: its title and legend.
fn figure(source: &Source<'_>, id: &str) -> Result<String, Problem> {
    let widget = widgets::by_id(id).ok_or_else(|| absent("There is no such chart."))?;
    let drawn = source.draw(widget, &source.view)?;
    let figure = drawn.figure.ok_or_else(|| absent("This card has no chart."))?;
    body(&alone(widget, figure))
}

fn alone(widget: &dyn Widget, figure: widgets::Figure) -> Value {
    let mut layout = match figure.layout {
        Value::Object(layout) => layout,
        _ => Map::new(),
    };
    layout.insert(
        "title".to_owned(),
        json!({ "text": widget.title(), "x": 0.02, "xanchor": "left" }),
    );
    let margin = layout.entry("margin").or_insert_with(|| json!({}));
    if let Some(margin) = margin.as_object_mut() {
        margin.insert("t".to_owned(), json!(TITLE_ROOM));
    }
    json!({ "data": figure.data, "layout": layout })
}

/// Pixels above a figure for its title.
const TITLE_ROOM: u32 = 56;
