//! The tables beside the purchases: customers, products, service, campaigns, visits.

use super::build::unread;
use super::choose::Choosing;
use super::column::Column;
use super::draft::{Draft, Named, TableDraft, named};
use super::levels::Level;
use super::look::Look;
use super::numbers::Tally;
use super::pick::Pick;
use super::source::{SheetKind, Source};
use super::vocabulary::Vocabulary;
use super::words::{Fit, Words};
use crate::import::fields::{self, Table, days_of, required};
use crate::import::mapping::{FormatMapping, OneOrMore};

/// What a name must fit at least.
const ENOUGH: Fit = 85;

/// What sheets of each table are called, beside the table's own name.
const TITLES: [(Table, &str); 5] = [
    (
        Table::Customers,
        "customer 360|customers|customer|clients|users|members|accounts|kunden|clientes|klanten|clienti",
    ),
    (
        Table::Products,
        "products|product|catalog|catalogue|articles|produkte|artikel|produits|productos|producten|prodotti",
    ),
    (Table::Interactions, "service|support|tickets|interactions|kundenservice|kundendienst"),
    (Table::Contacts, "campaigns|campaign|campaign contacts|kampagnen"),
    (Table::Visits, "visits|sessions|web visits|website visits|besuche"),
];

/// The table that a sheet is called after.
pub fn called(title: &str) -> Option<Table> {
    let mut words = Words::of(title);
    let own = Table::ALL.into_iter().find(|table| Words::of(table.name()) == words);
    words.tokens.retain(|token| !is_beside(token));
    let other = || {
        let is = |titles: &&str| titles.split('|').any(|title| Words::of(title) == words);
        TITLES.iter().find(|(_, titles)| is(titles)).map(|&(table, _)| table)
    };
    own.or_else(other).filter(|table| *table != Table::Purchases)
}

/// Whether a word of a file's name only says that it is an export, or which one.
fn is_beside(token: &str) -> bool {
    ["export", "exports", "exported", "list", "all", "copy"].contains(&token)
        || token.bytes().all(|byte| byte.is_ascii_digit())
}

/// The section of a sheet that is called after a table and has what it needs.
pub fn section(source: &dyn Source, look: &Look, vocabulary: &Vocabulary) -> Option<TableDraft> {
    let sheet = source.sheets().get(look.sheet)?;
    let table = called(&sheet.title)?;
    let columns = columns(look, table, vocabulary);
    let has = |field: &&str| columns.iter().any(|named| named.field == *field);
    if look.sample.is_empty() || !required(table).iter().all(has) {
        return None;
    }
    let is_text = sheet.kind == SheetKind::Text;
    Some(TableDraft {
        table,
        sheet: look.sheet,
        file: is_text.then(|| look.name.clone()),
        from_table: (!is_text).then(|| look.name.clone()),
        parts: Vec::new(),
        places: None,
        overlap: None,
        orders_across: None,
        returns: Vec::new(),
        amount_of: None,
        negative_quantity: None,
        fill_down: false,
        less: None,
        kinds: None,
        format: format(look, table, &columns),
        columns,
        guests: Vec::new(),
    })
}

fn columns(look: &Look, table: Table, vocabulary: &Vocabulary) -> Vec<Named> {
    let mut taken: Vec<usize> = Vec::new();
    let mut columns = Vec::new();
    for &field in fields::of(table) {
        let free =
            look.columns.iter().filter(|column| column.can_be_named && !taken.contains(&column.at));
        let rated = free.map(|column| (rate(vocabulary, table, field, column), column));
        let best = rated
            .filter(|(fit, _)| *fit >= ENOUGH)
            .max_by_key(|(fit, column)| (*fit, std::cmp::Reverse(column.at)));
        let Some((fit, column)) = best else { continue };
        taken.push(column.at);
        let Pick { confidence, why, .. } = Pick::by_name(field, column, fit);
        columns.push(Named { field, column: column.name.clone(), confidence, why });
    }
    unread(&mut columns, table, &look.header);
    columns
}

