//! A draft tried out: what the importer itself makes of the files under it.

use anyhow::Result;
use snapshot::money;

use super::count::Count;
use super::draft::{Draft, named};
use super::found::{LeftOut, Totals};
use super::moved::Moved;
use super::source::{Imported, Source};
use super::text::{count, short};
use crate::import::mapping::Mapping;
use crate::import::{FileRead, doubts};
use snapshot::meta::{Warning, WarningKind};

/// Kinds of refused rows that never count, whatever a mapping says.
const NEVER: [&str; 2] = ["a row of totals", "the header again"];

/// What the importer refuses where an id comes twice.
const AGAIN: &str = "was there before";

/// What came of a trial.
pub struct Trial {
    /// What was counted.
    pub count: Count,
    /// What the importer says.
    pub imported: Imported,
    /// The same as sums.
    pub totals: Totals,
}

/// Tries a draft out; `count` has what is to be looked at beside.
///
/// # Errors
/// What the importer says against it.
pub fn of(source: &dyn Source, draft: &Draft, mut count: Count) -> Result<Trial> {
    let mut mapping = Mapping::parse(&draft.toml())?;
    // All rows that cannot be taken are counted, however many they are.
    mapping.reject_limit = u64::MAX;
    let places = draft.purchases().and_then(|table| table.places.clone());
    let imported = match places {
        None => source.import(&draft.sheets(), mapping, &mut count)?,
        Some(places) => {
            let mut moved = Moved::new(&mut count, places);
            source.import(&draft.sheets(), mapping, &mut moved)?
        }
    };
    Ok(Trial::of(count, imported))
}

fn totals(count: &Count, imported: &Imported) -> Totals {
    let currency = &imported.currency;
    let amount = |units: i128| money::to_decimal(units, currency.exponent);
    let units = money::to_decimal(count.units, imported.quantity_exponent);
    Totals {
        revenue: amount(count.revenue),
        currency: currency.code.clone(),
        orders: count.orders,
        customers: count.customers,
        buyers: count.buyers,
        lines: count.lines,
        units: count.has_units.then_some(units),
        returns: count.returns,
        returned: amount(count.returned),
        guest_lines: count.guest_lines,
        first_day: count.days.map(|(first, _)| first.to_string()),
        last_day: count.days.map(|(_, last)| last.to_string()),
    }
}

impl Trial {
    /// What was counted, with its sums.
    pub fn of(count: Count, imported: Imported) -> Self {
        let totals = totals(&count, &imported);
        Self { count, imported, totals }
    }

    /// Rows that are refused.
    pub fn rejected(&self) -> u64 {
        self.imported.rejected.iter().map(|(_, count)| *count).fold(0, u64::saturating_add)
    }

    /// Refused rows that never count: sums of others, and the header again.
    pub fn never_counted(&self) -> u64 {
        let never = |kind: &str| NEVER.iter().any(|never| kind.contains(never));
        self.sum(never)
    }

    /// Refused rows whose id was there before.
    pub fn repeated(&self) -> u64 {
        self.sum(|kind| kind.contains(AGAIN))
    }

    fn sum(&self, is: impl Fn(&str) -> bool) -> u64 {
        let of = self.imported.rejected.iter().filter(|(kind, _)| is(kind));
        of.map(|(_, count)| *count).fold(0, u64::saturating_add)
    }

    /// Rows of several files that an earlier one has, too.
    pub fn again(&self) -> u64 {
        self.imported.files.iter().map(|file| file.again).fold(0, u64::saturating_add)
    }

    /// What an earlier file is called, where there is one only.
    pub fn earlier(&self) -> String {
        earlier(&self.imported.files)
    }

    /// How many cases of a kind of doubt there are.
    pub fn warned(&self, kind: WarningKind) -> u64 {
        let of = self.imported.warnings.iter().filter(|warning| warning.kind == kind);
        of.map(|warning| warning.count).fold(0, u64::saturating_add)
    }

