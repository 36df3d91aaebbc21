//! An import under way: rows are read table by table, checked against each other, and written.

use std::collections::HashMap;

use anyhow::{Context, Result};
use serde::Serialize;
use snapshot::Day;
use snapshot::meta::{Warning, WarningKind, WarningPlace};

use super::amounts::Written;
use super::derived::{MetCustomers, MetProducts};
use super::doubts::Doubts;
use super::far_days::DaysLook;
use super::fields::{Table, required};
use super::file_names::{OrdersAcross, Overlap};
use super::ids::{self, IdsLook};
use super::mapping::{AmountOf, TableMapping};
use super::numbering::Numbering;
use super::oddities;
use super::overlap::{Across, OverlapLook};
use super::parts;
use super::reader::{Reader, Scale};
use super::record::Record;
use super::records::{self, Records};
use super::rejects::{Reject, Rejection, Rejects, rows_of_count};
use super::request::Import;
use super::rows_of;
use super::survey::Survey;
use crate::keys::{KeySet, short_hash};
use crate::progress::Progress;
use crate::rows::Purchase;
use crate::sink::Sink;

/// An import under way.
pub struct Run<'a> {
    import: &'a Import,
    sink: &'a mut dyn Sink,
    progress: &'a dyn Progress,
    survey: &'a Survey,
    rejects: Rejects,
    doubts: Doubts,
    customers: Known<MetCustomers>,
    products: Known<MetProducts>,
    /// The days of the first and the last purchase line so far.
    days: Option<(Day, Day)>,
    /// What each file of purchases had.
    files: Vec<FileRead>,
}

/// What a file of purchases had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileRead {
    /// Its name.
    pub name: String,
    /// Rows that were taken.
    pub rows: u64,
    /// Rows that an earlier file has, too, as far as they are read.
    pub again: u64,
    /// Orders whose numbers an earlier file has, too, and that seem to be others.
    pub another: u64,
}

/// What rows may refer to.
enum Known<M> {
    /// The ids of a table of its own.
    Listed(ListedIds),
    /// What purchase lines say, as there is no table.
    Met(M),
}

/// The ids of a table, as they are and without what gets lost on the way.
#[derive(Default)]
struct ListedIds {
    exact: KeySet,
    bare: KeySet,
}

/// What is remembered of the rows of one table while it is read, and of its files.
#[derive(Default)]
struct Rows {
    numbering: Numbering,
    /// Rows of several files.
    several: Option<OverlapLook>,
    /// Where the columns of the first file stand in the one that is read, where they stand elsewhere.
    places: Option<Vec<Option<usize>>>,
    /// A record with the columns of the first file.
    moved: Record,
    /// Whether an earlier file has the row, too.
    is_again: bool,
    /// What orders of several files are.
    across: OrdersAcross,
    /// Whether the file has what was given back.
    is_returns: bool,
    /// Number of the file.
    file: u32,
    /// Rows of the file that were taken, and that an earlier one has.
    taken: u64,
    again: u64,
    /// Orders of the file that seem to be others than those of their number before.
    another: u64,
    /// Rows of all files that were left out.
    left_out: u64,
    transactions: KeySet,
    /// The amounts of orders, where they stand on each line of an order again.
    amounts: Option<HashMap<u64, i64>>,
    ids: IdsLook,
    days: DaysLook,
}

/// What became of a row that is right.
enum Taken {
    /// It is in the snapshot.
    Loaded,
    /// It lies outside the data.
    LeftOut,
}

/// Why a row is not taken.
enum Stop {
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

impl<'a> Run<'a> {
    /// An import that has read nothing yet.
    pub fn new(
        import: &'a Import,
        sink: &'a mut dyn Sink,
        progress: &'a dyn Progress,
        survey: &'a Survey,
    ) -> Self {
        let listed = |table| import.mapping.table(table).is_some();
        Self {
            import,
            sink,
            progress,
            survey,
            doubts: Doubts::default(),
            rejects: Rejects::new(import.mapping.reject_limit),
            customers: Known::new(listed(Table::Customers)),
            products: Known::new(listed(Table::Products)),
            days: None,
            files: Vec::new(),
        }
    }

    /// What came of it.
    pub fn end(self) -> (Rejects, Vec<Warning>, Vec<FileRead>) {
        let mut warnings = self.survey.warnings.clone();
        warnings.extend(self.doubts.into_warnings());
        (self.rejects, warnings, self.files)
    }

