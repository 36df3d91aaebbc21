//! Cuts columns into slices.

use std::collections::HashMap;

use super::{
    CUSTOMERS, Grid, PACK_AMOUNTS, PACK_ANSWERS, PACK_KINDS, PACK_LINES, PACK_SCORES, PACK_VALUES,
};
use crate::columns::{ContactColumns, CustomerColumns, FeedbackColumns, PurchaseColumns, day_out};
use crate::cubes::NamedPack;
use crate::pack::{EncodedPack, PackError, PackWriter, Step};

/// Hands over all slices of columns, in the order in which they are to lie in the file.
///
/// # Errors
/// [`PackError::TooLarge`], and whatever `store` says.
pub fn write<E: From<PackError>>(
    grid: Grid,
    customers: &CustomerColumns,
    purchases: &PurchaseColumns,
    feedback: Option<&FeedbackColumns>,
    contacts: Option<&ContactColumns>,
    mut store: impl FnMut(NamedPack) -> Result<(), E>,
) -> Result<(), E> {
    let mut keep = |name, block: usize, pack: EncodedPack| {
        let block = u32::try_from(block).map_err(|_| PackError::TooLarge)?;
        store(NamedPack { name, block, pack })
    };
    let blocks = customers.len().div_ceil(CUSTOMERS);
    let rows = |block: usize| block * CUSTOMERS..customers.len().min((block + 1) * CUSTOMERS);
    for block in 0..blocks {
        let rows = rows(block);
        let small = |column: &[u8]| small(&column[rows.clone()]).collect::<Vec<_>>();
        let rfm = customers.rfm_segment[rows.clone()].iter();
        let pack = PackWriter::default()
            .column(Step::Plain, small(&customers.segment))
            .column(Step::Plain, small(&customers.churn))
            .column(Step::Plain, rfm.map(|&code| code.wrapping_add(1).into()))
            .finish()?;
        keep(PACK_KINDS, block, pack)?;
    }
    for block in 0..blocks {
        let rows = rows(block);
        let days = |column: &[u16]| column.iter().map(|&day| day_out(day)).collect::<Vec<_>>();
        let pack = PackWriter::default()
            .column(Step::Plain, days(&customers.first_purchase[rows.clone()]))
            .column(Step::Plain, days(&customers.last_purchase[rows.clone()]))
            .column(Step::Plain, customers.orders[rows.clone()].iter().map(|&count| count.into()))
            .column(Step::Plain, customers.lifetime_value[rows].iter().copied())
            .finish()?;
        keep(PACK_VALUES, block, pack)?;
    }
    let spans = spans(grid);
    let cut = Cut::of(grid, &spans, customers, purchases);
    for (block, lines) in cut.blocks.iter().enumerate() {
        let start = grid.days(block % grid.spans).start;
        keep(PACK_LINES, block, cut.lines(lines, start, purchases)?)?;
    }
    for (block, lines) in cut.blocks.iter().enumerate() {
        let line = |&(line, _): &(u32, u32)| line as usize;
        let pack = PackWriter::default()
            .column(Step::Plain, lines.iter().map(|at| purchases.amount[line(at)]))
            .column(Step::Plain, lines.iter().map(|at| purchases.quantity[line(at)].into()))
            .finish()?;
        keep(PACK_AMOUNTS, block, pack)?;
    }
    drop(cut);
    if let Some(rows) = feedback {
        let mut blocks = vec![FeedbackColumns::default(); grid.spans];
        for (row, &day) in rows.day.iter().enumerate() {
            let block = &mut blocks[usize::from(spans[usize::from(day)])];
            block.customer.push(rows.customer[row]);
            block.day.push(day);
            block.score.push(rows.score[row]);
            block.channel.push(rows.channel[row]);
            block.reason.push(rows.reason[row]);
        }
        for (block, rows) in blocks.iter().enumerate() {
            keep(PACK_SCORES, block, rows.encode()?)?;
        }
    }
    if let Some(rows) = contacts {
        let mut blocks = vec![ContactColumns::default(); grid.spans];
        for (row, &day) in rows.day.iter().enumerate() {
            let block = &mut blocks[usize::from(spans[usize::from(day)])];
            block.customer.push(rows.customer[row]);
            block.day.push(day);
            block.responded.push(rows.responded[row]);
        }
        for (block, rows) in blocks.iter().enumerate() {
            keep(PACK_ANSWERS, block, rows.encode()?)?;
        }
    }
    Ok(())
}

