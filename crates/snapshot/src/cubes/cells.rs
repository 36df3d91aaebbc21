//! The columns of each cube, and how they are stored.

use crate::pack::{EncodedPack, PackError, PackReader, PackWriter, Step};

/// Sums over purchase lines, one a cell; additive over strata and periods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SalesCells {
    /// Net amount, in money units.
    pub revenue: Vec<i64>,
    /// Net quantity.
    pub units: Vec<i64>,
    /// Purchase lines.
    pub lines: Vec<i64>,
    /// Distinct orders with a positive line.
    pub orders: Vec<i64>,
}

/// Feedback and contacts, one a cell; additive over strata and periods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoiceCells {
    /// Scores of 1, 2, 3, 4 and 5.
    pub scores: [Vec<i64>; 5],
    /// Campaign contacts.
    pub contacts: Vec<i64>,
    /// Contacts that were answered.
    pub responses: Vec<i64>,
}

/// Scores by channel and by reason, one a cell; additive over strata and periods.
///
/// Each aspect has the cells of a cube of months, or of days: channels first, then reasons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AspectCells {
    /// Scores of 1, 2, 3, 4 and 5.
    pub scores: [Vec<i64>; 5],
}

/// Distinct customers of every window of whole months.
///
/// A cell is (stratum, first month, last month); it holds what the window has more than the one
/// that ends a month earlier, so that a window is the sum of its row up to its last month. Rows
/// are stored from the first month on: `months - first` cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WindowCells {
    /// Customers with a purchase line.
    pub customers: Vec<i64>,
    /// Their lifetime value, in money units.
    pub lifetime_value: Vec<i64>,
    /// Those of them whose first purchase of all lies in the window.
    pub new_customers: Vec<i64>,
    /// Customers with an order.
    pub ordering: Vec<i64>,
    /// Customers with two orders.
    pub repeat: Vec<i64>,
}

/// All customers by (segment, churn risk, RFM segment), whether they bought or not.
///
/// Rows are `stratum * (RFM segments + 1) + RFM segment`, the last of each for the unscored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Customers.
    pub customers: Vec<i64>,
    /// Their lifetime value, in money units.
    pub lifetime_value: Vec<i64>,
    /// Those with an order.
    pub ordering: Vec<i64>,
    /// Those with two or more orders.
    pub repeat: Vec<i64>,
}

/// A set of columns of equal length that is stored as one pack.
pub trait Cells: Default {
    /// The columns, in the order in which they are stored.
    fn columns(&self) -> Vec<&Vec<i64>>;

    /// The same, to be filled.
    fn columns_mut(&mut self) -> Vec<&mut Vec<i64>>;

    /// Cells of zero.
    fn zero(cells: usize) -> Self {
        let mut zero = Self::default();
        for column in zero.columns_mut() {
            column.resize(cells, 0);
        }
        zero
    }

    /// Encodes all cells.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    fn encode(&self) -> Result<EncodedPack, PackError> {
        let mut writer = PackWriter::default();
        for column in self.columns() {
            writer.column(Step::Plain, column.iter().copied());
        }
        writer.finish()
    }

    /// Reads a pack that must have a number of cells.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the pack is not what was written.
    fn decode(pack: &EncodedPack, cells: usize) -> Result<Self, PackError> {
        let (mut reader, mut read) = (PackReader::open_of(pack, cells)?, Self::default());
        for column in read.columns_mut() {
            reader.column(column)?;
            if column.len() != cells {
                return Err(PackError::Damaged("a cube of another shape"));
            }
        }
        Ok(read)
    }
}

impl Cells for SalesCells {
    fn columns(&self) -> Vec<&Vec<i64>> {
        vec![&self.revenue, &self.units, &self.lines, &self.orders]
    }

    fn columns_mut(&mut self) -> Vec<&mut Vec<i64>> {
        vec![&mut self.revenue, &mut self.units, &mut self.lines, &mut self.orders]
    }
}

impl Cells for VoiceCells {
    fn columns(&self) -> Vec<&Vec<i64>> {
        self.scores.iter().chain([&self.contacts, &self.responses]).collect()
    }

    fn columns_mut(&mut self) -> Vec<&mut Vec<i64>> {
        self.scores.iter_mut().chain([&mut self.contacts, &mut self.responses]).collect()
    }
}

impl Cells for AspectCells {
    fn columns(&self) -> Vec<&Vec<i64>> {
        self.scores.iter().collect()
    }

    fn columns_mut(&mut self) -> Vec<&mut Vec<i64>> {
        self.scores.iter_mut().collect()
    }
}

impl Cells for WindowCells {
    fn columns(&self) -> Vec<&Vec<i64>> {
        let Self { customers, lifetime_value, new_customers, ordering, repeat } = self;
        vec![customers, lifetime_value, new_customers, ordering, repeat]
    }

    fn columns_mut(&mut self) -> Vec<&mut Vec<i64>> {
        let Self { customers, lifetime_value, new_customers, ordering, repeat } = self;
        vec![customers, lifetime_value, new_customers, ordering, repeat]
    }
}

impl Cells for Census {
    fn columns(&self) -> Vec<&Vec<i64>> {
        let Self { customers, lifetime_value, ordering, repeat } = self;
        vec![customers, lifetime_value, ordering, repeat]
    }

    fn columns_mut(&mut self) -> Vec<&mut Vec<i64>> {
        let Self { customers, lifetime_value, ordering, repeat } = self;
        vec![customers, lifetime_value, ordering, repeat]
    }
}
