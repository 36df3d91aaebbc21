//! A guess as people read it.

use std::fmt::Write;

use super::found::{Choice, Guess, RowRead, Totals};
use super::text::{count, short};
use super::trial::earlier;
use crate::import::FileRead;

/// The longest cell of a table of rows.
const WIDEST: usize = 24;

/// The columns of the rows that are shown.
const TITLES: [&str; 8] =
    ["line", "order", "customer", "day", "product", "category", "quantity", "amount"];

/// Columns of which the numbers stand at the right.
const RIGHT: [bool; 8] = [true, false, false, false, false, false, true, true];

/// Everything that a guess says, in lines.
pub fn text(guess: &Guess) -> String {
    let mut out = String::new();
    head(&mut out, guess);
    fields(&mut out, guess);
    rows(&mut out, &guess.rows);
    if let Some(found) = &guess.totals {
        totals(&mut out, found);
    }
    doubts(&mut out, &guess.doubts);
    questions(&mut out, guess);
    beside(&mut out, guess);
    let end = if !guess.usable {
        "The mapping is a template: name the columns of the fields that are missing in it."
    } else if guess.sure {
        "Nothing is open: a build takes the mapping as it is."
    } else if guess.builds {
        "A build takes the mapping as it is; look at what is open above first."
    } else {
        "A build does not take the mapping as it is: see the problems above."
    };
    line(&mut out, &format!("\n{end}"));
    let changing = guess.unused.iter().filter(|column| column.changes);
    let changing: Vec<String> = changing.map(|column| format!("\"{}\"", column.column)).collect();
    if !changing.is_empty() {
        line(
            &mut out,
            &format!(
                "The revenue above is what was sold: it leaves {} out of account.",
                changing.join(", ")
            ),
        );
    }
    out
}

fn line(out: &mut String, text: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(out, "{text}");
}

fn head(out: &mut String, guess: &Guess) {
    for sheet in &guess.sheets {
        let table = sheet.table.map_or("not read".to_owned(), |table| format!("read as {table}"));
        line(out, &format!("{}: {table} ({})", short(&sheet.name), sheet.why.replace('\n', " ")));
    }
    if guess.files.len() > 1 {
        line(
            out,
            &format!(
                "\n{} of purchases, read as one",
                count(guess.files.len() as u64, "file", "files")
            ),
        );
        for FileRead { name, rows, again, .. } in &guess.files {
            let rows = count(*rows, "row", "rows");
            let again = if *again > 0 {
                let rows = count(*again, "row is", "rows are");
                format!(", {rows} in {}, too", earlier(&guess.files))
            } else {
                String::new()
            };
            line(out, &format!("  {:<32} {rows}{again}", short(name)));
        }
        line(out, "");
    }
    if let (Some(export), Some(says)) = (&guess.export, &guess.export_says) {
        line(out, &format!("It looks like {export}: {says}."));
    }
    line(out, "\nHow it is written");
    for setting in &guess.settings {
        let (name, value, word) = (setting.name, &setting.value, setting.confidence.word());
        line(out, &format!("  {name:<16} {value:<24} {word}: {}", setting.why));
    }
}

fn fields(out: &mut String, guess: &Guess) {
    line(out, "\nFields");
    let mut table = "purchase_transactions";
    for field in &guess.fields {
        if field.table != table {
            table = field.table;
            line(out, &format!("  of {table}"));
        }
        let (name, column) = (field.field, format!("\"{}\"", short(&field.column)));
        line(out, &format!("  {name:<17} {column:<24} {}: {}", field.confidence.word(), field.why));
    }
}