    /// Reads a table, if the source has it.
    ///
    /// # Errors
    /// If its file or columns are missing, or far too many rows are wrong.
    pub fn table(&mut self, table: Table) -> Result<()> {
        let import = self.import;
        let Some(mapped) = import.mapping.table(table) else {
            if let Some(name) = records::unread(&*import.from, table, &import.mapping) {
                let kind = WarningKind::UnreadFiles;
                self.doubts.note(kind, &name, Some(table.name()), Vec::new());
            }
            return Ok(());
        };
        let parts = parts::of(&*import.from, table, mapped, &import.mapping)?;
        let mut stage = self.progress.stage(&format!("Reading {}", table.name()), None);
        let mut rows = Rows { across: mapped.orders_across, ..Rows::default() };
        if parts.len() > 1 {
            rows.several = Some(OverlapLook::default());
        }
        let (mut last, mut header): (u64, Option<Vec<String>>) = (0, None);
        for part in &parts {
            let mut records = part.open(&*import.from, mapped)?;
            let mut reader = Reader::new(&records, table, mapped, &import.mapping)?;
            self.survey.settle(&mut reader);
            let is_first = header.is_none();
            if is_first {
                self.check(&reader, &records, mapped)?;
                let is_of_order = mapped.amount_of == AmountOf::Order && reader.has("order_id");
                rows.amounts = (is_of_order && reader.has("amount")).then(HashMap::new);
            }
            let begin = rows.numbering.begin(&reader.file, records.header_line(), last);
            records.number_from(begin);
            self.doubts.begin_file(begin);
            rows.is_returns = mapped.is_of_returns(&reader.file);
            rows.begin(records.header(), header.get_or_insert_with(|| records.header().to_vec()));
            last = records.each(&mut |record| {
                stage.step();
                self.record(&reader, mapped, record, &mut rows)
            })?;
            if table == Table::Purchases {
                let (name, taken) = (reader.file.clone(), std::mem::take(&mut rows.taken));
                let again = std::mem::take(&mut rows.again);
                let another = std::mem::take(&mut rows.another);
                self.files.push(FileRead { name, rows: taken, again, another });
            }
            rows.left_out = rows.left_out.saturating_add(self.doubts.left_out(&reader.file));
        }
        self.end_table(&mut rows);
        if table == Table::Purchases {
            self.write_met()?;
        }
        let (read, rejected, left_out) = (stage.steps(), self.rejects.of(table), rows.left_out);
        let loaded = read.saturating_sub(rejected).saturating_sub(left_out);
        let left_out = if left_out > 0 { format!(" + {left_out} left out") } else { String::new() };
        let all = rows_of_count(read);
        stage.end(&format!("{all} = {loaded} loaded + {rejected} rejected{left_out}"));
        Ok(())
    }

    /// Fails where a table's columns are missing; notes what is odd about them.
    fn check(&mut self, reader: &Reader, records: &Records, mapped: &TableMapping) -> Result<()> {
        let table = reader.table;
        reader.require(records, required(table))?;
        if table == Table::Purchases && !reader.has("amount") {
            let parts = ["unit_price", "quantity"];
            reader.require(records, &parts).context(match reader.unused() {
                unused if unused.iter().any(|name| name == "amount") => {
                    "the mapping names unit_price in the place of amount"
                }
                _ => "there is no column for amount",
            })?;
        }
        for name in reader.unused() {
            self.doubts.note(WarningKind::UnusedColumns, &reader.file, Some(name), Vec::new());
        }
        for name in oddities::nameless(reader, mapped) {
            self.doubts.note(WarningKind::EverybodyGuest, &reader.file, Some(&name), Vec::new());
        }
        Ok(())
    }

    /// Notes what only all rows of a table tell.
    fn end_table(&mut self, rows: &mut Rows) {
        let numbering = &rows.numbering;
        let (count, mut places) = std::mem::take(&mut rows.ids).changed();
        let number = |place: &WarningPlace| place.lines.first().copied().unwrap_or_default();
        let file = places.first().map(|place| numbering.place(number(place)).0);
        let file = file.unwrap_or_default().to_owned();
        // A note is about one file, that of the first of them.
        places.retain(|place| numbering.place(number(place)).0 == file);
        for place in &mut places {
            place.lines = vec![numbering.place(number(place)).1];
        }
        self.doubts.notes(WarningKind::ChangedIds, &file, count, places);
        for (day, number) in rows.days.far() {
            let (file, line) = numbering.place(number);
            self.doubts.note(WarningKind::FarDays, file, Some(&day.to_string()), vec![line]);
        }
        self.doubts.end_table();
    }

