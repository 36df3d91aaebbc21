//! Puts everything together that is shown: the draft tried out, its questions, and its text.

mod across;
mod fill;
mod kinds;
mod less;
mod minus;
mod of_order;
mod problems;
pub mod settings;

use super::ask::Asking;
use super::build::{self, Purchases};
use super::count::Count;
use super::draft::{Draft, TableDraft, named};
use super::found::{Field, Guess, RowRead, SheetFound};
use super::levels::Level;
use super::look::Look;
use super::pick::Confidence;
use super::several;
use super::source::Source;
use super::tables;
use super::text::{count, short};
use super::trial::{self, Trial};
use super::unused;
use super::vocabulary::Vocabulary;
use crate::import::file_names::Overlap;
use crate::import::record::Record;
use snapshot::meta::WarningKind;
use snapshot::money::to_decimal;

/// Values that are shown of a column.
const EXAMPLES: usize = 2;

/// Everything about a sheet of purchases and the sheets beside it.
pub fn all(
    source: &dyn Source,
    found: &Purchases<'_>,
    levels: &[Level],
    others: &[&Look],
    vocabulary: &Vocabulary,
    mut sheets: Vec<SheetFound>,
) -> Guess {
    let watched = || unused::watched(found, levels);
    let mut draft = build::draft(source, found);
    let mut tried = trial::of(source, &draft, watched());
    let looks: Vec<&Look> =
        std::iter::once(found.choosing.look).chain(found.more.iter().copied()).collect();
    let files = tried.as_ref().map(|trial| trial.imported.files.clone()).unwrap_or_default();
    if several::by_days(&mut draft, &looks, &files) {
        tried = trial::of(source, &draft, watched());
    }
    fill::settle(source, found, levels, &mut draft, &mut tried, watched);
    let all_kinds = kinds::settle(source, found, &mut draft, &mut tried, watched);
    settle_overlap(source, &mut draft, &mut tried, watched);
    across::settle(source, &mut draft, &mut tried, watched);
    of_order::settle(source, found, levels, &mut draft, &mut tried, watched);
    settle_repeats(source, &mut draft, &mut tried, watched);
    minus::settle(source, &mut draft, &mut tried, watched);
    less::settle(source, found, &mut draft, &mut tried, watched);
    for look in others {
        let Some(section) = tables::section(source, look, vocabulary) else { continue };
        let is_by_address = found.choosing.at("customer_id").is_some_and(|at| {
            let column = found.choosing.look.column(at);
            column.is_email()
        });
        let by_address = is_by_address.then(|| tables::by_address(look, &section)).flatten();
        let section = by_address.unwrap_or(section);
        add(source, &mut draft, &mut tried, section, &mut sheets, watched);
    }
    let (trial, refusal) = match tried {
        Ok(mut trial) => {
            kinds::tell_all(&mut trial, all_kinds);
            (Some(trial), None)
        }
        Err(error) => (None, Some(format!("{error:#}"))),
    };
    let trial = trial.as_ref();
    if let Some(trial) = trial {
        limit(&mut draft, trial);
    }
    let questions = Asking { source, found, draft: &draft, trial }.all();
    let problems = problems::all(found, levels, trial, &draft, &sheets, refusal);
    let is_loaded = trial
        .is_some_and(|trial| trial.rejected() <= draft.reject_limit && trial.totals.orders > 0);
    let from = source.from(&draft.sheets()).unwrap_or_default();
    let builds = is_loaded && !from.is_empty();
    let is_sure = ["transaction_date", "amount", "unit_price"].iter().all(|field| {
        let column = draft.purchases().and_then(|table| table.column(field));
        column.is_none_or(|named| named.confidence == Confidence::Sure)
    });
    let left_out = trial.map(|trial| trial.left_out(draft.reject_limit)).unwrap_or_default();
    draft.heading = settings::heading(found, &from, &questions, &problems);
    Guess {
        files: trial.map(|trial| trial.imported.files.clone()).unwrap_or_default(),
        export: found.choosing.look.export.map(|export| export.name.to_owned()),
        export_says: found.choosing.look.export.map(|export| export.says.to_owned()),
        settings: settings::all(found, &draft),
        fields: fields(found, others, &draft),
        rows: trial.map(|trial| rows(found, &draft, trial)).unwrap_or_default(),
        totals: trial.map(|trial| trial.totals.clone()),
        sure: builds && is_sure && questions.is_empty() && problems.is_empty(),
        unused: trial.map(|trial| unused::told(found, &draft, trial)).unwrap_or_default(),
        other_columns: unused::others(found, trial),
        doubts: trial.map(Trial::doubts).unwrap_or_default(),
        notes: notes(found, levels, &draft, trial),
        mapping: draft.toml(),
        from,
        sheets,
        questions,
        left_out,
        problems,
        usable: true,
        builds,
    }
}

