//! Distinct customers of every window of days: pairs of days, sorted into blocks.

use snapshot::columns::NO_DAY;
use snapshot::cubes::{Block, Choice, Cube, CubeSpec, Shape, SparseCube};

use super::Irregular;
use super::tally::{Sum, Tally};
use crate::columns::Columns;

impl Columns {
    /// The blocks of one variant.
    pub(super) fn day_windows(
        &self,
        spec: &CubeSpec,
        shape: Shape,
        irregular: &Irregular,
        variant: u32,
    ) -> Vec<Cube> {
        let blocks: Vec<Block> = shape.blocks(spec.id, variant).collect();
        let choice = shape.choice(variant);
        let mut cells = vec![SparseCube::zero(spec); blocks.len()];
        let mut customers: Vec<usize> =
            (0..self.customers.len()).filter(|&customer| !irregular.customers[customer]).collect();
        customers.sort_by_key(|&customer| self.stratum(shape, customer));
        let beside: Vec<usize> = (0..spec.columns().len())
            .filter(|&column| spec.columns()[column].is_beside_the_first())
            .collect();
        let mut pairs = Pairs::default();
        for of_one in customers.chunk_by(|&a, &b| self.stratum(shape, a) == self.stratum(shape, b))
        {
            for &customer in of_one {
                self.add_pairs(&mut pairs, choice, customer);
            }
            pairs.fill(self.stratum(shape, of_one[0]), &beside, &blocks, &mut cells);
        }
        cells.into_iter().map(Cube::Sparse).collect()
    }

    fn add_pairs(&self, pairs: &mut Pairs, choice: Choice, customer: usize) {
        let (lines, mut last_order) = (&self.purchases, None);
        pairs.begin();
        for line in self.lines_of(customer).filter(|&line| self.is_of(choice, line)) {
            let day = u32::from(lines.day[line]);
            pairs.active.push(day);
            if lines.amount[line] > 0 && last_order != Some(lines.order[line]) {
                last_order = Some(lines.order[line]);
                pairs.ordered.push(day);
            }
        }
        let first = self.customers.first_purchase[customer];
        let first = (first != NO_DAY).then(|| u32::from(first));
        let worth = [
            self.customers.lifetime_value[customer],
            self.recency_days(customer).unwrap_or(0).into(),
            self.customers.orders[customer].into(),
        ];
        pairs.add(first, worth);
    }
}

/// Pairs of days of the customers of one stratum.
#[derive(Default)]
struct Pairs {
    /// Days with a line of the customer at hand.
    active: Vec<u32>,
    /// Days of the customer's orders, one entry an order.
    ordered: Vec<u32>,
    customers: Tally,
    new_customers: Tally,
    ordering: Tally,
    orders: Tally,
}

impl Pairs {
    fn begin(&mut self) {
        self.active.clear();
        self.ordered.clear();
    }

    /// Adds the pairs of the customer at hand.
    fn add(&mut self, first_purchase: Option<u32>, values: [i64; 3]) {
        self.active.sort_unstable();
        self.active.dedup();
        self.ordered.sort_unstable();
        let customer = Sum { count: 1, values };
        add_days(&mut self.customers, &self.active, 1, customer);
        add_days(&mut self.orders, &self.ordered, 2, Sum::of(1));
        let order_days = self.ordered.chunk_by(|day, next| day == next).map(|days| days[0]);
        if !order_days.eq(self.active.iter().copied()) {
            add_days(&mut self.ordering, &self.ordered, 1, Sum::of(1));
            add_days(&mut self.ordering, &self.active, 1, Sum::of(-1));
        }
        if let Some(first) = first_purchase {
            add_new(&mut self.new_customers, &self.active, first);
        }
    }

    /// Moves all pairs into the blocks, as those of a stratum; some columns, all or the first of
    /// them, have the values beside the first.
    fn fill(
        &mut self,
        stratum: usize,
        beside: &[usize],
        blocks: &[Block],
        cells: &mut [SparseCube],
    ) {
        spread(&self.customers.take(), stratum, blocks, |block, cell, sum| {
            cells[block].columns[0].push(cell, sum.count);
            for (&column, value) in beside.iter().zip(sum.values) {
                cells[block].values[column].push(value);
            }
        });
        let counts = [(2, &mut self.new_customers), (3, &mut self.ordering), (4, &mut self.orders)];
        for (column, tally) in counts {
            spread(&tally.take(), stratum, blocks, |block, cell, sum| {
                cells[block].columns[column].push(cell, sum.count);
            });
        }
    }
}

/// Pairs of each day with the one so many days before it in the list.
fn add_days(tally: &mut Tally, days: &[u32], back: usize, sum: Sum) {
    for (at, &day) in days.iter().enumerate() {
        let before = at.checked_sub(back).map(|at| days[at]);
        // If both are one day, no window begins between them.
        if before != Some(day) {
            tally.add(key(before, day), sum);
        }
    }
}

/// Windows that begin until the first purchase of all see the customer as new: on that day, or
/// on the first active day of the window if that comes later.
fn add_new(tally: &mut Tally, active: &[u32], first: u32) {
    let (mut before, mut seen) = (None, None);
    for &day in active {
        if before >= Some(first) {
            break;
        }
        let now = Some(day.max(first));
        if seen != now {
            change(tally, before, seen, now);
            seen = now;
        }
        before = Some(day);
    }
    // Windows that begin later than this do not see the customer, or not as new.
    change(tally, before.min(Some(first)), seen, None);
}

/// In windows that begin after a day, a customer is seen on another day than in those before.
fn change(tally: &mut Tally, after: Option<u32>, was: Option<u32>, is: Option<u32>) {
    for (day, count) in [(was, -1), (is, 1)] {
        // What was seen on that day or before is in none of these windows.
        if let Some(day) = day.filter(|&day| after < Some(day)) {
            tally.add(key(after, day), Sum::of(count));
        }
    }
}

/// A pair as a number, ordered by the day before; pairs without one come first, as 0.
fn key(before: Option<u32>, day: u32) -> u64 {
    u64::from(before.map_or(0, |before| before + 1)) << 32 | u64::from(day)
}

/// The first day on which a window can begin after the day before, and the day of a pair.
#[expect(clippy::cast_possible_truncation, reason = "halves of 32 bits")]
fn days_of(key: u64) -> (usize, usize) {
    ((key >> 32) as usize, (key & u64::from(u32::MAX)) as usize)
}

/// Puts the pairs of a stratum into the cells of every block, in the order of the cells.
fn spread(
    mut pairs: &[(u64, Sum)],
    stratum: usize,
    blocks: &[Block],
    mut put: impl FnMut(usize, u64, Sum),
) {
    let mut earlier = vec![Sum::default(); blocks.first().map_or(0, |block| block.reach)];
    let mut put = |number: usize, row: usize, day: usize, sum: Sum| {
        if sum.count != 0 {
            put(number, blocks[number].cell(stratum, row, day), sum);
        }
    };
    for (number, block) in blocks.iter().enumerate() {
        let before = pairs.partition_point(|&(key, _)| days_of(key).0 <= block.first);
        for &(key, sum) in &pairs[..before] {
            earlier[days_of(key).1] += sum;
        }
        pairs = &pairs[before..];
        for (day, &sum) in earlier.iter().enumerate().skip(block.first) {
            put(number, 0, day, sum);
        }
        for &(key, sum) in pairs {
            let (from, day) = days_of(key);
            if from >= block.first + block.days {
                break;
            }
            put(number, from - block.first, day, sum);
        }
    }
}
