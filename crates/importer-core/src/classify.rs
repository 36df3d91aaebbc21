//! Gives every customer a segment, a churn risk, RFM scores and a number, by the rules of `facts`.

use anyhow::{Context, Result};
use facts::rules::{churn, rank, rfm, segments};
use rusqlite::{Connection, params};
use snapshot::meta::{ChurnRule, RfmRule, SegmentRule};
use snapshot::{Day, Rules};

use crate::given::{self, Given};

/// How customers were classified, and the labels that came out.
pub struct Classified {
    /// Rules with the cuts they gave.
    pub rules: Rules,
    /// Segment names, most valuable first.
    pub segments: Vec<String>,
    /// Churn risk names, lowest first.
    pub churn_risks: Vec<String>,
}

/// What the rules look at, one entry a customer, in the order of ids.
#[derive(Default)]
struct Customers {
    ids: Vec<String>,
    lifetime_value: Vec<i64>,
    orders: Vec<i64>,
    recency: Vec<Option<u32>>,
    gap_doubled: Vec<Option<u32>>,
}

/// Classes of all customers as codes, and the rule that gave them.
struct Classes<R> {
    codes: Vec<u8>,
    labels: Vec<String>,
    rule: R,
}

const TABLE: &str = "CREATE TABLE classification (
  customer_id TEXT NOT NULL PRIMARY KEY,
  ord INTEGER NOT NULL,
  customer_segment TEXT NOT NULL,
  churn_risk TEXT NOT NULL,
  rfm_recency INTEGER,
  rfm_frequency INTEGER,
  rfm_monetary INTEGER,
  rfm_segment TEXT
) WITHOUT ROWID";

const STATS: &str = "SELECT who.customer_id, COALESCE(total_lifetime_value, 0),
    COALESCE(total_orders, 0), last_purchase_date
  FROM customer_info AS who
  LEFT JOIN temp_purchase_stats AS bought ON bought.customer_id = who.customer_id
  ORDER BY who.customer_id";

const PURCHASE_DAYS: &str = "SELECT DISTINCT customer_id, transaction_date
  FROM purchase_transactions
  WHERE customer_id IS NOT NULL AND amount > 0
  ORDER BY customer_id, transaction_date";

/// Classifies all customers and fills table `classification`.
///
/// `order` names segments and risks that the source gave itself, best first.
///
/// # Errors
/// If the temp tables are missing or there are more than 255 segments or risks.
pub fn classify(work: &Connection, as_of: Day, order: &given::Order) -> Result<Classified> {
    let mut customers = read_stats(work, as_of)?;
    let population_gap = read_gaps(work, &mut customers)?;
    let mut segment = segment_classes(work, &customers, order)?;
    if !order.edited.is_empty() {
        order.edited.apply(&customers.ids, &segment.labels, &mut segment.codes)?;
        // No rule says so any more.
        segment.rule = SegmentRule::Imported;
        give(work, &customers.ids, &segment)?;
    }
    let risk = churn_classes(work, &customers, population_gap, order)?;
    let rule = rfm_rule(&customers);
    write(work, &customers, &segment, &risk, &rule)?;
    Ok(Classified {
        rules: Rules { segments: segment.rule, churn: risk.rule, rfm: rule },
        segments: segment.labels,
        churn_risks: risk.labels,
    })
}

fn read_stats(work: &Connection, as_of: Day) -> Result<Customers> {
    let mut customers = Customers::default();
    let mut statement = work.prepare(STATS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        customers.ids.push(row.get(0)?);
        customers.lifetime_value.push(row.get(1)?);
        customers.orders.push(row.get(2)?);
        let last = row.get_ref(3)?.as_str_or_null()?.map(str::parse::<Day>).transpose()?;
        customers.recency.push(last.map(|day| as_of.0.abs_diff(day.0)));
    }
    Ok(customers)
}

/// Fills in each customer's own gap; returns twice the median gap of everybody together.
fn read_gaps(work: &Connection, customers: &mut Customers) -> Result<Option<u32>> {
    customers.gap_doubled = vec![None; customers.ids.len()];
    let (mut all, mut own) = (Vec::new(), Vec::new());
    let (mut at, mut before) = (0_usize, None::<Day>);
    let mut statement = work.prepare(PURCHASE_DAYS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, day) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?.parse::<Day>()?);
        if customers.ids.get(at).is_none_or(|current| current != id) {
            close_gaps(customers, at, &mut own);
            before = None;
            at = customers
                .ids
                .binary_search_by(|known| known.as_str().cmp(id))
                .ok()
                .with_context(|| format!("customer {id} bought but is not in customer_info"))?;
        }
        if let Some(before) = before {
            own.push(day.0.abs_diff(before.0));
            all.push(day.0.abs_diff(before.0));
        }
        before = Some(day);
    }
    close_gaps(customers, at, &mut own);
    Ok(rank::median_doubled(&mut all))
}

