//! Encodes the columns the page computes from and stores them in the snapshot, block by block.

use std::collections::HashMap;
use std::thread;

use anyhow::{Context, Result, bail};
use rusqlite::{Connection, Row, params};
use snapshot::columns::{NO_CUSTOMER, NO_DAY, NOT_SCORED};
use snapshot::tables::{PACK_CONTACTS, PACK_CUSTOMERS, PACK_FEEDBACK, PACK_PURCHASES};
use snapshot::{
    ContactColumns, CustomerColumns, Day, EncodedPack, FeedbackColumns, Labels, PurchaseColumns,
};

use crate::aspects::Codes;
use crate::keys::KeyNumbers;
use crate::press::Press;

const CUSTOMERS: &str = "SELECT customer_segment, churn_risk, rfm_segment, first_purchase_date,
    last_purchase_date, total_orders, total_lifetime_value, purchase_lines
  FROM snapshot.customer_360 ORDER BY ord";

const PURCHASES: &str = "SELECT transaction_date, product_id, amount, quantity, order_id
  FROM snapshot.purchase_transactions ORDER BY line";

const CATEGORIES: &str = "SELECT product_id, category FROM snapshot.product_catalog";

const FEEDBACK: &str = "SELECT class.ord, interaction_date, satisfaction_score, channel, reason
  FROM snapshot.customer_service AS row
  LEFT JOIN classification AS class ON class.customer_id = row.customer_id
  WHERE satisfaction_score IS NOT NULL ORDER BY line";

const CONTACTS: &str = "SELECT class.ord, contact_date, responded
  FROM snapshot.campaign_responses AS row
  LEFT JOIN classification AS class ON class.customer_id = row.customer_id ORDER BY line";

/// Encodes all packs of columns into `temp.column_packs`, from where they are published.
pub struct PackBuilder<'a> {
    /// The work database with the snapshot attached.
    pub work: &'a Connection,
    /// Names behind the codes.
    pub labels: &'a Labels,
    /// The label of lines whose product has no category.
    pub no_category: &'a str,
    /// Day 0 of the packs.
    pub first_day: Day,
}

/// Packs wait here while the cubes, which lie before them, are computed from them.
const STAGED: &str = "CREATE TEMP TABLE column_packs (name TEXT NOT NULL, block INTEGER NOT NULL,
  rows INTEGER NOT NULL, raw_bytes INTEGER NOT NULL, crc32 INTEGER NOT NULL, data BLOB NOT NULL)";

/// Rows of a block at most, so that blocks are read and unpacked in small steps.
const MOST_ROWS: usize = 262_144;