fn rate(vocabulary: &Vocabulary, table: Table, field: &str, column: &Column) -> Fit {
    let is_day = days_of(table).contains(&field);
    let fits = match field {
        _ if is_day => column.is_date(),
        "price" | "satisfaction_score" | "pages_viewed" | "duration_seconds" => column.is_number(),
        "email" => column.is_email() || column.emails > 0,
        "customer_segment" | "churn_risk" => column.name == field && column.filled > 0,
        _ => column.filled > 0 && !column.is_date(),
    };
    // A table's own id has to be another one in each row.
    let is_key = matches!(
        (table, field),
        (Table::Customers, "customer_id") | (Table::Products, "product_id")
    );
    if !fits || (is_key && !column.is_unique()) {
        return 0;
    }
    let plain = matches!((is_key, column.words.text().as_str()), (true, "id"));
    if plain { 90 } else { vocabulary.fit(field, &column.words) }
}

fn format(look: &Look, table: Table, columns: &[Named]) -> FormatMapping {
    let column = |field: &str| {
        let named =
            columns.iter().find(|named| named.field == field && !named.column.is_empty())?;
        look.columns.iter().find(|column| column.name == named.column)
    };
    let mut dates: Vec<String> = Vec::new();
    for day in days_of(table) {
        let formats = column(day).map(|column| column.dates.formats.clone()).unwrap_or_default();
        dates.extend(
            formats.into_iter().filter(|format| !dates.contains(format)).collect::<Vec<_>>(),
        );
    }
    let mut format = look.format.clone();
    format.date = (!dates.is_empty()).then_some(OneOrMore::More(dates));
    if let Some(price) = column("price") {
        let mut tally = Tally::new(price.symbol.as_deref());
        look.sample.iter().for_each(|record| tally.add(look.cell(record, price.at)));
        let style = tally.best().0.settings(price.symbol.as_deref());
        format.decimal_comma = style.decimal_comma;
        format.thousands = style.thousands;
        format.currency_symbol = style.currency_symbol;
    }
    format
}

/// Customers by their addresses, where purchases know them by these and they have another id; none
/// if they have no address of their own each.
pub fn by_address(look: &Look, section: &TableDraft) -> Option<TableDraft> {
    let email = &section.column("email").filter(|_| section.table == Table::Customers)?.column;
    let column = look.columns.iter().find(|column| column.name == *email)?;
    let id = section.column("customer_id").filter(|id| id.column != *email)?;
    if !column.is_email() || !column.is_unique() || column.filled < look.sample.len() {
        return None;
    }
    let mut section = section.clone();
    let (confidence, id) = (id.confidence, id.column.clone());
    let why = format!("purchases know customers by their address, not by {}", named(&id));
    for named in section.columns.iter_mut().filter(|named| named.field == "customer_id") {
        *named =
            Named { field: "customer_id", column: email.clone(), confidence, why: why.clone() };
    }
    Some(section)
}

/// Adds a section to a draft, with the names of files that several of them need.
pub fn added(source: &dyn Source, draft: &Draft, section: TableDraft) -> Draft {
    let mut draft = draft.clone();
    for table in &mut draft.tables {
        let sheet = source.sheets().get(table.sheet).filter(|sheet| sheet.kind == SheetKind::Text);
        table.file = sheet.map(|sheet| sheet.name.clone());
    }
    // Products of a catalogue have their names and categories there.
    if let Some(purchases) = draft.purchases_mut() {
        let theirs: &[&str] = match section.table {
            Table::Customers => &[
                "email",
                "first_name",
                "last_name",
                "name",
                "country",
                "city",
                "registration_date",
                "customer_segment",
                "churn_risk",
            ],
            Table::Products => &["product_name", "category"],
            _ => &[],
        };
        purchases.columns.retain(|named| !theirs.contains(&named.field));
    }
    draft.tables.push(section);
    draft
}

/// Where required cells stand on the first line of each order only: what that does.
pub fn first_only(choosing: &Choosing<'_>, levels: &[Level]) -> (Option<String>, Option<String>) {
    let is_first = |field: &str| choosing.at(field).filter(|&at| levels[at] == Level::First);
    let name = |at: usize| super::draft::named(&choosing.look.column(at).name);
    let date = is_first("transaction_date").map(|at| {
        format!(
            "{} stands on the first line of each order only, so that the other lines have no date and cannot be \
             read: export with all cells filled, or fill them down",
            name(at)
        )
    });
    let customer = is_first("customer_id").map(|at| {
        format!(
            "{} stands on the first line of each order only, so that the other lines count as guests': fill the \
             cells down if they are the customer's",
            name(at)
        )
    });
    (date, customer)
}
