//! What a file says that the mapping does not use, so that nobody takes gross for net.

use super::build::Purchases;
use super::column::Column;
use super::count::{CANCELLED, Count, Watched, plain};
use super::draft::Draft;
use super::found::{Unused, ValueFound};
use super::levels::Level;
use super::look::Look;
use super::lost::{self, is_minor, is_off, is_product, is_share, shifted};
use super::meanings::{self, Meaning, is_without_money};
use super::money::Way;
use super::numbers::STYLES;
use super::text::{count, short};
use super::trial::Trial;
use snapshot::money::to_decimal;

use crate::import::kinds::Kind;
use crate::sorted;

/// Different values of a column that can still be kinds.
const KINDS: usize = 30;

/// Different values of a column that is known by its values only.
const FEW: usize = 8;

/// Letters of a value of such a column.
const WORD: usize = 24;

/// Places of the columns that are used.
fn used(found: &Purchases<'_>) -> Vec<usize> {
    let picks = found.choosing.picks.iter().map(|pick| pick.at);
    let quantity = found.quantity().map(|pick| pick.at);
    let money = match found.way() {
        None => [None, None],
        Some(Way::Total(at)) => [Some(at), None],
        Some(Way::Product { price, quantity }) => [Some(price), Some(quantity)],
    };
    picks.chain(quantity).chain(money.into_iter().flatten()).collect()
}

/// The columns to be watched.
pub fn watched(found: &Purchases<'_>, levels: &[Level]) -> Count {
    let look = found.choosing.look;
    let used = used(found);
    let free = look.columns.iter().filter(|column| column.filled > 0 && !used.contains(&column.at));
    let watched = free.filter_map(|column| {
        let meaning = meanings::of(&column.words).or_else(|| by_values(look, column))?;
        let fits = match meaning {
            Meaning::Status | Meaning::Kind | Meaning::Test => {
                !column.is_number() && column.distinct <= KINDS
            }
            Meaning::Cancelled => true,
            // Numbers of houses and orders are no money.
            Meaning::OtherAmount | Meaning::Shipping => {
                column.is_number()
                    && !column.words.has(&["nr", "id", "zip", "postal", "phone", "count", "items"])
            }
            _ => column.is_number(),
        };
        fits.then(|| Watched::new(column.at, meaning, levels[column.at]))
    });
    let style = found.settled.style.unwrap_or(STYLES[0]);
    let reader = style.reader(found.currency.symbol.as_deref());
    Count::watching(watched.collect(), reader)
}

/// A column of few words, one of which says that no money stays, as one of kinds of rows (sale,
/// refund) has them.
fn by_values(look: &Look, column: &Column) -> Option<Meaning> {
    let is_kind = || {
        let is_called =
            meanings::is_of_kinds(&column.words) && meanings::of(&column.words).is_none();
        is_called
            && (2..=KINDS).contains(&column.distinct)
            && !column.is_number()
            && !column.is_date()
    };
    let status = is_of_kinds(look, column).then_some(Meaning::Status);
    status.or_else(|| is_kind().then_some(Meaning::Kind))
}

/// Whether a column has few words, one of which says that no money stays.
pub fn is_of_kinds(look: &Look, column: &Column) -> bool {
    if column.is_number() || column.is_date() || column.distinct > FEW {
        return false;
    }
    let says_so = |text: &str| text.chars().count() <= WORD && is_without_money(text);
    look.sample.iter().any(|record| says_so(look.cell(record, column.at)))
}

/// Columns that no field has, and that nothing is said of.
pub fn others(found: &Purchases<'_>, trial: Option<&Trial>) -> Vec<String> {
    let look = found.choosing.look;
    let mut used = used(found);
    used.extend(
        trial.into_iter().flat_map(|trial| trial.count.watched.iter().map(|column| column.at)),
    );
    let free =
        look.columns.iter().filter(|column| !used.contains(&column.at) && !column.name.is_empty());
    free.map(|column| short(&column.name)).collect()
}

/// What they say, and what that means.
pub fn told(found: &Purchases<'_>, draft: &Draft, trial: &Trial) -> Vec<Unused> {
    let is_told =
        |column: &&Watched| column.meaning != Meaning::Kind || is_kind_told(found, draft, column);
    let watched = trial.count.watched.iter().filter(|column| column.rows > 0).filter(is_told);
    watched.map(|column| one(found, draft, trial, column)).collect()
}

/// Whether anything is to be said of the kinds of rows that a column has.
fn is_kind_told(found: &Purchases<'_>, draft: &Draft, column: &Watched) -> bool {
    let kinds = draft.purchases().and_then(|table| table.kinds.as_ref());
    kinds.is_some_and(|kinds| kinds.column == found.choosing.look.column(column.at).name)
}

