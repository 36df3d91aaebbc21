//! The decoded columns: customers, purchase lines, feedback, campaign contacts.
//!
//! Customers are sorted by (segment, churn risk, customer id) and numbered from 0: that number
//! is `ord` in table `customer_360`. Purchase lines follow the customers' order; within a
//! customer, lines of one order stand together. Lines of guests come last. Days are counted
//! from [`crate::Meta::first_day`].

use crate::pack::{EncodedPack, PackError, PackReader, PackWriter, Step};

/// In a day column: there is no such day.
pub const NO_DAY: u16 = u16::MAX;

/// In a customer column: nobody known, a guest.
pub const NO_CUSTOMER: u32 = u32::MAX;

/// In an RFM column: never bought, so not scored.
pub const NOT_SCORED: u8 = u8::MAX;

/// In a column of channels or reasons: the source did not say.
pub const NOT_SAID: u8 = u8::MAX;

/// One row a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerColumns {
    /// Index into [`crate::Labels::segments`].
    pub segment: Vec<u8>,
    /// Index into [`crate::Labels::churn_risks`].
    pub churn: Vec<u8>,
    /// Index into [`crate::Labels::rfm_segments`], or [`NOT_SCORED`].
    pub rfm_segment: Vec<u8>,
    /// Day of the first purchase, or [`NO_DAY`].
    pub first_purchase: Vec<u16>,
    /// Day of the last purchase, or [`NO_DAY`].
    pub last_purchase: Vec<u16>,
    /// Orders of all time.
    pub orders: Vec<u32>,
    /// Net amount of all time, in money units.
    pub lifetime_value: Vec<i64>,
    /// Purchase lines of all time.
    pub lines: Vec<u32>,
}

impl CustomerColumns {
    /// Number of customers.
    pub fn len(&self) -> usize {
        self.segment.len()
    }

    /// True without customers.
    pub fn is_empty(&self) -> bool {
        self.segment.is_empty()
    }

    /// Makes room for so many rows, so that appending them moves nothing. Where so much cannot be
    /// had, it is tried again as rows come.
    pub fn reserve(&mut self, rows: usize) {
        for column in [&mut self.segment, &mut self.churn, &mut self.rfm_segment] {
            let _ = column.try_reserve_exact(rows);
        }
        for column in [&mut self.first_purchase, &mut self.last_purchase] {
            let _ = column.try_reserve_exact(rows);
        }
        for column in [&mut self.orders, &mut self.lines] {
            let _ = column.try_reserve_exact(rows);
        }
        let _ = self.lifetime_value.try_reserve_exact(rows);
    }

    /// Encodes all rows as one block.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    pub fn encode(&self) -> Result<EncodedPack, PackError> {
        let small = |column: &[u8]| column.iter().map(|&v| i64::from(v)).collect::<Vec<_>>();
        let days = |column: &[u16]| column.iter().map(|&v| day_out(v)).collect::<Vec<_>>();
        let counts = |column: &[u32]| column.iter().map(|&v| i64::from(v)).collect::<Vec<_>>();
        let rfm = self.rfm_segment.iter().map(|&v| i64::from(v.wrapping_add(1)));
        PackWriter::default()
            .column(Step::Plain, small(&self.segment))
            .column(Step::Plain, small(&self.churn))
            .column(Step::Plain, rfm)
            .column(Step::Plain, days(&self.first_purchase))
            .column(Step::Plain, days(&self.last_purchase))
            .column(Step::Plain, counts(&self.orders))
            .column(Step::Plain, self.lifetime_value.iter().copied())
            .column(Step::Plain, counts(&self.lines))
            .finish()
    }

    /// Appends the rows of a block.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the block is not what was written.
    pub fn append(&mut self, block: &EncodedPack) -> Result<(), PackError> {
        let mut reader = PackReader::open(block)?;
        let (from, mut rfm, mut days) = (self.len(), Vec::<u8>::new(), Vec::<u32>::new());
        reader.column(&mut self.segment)?;
        reader.column(&mut self.churn)?;
        reader.column(&mut rfm)?;
        self.rfm_segment.extend(rfm.iter().map(|code| code.wrapping_sub(1)));
        reader.column(&mut days)?;
        days_in(&mut days, &mut self.first_purchase)?;
        reader.column(&mut days)?;
        days_in(&mut days, &mut self.last_purchase)?;
        reader.column(&mut self.orders)?;
        reader.column(&mut self.lifetime_value)?;
        reader.column(&mut self.lines)?;
        let lengths = [
            self.churn.len(),
            self.rfm_segment.len(),
            self.first_purchase.len(),
            self.last_purchase.len(),
            self.orders.len(),
            self.lifetime_value.len(),
            self.lines.len(),
        ];
        same_length(from.saturating_add(block.rows as usize), self.len(), &lengths)
    }
}