impl PackBuilder<'_> {
    /// Encodes and stores every pack, by name and block, which is the order of reading.
    ///
    /// # Errors
    /// If a value does not fit its column or the disk is full.
    pub fn write(&self, feedback: bool, contacts: bool) -> Result<()> {
        self.work.execute_batch(STAGED)?;
        thread::scope(|scope| {
            let press = Press::start(scope);
            if contacts {
                let (customer, day, responded) = self.dated(CONTACTS)?;
                let columns = ContactColumns { customer, day, responded };
                press.take(PACK_CONTACTS, 0, move || columns.encode())?;
            }
            let lines = self.customers(&press)?;
            if feedback {
                let columns = self.feedback()?;
                press.take(PACK_FEEDBACK, 0, move || columns.encode())?;
            }
            self.purchases(&press, lines)?;
            press.end(|name, block, pack| self.store(name, block, &pack))
        })
    }

    /// Encodes all customers; gives the purchase lines of each stratum.
    fn customers(&self, press: &Press<'_>) -> Result<Vec<u64>> {
        let (segments, risks) = (codes(&self.labels.segments), codes(&self.labels.churn_risks));
        let rfm = codes(&self.labels.rfm_segments);
        let (mut strata, mut columns) = (Vec::<((u8, u8), u64)>::new(), CustomerColumns::default());
        let mut blocks = 0..;
        let mut store = |columns: &mut CustomerColumns| {
            let columns = std::mem::take(columns);
            let block = blocks.next().context("too many blocks")?;
            press.take(PACK_CUSTOMERS, block, move || columns.encode())
        };
        let mut statement = self.work.prepare(CUSTOMERS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let segment = code(&segments, row, 0)?.context("a customer without a segment")?;
            let churn = code(&risks, row, 1)?.context("a customer without a churn risk")?;
            let stratum = (segment, churn);
            let same = strata.last().is_some_and(|&(last, _)| last == stratum);
            if !columns.is_empty() && (!same || columns.len() == MOST_ROWS) {
                store(&mut columns)?;
            }
            if !same {
                strata.push((stratum, 0));
            }
            if let Some((_, lines)) = strata.last_mut() {
                *lines = lines.saturating_add(row.get(7)?);
            }
            columns.segment.push(segment);
            columns.churn.push(churn);
            columns.rfm_segment.push(code(&rfm, row, 2)?.unwrap_or(NOT_SCORED));
            columns.first_purchase.push(self.day_or_none(row, 3)?);
            columns.last_purchase.push(self.day_or_none(row, 4)?);
            columns.orders.push(row.get(5)?);
            columns.lifetime_value.push(row.get(6)?);
            columns.lines.push(row.get(7)?);
        }
        if !columns.is_empty() {
            store(&mut columns)?;
        }
        Ok(strata.into_iter().map(|(_, lines)| lines).collect())
    }

    /// Encodes all purchase lines, those of each stratum apart; guests' come last.
    fn purchases(&self, press: &Press<'_>, strata: Vec<u64>) -> Result<()> {
        let categories = self.category_codes()?;
        let without = self.labels.categories.iter().position(|name| name == self.no_category);
        let without = without.map(u16::try_from).transpose()?;
        let mut orders = KeyNumbers::default();
        let mut statement = self.work.prepare(PURCHASES)?;
        let mut rows = statement.query([])?;
        let mut blocks = 0..;
        for mut left in strata.into_iter().chain([u64::MAX]) {
            loop {
                let mut columns = PurchaseColumns::default();
                while columns.len() < MOST_ROWS
                    && left > 0
                    && let Some(row) = rows.next()?
                {
                    left = left.saturating_sub(1);
                    let product = row.get_ref(1)?.as_str_or_null()?;
                    let category = product.and_then(|id| categories.get(id).copied().flatten());
                    columns.day.push(self.day(row, 0)?);
                    columns
                        .category
                        .push(category.or(without).context("a line without a category")?);
                    columns.amount.push(row.get(2)?);
                    columns.quantity.push(row.get::<_, Option<i32>>(3)?.unwrap_or(0));
                    columns.order.push(orders.number(row.get_ref(4)?.as_bytes()?)?);
                }
                if columns.is_empty() {
                    break;
                }
                let block = blocks.next().context("too many blocks")?;
                press.take(PACK_PURCHASES, block, move || columns.encode())?;
            }
        }
        Ok(())
    }

    fn category_codes(&self) -> Result<HashMap<String, Option<u16>>> {
        let labels = (0_u16..).zip(&self.labels.categories);
        let labels: HashMap<&str, u16> = labels.map(|(code, name)| (name.as_str(), code)).collect();
        let mut statement = self.work.prepare(CATEGORIES)?;
        let rows = statement.query_map([], |row| {
            let category = row.get_ref(1)?.as_str_or_null()?;
            Ok((row.get(0)?, category.and_then(|name| labels.get(name).copied())))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn feedback(&self) -> Result<FeedbackColumns> {
        let (channels, reasons) =
            (Codes::of(&self.labels.channels), Codes::of(&self.labels.reasons));
        let mut columns = FeedbackColumns::default();
        let mut statement = self.work.prepare(FEEDBACK)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            columns.customer.push(row.get::<_, Option<u32>>(0)?.unwrap_or(NO_CUSTOMER));
            columns.day.push(self.day(row, 1)?);
            columns.score.push(row.get(2)?);
            columns.channel.push(channels.code(row.get_ref(3)?.as_str_or_null()?));
            columns.reason.push(reasons.code(row.get_ref(4)?.as_str_or_null()?));
        }
        Ok(columns)
    }

    fn dated(&self, sql: &str) -> Result<(Vec<u32>, Vec<u16>, Vec<u8>)> {
        let (mut customer, mut day, mut value) = (Vec::new(), Vec::new(), Vec::new());
        let mut statement = self.work.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            customer.push(row.get::<_, Option<u32>>(0)?.unwrap_or(NO_CUSTOMER));
            day.push(self.day(row, 1)?);
            value.push(row.get(2)?);
        }
        Ok((customer, day, value))
    }

    fn day(&self, row: &Row<'_>, column: usize) -> Result<u16> {
        self.offset(row.get_ref(column)?.as_str()?)
    }

    fn day_or_none(&self, row: &Row<'_>, column: usize) -> Result<u16> {
        row.get_ref(column)?.as_str_or_null()?.map_or(Ok(NO_DAY), |text| self.offset(text))
    }

    fn offset(&self, text: &str) -> Result<u16> {
        let days = text.parse::<Day>()?.0.saturating_sub(self.first_day.0);
        match u16::try_from(days) {
            Ok(days) if days < NO_DAY => Ok(days),
            _ => bail!("{text} is {days} days from {}: too far for one snapshot", self.first_day),
        }
    }

    fn store(&self, name: &str, block: u32, pack: &EncodedPack) -> Result<()> {
        self.work.execute(
            "INSERT INTO temp.column_packs VALUES (?, ?, ?, ?, ?, ?)",
            params![name, block, pack.rows, pack.raw_bytes, pack.crc32, pack.data],
        )?;
        Ok(())
    }
}

fn codes(labels: &[String]) -> HashMap<&str, u8> {
    (0_u8..).zip(labels).map(|(code, name)| (name.as_str(), code)).collect()
}

fn code(codes: &HashMap<&str, u8>, row: &Row<'_>, column: usize) -> Result<Option<u8>> {
    let Some(name) = row.get_ref(column)?.as_str_or_null()? else { return Ok(None) };
    Ok(Some(codes.get(name).copied().with_context(|| format!("unknown label {name}"))?))
}
