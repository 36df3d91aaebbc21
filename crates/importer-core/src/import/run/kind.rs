//! Of which kind the rows of a file are, one after the other.

use anyhow::{Context, Result};

use crate::import::kinds::{Kind, Kinds};
use crate::import::reader::{self, Reader};
use crate::import::record::Record;
use crate::import::records::Records;

/// The kinds of a file's rows, one after the other.
pub struct KindsLook {
    kinds: Kinds,
    at: usize,
    /// The last row's order, what it said, and its kind.
    last: (String, String, Kind),
}

impl KindsLook {
    /// Begins a file.
    ///
    /// # Errors
    /// If it does not have the column, or has it twice.
    pub fn begin(kinds: &Kinds, records: &Records) -> Result<Self> {
        let at = reader::alone(records, &kinds.column)
            .with_context(|| "kinds in [purchase_transactions]")?;
        Ok(Self { kinds: kinds.clone(), at, last: <(String, String, Kind)>::default() })
    }

    /// The kind of a row. One that says nothing is as the row before it of the same order, as where
    /// what is of the order stands on its first line.
    pub fn of(&mut self, reader: &Reader, record: &Record) -> Kind {
        let says = record.cells.get(self.at).map(|cell| cell.trim()).unwrap_or_default();
        let order = reader.raw(record, "order_id").unwrap_or_default();
        let (last_order, last_says, kind) = &mut self.last;
        if says.is_empty() && !order.is_empty() && order == last_order {
            return *kind;
        }
        if says != last_says {
            says.clone_into(last_says);
            *kind = self.kinds.of(says);
        }
        if order != last_order {
            order.clone_into(last_order);
        }
        *kind
    }

    /// What the last row said, or the one that it is as.
    pub fn said(&self) -> &str {
        &self.last.1
    }
}