/// One row a purchase line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PurchaseColumns {
    /// Day of the line.
    pub day: Vec<u16>,
    /// Index into [`crate::Labels::categories`].
    pub category: Vec<u16>,
    /// Amount in money units; negative for a return.
    pub amount: Vec<i64>,
    /// Units sold; negative for a return, 0 where the source had none.
    pub quantity: Vec<i32>,
    /// Number of the order, by first appearance in this table's order.
    pub order: Vec<u32>,
}

impl PurchaseColumns {
    /// Number of lines.
    pub fn len(&self) -> usize {
        self.day.len()
    }

    /// True without lines.
    pub fn is_empty(&self) -> bool {
        self.day.is_empty()
    }

    /// Makes room for so many rows, as [`CustomerColumns::reserve`] does.
    pub fn reserve(&mut self, rows: usize) {
        for column in [&mut self.day, &mut self.category] {
            let _ = column.try_reserve_exact(rows);
        }
        let _ = self.amount.try_reserve_exact(rows);
        let _ = self.quantity.try_reserve_exact(rows);
        let _ = self.order.try_reserve_exact(rows);
    }

    /// Encodes all rows as one block.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    pub fn encode(&self) -> Result<EncodedPack, PackError> {
        PackWriter::default()
            .column(Step::Difference, self.day.iter().map(|&v| i64::from(v)))
            .column(Step::Plain, self.category.iter().map(|&v| i64::from(v)))
            .column(Step::Plain, self.amount.iter().copied())
            .column(Step::Plain, self.quantity.iter().map(|&v| i64::from(v)))
            .column(Step::Difference, self.order.iter().map(|&v| i64::from(v)))
            .finish()
    }

    /// Appends the rows of a block.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the block is not what was written.
    pub fn append(&mut self, block: &EncodedPack) -> Result<(), PackError> {
        let (mut reader, from) = (PackReader::open(block)?, self.len());
        reader.column(&mut self.day)?;
        reader.column(&mut self.category)?;
        reader.column(&mut self.amount)?;
        reader.column(&mut self.quantity)?;
        reader.column(&mut self.order)?;
        let lengths =
            [self.category.len(), self.amount.len(), self.quantity.len(), self.order.len()];
        same_length(from.saturating_add(block.rows as usize), self.len(), &lengths)
    }
}

/// One row a satisfaction score, sorted by customer, then day; guests last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedbackColumns {
    /// Number of the customer, or [`NO_CUSTOMER`].
    pub customer: Vec<u32>,
    /// Day of the score.
    pub day: Vec<u16>,
    /// Score, 1 to 5.
    pub score: Vec<u8>,
    /// Index into [`crate::Labels::channels`], or [`NOT_SAID`].
    pub channel: Vec<u8>,
    /// Index into [`crate::Labels::reasons`], or [`NOT_SAID`].
    pub reason: Vec<u8>,
}

/// One row a campaign contact, sorted by customer, then day; guests last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactColumns {
    /// Number of the customer, or [`NO_CUSTOMER`].
    pub customer: Vec<u32>,
    /// Day of the contact.
    pub day: Vec<u16>,
    /// 1 if the customer responded, else 0.
    pub responded: Vec<u8>,
}

impl FeedbackColumns {
    /// Encodes all rows.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    pub fn encode(&self) -> Result<EncodedPack, PackError> {
        let small = |column: &[u8]| column.iter().map(|&v| i64::from(v)).collect::<Vec<_>>();
        let codes = |column: &[u8]| {
            column.iter().map(|&v| i64::from(v.wrapping_add(1))).collect::<Vec<_>>()
        };
        PackWriter::default()
            .column(Step::Difference, self.customer.iter().map(|&v| i64::from(v)))
            .column(Step::Plain, self.day.iter().map(|&v| i64::from(v)))
            .column(Step::Plain, small(&self.score))
            .column(Step::Plain, codes(&self.channel))
            .column(Step::Plain, codes(&self.reason))
            .finish()
    }

    /// Reads a pack.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the pack is not what was written.
    pub fn decode(pack: &EncodedPack) -> Result<Self, PackError> {
        let (mut reader, mut read) = (PackReader::open(pack)?, Self::default());
        reader.column(&mut read.customer)?;
        reader.column(&mut read.day)?;
        reader.column(&mut read.score)?;
        for column in [&mut read.channel, &mut read.reason] {
            reader.column(column)?;
            column.iter_mut().for_each(|code| *code = code.wrapping_sub(1));
        }
        let lengths = [read.day.len(), read.score.len(), read.channel.len(), read.reason.len()];
        same_length(pack.rows as usize, read.customer.len(), &lengths)?;
        Ok(read)
    }
}

