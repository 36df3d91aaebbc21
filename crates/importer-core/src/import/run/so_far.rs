//! What is remembered of a table's rows while it is read, file by file.

use std::collections::HashMap;

use snapshot::Day;

use super::kind::KindsLook;
use crate::import::anew::AnewLook;
use crate::import::far_days::DaysLook;
use crate::import::file_names::OrdersAcross;
use crate::import::fill::FillLook;
use crate::import::ids::IdsLook;
use crate::import::kinds::Kind;
use crate::import::numbering::Numbering;
use crate::import::overlap::OverlapLook;
use crate::import::places::Places;
use crate::import::reader::{Reader, Scale};
use crate::import::record::Record;
use crate::import::rejects::Reject;
use crate::import::totals::TotalsLook;
use crate::keys::{KeySet, short_hash};
use crate::rows::Purchase;

/// What is remembered of the rows of one table while it is read, and of its files.
#[derive(Default)]
pub struct Rows {
    /// The file and line of each row's number.
    pub numbering: Numbering,
    /// Rows of several files.
    pub several: Option<OverlapLook>,
    /// Where the columns of the first file stand in the one that is read, where they stand elsewhere.
    places: Option<Places>,
    /// A record with the columns of the first file.
    moved: Record,
    /// Whether an earlier file has the row, too.
    pub is_again: bool,
    /// Orders of one file whose numbers may begin anew.
    anew: AnewLook,
    /// What orders of several files are.
    pub across: OrdersAcross,
    /// Whether the file has what was given back.
    pub is_file_of_returns: bool,
    /// The kinds of its rows, where a column tells them.
    pub kinds: Option<KindsLook>,
    /// The kind of the row.
    pub kind: Kind,
    /// What the lines above say of the order, where lines are filled by it.
    pub fill: Option<FillLook>,
    /// Whether a quantity below zero takes its amount off.
    pub takes_minus: bool,
    /// Number of the file.
    pub file: u32,
    /// The days of the file's first and last line.
    pub file_days: Option<(Day, Day)>,
    /// Rows of the file that were taken.
    pub taken: u64,
    /// Rows of the file that an earlier one has, too.
    pub again: u64,
    /// Orders of the file that seem to be others than those of their number before.
    pub another: u64,
    /// Rows of all files that were left out.
    pub left_out: u64,
    /// The ids of lines.
    pub transactions: KeySet,
    /// The amounts of orders, where they stand on each line of an order again.
    pub amounts: Option<HashMap<u64, i64>>,
    /// What gets lost of ids on the way.
    pub ids: IdsLook,
    /// Days far from all others.
    pub days: DaysLook,
    /// The sums of the file's rows.
    pub totals: TotalsLook,
}

impl Rows {
    /// Nothing yet of a table of so many files.
    pub fn of(files: usize, across: OrdersAcross) -> Self {
        let several = (files > 1).then(OverlapLook::default);
        Self { across, several, ..Self::default() }
    }

    /// Begins a file of a header.
    pub fn begin(&mut self, header: &[String], first: &[String]) {
        if let Some(several) = &mut self.several {
            several.begin();
        }
        self.file = self.file.saturating_add(1);
        self.totals = TotalsLook::default();
        self.places = Places::between(first, header);
    }

    /// Whether the row is of what was given back, by its file or its kind.
    pub fn is_returns(&self) -> bool {
        self.is_file_of_returns || self.kind == Kind::Return
    }

    /// Whether an earlier file has all that is read of a row, too.
    pub fn is_again(&mut self, reader: &Reader, record: &Record, scale: Scale) -> bool {
        let is_returns = self.is_returns();
        let Some(several) = &mut self.several else { return false };
        let mut read = reader.as_read(record, scale);
        // What was given back is no sale, even if all else is alike.
        read.push(if is_returns { "-" } else { "" }.into());
        several.is_again(&read)
    }

    /// What was given back is not above zero, by its file, its kind or its quantity.
    pub fn given_back(&self, row: &mut Purchase) {
        let is_minus = self.takes_minus && row.quantity.is_some_and(|units| units < 0);
        if self.is_returns() || is_minus {
            row.amount = row.amount.saturating_abs().saturating_neg();
            row.quantity = row.quantity.map(|units| units.saturating_abs().saturating_neg());
        }
    }

    /// Where each file numbers its own orders, those whose number was there before get the name of
    /// their file to it; where the numbers of the one file begin anew, how often they did.
    pub fn number_apart(&mut self, reader: &Reader, row: &mut Purchase) {
        if self.across != OrdersAcross::Apart || self.is_returns() || !reader.has("order_id") {
            return;
        }
        let Some(several) = &mut self.several else {
            let before = self.anew.before(row);
            if before > 0 {
                row.order_id = format!("{} ({})", row.order_id, before.saturating_add(1));
            }
            return;
        };
        if several.is_of_earlier(row) {
            row.order_id = format!("{} ({})", row.order_id, reader.file);
        }
    }

    /// Where an amount is that of a whole order, it counts on the first line of that only.
    ///
    /// # Errors
    /// If another line of the order has another amount.
    pub fn amount_of_order(&mut self, reader: &Reader, row: &mut Purchase) -> Result<(), Reject> {
        let is_returns = self.is_returns();
        let amounts = self.amounts.as_mut().filter(|_| !is_returns);
        let Some(amounts) = amounts else { return Ok(()) };
        let key = short_hash(&[&row.order_id]);
        let Some(&known) = amounts.get(&key) else {
            amounts.insert(key, row.amount);
            return Ok(());
        };
        if known != row.amount {
            return Err(Reject::cell(
                &reader.column("amount"),
                "not that of the order's first line, as amount_of = \"order\" has it; amount_of = \
                 \"line\" adds up the lines",
            ));
        }
        row.amount = 0;
        Ok(())
    }

    /// A record with its cells in the order of the first file's columns.
    pub fn of_first<'a>(&'a mut self, record: &'a Record) -> &'a Record {
        let Some(places) = &self.places else { return record };
        places.put(record, &mut self.moved);
        &self.moved
    }
}