    /// Rows that would not count, and why.
    pub fn left_out(&self, limit: u64) -> Vec<LeftOut> {
        let refused = self.rejected() > limit;
        let rejected = self.imported.rejected.iter().map(|(why, rows)| LeftOut {
            why: why.clone(),
            rows: *rows,
            refused,
        });
        let ruled = self.imported.warnings.iter().filter(|warning| is_left_out(warning));
        let ruled = ruled.map(|warning| LeftOut {
            why: if self.imported.files.len() > 1 {
                format!("{}: {}", warning.file, self.describe(warning))
            } else {
                self.describe(warning)
            },
            rows: warning.count,
            refused: false,
        });
        rejected.chain(ruled).collect()
    }

    /// What is taken as it is and changes neither sums nor counts, in words.
    pub fn notes(&self) -> Vec<String> {
        let Count { customers, buyers, .. } = self.count;
        let beside = (customers != buyers)
            .then(|| format!("{buyers} of the {customers} customers of the table have bought"));
        beside.into_iter().chain(self.told(|kind| !is_doubtful(kind))).collect()
    }

    /// What is taken as it is, and may make sums or counts wrong.
    pub fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        let all = |lines: u64| lines > 0 && lines == self.count.lines;
        if all(self.count.alone) {
            doubts.push(
                "no column tells which lines are of one order, so every line counts as an order of its own: \
                 choose one for Order if there is one"
                    .to_owned(),
            );
        }
        if all(self.count.guest_lines) {
            doubts.push(
                "no line tells who its customer is, so nobody is known: choose a column for Customer if \
                 there is one"
                    .to_owned(),
            );
        }
        if let Some((orders, sum)) = self.count.heads.found() {
            doubts.push(format!(
                "{} one line that has the sum of the others, {} {} in all, so that these count twice: leave such \
                 lines out of the file",
                count(orders, "order has", "orders have"),
                money::to_decimal(sum, self.imported.currency.exponent),
                self.totals.currency
            ));
        }
        doubts.extend(self.told(is_doubtful));
        doubts.extend(self.imported.joined.as_ref().map(doubts::joined));
        doubts.extend(self.count.carriage().map(|(name, lines, sum)| {
            let Totals { currency, .. } = &self.totals;
            format!(
                "{} {currency} of the revenue are no goods, such as '{}' ({}); leave these lines out of the \
                 file if the shop's own report does",
                money::to_decimal(sum, self.imported.currency.exponent),
                short(name),
                count(lines, "line", "lines")
            )
        }));
        doubts
    }

    fn told(&self, is: impl Fn(WarningKind) -> bool) -> Vec<String> {
        let taken = self.imported.warnings.iter();
        let taken = taken.filter(|warning| !is_left_out(warning) && is(warning.kind));
        taken.map(|warning| format!("{}: {}", warning.file, self.describe(warning))).collect()
    }

    fn describe(&self, warning: &Warning) -> String {
        let text = doubts::describe(warning, &self.imported.currency.code);
        // Of two files there is one other, which can be named.
        match &self.imported.files[..] {
            [one, two] => {
                let other = if one.name == warning.file { two } else { one };
                text.replace("an earlier file", &other.name).replace("another file", &other.name)
            }
            _ => text,
        }
    }
}

/// What the first of two files is called; of more, no one can be named.
pub fn earlier(files: &[FileRead]) -> String {
    match files {
        [one, _] => named(&one.name),
        _ => "an earlier one".to_owned(),
    }
}

fn is_left_out(warning: &Warning) -> bool {
    matches!(
        warning.kind,
        WarningKind::LeftOut
            | WarningKind::OutsideData
            | WarningKind::OverlapLeftOut
            | WarningKind::KindLeftOut
    )
}

/// Whether sums or counts may be wrong by what a warning tells. Whole amounts that are large are
/// asked about.
fn is_doubtful(kind: WarningKind) -> bool {
    use WarningKind as Kind;
    matches!(
        kind,
        Kind::SharedOrders
            | Kind::RepeatedRows
            | Kind::OverlapCounted
            | Kind::OrdersAcross
            | Kind::LooseIds
            | Kind::ChangedIds
            | Kind::GuestLines
            | Kind::ThreeDecimals
            | Kind::TotalRows
            | Kind::FarDays
            | Kind::PlaceholderIds
    )
}