impl ContactColumns {
    /// Encodes all rows.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    pub fn encode(&self) -> Result<EncodedPack, PackError> {
        PackWriter::default()
            .column(Step::Difference, self.customer.iter().map(|&v| i64::from(v)))
            .column(Step::Plain, self.day.iter().map(|&v| i64::from(v)))
            .column(Step::Plain, self.responded.iter().map(|&v| i64::from(v)))
            .finish()
    }

    /// Reads a pack.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the pack is not what was written.
    pub fn decode(pack: &EncodedPack) -> Result<Self, PackError> {
        let (mut reader, mut read) = (PackReader::open(pack)?, Self::default());
        reader.column(&mut read.customer)?;
        reader.column(&mut read.day)?;
        reader.column(&mut read.responded)?;
        let lengths = [read.day.len(), read.responded.len()];
        same_length(pack.rows as usize, read.customer.len(), &lengths)?;
        Ok(read)
    }
}

/// `NO_DAY` becomes 0 and every day one more, so that absent days do not widen the column.
pub(crate) fn day_out(day: u16) -> i64 {
    // One more than `NO_DAY` there is not.
    day.checked_add(1).map_or(0, i64::from)
}

pub(crate) fn days_in(from: &mut Vec<u32>, into: &mut Vec<u16>) -> Result<(), PackError> {
    for stored in from.drain(..) {
        let day = stored.checked_sub(1).map_or(Ok(NO_DAY), u16::try_from);
        into.push(day.map_err(|_| PackError::Damaged("a day is too late"))?);
    }
    Ok(())
}

fn same_length(expected: usize, first: usize, others: &[usize]) -> Result<(), PackError> {
    if first == expected && others.iter().all(|&length| length == expected) {
        Ok(())
    } else {
        Err(PackError::Damaged("its columns differ in length"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_append_in_order() {
        let one = CustomerColumns {
            segment: vec![0, 0],
            churn: vec![1, 1],
            rfm_segment: vec![3, NOT_SCORED],
            first_purchase: vec![0, NO_DAY],
            last_purchase: vec![900, NO_DAY],
            orders: vec![4, 0],
            lifetime_value: vec![-5, 0],
            lines: vec![6, 0],
        };
        let mut all = CustomerColumns::default();
        all.append(&one.encode().unwrap()).unwrap();
        assert_eq!(all, one);
        all.append(&one.encode().unwrap()).unwrap();
        assert_eq!(all.len(), 4);
        assert_eq!(&all.last_purchase[2..], [900, NO_DAY]);
    }

    #[test]
    fn purchases_and_dated_rows_round_trip() {
        let lines = PurchaseColumns {
            day: vec![5, 5, 2],
            category: vec![0, 300, 1],
            amount: vec![199, -199, i64::MAX],
            quantity: vec![1, -1, 2],
            order: vec![0, 0, 1],
        };
        let mut read = PurchaseColumns::default();
        read.append(&lines.encode().unwrap()).unwrap();
        assert_eq!(read, lines);
        let feedback = FeedbackColumns {
            customer: vec![0, 7, NO_CUSTOMER],
            day: vec![1, 2, 3],
            score: vec![5, 1, 3],
            channel: vec![0, NOT_SAID, 2],
            reason: vec![NOT_SAID, 1, 0],
        };
        assert_eq!(FeedbackColumns::decode(&feedback.encode().unwrap()), Ok(feedback));
    }

    #[test]
    fn a_row_count_that_lies_is_damage() {
        let mut pack = PurchaseColumns { day: vec![1], ..Default::default() }.encode().unwrap();
        assert!(PurchaseColumns::default().append(&pack).is_err());
        pack.rows = 9;
        assert!(PurchaseColumns::default().append(&pack).is_err());
    }
}
