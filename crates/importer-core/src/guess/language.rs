//! In which part of the world a file was written, as far as its words and signs tell.

use super::look::Look;
use super::numbers::codes_of;
use super::words::Words;
use crate::import::date_format::Order;

/// Words and parts of words in names of columns that are of German, French, Spanish, Dutch and
/// Italian only, set apart by `|`.
const EUROPEAN: &str = "datum|bestell|kunde|menge|betrag|preis|artikel|umsatz|rechnung|anzahl|stuck|wahrung|\
    kategorie|commande|montant|prix|quantite|designation|facture|fecha|pedido|cliente|\
    importe|precio|cantidad|categoria|aantal|bedrag|prijs|klant|omschrijving|ordine|prezzo|\
    quantita|importo|prodotto|produkt|produit|producto|totaal|totale";

/// Currencies of countries in which the month stands first.
const MONTH_FIRST: [&str; 2] = ["USD", "PHP"];

/// What sheets of purchases are called, set apart by `|`.
const PURCHASES: &str = "purchase transactions|transactions|transaction|purchases|orders|order lines|order items|\
    order details|line items|sales|invoices|bestellungen|verkaufe|umsatze|auftrage|\
    rechnungen|ventes|commandes|ventas|pedidos|verkopen|bestellingen|vendite|ordini|\
    orders export|purchase lines";

/// Whether the names of columns, or the delimiter, are those of a European program.
pub fn is_european(look: &Look) -> bool {
    let is_semicolon = look.dialect.as_ref().is_some_and(|dialect| dialect.delimiter == ';');
    is_semicolon || look.columns.iter().any(|column| column.words.has_any_part(EUROPEAN))
}

/// The currency of a country whose own letters the names of columns, or the first rows, are written in.
pub fn currency_of_letters(look: &Look) -> Option<&'static str> {
    let names = look.columns.iter().map(|column| column.name.as_str());
    let examples =
        look.columns.iter().flat_map(|column| column.examples.iter().map(String::as_str));
    let (mut is_korean, mut is_han, mut is_russian) = (false, false, false);
    for letter in names.chain(examples).flat_map(str::chars) {
        match letter {
            // Kana.
            '\u{3041}'..='\u{30ff}' => return Some("JPY"),
            '\u{ac00}'..='\u{d7a3}' => is_korean = true,
            '\u{4e00}'..='\u{9fff}' => is_han = true,
            '\u{430}'..='\u{451}' => is_russian = true,
            _ => {}
        }
    }
    let first = [(is_korean, "KRW"), (is_han, "CNY"), (is_russian, "RUB")];
    first.into_iter().find(|(is, _)| *is).map(|(_, code)| code)
}

/// The order of day and month that is usual where the file seems to be from.
pub fn usual_order(look: &Look, is_european: bool) -> Order {
    let of_signs = look.columns.iter().filter_map(|column| column.symbol.as_deref());
    let of_names = look.columns.iter().filter_map(|column| column.words.code.as_deref());
    let of_cells = look
        .columns
        .iter()
        .filter(|column| column.words.has(&["currency"]))
        .flat_map(|column| column.examples.iter().map(String::as_str));
    let mut codes =
        of_signs.chain(of_names).chain(of_cells).flat_map(|sign| codes_of(sign).into_iter().next());
    match codes.next() {
        Some(code) if MONTH_FIRST.contains(&code) => Order::MonthFirst,
        Some(_) => Order::DayFirst,
        None if is_european => Order::DayFirst,
        None => Order::MonthFirst,
    }
}

/// Whether a sheet is called after purchases.
pub fn is_called_purchases(title: &str) -> bool {
    let words = Words::of(title);
    PURCHASES.split('|').any(|name| Words::of(name) == words)
}