fn one(found: &Purchases<'_>, draft: &Draft, trial: &Trial, column: &Watched) -> Unused {
    let name = &found.choosing.look.column(column.at).name;
    let asked = draft.purchases().and_then(|table| table.less.as_ref());
    let is_asked =
        asked.is_some() && lost::less(found, draft, trial).iter().any(|less| less.at == column.at);
    let kinds = draft.purchases().and_then(|table| table.kinds.as_ref());
    let kinds = kinds.filter(|kinds| kinds.column == *name);
    let exponent = trial.imported.currency.exponent;
    let is_sum = column.meaning.is_money() && column.is_money && !is_share(column);
    let mut values: Vec<ValueFound> = column
        .values
        .iter()
        .map(|(value, of)| ValueFound {
            kind: kinds.map(|kinds| kinds.of(value)).unwrap_or_default(),
            value: short(value),
            rows: of.rows,
            orders: of.orders,
            amount: to_decimal(of.amount, exponent),
        })
        .collect();
    sorted::by_key(&mut values, |value| std::cmp::Reverse(value.rows));
    let in_minor = is_minor(found, found.choosing.look.column(column.at), column);
    let sum = if in_minor { shifted(column.sum, &trial.totals.currency) } else { column.sum };
    let least = exponent.min(snapshot::currency::minor_unit(&trial.totals.currency));
    Unused {
        column: short(name),
        meaning: column.meaning,
        rows: column.rows,
        sum: is_sum.then(|| plain(sum, least)),
        says: if is_asked {
            "whether it is taken off the amounts is asked".to_owned()
        } else if column.meaning == Meaning::OtherAmount && is_sum {
            let (sum, code) = (plain(sum, least), &trial.totals.currency);
            format!("{}, {sum} {code} in all: hold it against the revenue", other_amount(column))
        } else {
            says(found, column, &values, &trial.totals.currency)
        },
        changes: !is_asked && changes(found, column, &values),
        values,
    }
}

/// Whether no money stays with a value, or not all of it, and yet counts as if it did.
fn is_lost(value: &ValueFound) -> bool {
    value.kind == Kind::Sale
        && !value.amount.starts_with('-')
        && (value.value == CANCELLED || is_without_money(&value.value))
}

fn changes(found: &Purchases<'_>, column: &Watched, values: &[ValueFound]) -> bool {
    match column.meaning {
        Meaning::Status | Meaning::Kind | Meaning::Cancelled => values.iter().any(is_lost),
        Meaning::Discount => is_product(found) && !is_share(column),
        Meaning::Refund | Meaning::Owed => true,
        _ => false,
    }
}

fn says(found: &Purchases<'_>, column: &Watched, values: &[ValueFound], code: &str) -> String {
    match column.meaning {
        Meaning::Status | Meaning::Kind | Meaning::Cancelled => of_kinds(values, code),
        Meaning::Refund => "not taken off the revenue".to_owned(),
        Meaning::Discount if is_share(column) => {
            "parts of one, not amounts; not taken off what is read as the amount".to_owned()
        }
        Meaning::Discount if is_off(found) => "taken off the amounts already".to_owned(),
        Meaning::Discount if is_product(found) => {
            "not taken off: the revenue is price times quantity".to_owned()
        }
        Meaning::Discount => {
            "not taken off what is read as the amount; it may be without them already".to_owned()
        }
        Meaning::Tax => {
            "neither added nor taken off: the amounts have tax in them if the shop writes them so"
                .to_owned()
        }
        Meaning::Shipping => "not in the revenue, unless the amounts have it in them".to_owned(),
        Meaning::Fee => "not taken off the revenue".to_owned(),
        Meaning::Tip => "not in the revenue, unless the amounts have them in them".to_owned(),
        Meaning::Profit => "not used: the page shows revenue".to_owned(),
        Meaning::OtherCurrency => {
            "not used: amounts are read as they were written, not as they were reckoned".to_owned()
        }
        Meaning::Owed => "counts as revenue all the same".to_owned(),
        Meaning::Test => "all rows count, those of tests too".to_owned(),
        Meaning::OtherAmount => {
            format!("{}: hold it against the revenue", other_amount(column))
        }
    }
}

/// What becomes of rows by what a column says of them.
fn of_kinds(values: &[ValueFound], code: &str) -> String {
    let some = |is: &dyn Fn(&ValueFound) -> bool| {
        let one = |value: &ValueFound| {
            let orders = count(value.orders, "order", "orders");
            format!("{} {orders} ({} {code})", value.value, value.amount)
        };
        let all: Vec<String> = values.iter().filter(|value| is(value)).map(one).collect();
        all.join(", ")
    };
    let said = [
        ("whether these count is asked: ", some(&|value| value.kind != Kind::Sale)),
        ("these count in the revenue: ", some(&is_lost)),
    ];
    let said: Vec<String> = said
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(what, values)| format!("{what}{values}"))
        .collect();
    if said.is_empty() { "all rows count, whatever it says".to_owned() } else { said.join("; ") }
}

fn other_amount(column: &Watched) -> &'static str {
    if column.level.is_of_order() { "an amount of the whole order" } else { "another amount" }
}
