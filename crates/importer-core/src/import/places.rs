//! Where a file's columns stand in another file.

use super::record::Record;

/// Where each column of a header stands in another one; none where that has no such column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places(Vec<Option<usize>>);

impl Places {
    /// Where the columns of a header stand in another one; none if all stand alike.
    pub fn between(header: &[String], other: &[String]) -> Option<Self> {
        let place = |name: &String| other.iter().position(|known| known == name);
        (header != other).then(|| Self(header.iter().map(place).collect()))
    }

    /// Writes a record of the other file with its cells in the header's order.
    pub fn put(&self, record: &Record, into: &mut Record) {
        (into.line, into.number) = (record.line, record.number);
        (into.blank, into.broken) = (record.blank, record.broken);
        into.problem.clone_from(&record.problem);
        into.cells.resize(self.0.len(), String::new());
        for (cell, place) in into.cells.iter_mut().zip(&self.0) {
            let text = place.and_then(|at| record.cells.get(at));
            cell.clear();
            cell.push_str(text.map(String::as_str).unwrap_or_default());
        }
    }

    /// A record of the other file with its cells in the header's order.
    pub fn moved(&self, record: &Record) -> Record {
        let mut moved = Record::default();
        self.put(record, &mut moved);
        moved
    }
}
