//! Why sheets cannot be used, and what to do: what is missing, and what they have.

use super::choose::Choosing;
use super::column::Column;

/// Why a sheet has no purchases that could be read, and what it has.
pub fn missing(choosing: &Choosing<'_>, has_money: bool) -> String {
    let look = choosing.look;
    let mut parts = Vec::new();
    if look.sample.is_empty() {
        let stop = look.stop.as_ref().map(|stop| format!(": {stop}")).unwrap_or_default();
        return format!("{} has a header and no row that can be read{stop}", look.name);
    }
    if choosing.at("transaction_date").is_none() {
        parts.push("no column has the dates of purchases");
    }
    if !has_money {
        parts.push("no column has their amounts, or prices and quantities");
    }
    let double: Vec<String> = look
        .columns
        .iter()
        .filter(|column| !column.can_be_named && !column.name.is_empty())
        .map(|column| super::draft::named(&column.name))
        .collect();
    let double = match double.first() {
        Some(name) => format!(
            "; columns of one name, such as {name}, cannot be told apart: give one of them another name"
        ),
        None => String::new(),
    };
    let export =
        look.export.map(|export| format!("; it looks like {}: {}", export.name, export.says));
    let kinds: Vec<String> =
        look.columns.iter().filter(|column| !column.name.is_empty()).map(described).collect();
    format!(
        "{}: {}{double}{}. It has: {}",
        look.name,
        parts.join(" and "),
        export.unwrap_or_default(),
        kinds.join(", ")
    )
}

fn described(column: &Column) -> String {
    let example = column.examples.first().map(|text| format!(" ({})", super::text::short(text)));
    let hint = unread_date(column).unwrap_or_default();
    format!("{}{}{hint}", super::draft::named(&column.name), example.unwrap_or_default())
}

/// What to say of a column that is called a date and cannot be read as one.
fn unread_date(column: &Column) -> Option<&'static str> {
    let is_called = column.words.has(&[
        "date",
        "datum",
        "fecha",
        "data",
        "created",
        "time",
        "timestamp",
        "day",
    ]);
    let example = column.examples.first().filter(|_| is_called && !column.is_date())?;
    let is_number = example.bytes().all(|byte| byte.is_ascii_digit());
    Some(match example.len() {
        5 if is_number => {
            ", which may be the number that a spreadsheet has for a day: format the column as a \
             date and export it anew"
        }
        13 if is_number => ", which has milliseconds, where seconds can be read",
        _ if example.chars().any(char::is_alphabetic) => {
            ", which cannot be read as a date; names of months are known in English, German, French, Spanish, Italian, Dutch, Portuguese and Polish"
        }
        _ => ", which cannot be read as a date, or is none that a calendar has",
    })
}

/// Two sheets that have the dates and the amounts of the same orders: what to do with them.
pub fn joined(tried: &[(&Choosing<'_>, bool)], is_sqlite: bool) -> Option<String> {
    let has_date =
        |(choosing, _): &&(&Choosing<'_>, bool)| choosing.at("transaction_date").is_some();
    let dated = tried.iter().find(|one| has_date(one) && !one.1)?;
    let priced = tried.iter().find(|one| one.1 && !has_date(one))?;
    let (dates, amounts) = (dated.0.look, priced.0.look);
    let theirs = amounts.column(priced.0.at("order_id")?);
    // A table of orders may call their number "id" alone; an "id" of its lines is another one.
    let plain = || dates.columns.iter().find(|column| column.words.text() == "id");
    let own = dated.0.at("order_id").map(|at| dates.column(at)).or_else(plain);
    let own = own.filter(|column| column.is_unique())?;
    let (one, other) = (super::text::short(&dates.name), super::text::short(&amounts.name));
    let how = if is_sqlite {
        let on = if own.name == theirs.name {
            format!("USING (\"{}\")", own.name)
        } else {
            format!("ON \"{other}\".\"{}\" = \"{one}\".\"{}\"", theirs.name, own.name)
        };
        format!(
            ", as a view: CREATE VIEW purchase_transactions AS SELECT * FROM \"{other}\" JOIN \"{one}\" {on}"
        )
    } else {
        " into one file, with the date in every line".to_owned()
    };
    let (theirs, own) = (super::draft::named(&theirs.name), super::draft::named(&own.name));
    let key = if own == theirs {
        format!("both have {own}")
    } else {
        format!("{theirs} of these seems to be {own} of those")
    };
    Some(format!(
        "The dates stand in {one}, the amounts in {other}, and {key}: put them together{how}."
    ))
}
