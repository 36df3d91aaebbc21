//! Where the fields of a table stand in the header of its rows.

use anyhow::{Context, Result, bail};

use crate::import::dates::DateFormats;
use crate::import::fields::{self, Table};
use crate::import::mapping::TableMapping;
use crate::import::records::Records;
use crate::import::visible::visible;

/// The column of a field.
pub struct Column {
    pub field: &'static str,
    pub at: usize,
    pub name: String,
    /// How its dates are written, if that was found out.
    pub dates: Option<DateFormats>,
}

/// A column whose amounts are taken off.
pub struct Less {
    pub at: usize,
    pub name: String,
}

/// The fields that there are columns for, and columns of the name of a field that is read from elsewhere.
///
/// # Errors
/// If a column that the mapping names is not there, or stands there twice.
pub fn of(
    records: &Records,
    table: Table,
    mapped: &TableMapping,
) -> Result<(Vec<Column>, Vec<String>)> {
    let (mut columns, mut unused) = (Vec::new(), Vec::new());
    for &field in fields::of(table) {
        let named = mapped.columns.get(field);
        // A field mapped to nothing is left out even if there is a column of its name.
        let Some(name) = named.map(String::as_str).or(Some(field)).filter(|c| !c.is_empty()) else {
            continue;
        };
        let mut found =
            records.header().iter().enumerate().filter(|(_, known)| known.as_str() == name);
        if named.is_none() && found.clone().next().is_some() && is_overruled(field, mapped) {
            unused.push(name.to_owned());
            continue;
        }
        // Both may be named; the amount is what counts.
        let is_second = field == "unit_price" && named.is_some();
        if is_second && mapped.columns.get("amount").is_some_and(|column| !column.is_empty()) {
            unused.push(name.to_owned());
        }
        match (found.next(), found.next()) {
            (Some((at, _)), None) => {
                columns.push(Column { field, at, name: name.to_owned(), dates: None });
            }
            (None, _) if named.is_none() => {}
            (None, _) => bail!(
                "{} has no column '{name}', which the mapping names for {field}; it has: {}{}",
                records.name(),
                header(records),
                records.advice(name)
            ),
            (Some(_), Some(_)) => bail!(
                "{} has two columns '{name}'; give one of them another name: {}",
                records.name(),
                header(records)
            ),
        }
    }
    Ok((columns, unused))
}

/// The columns whose amounts are taken off.
pub fn less(records: &Records, mapped: &TableMapping) -> Result<Vec<Less>> {
    let place = |name: &String| {
        let at = alone(records, name).with_context(|| "less in [purchase_transactions]")?;
        Ok(Less { at, name: name.clone() })
    };
    mapped.less.iter().map(place).collect()
}

/// The place of a column that there is once.
///
/// # Errors
/// If there is none of the name, or several.
pub fn alone(records: &Records, name: &str) -> Result<usize> {
    let mut found = records.header().iter().enumerate().filter(|(_, known)| *known == name);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Ok(at),
        (first, _) => bail!(
            "{} has {} '{}'; it has: {}",
            records.name(),
            if first.is_some() { "more than one column" } else { "no column" },
            visible(name),
            header(records)
        ),
    }
}

/// Whether a field that the mapping does not name has to stay without the column of its name:
/// the mapping reads that column as another field, or names others in its place.
fn is_overruled(field: &str, mapped: &TableMapping) -> bool {
    let named = |other: &&str| mapped.columns.get(*other).is_some_and(|column| !column.is_empty());
    let is_another = mapped.columns.values().any(|column| column == field);
    // Whoever is known by an e-mail address has it all the same.
    let is_address =
        field == "email" && mapped.columns.get("customer_id").is_some_and(|c| c == field);
    (is_another && !is_address) || in_place_of(field).iter().any(named)
}

/// The fields that say the same as another one.
fn in_place_of(field: &str) -> &'static [&'static str] {
    match field {
        "amount" => &["unit_price"],
        "unit_price" => &["amount"],
        "name" => &["first_name", "last_name"],
        "first_name" | "last_name" => &["name"],
        _ => &[],
    }
}

/// The columns of a file as a message names them.
pub fn header(records: &Records) -> String {
    let names: Vec<String> = records.header().iter().map(|name| visible(name)).collect();
    names.join(", ")
}
