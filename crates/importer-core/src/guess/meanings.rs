//! Columns that no field has, and that change what the money means: refunds, discounts, tax.

use serde::Serialize;

use super::words::Words;

/// What such a column has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// What became of an order or payment.
    Status,
    /// What a row is: a sale, a payment, the head of an order.
    Kind,
    /// That something was cancelled, or when.
    Cancelled,
    /// Money that went back.
    Refund,
    /// Money that was not asked for.
    Discount,
    /// Tax within or beside the amounts.
    Tax,
    /// What sending costs.
    Shipping,
    /// What others take for their service.
    Fee,
    /// What customers give on top.
    Tip,
    /// Costs and what is left of revenue.
    Profit,
    /// Amounts in another currency, or how to reckon them.
    OtherCurrency,
    /// What is still to be paid.
    Owed,
    /// That it was only tried out.
    Test,
    /// Another amount of the line or order.
    OtherAmount,
}

/// Words for each meaning, set apart by `|`; the first that fits is taken. Those of the second list
/// may be a part of a longer word.
const WORDS: [(Meaning, &str, &str); 13] = [
    (
        Meaning::OtherCurrency,
        "converted|exchange|fx|presentment|wechselkurs|kurs|cambio|wisselkoers",
        "",
    ),
    (
        Meaning::Refund,
        "refund|refunds|refunded|returned|returns|return|chargeback|dispute|disputed|\
            erstattung|erstattet|gutschrift|retoure|retouren|remboursement|rembourse|avoir|\
            reembolso|reembolsado|devolucion|terugbetaling|terugbetaald|retour|rimborso|\
            rimborsato|reso",
        "erstattung|retour",
    ),
    (
        Meaning::Discount,
        "discount|discounts|coupon|coupons|promotion|promo|voucher|markdown|rabatt|\
            nachlass|gutschein|skonto|remise|reduction|rabais|descuento|rebaja|cupon|\
            korting|sconto|buono",
        "rabatt|nachlass|korting|discount",
    ),
    (
        Meaning::Tax,
        "tax|taxes|vat|gst|hst|pst|mwst|ust|steuer|tva|iva|btw|impuesto|impuestos|\
            imposta|imposte|duties",
        "steuer",
    ),
    (Meaning::Tip, "tip|tips|gratuity|trinkgeld|pourboire|propina|fooi|mancia", ""),
    (
        Meaning::Shipping,
        "shipping|freight|delivery|postage|handling|ship|versand|porto|fracht|livraison|\
            port|envio|verzending|spedizione|trasporto",
        "versand|verzend",
    ),
    (
        Meaning::Fee,
        "fee|fees|commission|gebuhr|gebuhren|gebuehr|provision|frais|comision|commissie|\
            commissione|surcharge",
        "gebuhr|provision",
    ),
    (
        Meaning::Profit,
        "profit|margin|cogs|cost|costs|gewinn|marge|wareneinsatz|kosten|einkaufspreis|\
            ek|beneficio|margen|coste|costo|winst|margine|profitto",
        "einkauf",
    ),
    (Meaning::Owed, "outstanding|balance|due|offen|ausstehend|restant|pendiente|openstaand", ""),
    (
        Meaning::Cancelled,
        "cancelled|canceled|cancellation|cancel|voided|storniert|storno|annule|\
            annulation|anulado|cancelado|geannuleerd|annullato",
        "storn",
    ),
    (Meaning::Status, "status|statut|etat|estado|stato|zustand", "status"),
    (Meaning::Test, "test|livemode|mode", ""),
    (
        Meaning::OtherAmount,
        "total|totals|subtotal|amount|sales|revenue|net|gross|summe|gesamt|betrag|\
            brutto|netto|umsatz|montant|ttc|ht|importe|monto|bedrag|totaal|omzet|importo|\
            totale",
        "betrag|umsatz|summe|bedrag",
    ),
];

/// Words of a status that is of parcels, not of money.
const PARCELS: [&str; 8] = [
    "fulfillment",
    "fulfilment",
    "shipping",
    "shipment",
    "delivery",
    "versand",
    "lieferung",
    "tracking",
];