type Tried = anyhow::Result<Trial>;

/// Rows that several files have, in all that is read, count once where something tells one line from
/// another that looks the same, or a file is another one's copy.
fn settle_overlap(
    source: &dyn Source,
    draft: &mut Draft,
    tried: &mut Tried,
    count: impl Fn() -> Count,
) {
    let Ok(trial) = &*tried else { return };
    if trial.again() == 0 {
        return;
    }
    let is_copy = trial.imported.files.iter().any(|file| file.again > 0 && file.again >= file.rows);
    let mut once = draft.clone();
    let Some(table) = once.purchases_mut() else { return };
    let is_told = ["order_id", "transaction_id"].iter().any(|id| table.column(id).is_some());
    if !is_told && !is_copy {
        table.overlap = Some(Overlap::Count);
        *draft = once;
        return;
    }
    table.overlap = Some(Overlap::LeaveOut);
    let again = trial::of(source, &once, count());
    (*draft, *tried) = (once, again);
}

/// Lines whose id was there before are left out where they repeat an earlier one to the last cell;
/// else the id is none.
fn settle_repeats(
    source: &dyn Source,
    draft: &mut Draft,
    tried: &mut Tried,
    count: impl Fn() -> Count,
) {
    let Ok(trial) = &*tried else { return };
    let repeated = trial.repeated();
    if repeated == 0 {
        return;
    }
    let mut without = draft.clone();
    if let Some(table) = without.purchases_mut() {
        for named in table.columns.iter_mut().filter(|named| named.field == "transaction_id") {
            named.column.clear();
            named.confidence = Confidence::Likely;
            named.why = "it comes more than once, on lines that differ".to_owned();
        }
    }
    let again = trial::of(source, &without, count());
    match again {
        Ok(other) if other.warned(WarningKind::RepeatedRows) >= repeated => {}
        other => (*draft, *tried) = (without, other),
    }
}

/// Adds a table, unless rows could not be read with it that can be read without it.
fn add(
    source: &dyn Source,
    draft: &mut Draft,
    tried: &mut Tried,
    section: TableDraft,
    sheets: &mut [SheetFound],
    count: impl Fn() -> Count,
) {
    let (table, sheet) = (section.table, section.sheet);
    let mut say = |table: Option<&'static str>, why: String| {
        if let Some(found) = sheets.get_mut(sheet) {
            (found.table, found.why) = (table, why);
        }
    };
    let with = tables::added(source, draft, section);
    if draft.tables.iter().any(|known| known.table == table) {
        return say(None, format!("another one is read as {}", table.name()));
    }
    if source.from(&with.sheets()).is_none() {
        return say(None, "it is not in the folder of the purchases".to_owned());
    }
    let before = tried.as_ref().map_or(u64::MAX, Trial::rejected);
    match trial::of(source, &with, count()) {
        Ok(trial) if trial.rejected() <= before => {
            say(Some(table.name()), "by its name and its columns".to_owned());
            (*draft, *tried) = (with, Ok(trial));
        }
        Ok(trial) => {
            let rows = super::text::count(trial.rejected().saturating_sub(before), "row", "rows");
            let first = trial.imported.first_rejected.first().cloned().unwrap_or_default();
            say(None, format!("with it {rows} could not be read, such as {first}"));
        }
        Err(error) => say(None, format!("it cannot be read: {error:#}")),
    }
}

