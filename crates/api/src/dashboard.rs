//! The dashboard's addresses: what each card shows, as plain values.

use std::collections::BTreeMap;

use facts::{Dimension, Grouping, Kpi, KpiId, MemberSort, MembersAsk, Number, Part, Totals, View};
use serde::Serialize;

use crate::asking::person_of;
use crate::customers::ids;
use crate::exact::Exact;
use crate::problem::Problem;
use crate::source::{Page, Source, known};

/// Customers on a page of `rfm_segmentation`.
pub const PAGE_ROWS: u32 = 1000;

/// Customers in `top_customers`.
const TOP: u32 = 5;

/// The key figures of the document, in its order.
const KPIS: [KpiId; 4] =
    [KpiId::TotalRevenue, KpiId::TotalOrders, KpiId::AvgSatisfaction, KpiId::CampaignResponseRate];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Kpis {
    kpi_data: Vec<KpiEntry>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct KpiEntry {
    label: &'static str,
    value: Option<Exact>,
    /// Relative change, or difference of a rate or score; none where nothing is compared.
    trend: Option<Exact>,
    /// The value in each month of the period; none where nothing was counted.
    sparkline_data: Vec<Option<Exact>>,
}

/// The four key figures that the dashboard shows first, as far as the snapshot has them.
pub(crate) fn kpis(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    let shown = KPIS.iter().filter(|&&id| source.facts.has(id));
    let entry = |id: &KpiId| kpi(source, &known(source.facts.kpi(id.def(), &source.view))?);
    let kpi_data = shown.map(entry).collect::<Result<_, Problem>>()?;
    json(&Kpis { kpi_data })
}

fn kpi(source: &Source<'_>, kpi: &Kpi) -> Result<KpiEntry, Problem> {
    let exact = |value: &Option<Number>| exact(source, *value);
    Ok(KpiEntry {
        label: kpi.def.label,
        value: exact(&kpi.value)?,
        trend: kpi.trend.and_then(facts::Trend::exact).map(Exact::float).transpose()?,
        sparkline_data: kpi
            .series
            .iter()
            .map(|(_, value)| exact(value))
            .collect::<Result<_, _>>()?,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Segments<'a> {
    segment_data: Vec<Segment<'a>>,
    last_updated: &'a str,
}

#[derive(Serialize)]
struct Segment<'a> {
    segment: &'a str,
    count: i64,
}

/// Customers in scope by segment.
pub(crate) fn customer_segments(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    let names = &source.meta().labels.segments;
    let counted = counted(source, Dimension::Segment)?;
    let entries = names.iter().zip(counted);
    json(&Segments {
        segment_data: entries.map(|(segment, count)| Segment { segment, count }).collect(),
        last_updated: &source.meta().built_at,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Churn<'a> {
    churn_data: Vec<Risk<'a>>,
    last_updated: &'a str,
}

#[derive(Serialize)]
struct Risk<'a> {
    risk: &'a str,
    count: i64,
}

/// Customers in scope by churn risk.
pub(crate) fn churn_risk(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    if !source.meta().knows_churn() {
        return Err(absent("Nobody has bought on two days, so that no churn risk is known."));
    }
    let names = &source.meta().labels.churn_risks;
    let counted = counted(source, Dimension::Churn)?;
    json(&Churn {
        churn_data: names.iter().zip(counted).map(|(risk, count)| Risk { risk, count }).collect(),
        last_updated: &source.meta().built_at,
    })
}

/// Customers in scope by a dimension, as its card counts them.
fn counted(source: &Source<'_>, dimension: Dimension) -> Result<Vec<i64>, Problem> {
    if !source.meta().has_customers() {
        return Err(absent(widgets::absent::CUSTOMERS));
    }
    let groups = by(source, dimension, &[Part::Customers])?;
    Ok(groups.iter().map(|group| group.customers).collect())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Revenue<'a> {
    revenue_data: Vec<Month>,
    last_updated: &'a str,
}

#[derive(Serialize)]
struct Month {
    month: String,
    revenue: Exact,
}

/// Revenue of each month of the period shown, the running one as far as it goes.
pub(crate) fn monthly_revenue(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    let meta = source.meta();
    let scope = source.view.scope.over(source.view.shown(meta));
    let months = facts::BucketSize::Month;
    let groups = known(source.facts.groups(&scope, Grouping::Over(months), &[Part::Sales]))?;
    let month = |(bucket, totals): (facts::Bucket, &Totals)| {
        let (year, month, _) = bucket.range.from.ymd();
        let revenue = Exact::money(totals.revenue, meta.currency.exponent)?;
        Ok(Month { month: format!("{year:04}-{month:02}"), revenue })
    };
    let buckets = months.buckets(scope.range).into_iter().zip(&groups);
    let revenue_data = buckets.map(month).collect::<Result<_, Problem>>()?;
    json(&Revenue { revenue_data, last_updated: &meta.built_at })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Top<'a> {
    top_customers: Vec<TopEntry>,
    last_updated: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TopEntry {
    id: String,
    name: String,
    email: Option<String>,
    lifetime_value: Exact,
}

/// The customers in scope with the greatest lifetime value.
pub(crate) fn top_customers(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    let exponent = source.meta().currency.exponent;
    let entry = |row: &facts::TopCustomer| {
        let person = person_of(source.engine, source.facts, row.customer)?;
        Ok(TopEntry {
            name: person.name(),
            email: Some(person.address()).filter(|email| !email.is_empty()),
            lifetime_value: Exact::money(row.lifetime_value, exponent)?,
            id: person.customer_id,
        })
    };
    let top = top(source, &source.view)?;
    let top_customers = top.iter().map(entry).collect::<Result<_, Problem>>()?;
    json(&Top { top_customers, last_updated: &source.meta().built_at })
}

/// The most valuable customers under a view.
pub(crate) fn top(source: &Source<'_>, view: &View) -> Result<Vec<facts::TopCustomer>, Problem> {
    let count = source.limit.unwrap_or(TOP) as usize;
    let top = known(source.facts.top(&view.scope, count))?;
    if top.is_empty() && !source.meta().has_customers() {
        return Err(absent(widgets::absent::CUSTOMERS));
    }
    Ok(top)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Categories<'a> {
    category_data: Vec<Category<'a>>,
    last_updated: &'a str,
}

#[derive(Serialize)]
struct Category<'a> {
    category: &'a str,
    revenue: Exact,
    /// None where the source has no quantities.
    units: Option<Exact>,
}

/// Revenue and units of each category, greatest revenue first.
pub(crate) fn product_category_performance<'a>(
    source: &'a Source<'a>,
    _: Page,
) -> Result<String, Problem> {
    let meta = source.meta();
    if !meta.features.categories {
        return Err(absent(widgets::absent::CATEGORIES));
    }
    let groups = by(source, Dimension::Category, &[Part::Sales])?;
    let mut rows: Vec<(&String, &Totals)> = meta.labels.categories.iter().zip(&groups).collect();
    rows.sort_by_key(|(_, totals)| std::cmp::Reverse(totals.revenue));
    let category = |(category, totals): (&'a String, &Totals)| {
        let units = Number::quantity(totals.units, meta.quantity_exponent);
        let units = meta.features.units.then(|| Exact::of(units, meta.currency.exponent));
        let revenue = Exact::money(totals.revenue, meta.currency.exponent)?;
        Ok(Category { category, revenue, units: units.transpose()? })
    };
    let category_data = rows.into_iter().map(category).collect::<Result<_, Problem>>()?;
    json(&Categories { category_data, last_updated: &meta.built_at })
}

/// Groups of a dimension, which a card never filters by itself.
fn by(source: &Source<'_>, dimension: Dimension, parts: &[Part]) -> Result<Vec<Totals>, Problem> {
    let scope = source.view.scope.without(dimension);
    known(source.facts.groups(&scope, Grouping::By(dimension), parts))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Satisfaction<'a> {
    satisfaction_score: Option<Exact>,
    total_responses: i64,
    breakdown: BTreeMap<&'static str, i64>,
    last_updated: &'a str,
}

/// The mean score, and how many gave which.
pub(crate) fn customer_satisfaction(source: &Source<'_>, _: Page) -> Result<String, Problem> {
    if !source.meta().features.feedback {
        return Err(absent(widgets::absent::SATISFACTION));
    }
    let totals = known(source.facts.totals(&source.view.scope, &[Part::Feedback]))?;
    let mean = Number::score(totals.score_sum(), totals.score_count());
    json(&Satisfaction {
        satisfaction_score: exact(source, mean)?,
        total_responses: totals.score_count(),
        breakdown: ["1", "2", "3", "4", "5"].into_iter().zip(totals.scores).collect(),
        last_updated: &source.meta().built_at,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rfm<'a> {
    rfm_data: Vec<RfmEntry<'a>>,
    pagination: Pagination,
    last_updated: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RfmEntry<'a> {
    customer_id: String,
    recency: i32,
    frequency: u32,
    monetary: Exact,
    segment: &'a str,
}

/// Which part of a long answer this is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Pagination {
    page: u32,
    pages: u32,
    page_size: u32,
    total: u32,
    /// Address of the next page; none on the last.
    next: Option<String>,
}

/// Every customer who has bought, who bought last first, in pages.
pub(crate) fn rfm_segmentation(source: &Source<'_>, page: Page) -> Result<String, Problem> {
    let (meta, rows, total) = (source.meta(), page_rows(source), scored(source)?);
    let (number, pages) = (page.0, total.div_ceil(rows));
    if total == 0 {
        return Err(absent("Nobody has bought, so that there is no RFM segment."));
    }
    if !(1..=pages).contains(&number) {
        return Err(Problem::NotFound(format!(
            "There is no page {number}: pages are 1 to {pages}."
        )));
    }
    let offset = number.saturating_sub(1).saturating_mul(rows);
    let limit = rows.min(total.saturating_sub(offset));
    let scope = source.whole.scope.clone();
    let sort = MemberSort::LastPurchase;
    let asked = MembersAsk { scope, compared: None, sort, descending: true, offset, limit };
    let members = known(source.facts.members(&asked))?.rows;
    let numbers: Vec<u32> = members.iter().map(|row| row.customer).collect();
    let entry = |(row, customer_id): (&facts::Member, String)| {
        let segment = meta.labels.segments.get(usize::from(row.segment));
        Ok(RfmEntry {
            customer_id,
            recency: row.recency_days.unwrap_or_default(),
            frequency: row.orders,
            monetary: Exact::money(row.lifetime_value, meta.currency.exponent)?,
            segment: segment.map_or("", String::as_str),
        })
    };
    let named = members.iter().zip(ids(source, &numbers)?);
    let rfm_data = named.map(entry).collect::<Result<_, Problem>>()?;
    let next = number.checked_add(1).filter(|&next| next <= pages);
    let root = source.base.trim_end_matches('/');
    let mark = if source.query.is_empty() { "" } else { "?" };
    let query = source.query;
    let next = next.map(|next| format!("{root}/api/rfm_segmentation/{next}{mark}{query}"));
    let pagination = Pagination { page: number, pages, page_size: rows, total, next };
    json(&Rfm { rfm_data, pagination, last_updated: &meta.built_at })
}

/// How many pages `rfm_segmentation` has.
///
/// # Errors
/// If facts cannot answer.
pub(crate) fn rfm_pages(source: &Source<'_>) -> Result<u32, Problem> {
    Ok(scored(source)?.div_ceil(page_rows(source)))
}

fn page_rows(source: &Source<'_>) -> u32 {
    source.limit.unwrap_or(PAGE_ROWS).max(1)
}

/// Customers who have bought, and so have a recency.
fn scored(source: &Source<'_>) -> Result<u32, Problem> {
    let points = known(source.facts.points(&source.whole.scope, 0))?;
    Ok(u32::try_from(points.customers).unwrap_or(u32::MAX))
}

fn exact(source: &Source<'_>, value: Option<Number>) -> Result<Option<Exact>, Problem> {
    value.map(|value| Exact::of(value, source.meta().currency.exponent)).transpose()
}

pub(crate) fn absent(why: &str) -> Problem {
    Problem::NotFound(why.to_owned())
}

pub(crate) fn json(body: &impl Serialize) -> Result<String, Problem> {
    Ok(serde_json::to_string(body)?)
}
