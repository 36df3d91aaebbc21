//! One part of a whole, as pies and bars draw it.

use facts::Set;
use words::say;

use crate::Ask;
use crate::figure::faded;
use crate::shown::in_figure;

/// One value of the attribute.
pub(crate) struct Share {
    /// Its name as it is shown.
    pub name: String,
    /// Customers in scope.
    pub customers: i64,
    /// Its colour.
    pub color: &'static str,
}

pub(crate) fn hover_texts(ask: &Ask, shares: &[Share], total: i64) -> Vec<String> {
    let text = |share: &Share| {
        let percent = ask.format.percent(share.customers as f64 / total as f64);
        format!(
            "<b>{}</b><br>{} · {percent}",
            in_figure(&share.name),
            say!("{n} customers", n = ask.format.count(share.customers))
        )
    };
    shares.iter().map(text).collect()
}

pub(crate) fn colors_of(shares: &[Share], chosen: &Set) -> Vec<String> {
    let color = |(share, code): (&Share, u16)| {
        if chosen.allows(code) { share.color.to_owned() } else { faded(share.color) }
    };
    shares.iter().zip(0..).map(color).collect()
}
