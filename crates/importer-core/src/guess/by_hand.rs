//! What is left to whoever knows a file in which no purchases were found: all that is known of it, and
//! a template of a mapping in which the columns of the missing fields can be named.

use super::NOTHING;
use super::build::{self, Purchases};
use super::draft::Draft;
use super::found::{Guess, SheetFound};
use super::show::{self, settings};
use super::source::Source;

/// Fields that a template has a line for, and what they are.
const WANTED: [(&str, &str); 6] = [
    (
        "transaction_date",
        "the day of a purchase; it must be there, and [format] says with date how it is written, as in \
         date = \"%d.%m.%Y\", if not as 2024-12-31",
    ),
    ("amount", "what a line costs in all; it must be there, or unit_price and quantity"),
    ("unit_price", "in the place of amount: the price of one piece"),
    ("quantity", "how many pieces a line has"),
    ("order_id", "which order a line belongs to; without it every line is an order of its own"),
    ("customer_id", "who bought, by number, address or name; without it everybody is a guest"),
];

/// All that is known of a sheet, and a template of its mapping; `missing` is what is to be said of
/// each file.
pub fn template(
    source: &dyn Source,
    found: &Purchases<'_>,
    sheets: Vec<SheetFound>,
    missing: Vec<String>,
) -> Guess {
    let look = found.choosing.look;
    let mut draft = build::draft(source, found);
    let missing_fields = missing_fields(&draft);
    if let Some(table) = draft.purchases_mut() {
        // A line that leaves out a column of a field's name would stand in the way of naming one.
        table.columns.retain(|named| {
            !named.column.is_empty()
                || !missing_fields.iter().any(|(field, _)| *field == named.field)
        });
    }
    let mut problems = missing;
    if let Some(first) = problems.first_mut() {
        first.insert_str(0, &format!("{NOTHING} "));
    }
    problems.extend(look.encoding.as_ref().and_then(|encoding| encoding.problem.clone()));
    problems.extend(found.settled.stop.clone());
    let is_dated = found.choosing.at("transaction_date").is_some();
    draft.remarks.retain(|(setting, _)| is_dated || *setting != "time_zone");
    let mut known = settings::all(found, &draft);
    known.retain(|setting| is_dated || setting.name != "time_zone");
    let from = source.from(&draft.sheets()).unwrap_or_default();
    draft.heading = settings::heading(found, &from, &[], &problems);
    draft.heading.push(
        "TO DO: name the columns of the fields at the end, in the quotes, and take the # off."
            .to_owned(),
    );
    let mut mapping = draft.toml();
    // The section of the columns is the last one.
    for (field, what) in &missing_fields {
        mapping.push_str(&format!("# {field} = \"\"   # {what}\n"));
    }
    Guess {
        files: Vec::new(),
        export: look.export.map(|export| export.name.to_owned()),
        export_says: look.export.map(|export| export.says.to_owned()),
        settings: known,
        fields: show::fields(found, &[], &draft),
        rows: Vec::new(),
        totals: None,
        questions: Vec::new(),
        left_out: Vec::new(),
        unused: Vec::new(),
        other_columns: names(&look.header),
        doubts: Vec::new(),
        notes: Vec::new(),
        sure: false,
        usable: false,
        builds: false,
        mapping,
        from,
        sheets,
        problems,
    }
}

/// What has no column yet: of the ways of knowing the money both, unless one was found.
fn missing_fields(draft: &Draft) -> Vec<(&'static str, &'static str)> {
    let has = |field: &str| draft.purchases().is_some_and(|table| table.column(field).is_some());
    let is_missing = |field: &str| match field {
        "amount" | "unit_price" => !has("amount") && !has("unit_price"),
        field => !has(field),
    };
    WANTED.into_iter().filter(|(field, _)| is_missing(field)).collect()
}

/// Names of all columns as they are in the header, each once.
fn names(header: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in header {
        if !name.is_empty() && !all.contains(name) {
            all.push(name.clone());
        }
    }
    all
}