    /// Takes a record: its row is loaded, rejected or left out.
    fn record(
        &mut self,
        reader: &Reader,
        mapped: &TableMapping,
        record: &Record,
        rows: &mut Rows,
    ) -> Result<()> {
        if let Some(problem) = oddities::swallowed(reader, record) {
            return Err(problem);
        }
        let line = record.line;
        if oddities::is_left_out(reader, record) {
            self.doubts.note(WarningKind::LeftOut, &reader.file, None, vec![line]);
            return Ok(());
        }
        if self.is_of_later_file(reader, record, rows) {
            self.doubts.note(WarningKind::OverlapLeftOut, &reader.file, None, vec![line]);
            return Ok(());
        }
        let is_again = record.problem.is_none() && rows.is_again(reader, record, self.survey.scale);
        rows.is_again = is_again;
        rows.again = rows.again.saturating_add(is_again.into());
        if is_again && mapped.overlap == Overlap::LeaveOut {
            self.doubts.note(WarningKind::OverlapLeftOut, &reader.file, None, vec![line]);
            return Ok(());
        }
        let taken = self.row(reader, record, rows);
        let odd = reader.odd();
        match taken {
            Ok(Taken::LeftOut) => {
                self.doubts.note(WarningKind::OutsideData, &reader.file, None, vec![line]);
                Ok(())
            }
            Ok(Taken::Loaded) => {
                rows.taken = rows.taken.saturating_add(1);
                if is_again {
                    let kind = WarningKind::OverlapCounted;
                    self.doubts.note(kind, &reader.file, None, vec![line]);
                }
                for written in odd {
                    let kind = match written {
                        Written::WithNoise => WarningKind::BinaryNoise,
                        _ => WarningKind::PowersOfTen,
                    };
                    self.doubts.note(kind, &reader.file, None, vec![line]);
                }
                for id in oddities::placeholders(reader, record) {
                    self.doubts.note(
                        WarningKind::PlaceholderIds,
                        &reader.file,
                        Some(id),
                        vec![line],
                    );
                }
                Ok(())
            }
            Err(Stop::Fail(error)) => Err(error),
            Err(Stop::Reject(reject)) => {
                let file = reader.file.clone();
                self.rejects.add(reader.table, Rejection { file, line, reject })
            }
        }
    }

    /// Whether a row is of an order that a later file has, which is as that has it.
    fn is_of_later_file(&self, reader: &Reader, record: &Record, rows: &Rows) -> bool {
        let last_files = &self.survey.last_files;
        if last_files.is_empty() || rows.is_returns || record.problem.is_some() {
            return false;
        }
        let order = reader.raw(record, "order_id");
        let last = order.and_then(|order| last_files.get(&short_hash(&[order])));
        last.is_some_and(|&last| last > rows.file)
    }

    fn row(&mut self, reader: &Reader, record: &Record, rows: &mut Rows) -> Result<Taken, Stop> {
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
                let row = rows_of::interaction(reader, record)?;
                self.know(reader, row.customer_id.as_deref())?;
                if !self.is_within_data(row.day) {
                    return Ok(Taken::LeftOut);
                }
                self.sink.interaction(&row)?;
            }
            Table::Contacts => {
                let row = rows_of::contact(reader, record)?;
                self.know(reader, row.customer_id.as_deref())?;
                if !self.is_within_data(row.day) {
                    return Ok(Taken::LeftOut);
                }
                self.sink.contact(&row)?;
            }
            Table::Visits => {
                let row = rows_of::visit(reader, record)?;
                self.know(reader, row.customer_id.as_deref())?;
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
        if oddities::is_total(reader, record) {
            return Err(Reject::row("a row of totals, which is never counted").into());
        }
        reader.currency(record, &self.survey.currency.code)?;
        let mut row = rows_of::purchase(reader, record, self.survey.scale)?;
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
        rows.days.look(row.day, record.number);
        if let Some(id) = oddities::total_id(reader, record) {
            self.doubts.note(WarningKind::TotalRows, &reader.file, Some(id), vec![record.line]);
        }
        if reader.has("order_id") {
            self.doubts.order(&reader.file, record, &row);
            // A later file may have what was given back of an earlier one's order.
            let is_sold = row.amount >= 0 && !rows.is_returns;
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
                if met.meet(rows_of::described(reader, record, id.clone())?) {
                    self.loose_id(reader, record, id);
                }
            }
            _ => self.know(reader, row.customer_id.as_deref())?,
        }
        if let Known::Met(met) = &mut self.products {
            let (name, category) =
                (reader.text(record, "product_name")?, reader.text(record, "category")?);
            row.product_id = met.meet(row.product_id, name, category);
        }
        Ok(row)
    }

    /// Refuses a row of a customer whom nobody knows.
    fn know(&self, reader: &Reader, customer: Option<&str>) -> Result<(), Reject> {
        let Some(id) = customer else { return Ok(()) };
        match &self.customers {
            Known::Listed(ids) if ids.exact.contains(id) => Ok(()),
            Known::Listed(ids) => Err(unknown(reader, "customer_id", id, "customer_info", ids)),
            Known::Met(met) if met.knows(id) => Ok(()),
            Known::Met(_) => {
                let is = "is a customer who is not in purchase_transactions";
                Err(Reject::value(&reader.column("customer_id"), id, is))
            }
        }
    }

