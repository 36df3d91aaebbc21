//! Rows of the list as they stand in a file.

use facts::{Member, Number};
use snapshot::Meta;
use snapshot::people::Names;
use widgets::{Cell, Column, Table};
use words::say;

use crate::session::names::NamesOfMany;

/// Some rows as a table, with the names of those whose names were read.
pub fn table(rows: &[Member], names: &NamesOfMany, compared: bool, meta: &Meta) -> Table {
    let column = |title: String, numeric| Column { title, numeric };
    let mut columns = vec![
        column(say!("Customer id"), false),
        column(say!("First name"), false),
        column(say!("Last name"), false),
        column(say!("E-mail"), false),
        column(say!("Segment"), false),
        column(say!("Churn risk"), false),
        column(say!("RFM segment"), false),
        column(say!("In period"), true),
    ];
    if compared {
        columns.push(column(say!("Before"), true));
        columns.push(column(say!("Change"), true));
    }
    columns.extend([
        column(say!("Lifetime value"), true),
        column(say!("Orders, all time"), true),
        column(say!("Last purchase"), false),
        column(say!("Days since the last purchase"), true),
        column(say!("Satisfaction"), true),
    ]);
    let row =
        |member: &Member| names.with(member.customer, |names| row(names, member, compared, meta));
    let rows = rows.iter().map(row).collect();
    Table { columns, rows, ..Table::default() }
}

fn row(names: Names<'_>, member: &Member, compared: bool, meta: &Meta) -> Vec<Cell> {
    let exponent = meta.currency.exponent;
    let text = |text: &str| Cell { text: text.to_owned(), exact: None };
    let exact = |number: Number| {
        let exact = number.exact(exponent);
        Cell { text: exact.clone(), exact: Some(exact) }
    };
    let some = |number: Option<Number>| number.map_or_else(Cell::default, exact);
    let label = |labels: &[String], code: Option<u8>| {
        text(code.and_then(|code| labels.get(usize::from(code))).map_or("", String::as_str))
    };
    let Names { customer_id, first_name, last_name, email } = names;
    let day = member.recency_days.map(|days| meta.as_of.plus(-days).to_string());
    let mut cells = vec![
        text(customer_id),
        text(first_name),
        text(last_name),
        text(email),
        label(&meta.labels.segments, Some(member.segment)),
        label(&meta.labels.churn_risks, Some(member.churn)),
        label(&meta.labels.rfm_segments, member.rfm_segment),
        exact(Number::Money(member.revenue)),
    ];
    if compared {
        cells.push(some(member.revenue_before.map(Number::Money)));
        cells.push(some(member.change().map(Number::Money)));
    }
    cells.extend([
        exact(Number::Money(member.lifetime_value)),
        exact(Number::Count(member.orders.into())),
        text(&day.unwrap_or_default()),
        some(member.recency_days.map(|days| Number::Count(days.into()))),
        some(member.satisfaction()),
    ]);
    cells
}