fn small(column: &[u8]) -> impl Iterator<Item = i64> {
    column.iter().map(|&code| code.into())
}

/// The span of each day.
fn spans(grid: Grid) -> Vec<u16> {
    let mut spans = Vec::new();
    for (span, number) in (0..grid.spans).zip(0_u16..) {
        spans.resize(grid.days(span).end, number);
    }
    spans
}

/// Lines as they are cut.
struct Cut {
    /// Lines of each block, with their customers; that of guests is the one after the last.
    blocks: Vec<Vec<(u32, u32)>>,
    /// Of each positive line, the number of its order within the customer's day.
    numbers: Vec<u32>,
    /// Orders with positive lines of several days or customers, numbered from 1.
    shared: HashMap<u32, u32>,
}

impl Cut {
    fn of(grid: Grid, spans: &[u16], customers: &CustomerColumns, lines: &PurchaseColumns) -> Self {
        let shared = shared(customers, lines);
        let mut blocks = vec![Vec::new(); grid.categories * grid.spans];
        let mut numbers = vec![0; lines.len()];
        let mut own = Vec::new();
        each_owner(customers, lines.len(), |owner, range| {
            own.clear();
            own.extend(range);
            let place = |&line: &usize| (lines.day[line], lines.order[line]);
            own.sort_by_key(place);
            let (mut day, mut number) = (None, 0);
            let mut last = None;
            for &line in &own {
                if day != Some(lines.day[line]) {
                    (day, number, last) = (Some(lines.day[line]), 0, None);
                }
                let order = lines.order[line];
                if lines.amount[line] > 0 && !shared.contains_key(&order) {
                    number += u32::from(last.is_some_and(|last| last != order));
                    last = Some(order);
                    numbers[line] = number;
                }
                let span = usize::from(spans[usize::from(lines.day[line])]);
                let block = usize::from(lines.category[line]) * grid.spans + span;
                blocks[block].push((row(line), owner));
            }
        });
        Self { blocks, numbers, shared }
    }

    fn lines(
        &self,
        lines: &[(u32, u32)],
        start: usize,
        all: &PurchaseColumns,
    ) -> Result<EncodedPack, PackError> {
        let returned = |&(line, _): &(u32, u32)| all.amount[line as usize] <= 0;
        let shared = |at: &(u32, u32)| {
            let shared = self.shared.get(&all.order[at.0 as usize]).filter(|_| !returned(at));
            shared.copied().unwrap_or(0).into()
        };
        let day = |line: u32| i64::from(all.day[line as usize]) - i64::from(row(start));
        PackWriter::default()
            .column(Step::Difference, lines.iter().map(|&(_, owner)| owner.into()))
            .column(Step::Plain, lines.iter().map(|&(line, _)| day(line)))
            .column(Step::Plain, lines.iter().map(|at| self.numbers[at.0 as usize].into()))
            .column(Step::Plain, lines.iter().map(shared))
            .column(Step::Plain, lines.iter().map(|at| returned(at).into()))
            .finish()
    }
}

/// Orders that have positive lines of more than one day or customer, numbered from 1.
fn shared(customers: &CustomerColumns, lines: &PurchaseColumns) -> HashMap<u32, u32> {
    let orders = lines.order.iter().max().map_or(0, |&last| last as usize + 1);
    let mut first = vec![None; orders];
    let mut shared = HashMap::new();
    each_owner(customers, lines.len(), |owner, range| {
        for line in range.filter(|&line| lines.amount[line] > 0) {
            let order = lines.order[line];
            let here = (owner, lines.day[line]);
            if *first[order as usize].get_or_insert(here) != here {
                let next = row(shared.len()) + 1;
                shared.entry(order).or_insert(next);
            }
        }
    });
    shared
}

/// The lines of each customer, and of guests as the one after the last.
fn each_owner(
    customers: &CustomerColumns,
    lines: usize,
    mut each: impl FnMut(u32, std::ops::Range<usize>),
) {
    let mut from = 0;
    for (owner, &count) in (0..).zip(&customers.lines) {
        let to = lines.min(from + count as usize);
        each(owner, from..to);
        from = to;
    }
    each(row(customers.len()), from..lines);
}

/// Rows are at most `MOST_ROWS`.
fn row(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