/// What the name of a column says it has, if that changes what the money means.
pub fn of(name: &Words) -> Option<Meaning> {
    let has = |words: &str| name.has_any(words);
    let has_part = |parts: &str| !parts.is_empty() && name.has_any_part(parts);
    let is_price = ["item cost", "unit cost"].contains(&name.text().as_str());
    let is_of_parcels = has("status|statut|etat|estado|stato") && name.has(&PARCELS);
    let mut all = WORDS.iter().filter(|_| !is_price && !is_of_parcels);
    all.find(|(_, words, parts)| has(words) || has_part(parts)).map(|&(meaning, ..)| meaning)
}

/// Whether a name is that of kinds of rows.
pub fn is_of_kinds(name: &Words) -> bool {
    name.has_any("type|kind|record|art|typ|tipo|soort|doctype|doc|recordtype|rowtype|linetype|belegart|vorgangsart|\
                  buchungsart|transaktionsart|transaktionstyp|umsatzart|satzart")
}

/// Whether a name is that of money that is none of a line's own: tax, shipping, refunds.
pub fn is_beside(name: &Words) -> bool {
    let is_total = name.has(&[
        "inc",
        "incl",
        "ex",
        "exc",
        "excl",
        "including",
        "excluding",
        "inkl",
        "exkl",
        "ttc",
        "ht",
        "brutto",
        "netto",
        "gross",
        "net",
    ]);
    let beside = of(name).is_some_and(|meaning| {
        !matches!(meaning, Meaning::OtherAmount | Meaning::Status | Meaning::Test)
    });
    beside && !is_total
}

/// Whether a name is that of what somebody has bought in all, which is no sale.
pub fn is_of_customer(name: &Words) -> bool {
    name.has(&["lifetime", "ltv", "clv"])
        || ["total spent", "amount spent", "total spend", "spent total"]
            .contains(&name.text().as_str())
}

/// Whether a name says that amounts are in the smallest unit of the currency, as `amount_cents` does.
pub fn is_minor(name: &Words) -> bool {
    name.has(&["cents", "minor", "pence", "centimes", "centimos", "centesimi"])
        || name.text().ends_with("in cent")
}

/// Words of a status of what came to nothing, set apart by `|`.
const NOTHING: &str = "void|voided|cancelled|canceled|cancel|failed|declined|expired|abandoned|draft|rejected|\
    trash|storniert|abgebrochen|fehlgeschlagen|annule|annulee|anulado|cancelado|geannuleerd|\
    annullato|anulowane|anulowany|iptal|отменен|отменён|отменено|отменена";

/// Words of what was given back.
const GIVEN_BACK: &str = "refund|refunded|return|returned|chargeback|erstattet|erstattung|retourniert|retoure|\
    gutschrift|ruckgabe|storno|avoir|remboursement|rembourse|remboursee|reembolso|reembolsado|\
    devolucion|devolucao|reso|rimborso|rimborsato|zwrot|zwrocone|terugbetaling|terugbetaald|retour|\
    retur|iade|vratka|возврат";

/// Words of what is not paid for yet, or may be lost.
const OPEN: &str = "unpaid|pending|disputed|offen|requires";

/// Words of money that was moved, and of none that was earned.
const MOVED: &str = "withdrawal|withdraw|payout|payouts|transfer|hold|conversion|deposit|reversal|release|topup|\
    auszahlung|abbuchung|abhebung|umrechnung|wahrungsumrechnung|einbehaltung|bankgutschrift|virement|retrait|\
    retiro|transferencia|bonifico|prelievo|uitbetaling|opname";

/// Words of what is only offered.
const OFFERED: &str = "quote|quotes|quotation|estimate|offer|proforma|angebot|kostenvoranschlag|devis|presupuesto|\
    offerte|preventivo";

/// Words of what is so in part alone.
const IN_PART: &str =
    "partially|partial|partly|teilweise|partiellement|parcialmente|gedeeltelijk|parzialmente";

/// What a status, or a kind of rows, says of their money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// It came to nothing.
    Nothing,
    /// It was given back.
    GivenBack,
    /// It is not paid for yet, or some of it was given back.
    Open,
}

