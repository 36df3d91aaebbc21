//! What the import took as it is, but people should know of, in words.

use snapshot::Meta;
use snapshot::meta::{Warning, WarningKind, WarningPlace};
use widgets::Format;
use words::say;
use yew::prelude::*;

/// One sentence a warning, with the first places.
pub fn notes(meta: &Meta, format: &Format) -> Html {
    let note = |warning: &Warning| {
        html! {
            <li data-note={key(warning.kind)}>
                { sentence(warning, format) }
                <span class="quiet">
                    <br /><code>{ &warning.file }</code>{ ": " }<bdi>{ places(warning) }</bdi>
                </span>
            </li>
        }
    };
    html! { <ul class="notes">{ for meta.warnings.iter().map(note) }</ul> }
}

fn key(kind: WarningKind) -> &'static str {
    match kind {
        WarningKind::SharedOrders => "shared_orders",
        WarningKind::RepeatedRows => "repeated_rows",
        WarningKind::OverlapCounted => "overlap_counted",
        WarningKind::OverlapLeftOut => "overlap_left_out",
        WarningKind::OrdersAcross => "orders_across",
        WarningKind::LeftOut => "left_out",
        WarningKind::KindLeftOut => "kind_left_out",
        WarningKind::BinaryNoise => "binary_noise",
        WarningKind::PowersOfTen => "powers_of_ten",
        WarningKind::LooseIds => "loose_ids",
        WarningKind::ChangedIds => "changed_ids",
        WarningKind::GuestLines => "guest_lines",
        WarningKind::ThreeDecimals => "three_decimals",
        WarningKind::LargeAmounts => "large_amounts",
        WarningKind::OutsideData => "outside_data",
        WarningKind::UnusedColumns => "unused_columns",
        WarningKind::TotalRows => "total_rows",
        WarningKind::FarDays => "far_days",
        WarningKind::PlaceholderIds => "placeholder_ids",
        WarningKind::EverybodyGuest => "everybody_guest",
        WarningKind::UnreadFiles => "unread_files",
        WarningKind::Other => "other",
    }
}

fn sentence(warning: &Warning, format: &Format) -> String {
    let n = format.count(i64::try_from(warning.count).unwrap_or(i64::MAX));
    match warning.kind {
        WarningKind::SharedOrders => {
            say!("Order numbers of more than one customer: {n}. Each counts as one order.", n = n)
        }
        WarningKind::RepeatedRows => {
            say!("Rows that repeat an earlier row to the last cell: {n}. They count again.", n = n)
        }
        WarningKind::OverlapCounted => say!(
            "Rows that an earlier file has, too, in all that is read: {n}. They count in each.",
            n = n
        ),
        WarningKind::OverlapLeftOut => say!(
            "Rows that another file has, too, or whose whole orders it has: {n}. They count once.",
            n = n
        ),
        WarningKind::OrdersAcross => say!(
            "Orders of which an earlier file has other lines: {n}. All of their lines count.",
            n = n
        ),
        WarningKind::KindLeftOut => say!(
            "Rows of a kind that does not count, such as cancelled orders: {n}. They were left out.",
            n = n
        ),
        WarningKind::LeftOut => {
            say!("Rows without a date and without an amount: {n}. They were left out.", n = n)
        }
        WarningKind::BinaryNoise => say!(
            "Numbers with the noise of binary fractions: {n}. They were read as the decimals meant.",
            n = n
        ),
        WarningKind::PowersOfTen => say!(
            "Numbers written with a power of ten: {n}. A spreadsheet may have cut their digits.",
            n = n
        ),
        WarningKind::LooseIds => say!(
            "Customer ids that differ from another by an apostrophe, leading zeros, a .0 at the end or capitals only: {n}.",
            n = n
        ),
        WarningKind::ChangedIds => say!(
            "Ids that a spreadsheet or a program seems to have changed: {n}. Different ones may have become one.",
            n = n
        ),
        WarningKind::GuestLines => say!(
            "Lines without a customer in orders that have one: {n}. They count as guests' lines.",
            n = n
        ),
        WarningKind::ThreeDecimals => say!(
            "Amounts with three digits behind the decimal sign: {n}. The sign may stand between thousands.",
            n = n
        ),
        WarningKind::LargeAmounts => say!(
            "Large whole amounts: {n}. They may be in the smallest unit of the currency, such as cents.",
            n = n
        ),
        WarningKind::OutsideData => say!(
            "Rows from before the first purchase or after the day of the data: {n}. They were left out.",
            n = n
        ),
        WarningKind::UnusedColumns => say!(
            "Columns that have a field's name and were not used, because the mapping names others: {n}.",
            n = n
        ),
        WarningKind::TotalRows => {
            say!(
                "Rows with a date that are called totals, or have the sum of all rows before: {n}. They count like any other.",
                n = n
            )
        }
        WarningKind::FarDays => say!(
            "Days more than a year before or after all others: {n}. They may be slips of the pen.",
            n = n
        ),
        WarningKind::PlaceholderIds => say!(
            "Ids that are words for nothing: {n}. Each word counts as one customer or order.",
            n = n
        ),
        WarningKind::EverybodyGuest => say!(
            "Columns that describe customers: {n}. Nothing says who they are, so everybody is a guest.",
            n = n
        ),
        WarningKind::UnreadFiles => say!(
            "Files that are called like a table and were not read, because the mapping does not name it: {n}.",
            n = n
        ),
        WarningKind::Other => say!("Doubtful rows: {n}.", n = n),
    }
}

fn places(warning: &Warning) -> String {
    let mut places: Vec<String> = warning.places.iter().map(place).collect();
    places.extend((warning.count > places.len() as u64).then(|| "…".to_owned()));
    places.join("; ")
}

fn place(place: &WarningPlace) -> String {
    let lines: Vec<String> = place.lines.iter().map(u64::to_string).collect();
    let lines = match &lines[..] {
        [one] => say!("line {n}", n = one),
        lines => say!("lines {n}", n = lines.join(", ")),
    };
    match &place.id {
        Some(id) if place.lines.is_empty() => id.clone(),
        Some(id) => format!("{id} ({lines})"),
        None => lines,
    }
}
