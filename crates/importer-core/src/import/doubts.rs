//! What an import takes as it is, but people should know of.

use std::collections::{HashMap, HashSet};

use anyhow::{Result, bail};
use snapshot::meta::{Warning, WarningKind, WarningPlace};

use super::derived::Joined;
use super::mapping::Mapping;
use super::marks::{self, NAMED};
use super::record::Record;
use super::visible::visible;
use crate::keys::short_hash;
use crate::progress::Progress;
use crate::rows::Purchase;

/// Characters of an id that a warning names.
const LONGEST_ID: usize = 200;

/// Everything doubtful. What is remembered of a table are numbers of rows, which go on from file to file.
#[derive(Default)]
pub struct Doubts {
    orders: HashMap<u64, (u32, u32)>,
    shared: HashSet<u64>,
    /// Lines without a customer in orders that have none yet: the first and how many.
    guests: HashMap<u64, (u32, u32)>,
    rows: HashMap<u64, u32>,
    /// The number from which on rows are of the file that is read.
    begin: u64,
    warnings: Vec<Warning>,
}

impl Doubts {
    /// Begins a file, whose rows have numbers above one.
    pub fn begin_file(&mut self, begin: u64) {
        self.begin = begin;
        self.rows.clear();
    }

    /// Of the rows of some numbers, the lines in the file of a record.
    fn lines(&self, record: &Record, numbers: &[u32]) -> Vec<u64> {
        let numbers = numbers.iter().copied().map(u64::from);
        let here = numbers.filter(|&number| number > self.begin || record.line == record.number);
        here.map(|number| number.saturating_add(record.line).saturating_sub(record.number))
            .collect()
    }

    /// Notices an order number that another customer had, and lines without a customer in an order
    /// that has one.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "half a hash tells two customers of one order apart"
    )]
    pub fn order(&mut self, file: &str, record: &Record, row: &Purchase) {
        let number = u32::try_from(record.number).unwrap_or(u32::MAX);
        let order = short_hash(&[&row.order_id]);
        let Some(customer) = &row.customer_id else {
            return self.guest(file, record, row, (order, number));
        };
        let customer = short_hash(&[customer]) as u32;
        let (first, first_number) = *self.orders.entry(order).or_insert((customer, number));
        if let Some((guest, count)) = self.guests.remove(&order) {
            let lines = self.lines(record, &[guest, number]);
            let place = WarningPlace { id: Some(row.order_id.clone()), lines };
            self.notes(WarningKind::GuestLines, file, count.into(), vec![place]);
        }
        if first != customer && self.shared.insert(order) {
            let lines = self.lines(record, &[first_number, number]);
            self.note(WarningKind::SharedOrders, file, Some(&row.order_id), lines);
        }
    }

    fn guest(&mut self, file: &str, record: &Record, row: &Purchase, (order, number): (u64, u32)) {
        if let Some(&(_, known)) = self.orders.get(&order) {
            let lines = self.lines(record, &[number, known]);
            return self.note(WarningKind::GuestLines, file, Some(&row.order_id), lines);
        }
        let (_, count) = self.guests.entry(order).or_insert((number, 0));
        *count = count.saturating_add(1);
    }

    /// Notices a row that is the same as an earlier one of its file, cell by cell.
    pub fn row(&mut self, file: &str, record: &Record) {
        let number = u32::try_from(record.number).unwrap_or(u32::MAX);
        let first = *self.rows.entry(short_hash(&record.cells)).or_insert(number);
        if first != number {
            let lines = self.lines(record, &[first, number]);
            self.note(WarningKind::RepeatedRows, file, None, lines);
        }
    }

    /// Notes one more case of a kind, with the id and the lines that it is about.
    pub fn note(&mut self, kind: WarningKind, file: &str, id: Option<&str>, lines: Vec<u64>) {
        self.notes(kind, file, 1, vec![WarningPlace { id: id.map(str::to_owned), lines }]);
    }

    /// Notes more cases of a kind, with the first of them.
    pub fn notes(&mut self, kind: WarningKind, file: &str, count: u64, places: Vec<WarningPlace>) {
        if count == 0 {
            return;
        }
        let known = self.warnings.iter().position(|w| w.kind == kind && w.file == file);
        let at = known.unwrap_or(self.warnings.len());
        if known.is_none() {
            self.warnings.push(Warning { kind, file: file.to_owned(), count: 0, places: vec![] });
        }
        let warning = &mut self.warnings[at];
        warning.count = warning.count.saturating_add(count);
        let room = NAMED.saturating_sub(warning.places.len());
        warning.places.extend(places.into_iter().take(room).map(short));
    }

    /// Ends what is remembered of a table.
    pub fn end_table(&mut self) {
        self.begin = 0;
        (self.orders, self.shared, self.guests, self.rows) = Default::default();
    }

    /// Rows of a file that were left out by rule.
    pub fn left_out(&self, file: &str) -> u64 {
        let kinds = [
            WarningKind::LeftOut,
            WarningKind::OutsideData,
            WarningKind::OverlapLeftOut,
            WarningKind::KindLeftOut,
        ];
        let of = |warning: &&Warning| kinds.contains(&warning.kind) && warning.file == file;
        self.warnings.iter().filter(of).map(|warning| warning.count).sum()
    }

    /// All warnings.
    pub fn into_warnings(self) -> Vec<Warning> {
        self.warnings
    }
}

