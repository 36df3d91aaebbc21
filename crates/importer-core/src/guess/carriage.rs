//! Lines of purchases that are no goods: what sending costs, gift cards.

use super::words::Words;

/// What they are called and nothing else, set apart by `|`.
const WHOLE: &str = "shipping|delivery|postage|freight|carriage|handling|porto|versand|fracht|port|\
    livraison|envio|spedizione|verzending|bezorging|frakt|fragt|wysylka|postovne|送料|配送料|tip|\
    tips|trinkgeld|voucher|gutschein|giftcard|bon cadeau";

/// What a name of theirs begins or ends with.
const PARTS: &str = "shipping cost|shipping costs|shipping fee|shipping charge|\
    shipping charges|shipping handling|shipping and handling|standard shipping|express shipping|\
    free shipping|delivery fee|delivery charge|delivery cost|express delivery|\
    standard delivery|postage and packing|gift card|gift cards|gift certificate|gift voucher|\
    versandkosten|versandpauschale|lieferkosten|liefergebuhr|\
    portokosten|porto und|dhl versand|geschenkgutschein|geschenkkarte|frais de port|\
    frais de livraison|carte cadeau|gastos de envio|tarjeta regalo|\
    spese di spedizione|buono regalo|verzendkosten|bezorgkosten|cadeaubon|cadeaukaart";

/// Whether a product, or category, is called so.
pub fn is_called(name: &str) -> bool {
    let name = Words::of(name).text();
    let is_part = |phrase: &str| {
        let (behind, before) = (name.strip_prefix(phrase), name.strip_suffix(phrase));
        behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            || before.is_some_and(|rest| rest.ends_with(' '))
    };
    WHOLE.split('|').any(|phrase| name == phrase) || PARTS.split('|').any(is_part)
}

#[cfg(test)]
mod tests {
    use super::is_called;

    #[test]
    fn what_is_sent_is_told_from_what_sending_costs() {
        for name in [
            "Shipping",
            "shipping fee",
            "DHL Versand",
            "Versandkosten",
            "Versandkosten DE",
            "Porto",
            "Gift Card",
            "Gift card 50 EUR",
            "Frais de port",
            "Gastos de envío",
            "送料",
            "Express Shipping (UPS)",
        ] {
            assert!(is_called(name), "{name}");
        }
        for name in [
            "Shipping box",
            "Porto Tawny",
            "Tea",
            "Delivery van toy",
            "Port wine",
            "Tip jar",
            "Versandkarton",
            "Card",
            "",
            "Gift",
        ] {
            assert!(!is_called(name), "{name}");
        }
    }
}