fn close_gaps(customers: &mut Customers, at: usize, own: &mut Vec<u32>) {
    if let Some(slot) = customers.gap_doubled.get_mut(at) {
        *slot = rank::median_doubled(own);
    }
    own.clear();
}

fn segment_classes(
    work: &Connection,
    customers: &Customers,
    order: &given::Order,
) -> Result<Classes<SegmentRule>> {
    if let Some(Given { codes, labels }) =
        given::read(work, "customer_segment", &customers.ids, &order.segments)?
    {
        return Ok(Classes { codes, labels, rule: SegmentRule::Imported });
    }
    let (codes, cuts) = segments::by_shares(&customers.lifetime_value, &segments::SHARES);
    let rule = SegmentRule::TopShares { percent: segments::SHARES.to_vec(), cuts };
    Ok(Classes { codes, labels: segments::SEGMENTS.map(String::from).to_vec(), rule })
}

/// Records the segments of all customers as given.
fn give(work: &Connection, ids: &[String], segment: &Classes<SegmentRule>) -> Result<()> {
    let sql = "INSERT INTO given_classes VALUES (?, ?, NULL)
        ON CONFLICT (customer_id) DO UPDATE SET customer_segment = excluded.customer_segment";
    let mut insert = work.prepare(sql)?;
    for (id, &code) in ids.iter().zip(&segment.codes) {
        insert.execute(params![id, segment.labels[usize::from(code)]])?;
    }
    Ok(())
}

fn churn_classes(
    work: &Connection,
    customers: &Customers,
    population_gap: Option<u32>,
    order: &given::Order,
) -> Result<Classes<ChurnRule>> {
    if let Some(Given { codes, labels }) =
        given::read(work, "churn_risk", &customers.ids, &order.churn_risks)?
    {
        return Ok(Classes { codes, labels, rule: ChurnRule::Imported });
    }
    let rule = ChurnRule::GapMultiples {
        percent: churn::LIMITS.to_vec(),
        population_gap_doubled: population_gap,
    };
    let Some(everybody) = population_gap else {
        // Nobody bought on two days: there is no rhythm, and silence says nothing.
        let codes = vec![0; customers.ids.len()];
        return Ok(Classes { codes, labels: vec![given::UNKNOWN.to_owned()], rule });
    };
    let one = |(&recency, &gap): (&Option<u32>, &Option<u32>)| {
        churn::risk(recency, gap.unwrap_or(everybody), &churn::LIMITS)
    };
    let codes = customers.recency.iter().zip(&customers.gap_doubled).map(one).collect();
    Ok(Classes { codes, labels: churn::RISKS.map(String::from).to_vec(), rule })
}

fn rfm_rule(customers: &Customers) -> RfmRule {
    let mut columns = [Vec::new(), Vec::new(), Vec::new()];
    for (at, &recency) in customers.recency.iter().enumerate() {
        if let Some(days) = recency {
            columns[0].push(i64::from(days));
            columns[1].push(customers.orders[at]);
            columns[2].push(customers.lifetime_value[at]);
        }
    }
    rfm::cuts(&columns[0], &columns[1], &columns[2])
}

fn write(
    work: &Connection,
    customers: &Customers,
    segment: &Classes<SegmentRule>,
    risk: &Classes<ChurnRule>,
    rule: &RfmRule,
) -> Result<()> {
    work.execute_batch(TABLE)?;
    // Ids are in byte order already, and the sort is stable.
    let mut by_stratum: Vec<usize> = (0..customers.ids.len()).collect();
    by_stratum.sort_by_key(|&at| (segment.codes[at], risk.codes[at]));
    let mut ord = vec![0_u32; by_stratum.len()];
    for (number, &at) in (0..).zip(&by_stratum) {
        ord[at] = number;
    }
    let mut insert = work.prepare("INSERT INTO classification VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    for (at, id) in customers.ids.iter().enumerate() {
        let (orders, value) = (customers.orders[at], customers.lifetime_value[at]);
        let scores =
            customers.recency[at].map(|days| rfm::scores(rule, i64::from(days), orders, value));
        insert.execute(params![
            id,
            ord[at],
            segment.labels[usize::from(segment.codes[at])],
            risk.labels[usize::from(risk.codes[at])],
            scores.map(|scores| scores.recency),
            scores.map(|scores| scores.frequency),
            scores.map(|scores| scores.monetary),
            scores.map(|scores| rfm::RFM_SEGMENTS[usize::from(rfm::segment(scores))]),
        ])?;
    }
    Ok(())
}
