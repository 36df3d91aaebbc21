//! Events as they are held: what of them depends on nothing else is worked out once.

use snapshot::Meta;
use snapshot::bounds::size_of_all;
use snapshot::money::MoneyError;

use super::refusal::Refusal;
use super::rows::Key;
use crate::live::{Event, Happening, Order, OrderLine};

/// An event, and the sums of its lines.
#[derive(Debug)]
pub(super) struct Held {
    pub event: Event,
    pub sums: Result<Sums, Refusal>,
    customer: Option<Key>,
}

/// What the lines of an order are in the snapshot's units.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    pub order: Key,
    /// Amount and quantity of each line.
    pub lines: Vec<(i64, i32)>,
    /// What the amounts add up to when their signs are left out.
    pub size: i64,
}

impl Held {
    pub fn of(event: Event, meta: &Meta) -> Self {
        let sums = match &event.what {
            Happening::OrderPlaced(order) => sums(order, false, meta),
            Happening::OrderReturned(order) => sums(order, true, meta),
            _ => Ok(Sums::default()),
        };
        let customer = event.customer().map(Key::of);
        Self { event, sums, customer }
    }

    /// Whom it is about.
    pub fn who(&self) -> Option<(&str, Key)> {
        self.event.customer().zip(self.customer)
    }
}

fn sums(order: &Order, back: bool, meta: &Meta) -> Result<Sums, Refusal> {
    let line = |line: &OrderLine| {
        let amount = line.amount.units(meta.currency.exponent)?;
        let quantity = quantity_of(line, meta)?;
        match back {
            true if amount < 0 || quantity < 0 => {
                Err(Refusal::NegativeReturn(line.amount.as_str().to_owned()))
            }
            true => Ok((amount.saturating_neg(), quantity.saturating_neg())),
            false => Ok((amount, quantity)),
        }
    };
    let lines = order.lines.iter().map(line).collect::<Result<Vec<_>, Refusal>>()?;
    let size = size_of_all(lines.iter().map(|&(amount, _)| amount)).ok_or(Refusal::TooMuch)?;
    Ok(Sums { order: Key::of(&order.order), lines, size })
}

fn quantity_of(line: &OrderLine, meta: &Meta) -> Result<i32, Refusal> {
    let Some(quantity) = &line.quantity else { return Ok(0) };
    let units = quantity.units(meta.quantity_exponent)?;
    let too_large = || MoneyError::TooLarge(quantity.as_str().to_owned());
    i32::try_from(units).map_err(|_| Refusal::Inexact(too_large()))
}
