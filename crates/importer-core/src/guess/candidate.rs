//! A sheet as one that may be that of the purchases.

use super::choose::Choosing;
use super::language;
use super::levels::Level;
use super::money::Money;
use super::returns;
use super::source::Source;

/// A sheet that may be that of the purchases.
pub struct Candidate<'a> {
    /// The columns of its fields.
    pub choosing: Choosing<'a>,
    /// Whether cells are of lines or of orders.
    pub levels: Vec<Level>,
    /// The money of its lines; none where none was found.
    pub money: Option<Money>,
}

impl Candidate<'_> {
    /// Whether it has dates and amounts.
    pub fn is_usable(&self) -> bool {
        self.money.is_some() && self.choosing.at("transaction_date").is_some()
    }

    /// Whether it has rows of several columns, which may be purchases to whoever knows it.
    pub fn is_table(&self) -> bool {
        let look = self.choosing.look;
        let named = look.columns.iter().filter(|column| column.can_be_named);
        !look.sample.is_empty() && named.count() > 1
    }

    /// How much of what purchases need was found.
    pub fn has(&self) -> usize {
        let has_date = self.choosing.at("transaction_date").is_some();
        usize::from(self.money.is_some()).saturating_add(has_date.into())
    }

    /// How well it fits.
    pub fn rank(&self, source: &dyn Source) -> (bool, bool, usize) {
        let title = source.sheets().get(self.choosing.look.sheet).map(|sheet| sheet.title.as_str());
        let is_called = title.is_some_and(language::is_called_purchases);
        let is_given_back = title.is_some_and(returns::is_called);
        (is_called, !is_given_back, self.choosing.picks.len())
    }
}
