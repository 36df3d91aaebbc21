//! Puts a draft together from what was found about a sheet of purchases.

use super::choose::Choosing;
use super::currency;
use super::dates;
use super::draft::{Draft, Named, TableDraft, named};
use super::look::Look;
use super::meanings;
use super::money::{Money, Way};
use super::pick::{Confidence, Pick};
use super::returns;
use super::settle::{OrderFound, Settled};
use super::several::{self, Apart};
use super::source::{SheetKind, Source};
use crate::import::date_format::Order;
use crate::import::fields::{self, Table};
use crate::import::mapping::{AmountUnit, FormatMapping, OneOrMore};
use crate::sorted;

/// Everything that was found about a sheet of purchases.
pub struct Purchases<'a> {
    /// The columns of its fields.
    pub choosing: Choosing<'a>,
    /// The money of its lines; none where none was found.
    pub money: Option<Money>,
    /// What all rows say.
    pub settled: Settled,
    /// The currency.
    pub currency: currency::Found,
    /// Whether it seems to be written in Europe.
    pub is_european: bool,
    /// Other sheets that are read with it.
    pub more: Vec<&'a Look>,
    /// Sheets that seem to be more of the same and are not read, and why.
    pub apart: Vec<Apart>,
}

impl Purchases<'_> {
    /// The most likely way of knowing the money of a line.
    pub fn way(&self) -> Option<Way> {
        self.money.as_ref().map(|money| money.way)
    }

    /// The column of quantities.
    pub fn quantity(&self) -> Option<&Pick> {
        self.money.as_ref()?.quantity.as_ref()
    }
}

/// The sheet's draft.
pub fn draft(source: &dyn Source, found: &Purchases<'_>) -> Draft {
    let look = found.choosing.look;
    let sheet = source.sheets().get(look.sheet);
    let more: Vec<_> =
        found.more.iter().filter_map(|look| source.sheets().get(look.sheet)).collect();
    let title =
        sheet.map(|sheet| several::title(sheet, &more)).filter(|title| !title.trim().is_empty());
    let is_table = sheet.is_some_and(|sheet| sheet.kind == SheetKind::Table);
    let (parts, places) = several::parts(look, &found.more);
    let table = TableDraft {
        table: Table::Purchases,
        sheet: look.sheet,
        file: None,
        from_table: is_table.then(|| look.name.clone()),
        parts,
        places,
        overlap: None,
        orders_across: None,
        returns: returned(source, found),
        amount_of: None,
        negative_quantity: None,
        fill_down: false,
        less: None,
        kinds: None,
        format: format(found),
        columns: columns(found),
        guests: found.settled.guests.clone(),
    };
    let (time_zone, zone_why) = time_zone(&found.settled);
    let mut draft = Draft {
        heading: Vec::new(),
        source: title.unwrap_or_else(|| "My shop".to_owned()),
        time_zone,
        currency: found.currency.code.clone(),
        reject_limit: 0,
        tables: vec![table],
        remarks: Vec::new(),
    };
    draft.remark("time_zone", zone_why);
    let word = found.currency.confidence.word();
    draft.remark("code", format!("{word}: {}", found.currency.why));
    draft.remark("date", date_why(found));
    if let Some(encoding) = &look.encoding {
        draft.remark("encoding", format!("{}: {}", encoding.name, encoding.why));
    }
    if !found.settled.guests.is_empty() {
        draft.remark("guests", "words that stand for nobody");
    }
    draft.remark("nulls", "words that stand for nothing");
    draft
}

/// The files of what was given back.
fn returned(source: &dyn Source, found: &Purchases<'_>) -> Vec<String> {
    let money = match found.way() {
        None => Vec::new(),
        Some(Way::Total(at)) => vec![at],
        Some(Way::Product { price, quantity }) => vec![price, quantity],
    };
    let look = found.choosing.look;
    let columns: Vec<&str> = money.iter().map(|&at| look.column(at).name.as_str()).collect();
    let looks: Vec<&Look> = std::iter::once(look).chain(found.more.iter().copied()).collect();
    returns::files(source, &looks, &columns)
}

/// The zone of the dates, and what speaks for it.
pub fn time_zone(settled: &Settled) -> (String, String) {
    let first = settled.zones.first();
    if !settled.instants {
        ("UTC".to_owned(), "dates have no time zone, so days stand as they are".to_owned())
    } else if settled.all_of_greenwich {
        (
            "UTC".to_owned(),
            "dates are instants of Greenwich; the shop's own zone cuts its days".to_owned(),
        )
    } else if let Some(zone) = first {
        let why = format!("the clocks of {zone} show what all dates say");
        ((*zone).to_owned(), why)
    } else {
        ("UTC".to_owned(), "dates have offsets that are of no one zone".to_owned())
    }
}

fn date_why(found: &Purchases<'_>) -> String {
    match &found.settled.order {
        OrderFound::NoMatter => "day and month cannot be taken for each other".to_owned(),
        OrderFound::Only(order) => format!(
            "sure: some dates can only be read with the {}",
            super::settle::order_name(*order)
        ),
        OrderFound::Either { likely, is_sorted, example } => {
            let name = super::settle::order_name(*likely);
            let why =
                if *is_sorted { "the rows are in the order of days so" } else { "nothing tells" };
            format!(
                "to decide: every date, such as {}, can be read in both orders; {name}: {why}",
                named(example)
            )
        }
        OrderFound::Mixed { day_first, month_first } => format!(
            "{} has the day first, {} the month: the column has two orders",
            named(day_first),
            named(month_first)
        ),
    }
}