/// Whether a kind of rows is of money that was only moved, or of what was only offered.
pub fn is_no_sale(kind: &str) -> bool {
    let words = Words::of(kind);
    words.has_any(MOVED) || words.has_any(OFFERED)
}

/// Words of Japanese, Chinese and Korean, which stand without blanks, and whether they say that
/// something was given back.
const WITHOUT_BLANKS: [(&str, bool); 8] = [
    ("キャンセル", false),
    ("取消", false),
    ("取り消し", false),
    ("취소", false),
    ("返金", true),
    ("返品", true),
    ("退款", true),
    ("환불", true),
];

/// What a status says of money that does not stay, or not all of it; nothing where it stays.
pub fn says(status: &str) -> Option<Says> {
    let words = Words::of(status);
    let has = |is_back: bool| {
        let mut all = WITHOUT_BLANKS.iter().filter(|(_, back)| *back == is_back);
        !status.is_ascii() && all.any(|(word, _)| status.contains(word))
    };
    let nothing = words.has_any(NOTHING) || has(false);
    let is_credit = words.has(&["credit", "credito"]) && words.has(&["memo", "note", "nota"]);
    let back = words.has_any(GIVEN_BACK) || is_credit || has(true);
    let is_open = words.has_any(OPEN) || ["on hold", "on-hold"].contains(&words.text().as_str());
    if is_open || (nothing || back) && words.has_any(IN_PART) {
        return Some(Says::Open);
    }
    let back = back.then_some(Says::GivenBack);
    back.or_else(|| nothing.then_some(Says::Nothing))
}

/// Whether a status says that no money stays, or not all of it.
pub fn is_without_money(status: &str) -> bool {
    says(status).is_some()
}

impl Meaning {
    /// What it has, in a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Kind => "kinds of rows",
            Self::Cancelled => "cancellations",
            Self::Refund => "refunds",
            Self::Discount => "discounts",
            Self::Tax => "tax",
            Self::Shipping => "shipping",
            Self::Fee => "fees",
            Self::Tip => "tips",
            Self::Profit => "costs or profit",
            Self::OtherCurrency => "another currency",
            Self::Owed => "money owed",
            Self::Test => "tests",
            Self::OtherAmount => "another amount",
        }
    }

    /// Whether it is an amount of money, not words or dates.
    pub fn is_money(self) -> bool {
        !matches!(self, Self::Status | Self::Kind | Self::Cancelled | Self::Test)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_the_money_means() {
        for (name, meaning) in [
            ("Financial Status", Some(Meaning::Status)),
            ("Refunded Amount", Some(Meaning::Refund)),
            ("Discount Amount", Some(Meaning::Discount)),
            ("Rabattbetrag", Some(Meaning::Discount)),
            ("Taxes", Some(Meaning::Tax)),
            ("Mehrwertsteuer", Some(Meaning::Tax)),
            ("item-tax", Some(Meaning::Tax)),
            ("Shipping", Some(Meaning::Shipping)),
            ("Versandkosten", Some(Meaning::Shipping)),
            ("Cancelled at", Some(Meaning::Cancelled)),
            ("Converted Amount", Some(Meaning::OtherCurrency)),
            ("Total", Some(Meaning::OtherAmount)),
            ("Profit", Some(Meaning::Profit)),
            ("Fee", Some(Meaning::Fee)),
            ("Lineitem name", None),
            ("Item Cost", None),
            ("Fulfillment Status", None),
            ("Import date", None),
        ] {
            assert_eq!(of(&Words::of(name)), meaning, "{name}");
        }
        assert!(is_without_money("partially_refunded") && is_without_money("Cancelled"));
        assert!(is_without_money("requires_payment_method") && !is_without_money("paid"));
        assert!(!is_without_money("Completed"));
        for (status, said) in [
            ("cancelled", Says::Nothing),
            ("wc-refunded", Says::GivenBack),
            ("Storno", Says::GivenBack),
            ("on-hold", Says::Open),
            ("partially_refunded", Says::Open),
            ("requires_payment_method", Says::Open),
            ("キャンセル確定", Says::Nothing),
            ("Отменён", Says::Nothing),
        ] {
            assert_eq!(says(status), Some(said), "{status}");
        }
    }
}
