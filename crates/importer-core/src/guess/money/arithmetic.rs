//! What the numbers of a sheet say of each other: which is the product of which.

use std::collections::HashMap;

use crate::guess::choose::Choosing;
use crate::guess::column::{Column, percent};
use crate::guess::levels::Level;
use crate::guess::numbers::{self, Tally};

/// What a millionth of a millionth makes of half a hundredth: prices are rounded to cents.
const HALF_A_CENT: i128 = 5_000_000_000;

/// The numbers of a sheet.
pub struct Numbers<'a> {
    /// The columns chosen so far.
    pub choosing: &'a Choosing<'a>,
    /// Where cells belong.
    pub levels: &'a [Level],
    /// The numbers of each column, in millionths; nothing for columns of something else.
    values: Vec<Vec<Option<i64>>>,
}

fn values(choosing: &Choosing<'_>) -> Vec<Vec<Option<i64>>> {
    let look = choosing.look;
    let of = |column: &Column| {
        if !column.has_numbers() {
            return Vec::new();
        }
        let cells = || look.sample.iter().map(|record| look.cell(record, column.at));
        let mut tally = Tally::new(column.symbol.as_deref());
        cells().for_each(|cell| tally.add(cell));
        let reader = tally.best().0.reader(column.symbol.as_deref());
        let value = |cell| reader.as_ref().and_then(|reader| numbers::fine(reader, cell));
        cells().map(value).collect()
    };
    look.columns.iter().map(of).collect()
}

impl<'a> Numbers<'a> {
    /// The numbers of all columns that have any.
    pub fn of(choosing: &'a Choosing<'a>, levels: &'a [Level]) -> Self {
        Self { choosing, levels, values: values(choosing) }
    }

    /// Rows in which all of some columns have a number.
    fn rows<const N: usize>(&self, columns: [usize; N]) -> impl Iterator<Item = [i128; N]> {
        let rows = 0..self.choosing.look.sample.len();
        rows.filter_map(move |row| {
            let mut numbers = [0_i128; N];
            for (number, at) in numbers.iter_mut().zip(columns) {
                *number = i128::from(self.values.get(at)?.get(row).copied().flatten()?);
            }
            Some(numbers)
        })
    }

    /// Whether a column is the product of two others, to the cent, in nearly every row and not
    /// only where one of them is one.
    #[expect(clippy::arithmetic_side_effects, reason = "products of 64 bits fit 128")]
    pub fn is_product(&self, price: usize, quantity: usize, total: usize) -> bool {
        let one = i128::from(1_000_000);
        let (mut all, mut fits, mut tells) = (0_usize, 0_usize, 0_usize);
        for [price, quantity, total] in self.rows([price, quantity, total]) {
            let fit = (price * quantity - total * one).abs() <= HALF_A_CENT;
            all = all.saturating_add(1);
            fits = fits.saturating_add(fit.into());
            tells = tells.saturating_add((fit && quantity != one && price != 0).into());
        }
        tells > 0 && percent(fits, all) >= 95
    }

    /// Whether a column is the difference of two others in nearly every row.
    #[expect(clippy::arithmetic_side_effects, reason = "sums of 64 bits fit 128")]
    pub fn is_difference(&self, from: usize, less: usize, rest: usize) -> bool {
        let (mut all, mut fits, mut tells) = (0_usize, 0_usize, 0_usize);
        for [from, less, rest] in self.rows([from, less, rest]) {
            let fit = from - less.abs() == rest;
            all = all.saturating_add(1);
            fits = fits.saturating_add(fit.into());
            tells = tells.saturating_add((fit && less != 0).into());
        }
        tells > 0 && percent(fits, all) >= 95
    }

    /// How lines of one product and of different quantities stand to each other: so many have the
    /// same number (as prices of a piece have), so many the same per piece (as totals have).
    #[expect(clippy::arithmetic_side_effects, reason = "products of 64 bits fit 128")]
    pub fn behaviour(&self, money: usize, quantity: usize) -> (usize, usize) {
        let look = self.choosing.look;
        let product = self.choosing.at("product_id").or_else(|| self.choosing.at("product_name"));
        let Some(product) = product else { return (0, 0) };
        let mut known: HashMap<&str, (i128, i128)> = HashMap::new();
        let (mut of_piece, mut of_line) = (0_usize, 0_usize);
        for (row, record) in look.sample.iter().enumerate() {
            let value =
                |at: usize| self.values.get(at)?.get(row).copied().flatten().map(i128::from);
            let (Some(money), Some(quantity)) = (value(money), value(quantity)) else { continue };
            let name = look.cell(record, product);
            if name.is_empty() || money == 0 || quantity == 0 {
                continue;
            }
            let &mut (first, pieces) = known.entry(name).or_insert((money, quantity));
            if pieces != quantity {
                of_piece = of_piece.saturating_add((money == first).into());
                of_line = of_line.saturating_add((money * pieces == first * quantity).into());
            }
        }
        (of_piece, of_line)
    }

    /// Whether two columns have not the same numbers.
    pub fn differs(&self, one: usize, other: usize) -> bool {
        self.values.get(one) != self.values.get(other)
    }
}