    /// Writes the customers and products that purchase lines named.
    fn write_met(&mut self) -> Result<()> {
        if let Known::Met(met) = &self.customers {
            met.write(self.sink)?;
        }
        if let Known::Met(met) = &self.products {
            met.write(self.sink)?;
        }
        Ok(())
    }
}

impl Rows {
    /// Begins a file of a header.
    fn begin(&mut self, header: &[String], first: &[String]) {
        if let Some(several) = &mut self.several {
            several.begin();
        }
        self.file = self.file.saturating_add(1);
        let place = |name: &String| header.iter().position(|known| known == name);
        self.places = (header != first).then(|| first.iter().map(place).collect());
    }

    /// Whether an earlier file has all that is read of a row, too.
    fn is_again(&mut self, reader: &Reader, record: &Record, scale: Scale) -> bool {
        let Some(several) = &mut self.several else { return false };
        let mut read = reader.as_read(record, scale);
        // What was given back is no sale, even if all else is alike.
        read.push(if self.is_returns { "-" } else { "" }.into());
        several.is_again(&read)
    }

    /// In a file of what was given back nothing is above zero.
    fn given_back(&self, row: &mut Purchase) {
        if self.is_returns {
            row.amount = row.amount.saturating_abs().saturating_neg();
            row.quantity = row.quantity.map(|units| units.saturating_abs().saturating_neg());
        }
    }

    /// Where each file numbers its own orders, those whose number was there before get the name of
    /// their file to it.
    fn number_apart(&mut self, reader: &Reader, row: &mut Purchase) {
        if self.across != OrdersAcross::Apart || self.is_returns || !reader.has("order_id") {
            return;
        }
        if self.several.as_mut().is_some_and(|several| several.is_of_earlier(row)) {
            row.order_id = format!("{} ({})", row.order_id, reader.file);
        }
    }

    /// Where an amount is that of a whole order, it counts on the first line of that only.
    fn amount_of_order(&mut self, reader: &Reader, row: &mut Purchase) -> Result<(), Reject> {
        let amounts = self.amounts.as_mut().filter(|_| !self.is_returns);
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
    fn of_first<'a>(&'a mut self, record: &'a Record) -> &'a Record {
        let Some(places) = &self.places else { return record };
        let moved = &mut self.moved;
        (moved.line, moved.number) = (record.line, record.number);
        moved.cells.resize(places.len(), String::new());
        for (cell, place) in moved.cells.iter_mut().zip(places) {
            let text = place.and_then(|at| record.cells.get(at));
            cell.clear();
            cell.push_str(text.map(String::as_str).unwrap_or_default());
        }
        moved
    }
}

impl<M: Default> Known<M> {
    fn new(listed: bool) -> Self {
        if listed { Self::Listed(ListedIds::default()) } else { Self::Met(M::default()) }
    }
}

/// Takes a new id; true if it differs from another's by what gets lost on the way only.
fn new_id<M>(known: &mut Known<M>, reader: &Reader, field: &str, id: &str) -> Result<bool, Reject> {
    let Known::Listed(ids) = known else { return Ok(false) };
    if !ids.exact.insert(id) {
        return Err(again(reader, field, id));
    }
    Ok(!ids.bare.insert(&ids::bare(id)))
}

fn again(reader: &Reader, field: &str, id: &str) -> Reject {
    Reject::value(&reader.column(field), id, "was there before")
}

/// Why an id that is not in its table's list is refused.
fn unknown(reader: &Reader, field: &str, id: &str, list: &str, ids: &ListedIds) -> Reject {
    let other = oddities::other_apostrophe(id);
    let what = field.trim_end_matches("_id");
    let (reason, kind) = if ids.exact.contains(&other) {
        let differ = "the ids differ by a leading apostrophe only; take it off in one of the files";
        (
            format!("{what} '{id}' is not in {list}, but '{other}' is: {differ}"),
            format!("not in {list}: {differ}"),
        )
    } else if ids.bare.contains(&ids::bare(id)) {
        let differ = "the ids differ by leading zeros, a .0 at the end or capitals only; write them alike in both files";
        (
            format!("{what} '{id}' is not in {list}, but one like it is: {differ}"),
            format!("not in {list}: {differ}"),
        )
    } else {
        (format!("{what} '{id}' is not in {list}"), format!("{what} is not in {list}"))
    };
    Reject::cell(&reader.column(field), reason).of_kind(&kind)
}