/// A place as it is kept: no id is as long as it likes.
fn short(place: WarningPlace) -> WarningPlace {
    let id = place.id.map(|id| id.chars().take(LONGEST_ID).collect());
    WarningPlace { id, ..place }
}

/// Says the warnings, or fails by them if the mapping is strict.
///
/// # Errors
/// If it is, and one of them tells of something that may be wrong.
pub fn report(warnings: &[Warning], mapping: &Mapping, progress: &dyn Progress) -> Result<()> {
    let code = &mapping.currency.code;
    let text = |warning: &Warning| format!("{}: {}", warning.file, describe(warning, code));
    let doubtful = warnings.iter().filter(|warning| warning.kind.is_doubt());
    let doubtful: Vec<String> = doubtful.map(text).collect();
    if mapping.strict && !doubtful.is_empty() {
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

/// What is told of ids that are other ways of writing one.
pub fn joined(joined: &Joined) -> String {
    let [other, first] = joined.first.each_ref().map(|id| visible(id));
    format!(
        "customer ids that are names or addresses and differ from another one by capitals or blanks \
         only count as that ({}): '{other}' as '{first}'",
        joined.ids
    )
}

/// A warning in words, of amounts in a currency.
pub fn describe(warning: &Warning, code: &str) -> String {
    let count = warning.count;
    let large = || {
        format!(
            "amounts are large and all are whole numbers: if they are in the smallest unit of {code}, \
             {factor} of which are one {code}, say amount_unit = \"minor\" in [format], and they are \
             divided by {factor}; if not, amount_unit = \"major\" ends this note",
            factor = marks::factor(code)
        )
    };
    let what: &str = match warning.kind {
        WarningKind::LargeAmounts => &large(),
        WarningKind::SharedOrders => {
            "order numbers belong to more than one customer, each counts as one order"
        }
        WarningKind::RepeatedRows => "rows repeat an earlier row to the last cell, and count again",
        WarningKind::OverlapCounted => {
            "rows are in an earlier file, too, in all that is read, and count again; overlap = \
             \"leave_out\" counts each once"
        }
        WarningKind::OverlapLeftOut => {
            "rows are in another file, too, in all that is read, or their whole orders are, and were left \
             out here"
        }
        WarningKind::OrdersAcross => {
            "orders have lines in an earlier file, too, that differ from these; all of them count, \
             and twice if one file has the order as it was before it was changed, which orders_across = \
             \"last_file\" leaves out"
        }
        WarningKind::KindLeftOut => {
            "rows are of kinds that are left out, as kinds in the mapping has it"
        }
        WarningKind::LeftOut => "rows have neither a date nor an amount, and were left out",
        WarningKind::BinaryNoise => {
            "numbers had the noise of binary fractions, and were read as the decimals meant \
             (3.3000000000000003 as 3.3)"
        }
        WarningKind::PowersOfTen => {
            "numbers were written with a power of ten (1.5E+03); a spreadsheet may have cut digits"
        }
        WarningKind::LooseIds => {
            "customer ids differ from another one by an apostrophe, leading zeros, a .0 at the end \
             or capitals only, and count as customers of their own"
        }
        WarningKind::ChangedIds => {
            "ids look as if a spreadsheet or a program had changed them (1.23E+15, 1001.0, 789 \
             beside 00123), so that different ones may have become one; export them as text"
        }
        WarningKind::GuestLines => {
            "lines have no customer in an order whose other lines have one, and count as guests' \
             lines; write the customer into every line if they are the customer's"
        }
        WarningKind::ThreeDecimals => {
            "amounts have three digits behind the sign for decimals, and none has one or two; if \
             that sign stands between thousands, say so with thousands and decimal_comma in [format]"
        }
        WarningKind::OutsideData => {
            "rows are from before the first purchase or after the as-of day, so from where there is \
             no data, and were left out; as_of in the mapping may name a later day"
        }
        WarningKind::UnusedColumns => {
            "columns have the name of a field and are not used, because the mapping names others \
             in their place; to use one, name it under columns"
        }
        WarningKind::TotalRows => {
            "rows are called totals, or the last one is of nobody and the sum of all before it; they count: \
             take them out if they are the sums of other rows"
        }
        WarningKind::FarDays => {
            "days are more than a year before or after all others; a slip of the pen would make \
             the period as long"
        }
        WarningKind::PlaceholderIds => {
            "ids are words for nothing, and stand for one customer or order; name them under \
             guests, or nulls in [format], if they mean nobody"
        }
        WarningKind::EverybodyGuest => {
            "columns describe customers, and none is the customer_id, so that everybody is a \
             guest; name one for customer_id under columns (\"\" if guests are meant)"
        }
        WarningKind::UnreadFiles => {
            "files are called like a table and were not read, because the mapping has no section \
             for it"
        }
        WarningKind::Other => "rows are doubtful",
    };
    let places: Vec<String> = warning.places.iter().map(place).collect();
    let more = if warning.count > places.len() as u64 { ", ..." } else { "" };
    format!("{what} ({count}): {}{more}", places.join(", "))
}

fn place(place: &WarningPlace) -> String {
    let lines: Vec<String> = place.lines.iter().map(u64::to_string).collect();
    let lines = format!("line{} {}", if lines.len() > 1 { "s" } else { "" }, lines.join(" and "));
    match &place.id {
        Some(id) if place.lines.is_empty() => format!("'{}'", visible(id)),
        Some(id) => format!("'{}' ({lines})", visible(id)),
        None => lines,
    }
}