/// Lets the build leave out what never counts, or repeats.
fn limit(draft: &mut Draft, trial: &Trial) {
    let (never, repeated) = (trial.never_counted(), trial.repeated());
    let harmless = never.saturating_add(repeated);
    if harmless > 0 && harmless == trial.rejected() {
        draft.reject_limit = harmless;
        let what = if repeated == 0 {
            "sums of other rows, or the header again, which never count"
        } else {
            "rows that repeat an earlier one"
        };
        draft.remark("reject_limit", format!("the rows left out are {what}"));
    } else if trial.rejected() > 0 {
        let rows = count(trial.rejected(), "row", "rows");
        draft.remark(
            "reject_limit",
            format!(
                "reject_limit = {} lets the build leave out {rows} that cannot be read",
                trial.rejected()
            ),
        );
    }
}

fn notes(
    found: &Purchases<'_>,
    levels: &[Level],
    draft: &Draft,
    trial: Option<&Trial>,
) -> Vec<String> {
    let is_filled = draft.purchases().is_some_and(|table| table.fill_down);
    let look = found.choosing.look;
    let mut notes: Vec<String> = Vec::new();
    if !is_filled {
        notes.extend(tables::first_only(&found.choosing, levels).1);
    }
    let double =
        look.columns.iter().filter(|column| !column.can_be_named && !column.name.is_empty());
    let mut names: Vec<String> = double.map(|column| named(&column.name)).collect();
    names.dedup();
    if !names.is_empty() {
        names.sort();
        names.dedup();
        notes.push(format!("columns of one name cannot be read: {}", names.join(", ")));
    }
    notes.extend(trial.map(Trial::notes).unwrap_or_default());
    notes
}

pub fn fields(found: &Purchases<'_>, others: &[&Look], draft: &Draft) -> Vec<Field> {
    let looks = || std::iter::once(found.choosing.look).chain(others.iter().copied());
    let mut fields = Vec::new();
    for table in &draft.tables {
        let look = looks().find(|look| look.sheet == table.sheet);
        for column in table.columns.iter().filter(|named| !named.column.is_empty()) {
            let known =
                look.and_then(|look| look.columns.iter().find(|known| known.name == column.column));
            let examples = known.map(|known| {
                known.examples.iter().take(EXAMPLES).map(|text| short(text)).collect()
            });
            fields.push(Field {
                table: table.table.name(),
                field: column.field,
                column: column.column.clone(),
                confidence: column.confidence,
                why: column.why.clone(),
                examples: examples.unwrap_or_default(),
            });
        }
    }
    fields
}

fn rows(found: &Purchases<'_>, draft: &Draft, trial: &Trial) -> Vec<RowRead> {
    let look = found.choosing.look;
    let place = |field: &str| {
        let named = draft.purchases()?.column(field)?;
        look.header.iter().position(|name| *name == named.column)
    };
    let (name, category) = (place("product_name"), place("category"));
    let (money, quantity) = (trial.imported.currency.exponent, trial.imported.quantity_exponent);
    let text = |record: &Record, at: Option<usize>| {
        at.map(|at| look.cell(record, at)).filter(|text| !text.is_empty()).map(short)
    };
    // Without such a column the number of the line stands for the order, and is none.
    let has_orders = place("order_id").or_else(|| place("transaction_id")).is_some();
    let row = |taken: &super::count::Taken| RowRead {
        line: taken.record.line,
        order: if has_orders { short(&taken.purchase.order_id) } else { String::new() },
        customer: taken.purchase.customer_id.as_deref().map(short),
        day: taken.purchase.day.to_string(),
        product: text(&taken.record, name)
            .or_else(|| taken.purchase.product_id.as_deref().map(short)),
        category: text(&taken.record, category),
        quantity: taken.purchase.quantity.map(|units| to_decimal(units.into(), quantity)),
        amount: to_decimal(taken.purchase.amount.into(), money),
    };
    trial.count.first.iter().map(row).collect()
}
