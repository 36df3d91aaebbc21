//! A row: read, checked against what is known, and written.

use snapshot::Day;
use snapshot::meta::WarningKind;

use super::Run;
use super::known::{Known, again, new_id, unknown};
use super::so_far::Rows;
use crate::import::fields::Table;
use crate::import::file_names::OrdersAcross;
use crate::import::overlap::Across;
use crate::import::reader::Reader;
use crate::import::record::Record;
use crate::import::rejects::Reject;
use crate::import::{oddities, rows_of, totals};
use crate::rows::Purchase;

/// What became of a row that is right.
pub enum Taken {
    /// It is in the snapshot.
    Loaded,
    /// It lies outside the data.
    LeftOut,
}

/// Why a row is not taken.
pub enum Stop {
    /// It is wrong; the next one may be right.
    Reject(Reject),
    /// Nothing can be written any more.
    Fail(anyhow::Error),
}

impl From<Reject> for Stop {
    fn from(reject: Reject) -> Self {
        Self::Reject(reject)
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Fail(error)
    }
}

impl Run<'_> {
    /// Takes a row, unless something is wrong with it.
    ///
    /// # Errors
    /// What is wrong with it, or why nothing can be written any more.
    pub(super) fn row(
        &mut self,
        reader: &Reader,
        record: &Record,
        rows: &mut Rows,
    ) -> Result<Taken, Stop> {
        if let Some(problem) = &record.problem {
            return Err(problem.clone().into());
        }
        rows.ids.look(reader, record, &rows.numbering)?;
        match reader.table {
            Table::Customers => {
                let row = rows_of::customer(reader, record)?;
                if new_id(&mut self.customers, reader, "customer_id", &row.customer_id)? {
                    self.loose_id(reader, record, &row.customer_id);
                }
                self.sink.customer(&row)?;
            }
            Table::Products => {
                let row = rows_of::product(reader, record, self.survey.scale.money)?;
                new_id(&mut self.products, reader, "product_id", &row.product_id)?;
                self.sink.product(&row)?;
            }
            Table::Purchases => self.purchase(reader, record, rows)?,
            Table::Interactions => {
                let mut row = rows_of::interaction(reader, record)?;
                self.know(reader, &mut row.customer_id)?;
                if !self.is_within_data(row.day) {
                    return Ok(Taken::LeftOut);
                }
                self.sink.interaction(&row)?;
            }
            Table::Contacts => {
                let mut row = rows_of::contact(reader, record)?;
                self.know(reader, &mut row.customer_id)?;
                if !self.is_within_data(row.day) {
                    return Ok(Taken::LeftOut);
                }
                self.sink.contact(&row)?;
            }
            Table::Visits => {
                let mut row = rows_of::visit(reader, record)?;
                self.know(reader, &mut row.customer_id)?;
                self.sink.visit(&row)?;
            }
        }
        Ok(Taken::Loaded)
    }

    /// Whether a day lies between the first purchase and the as-of day. Of others nothing else is
    /// known, so that what happened there cannot be set against anything.
    fn is_within_data(&self, day: Day) -> bool {
        let as_of = self.import.mapping.as_of;
        self.days.is_none_or(|(first, last)| (first..=as_of.unwrap_or(last)).contains(&day))
    }

    fn loose_id(&mut self, reader: &Reader, record: &Record, id: &str) {
        self.doubts.note(WarningKind::LooseIds, &reader.file, Some(id), vec![record.line]);
    }

    fn purchase(&mut self, reader: &Reader, record: &Record, rows: &mut Rows) -> Result<(), Stop> {
        let scale = self.survey.scale;
        let amount = || rows_of::amount_alone(reader, record, scale);
        let called = totals::called(reader, record);
        if oddities::is_total(reader, record)
            || rows.totals.is_total(reader, record, called.is_some(), amount)
        {
            rows.totals.end_sum();
            return Err(Reject::row("a row of totals, which is never counted").into());
        }
        reader.currency(record, &self.survey.currency.code)?;
        let mut row = rows_of::purchase(reader, record, scale)?;
        let written = row.amount;
        let less = reader.less(record, scale.money)?;
        row.amount =
            if written < 0 { written.saturating_add(less) } else { written.saturating_sub(less) };
        rows.given_back(&mut row);
        rows.number_apart(reader, &mut row);
        rows.amount_of_order(reader, &mut row)?;
        let has_id = reader.has("transaction_id");
        if has_id && !rows.transactions.insert(&row.transaction_id) {
            return Err(again(reader, "transaction_id", &row.transaction_id).into());
        }
        let row = self.placed(reader, record, row)?;
        self.sink.purchase(&row, rows.of_first(record))?;
        let (first, last) = self.days.unwrap_or((row.day, row.day));
        self.days = Some((first.min(row.day), last.max(row.day)));
        let (first, last) = rows.file_days.unwrap_or((row.day, row.day));
        rows.file_days = Some((first.min(row.day), last.max(row.day)));
        rows.days.look(row.day, record.number);
        if let Some(name) = called {
            self.doubts.note(WarningKind::TotalRows, &reader.file, Some(name), vec![record.line]);
        }
        rows.totals.take(reader, record, row.amount, written);
        if reader.has("order_id") {
            self.doubts.order(&reader.file, record, &row);
            // A later file may have what was given back of an earlier one's order.
            let is_sold = row.amount >= 0 && !rows.is_returns();
            if is_sold && !rows.is_again && rows.across != OrdersAcross::Apart {
                self.across(reader, record, rows, &row);
            }
        }
        if !has_id {
            self.doubts.row(&reader.file, record);
        }
        Ok(())
    }

    /// Notes an order of which an earlier file has lines, too.
    fn across(&mut self, reader: &Reader, record: &Record, rows: &mut Rows, row: &Purchase) {
        let across = rows.several.as_mut().and_then(|several| several.across(row));
        if let Some(across) = across {
            rows.another = rows.another.saturating_add((across == Across::Another).into());
            let lines = vec![record.line];
            self.doubts.note(WarningKind::OrdersAcross, &reader.file, Some(&row.order_id), lines);
        }
    }

    /// A purchase line whose customer and product are known, or are from now on.
    fn placed(
        &mut self,
        reader: &Reader,
        record: &Record,
        mut row: Purchase,
    ) -> Result<Purchase, Reject> {
        if let (Known::Listed(ids), Some(id)) = (&self.products, &row.product_id)
            && !ids.exact.contains(id)
        {
            return Err(unknown(reader, "product_id", id, "product_catalog", ids));
        }
        match (&mut self.customers, &row.customer_id) {
            (Known::Met(met), Some(id)) => {
                let met = met.meet(rows_of::described(reader, record, id.clone())?);
                if met.is_loose {
                    self.loose_id(reader, record, id);
                }
                row.customer_id = met.first.or(row.customer_id);
            }
            _ => self.know(reader, &mut row.customer_id)?,
        }
        if let Known::Met(met) = &mut self.products {
            let (name, category) =
                (reader.text(record, "product_name")?, reader.label(record, "category")?);
            row.product_id = met.meet(row.product_id, name, category);
        }
        Ok(row)
    }

    /// Gives a row's customer the id as it was first written; refuses one whom nobody knows.
    fn know(&self, reader: &Reader, customer: &mut Option<String>) -> Result<(), Reject> {
        let Some(id) = customer else { return Ok(()) };
        match &self.customers {
            Known::Listed(ids) if ids.exact.contains(id) => Ok(()),
            Known::Listed(ids) => Err(unknown(reader, "customer_id", id, "customer_info", ids)),
            Known::Met(met) => {
                let Some(first) = met.known(id) else {
                    let is = "is a customer who is not in purchase_transactions";
                    return Err(Reject::value(&reader.column("customer_id"), id, is));
                };
                if first != id {
                    first.clone_into(id);
                }
                Ok(())
            }
        }
    }
}
