//! Customers whose lifetime value ties with the cuts between segments, whatever the size.

use anyhow::Result;
use facts::rules::segments::SHARES;
use snapshot::Day;

use super::Demo;
use super::dice::{Dice, Stream};
use super::people::{self, People};
use super::till::Till;
use importer_core::rows::Purchase;

/// Tied customers at each cut.
const TIED_PER_CUT: u64 = 3;

/// Tied customers in all.
pub const TIED: u64 = TIED_PER_CUT * SHARES.len() as u64;

/// Adds the last customers: three at each cut with exactly the value of the one just above it.
///
/// `values` are the lifetime values of everybody before them.
///
/// # Errors
/// If the disk is full.
pub fn tie(till: &mut Till<'_, '_>, people: &People, values: &mut [i64], demo: Demo) -> Result<()> {
    values.sort_unstable_by(|a, b| b.cmp(a));
    let mut number = demo.customers - TIED;
    for (cut, share) in SHARES.into_iter().enumerate() {
        // The tied stand on the ranks around the cut: one rank before it is already theirs.
        let rank = (demo.customers * u64::from(share)).div_ceil(100);
        let at = rank.saturating_sub(2 + TIED_PER_CUT * cut as u64) as usize;
        let value = values.get(at).copied().unwrap_or(0).max(1);
        for _ in 0..TIED_PER_CUT {
            customer(till, people, number, value, demo.seed)?;
            number += 1;
        }
    }
    Ok(())
}

fn customer(
    till: &mut Till<'_, '_>,
    people: &People,
    number: u64,
    value: i64,
    seed: u64,
) -> Result<()> {
    let mut dice = Dice::new(seed, Stream::Ties, number);
    let mut customer = people.person(number, &mut dice);
    let day: Day = till.calendar.last.plus(-dice.between(10, 400));
    customer.registration_date = Some(day);
    till.loader().customer(&customer)?;
    let taste = till.shop.taste(&mut dice);
    let product = till.shop.product(taste, day, &mut dice);
    let order_id = till.order_id();
    till.line(&mut Purchase {
        order_id,
        customer_id: Some(people::customer_id(number)),
        product_id: Some(product.product_id),
        day,
        quantity: Some(1),
        amount: value,
        ..Purchase::default()
    })
}
