//! What an import takes as it is, but people should know of.

use std::collections::{HashMap, HashSet};

use anyhow::{Result, bail};
use snapshot::meta::{Warning, WarningKind, WarningPlace};

use super::records::Record;
use crate::keys::short_hash;
use crate::progress::Progress;
use crate::rows::Purchase;

/// Places that a warning names.
const NAMED: usize = 5;

/// Characters of an id that a warning names.
const LONGEST_ID: usize = 200;

/// Everything doubtful of one file.
#[derive(Default)]
pub struct Doubts {
    orders: HashMap<u64, (u32, u32)>,
    shared: HashSet<u64>,
    rows: HashMap<u64, u32>,
    warnings: Vec<Warning>,
}

impl Doubts {
    /// Notices an order number that another customer had.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "half a hash tells two customers of one order apart"
    )]
    pub fn order(&mut self, file: &str, record: &Record, row: &Purchase) {
        let Some(customer) = &row.customer_id else { return };
        let (order, customer) = (short_hash(&[&row.order_id]), short_hash(&[customer]) as u32);
        let line = u32::try_from(record.line).unwrap_or(u32::MAX);
        let (first, first_line) = *self.orders.entry(order).or_insert((customer, line));
        if first != customer && self.shared.insert(order) {
            let lines = vec![first_line.into(), record.line];
            self.note(WarningKind::SharedOrders, file, Some(&row.order_id), lines);
        }
    }

    /// Notices a row that is the same as an earlier one, cell by cell.
    pub fn row(&mut self, file: &str, record: &Record) {
        let line = u32::try_from(record.line).unwrap_or(u32::MAX);
        let first = *self.rows.entry(short_hash(&record.cells)).or_insert(line);
        if first != line {
            self.note(WarningKind::RepeatedRows, file, None, vec![first.into(), record.line]);
        }
    }

    /// Notes one more case of a kind, with the id and the lines that it is about.
    pub fn note(&mut self, kind: WarningKind, file: &str, id: Option<&str>, lines: Vec<u64>) {
        let known = self.warnings.iter().position(|w| w.kind == kind && w.file == file);
        let at = known.unwrap_or(self.warnings.len());
        if known.is_none() {
            self.warnings.push(Warning { kind, file: file.to_owned(), count: 0, places: vec![] });
        }
        let warning = &mut self.warnings[at];
        warning.count = warning.count.saturating_add(1);
        if warning.places.len() < NAMED {
            let id = id.map(|id| id.chars().take(LONGEST_ID).collect());
            warning.places.push(WarningPlace { id, lines });
        }
    }

    /// Everything that was noticed; ends the file's own memory.
    pub fn end_file(&mut self) {
        (self.orders, self.shared, self.rows) = Default::default();
    }

    /// Rows of a file that were left out by rule.
    pub fn left_out(&self, file: &str) -> u64 {
        let of = |warning: &&Warning| warning.kind == WarningKind::LeftOut && warning.file == file;
        self.warnings.iter().filter(of).map(|warning| warning.count).sum()
    }

    /// All warnings.
    pub fn into_warnings(self) -> Vec<Warning> {
        self.warnings
    }
}

/// Says the warnings, or fails by them if the mapping is strict.
///
/// # Errors
/// If it is, and one of them tells of something that may be wrong.
pub fn report(warnings: &[Warning], strict: bool, progress: Progress) -> Result<()> {
    let text = |warning: &Warning| format!("{}: {}", warning.file, describe(warning));
    let doubtful = warnings.iter().filter(|warning| warning.kind != WarningKind::LeftOut);
    let doubtful: Vec<String> = doubtful.map(text).collect();
    if strict && !doubtful.is_empty() {
        bail!(
            "the mapping is strict, and the data is doubtful; nothing was written:\n  {}\nWhat to \
             do: correct these rows, or take them as they are with strict = false.",
            doubtful.join("\n  ")
        );
    }
    for warning in warnings {
        progress.say(&format!("Note: {}", text(warning)));
    }
    Ok(())
}

fn describe(warning: &Warning) -> String {
    let count = warning.count;
    let what = match warning.kind {
        WarningKind::SharedOrders => {
            "order numbers belong to more than one customer, each counts as one order"
        }
        WarningKind::RepeatedRows => "rows repeat an earlier row to the last cell, and count again",
        WarningKind::LeftOut => "rows have neither a date nor an amount, and were left out",
        WarningKind::BinaryNoise => {
            "amounts had the noise of binary fractions, and were read as the decimals meant \
             (3.3000000000000003 as 3.3)"
        }
        WarningKind::PowersOfTen => {
            "amounts were written with a power of ten (1.5E+03); a spreadsheet may have cut digits"
        }
        WarningKind::LooseIds => {
            "customer ids differ from another one by a leading apostrophe only"
        }
        WarningKind::Other => "rows are doubtful",
    };
    let places: Vec<String> = warning.places.iter().map(place).collect();
    let more = if warning.count > places.len() as u64 { ", ..." } else { "" };
    format!("{count} {what}: {}{more}", places.join(", "))
}

fn place(place: &WarningPlace) -> String {
    let lines: Vec<String> = place.lines.iter().map(u64::to_string).collect();
    let lines = format!("line{} {}", if lines.len() > 1 { "s" } else { "" }, lines.join(" and "));
    match &place.id {
        Some(id) => format!("'{}' ({lines})", super::visible::visible(id)),
        None => lines,
    }
}
