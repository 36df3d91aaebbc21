//! What shops call their columns, in six languages: which names stand for which field.

mod entries;

use self::entries::{ENTRIES, Entry};
use super::words::{EXACT, Fit, Words};

/// Words of dates that are not those of purchases, set apart by `|`.
const OTHER_DATES: &str = "ship|shipped|shipping|delivery|delivered|due|birth|birthday|dob|updated|modified|\
    fulfilled|cancelled|canceled|refunded|refund|returned|expires|expiry|registered|\
    registration|signup|joined|versand|lieferung|faellig|fallig|expedition|livraison|\
    naissance|envio|entrega|spedizione|consegna";

/// Parts of such words where they are put together.
const OTHER_DATE_PARTS: &str = "versand|liefer|geburt|faellig|fallig|verzend|lever|geboorte";

/// The names of all fields, split into words.
pub struct Vocabulary(Vec<(&'static str, Vec<Words>, Vec<Words>)>);

impl Vocabulary {
    /// Reads the lists.
    pub fn new() -> Self {
        let split = |phrases: &str| {
            let all = phrases.split('|').map(str::trim).filter(|phrase| !phrase.is_empty());
            all.map(Words::of).collect::<Vec<Words>>()
        };
        let entry = |entry: &Entry| (entry.field, split(entry.best), split(entry.usual));
        Self(ENTRIES.iter().map(entry).collect())
    }

    /// How well a name fits a field, in percent.
    pub fn fit(&self, field: &str, name: &Words) -> Fit {
        if name.text() == field.replace('_', " ") {
            return EXACT;
        }
        if ["amount", "unit_price"].contains(&field)
            && let Some(bare) = name.without_tax()
        {
            return self.fit(field, &bare).min(90);
        }
        let Some((_, best, usual)) = self.0.iter().find(|(known, ..)| *known == field) else {
            return 0;
        };
        let of = |phrases: &[Words]| phrases.iter().map(|phrase| name.fit(phrase)).max();
        // A name that usually means it is a little less sure, and one that only has such a word
        // in it much less.
        let best = of(best).unwrap_or(0).min(98);
        let usual = match of(usual).unwrap_or(0) {
            EXACT => 90,
            part => part.saturating_sub(15),
        };
        let fit = best.max(usual);
        if field == "transaction_date" && is_other_date(name) { fit.min(20) } else { fit }
    }
}

/// Whether a name is that of a date of something else than a purchase.
pub fn is_other_date(name: &Words) -> bool {
    name.has_any(OTHER_DATES) || name.has_any_part(OTHER_DATE_PARTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_six_languages_are_known() {
        let vocabulary = Vocabulary::new();
        for (field, names) in [
            (
                "transaction_date",
                &["Order Date", "Datum", "Date de commande", "Fecha", "Besteldatum", "Data ordine"]
                    [..],
            ),
            (
                "order_id",
                &[
                    "InvoiceNo",
                    "Bestell-Nr.",
                    "N° de commande",
                    "Nº de pedido",
                    "Ordernummer",
                    "Numero ordine",
                    "Číslo objednávky",
                    "cislo objednavky",
                    "Objednávka číslo",
                    "Numer zamówienia",
                    "Nr zamowienia",
                    "Rendelésszám",
                    "Rendelés száma",
                    "Sipariş No",
                    "Sipariş Numarası",
                    "Beställningsnummer",
                    "Ordrenummer",
                    "Ordre nr.",
                    "Tilausnumero",
                    "Tilauksen numero",
                    "Bestelling nr.",
                    "Número do pedido",
                    "Nº da encomenda",
                ],
            ),
            (
                "customer_id",
                &[
                    "Customer ID",
                    "Kundennummer",
                    "N° client",
                    "ID cliente",
                    "Klantnummer",
                    "Codice cliente",
                ],
            ),
            (
                "product_name",
                &[
                    "Lineitem name",
                    "Artikel",
                    "Désignation",
                    "Artículo",
                    "Omschrijving",
                    "Prodotto",
                ],
            ),
            (
                "category",
                &["Category", "Warengruppe", "Catégorie", "Categoría", "Productgroep", "Reparto"],
            ),
            ("quantity", &["Qty", "Menge", "Quantité", "Cantidad", "Aantal", "Quantità"]),
            (
                "unit_price",
                &[
                    "UnitPrice",
                    "Stückpreis",
                    "Prix unitaire",
                    "Precio unitario",
                    "Stukprijs",
                    "Prezzo unitario",
                ],
            ),
            (
                "amount",
                &["Line Total", "Gesamtpreis", "Montant", "Importe (€)", "Bedrag", "Importo"],
            ),
            (
                "email",
                &[
                    "E-Mail",
                    "Mailadresse",
                    "Courriel",
                    "Correo electrónico",
                    "E-mailadres",
                    "Indirizzo email",
                ],
            ),
            ("currency", &["Currency", "Währung", "Devise", "Moneda", "Valuta"]),
        ] {
            for name in names {
                let fit = vocabulary.fit(field, &Words::of(name));
                assert!(fit >= 90, "{name} as {field}: {fit}");
            }
        }
        let date = |name: &str| vocabulary.fit("transaction_date", &Words::of(name));
        assert!(date("Order Date") > date("Date") && date("Date") > date("Ship Date"));
        assert!(date("Lieferdatum") < 30 && date("Geburtsdatum") < 30);
    }

    #[test]
    fn no_field_is_listed_twice() {
        let mut fields: Vec<&str> = ENTRIES.iter().map(|entry| entry.field).collect();
        fields.sort_unstable();
        let all = fields.len();
        fields.dedup();
        assert_eq!(fields.len(), all);
    }
}