fn format(found: &Purchases<'_>) -> FormatMapping {
    let (look, settled) = (found.choosing.look, &found.settled);
    let mut format = settled.style.map(|style| style.settings(None)).unwrap_or_default();
    if let Some(sign) = settled.either {
        // Before decimals there are mostly two digits, so three are thousands; a point between
        // thousands is European.
        let is_group = sign == ',' || found.is_european;
        format.decimal_comma = (is_group && sign == '.').then_some(true);
        format.thousands = is_group.then(|| sign.to_string());
    }
    let is_minor = look.export.is_some_and(|export| export.in_minor);
    let is_seconds = settled.formats.first().is_some_and(|format| format == "%s");
    let date = match &settled.formats[..] {
        [] => None,
        [one] => Some(OneOrMore::One(one.clone())),
        more => Some(OneOrMore::More(more.to_vec())),
    };
    FormatMapping {
        date,
        currency_symbol: found.currency.symbol.clone(),
        amount_unit: ((is_minor && is_seconds) || is_named_minor(found))
            .then_some(AmountUnit::Minor),
        nulls: Some(settled.nulls.clone()).filter(|nulls| !nulls.is_empty()),
        decimal_comma: format.decimal_comma,
        thousands: format.thousands,
        ..look.format.clone()
    }
}

/// Whether the name of the column of amounts says that they are in the smallest unit, and all are whole.
fn is_named_minor(found: &Purchases<'_>) -> bool {
    let look = found.choosing.look;
    let at = found.way().map(|way| match way {
        Way::Total(at) | Way::Product { price: at, .. } => at,
    });
    at.is_some_and(|at| {
        let is_whole = |cell: &str| !cell.contains(['.', ',']);
        meanings::is_minor(&look.column(at).words)
            && look.sample.iter().all(|record| is_whole(look.cell(record, at)))
    })
}

/// The column that a way of knowing the money takes.
pub fn money_column(found: &Purchases<'_>, way: Way) -> Option<Named> {
    let money = found.money.as_ref()?;
    let (field, at) = match way {
        Way::Total(at) => ("amount", at),
        Way::Product { price, .. } => ("unit_price", price),
    };
    let (confidence, why) = (money.confidence, money.why.clone());
    let column = found.choosing.look.column(at).name.clone();
    Some(Named { field, column, confidence, why })
}

/// What speaks for the column of the dates, with the formats that all rows left of those that a
/// sample fits.
fn settled_why(found: &Purchases<'_>, pick: &Pick) -> String {
    let sampled = &found.choosing.look.column(pick.at).dates.formats;
    let told = |formats: &[String]| format!("dates as in {}", formats.join(" and "));
    pick.why.replace(&told(sampled), &told(&found.settled.formats))
}

fn columns(found: &Purchases<'_>) -> Vec<Named> {
    let look = found.choosing.look;
    let pick = |pick: &Pick| Named {
        field: pick.field,
        column: look.column(pick.at).name.clone(),
        confidence: pick.confidence,
        why: if pick.field == "transaction_date" {
            settled_why(found, pick)
        } else {
            pick.why.clone()
        },
    };
    let mut columns: Vec<Named> =
        found.choosing.picks.iter().filter(|pick| is_readable(found, pick)).map(pick).collect();
    columns.extend(found.quantity().map(pick));
    columns.extend(found.way().and_then(|way| money_column(found, way)));
    let place =
        |named: &Named| fields::of(Table::Purchases).iter().position(|field| *field == named.field);
    sorted::by_key(&mut columns, place);
    let headers = std::iter::once(look).chain(found.more.iter().copied());
    let header: Vec<String> = headers.flat_map(|look| look.header.iter().cloned()).collect();
    unread(&mut columns, Table::Purchases, &header);
    columns
}

/// Keeps columns of a field's own name from being read as that field where they are something else.
pub fn unread(columns: &mut Vec<Named>, table: Table, header: &[String]) {
    for &field in fields::of(table) {
        let is_named = columns.iter().any(|named| named.field == field);
        if !is_named && header.iter().any(|name| name == field) {
            let why = "the column of this name is not read as this field".to_owned();
            columns.push(Named {
                field,
                column: String::new(),
                confidence: Confidence::Likely,
                why,
            });
        }
    }
}

/// Whether the values of a chosen column can be read by the formats of the file: days of
/// registration have no formats of their own.
fn is_readable(found: &Purchases<'_>, pick: &Pick) -> bool {
    if pick.field != "registration_date" {
        return true;
    }
    let column = found.choosing.look.column(pick.at);
    let order = match found.settled.order {
        OrderFound::Only(order) | OrderFound::Either { likely: order, .. } => order,
        _ => Order::DayFirst,
    };
    let formats = column.dates.formats.iter();
    formats
        .map(|format| dates::in_order(format, order))
        .all(|format| found.settled.formats.contains(&format))
}
