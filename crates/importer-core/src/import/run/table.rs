//! A table: its files one after the other, record by record.

use std::collections::HashMap;

use anyhow::{Context, Result};
use snapshot::meta::{WarningKind, WarningPlace};

use super::kind::KindsLook;
use super::known::Known;
use super::row::{Stop, Taken};
use super::so_far::Rows;
use super::{FileRead, Run};
use crate::import::amounts::Written;
use crate::import::fields::{Table, required};
use crate::import::file_names::Overlap;
use crate::import::fill::FillLook;
use crate::import::kinds::Kind;
use crate::import::mapping::{AmountOf, NegativeQuantity, TableMapping};
use crate::import::reader::Reader;
use crate::import::record::Record;
use crate::import::records::{self, Records};
use crate::import::rejects::{Rejection, rows_of_count};
use crate::import::rows_of::amount_alone;
use crate::import::{oddities, parts};
use crate::keys::short_hash;

impl Run<'_> {
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
        let mut rows = Rows::of(parts.len(), mapped.orders_across);
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
            rows.is_file_of_returns = mapped.is_of_returns(&reader.file);
            rows.fill = (mapped.fill_down && table == Table::Purchases).then(FillLook::default);
            let kinds = mapped.kinds.as_ref().filter(|_| table == Table::Purchases);
            rows.kinds = kinds.map(|kinds| KindsLook::begin(kinds, &records)).transpose()?;
            rows.takes_minus = mapped.negative_quantity == NegativeQuantity::Return;
            rows.begin(records.header(), header.get_or_insert_with(|| records.header().to_vec()));
            last = records.each(&mut |record| {
                stage.step();
                self.record(&reader, mapped, record, &mut rows)
            })?;
            if table == Table::Purchases {
                let (name, taken) = (reader.file.clone(), std::mem::take(&mut rows.taken));
                let again = std::mem::take(&mut rows.again);
                let another = std::mem::take(&mut rows.another);
                if let Some(line) = rows.totals.last_is_sum() {
                    self.doubts.note(WarningKind::TotalRows, &name, None, vec![line]);
                }
                let days = rows.file_days.take();
                self.files.push(FileRead { name, days, rows: taken, again, another });
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
        let filled = rows.fill.as_mut().and_then(|fill| fill.filled(reader, record));
        let record = filled.as_ref().unwrap_or(record);
        if let Some(problem) = oddities::swallowed(reader, record) {
            return Err(problem);
        }
        let line = record.line;
        if oddities::is_left_out(reader, record) {
            self.doubts.note(WarningKind::LeftOut, &reader.file, None, vec![line]);
            return Ok(());
        }
        if self.is_of_kind_left_out(reader, record, rows) {
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

    /// Finds a row's kind; true, and noted, where rows of that kind do not count.
    fn is_of_kind_left_out(&mut self, reader: &Reader, record: &Record, rows: &mut Rows) -> bool {
        rows.kind = Kind::Sale;
        let Some(kinds) = rows.kinds.as_mut().filter(|_| record.problem.is_none()) else {
            return false;
        };
        rows.kind = kinds.of(reader, record);
        if rows.kind != Kind::LeftOut {
            return false;
        }
        let (kind, says) = (WarningKind::KindLeftOut, kinds.said());
        self.doubts.note(kind, &reader.file, Some(says), vec![record.line]);
        // A row of totals may have their sum in it.
        let written = amount_alone(reader, record, self.survey.scale).unwrap_or_default();
        rows.totals.take(reader, record, 0, written);
        true
    }

    /// Whether a row is of an order that a later file has, which is as that has it.
    fn is_of_later_file(&self, reader: &Reader, record: &Record, rows: &Rows) -> bool {
        let last_files = &self.survey.last_files;
        if last_files.is_empty() || rows.is_returns() || record.problem.is_some() {
            return false;
        }
        let order = reader.raw(record, "order_id");
        let last = order.and_then(|order| last_files.get(&short_hash(&[order])));
        last.is_some_and(|&last| last > rows.file)
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