fn rows(out: &mut String, rows: &[RowRead]) {
    if rows.is_empty() {
        return;
    }
    line(
        out,
        &format!("\nThe first {} as they would be read", count(rows.len() as u64, "row", "rows")),
    );
    let none = || "-".to_owned();
    let cells: Vec<[String; 8]> = rows
        .iter()
        .map(|row| {
            [
                row.line.to_string(),
                if row.order.is_empty() { none() } else { row.order.clone() },
                row.customer.clone().unwrap_or_else(|| "(guest)".to_owned()),
                row.day.clone(),
                row.product.clone().unwrap_or_else(none),
                row.category.clone().unwrap_or_else(none),
                row.quantity.clone().unwrap_or_else(none),
                row.amount.clone(),
            ]
            .map(|cell| cut(&cell))
        })
        .collect();
    let width = |at: usize| {
        let widths = cells.iter().map(|row| row[at].chars().count());
        widths.chain([TITLES[at].len()]).max().unwrap_or(0)
    };
    let widths: [usize; 8] = std::array::from_fn(width);
    let mut row = |cells: &[String; 8]| {
        let padded = (0..cells.len()).map(|at| {
            let (cell, width) = (&cells[at], widths[at]);
            if RIGHT[at] { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
        });
        let text = padded.collect::<Vec<_>>().join("  ");
        line(out, format!("  {text}").trim_end());
    };
    row(&TITLES.map(str::to_owned));
    cells.iter().for_each(row);
}

fn cut(text: &str) -> String {
    if text.chars().count() <= WIDEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(WIDEST.saturating_sub(1)).collect();
    format!("{start}…")
}

fn totals(out: &mut String, totals: &Totals) {
    line(out, "\nTotals, to be held against the shop's own report");
    let mut row = |name: &str, value: &str| line(out, &format!("  {name:<16} {value}"));
    row("revenue", &format!("{} {}", totals.revenue, totals.currency));
    row("orders", &totals.orders.to_string());
    let bought = if totals.buyers == totals.customers {
        String::new()
    } else {
        format!(" in the table, {} of whom have bought", totals.buyers)
    };
    row("customers", &format!("{}{bought}", totals.customers));
    row("lines", &totals.lines.to_string());
    if let Some(units) = &totals.units {
        row("units", units);
    }
    if totals.returns > 0 {
        let lines = count(totals.returns, "line", "lines");
        row(
            "returns",
            &format!("{} {} in {lines}, taken off above", totals.returned, totals.currency),
        );
    }
    if totals.guest_lines > 0 {
        row("guests' lines", &totals.guest_lines.to_string());
    }
    let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "-".to_owned());
    row("first day", &day(&totals.first_day));
    row("last day", &day(&totals.last_day));
}

fn doubts(out: &mut String, doubts: &[String]) {
    for doubt in doubts {
        line(out, &format!("  WARNING: {}", doubt.replace('\n', " ")));
    }
}

fn questions(out: &mut String, guess: &Guess) {
    if guess.questions.is_empty() {
        return;
    }
    line(out, "\nTo decide");
    for (number, question) in (1..).zip(&guess.questions) {
        line(out, &format!("  {number}. {}", question.ask));
        for (at, choice) in question.choices.iter().enumerate() {
            line(out, &format!("     {}", answer(choice, at == 0)));
        }
    }
}

fn answer(choice: &Choice, is_written: bool) -> String {
    let mut text = format!("{}: {}", choice.value, choice.settings);
    if let Some(totals) = &choice.totals {
        let days = match (&totals.first_day, &totals.last_day) {
            (Some(first), Some(last)) => format!(", {first} to {last}"),
            _ => String::new(),
        };
        let orders = count(totals.orders, "order", "orders");
        text.push_str(&format!(" -> {} {}, {orders}{days}", totals.revenue, totals.currency));
    }
    if let Some(says) = &choice.says {
        text.push_str(&format!(" ({})", says.replace('\n', " ")));
    }
    if is_written {
        text.push_str("  <- written");
    }
    text
}

fn beside(out: &mut String, guess: &Guess) {
    let mut part = |title: &str, lines: &[String]| {
        if !lines.is_empty() {
            line(out, &format!("\n{title}"));
            lines.iter().for_each(|text| line(out, &format!("  {}", text.replace('\n', "\n  "))));
        }
    };
    let left_out: Vec<String> = guess
        .left_out
        .iter()
        .map(|left| {
            let rows = count(left.rows, "row", "rows");
            let refused = if left.refused { "; the build is refused by them" } else { "" };
            format!("{rows}: {}{refused}", left.why)
        })
        .collect();
    part("Left out", &left_out);
    let unused: Vec<String> = guess
        .unused
        .iter()
        .map(|column| {
            let rows = count(column.rows, "row", "rows");
            let sum = column.sum.as_ref().filter(|sum| !column.says.contains(sum.as_str()));
            let sum = sum.map(|sum| format!(", {sum} in all")).unwrap_or_default();
            let values: Vec<String> = column
                .values
                .iter()
                .map(|value| {
                    let (rows, orders) =
                        (count(value.rows, "row", "rows"), count(value.orders, "order", "orders"));
                    format!("{} {rows} of {orders} ({})", value.value, value.amount)
                })
                .collect();
            let values =
                if values.is_empty() { String::new() } else { format!(": {}", values.join(", ")) };
            format!(
                "\"{}\" ({}) in {rows}{sum}{values}: {}",
                column.column,
                column.meaning.name(),
                column.says
            )
        })
        .collect();
    part("What the file says and the mapping does not use", &unused);
    if !guess.other_columns.is_empty() {
        let (title, names) = (
            if guess.usable { "Columns that are not read" } else { "Columns" },
            &guess.other_columns,
        );
        part(title, &[names.iter().map(|name| short(name)).collect::<Vec<_>>().join(", ")]);
    }
    part("Notes", &guess.notes);
    // Where nothing is usable, they are why the command fails, which it says itself.
    if guess.usable {
        part("Problems", &guess.problems);
    }
}
